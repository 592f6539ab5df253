// SPDX-License-Identifier: Apache-2.0
#include "generator/template/number_expression.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <vector>

#include "generator/template/template_node.h"

namespace verso::generator {

namespace {

/// Recursive descent; the first error ends it.
class Reader {
  public:
    Reader(std::string_view text, const Settings& settings) : rest_(text), settings_(settings) {}

    Result<double> read() {
        const double value = sum(0);
        skip_spaces();
        if (!error_ && !rest_.empty()) fail(fmt::format("\"{}\" is too much", rest_));
        if (error_) return *error_;
        return value;
    }

  private:
    double sum(int depth) {
        double value = product(depth);
        while (!error_) {
            if (take('+')) {
                value += product(depth);
            } else if (take('-')) {
                value -= product(depth);
            } else {
                break;
            }
        }
        return value;
    }
    double product(int depth) {
        double value = factor(depth);
        while (!error_) {
            if (take('*')) {
                value *= factor(depth);
            } else if (take('/')) {
                const double divisor = factor(depth);
                if (divisor == 0) fail("a division by 0");
                value /= divisor;
            } else {
                break;
            }
        }
        return value;
    }
    double factor(int depth) {
        constexpr int kDeepest = 20;
        if (depth > kDeepest) {
            fail("brackets are nested too deeply");
            return 0;
        }
        if (take('-')) return -factor(depth + 1);
        if (take('(')) {
            const double value = sum(depth + 1);
            if (!error_ && !take(')')) fail("a ) is missing");
            return value;
        }
        return name_or_number();
    }
    double name_or_number() {
        skip_spaces();
        double value = 0;
        const auto [end, bad] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value,
                                                std::chars_format::fixed);
        if (bad == std::errc{}) {
            rest_.remove_prefix(std::size_t(end - rest_.data()));
            return value;
        }
        const auto stop = rest_.find_first_not_of(
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
        const std::string_view name = rest_.substr(0, stop);
        const auto found = settings_.find(name);
        if (name.empty() || found == settings_.end()) {
            unknown(name);
            return 0;
        }
        rest_.remove_prefix(name.size());
        return found->second;
    }
    void unknown(std::string_view name) {
        if (name.empty()) return fail("a number or the name of a setting is missing");
        std::vector<std::string> known;
        for (const auto& [key, value] : settings_) known.push_back(key);
        const std::string nearest = nearest_word(name, known);
        fail(fmt::format("there is no setting \"{}\"", name),
             nearest.empty() ? "add it to \"settings\""
                             : fmt::format("did you mean \"{}\"?", nearest));
    }
    void skip_spaces() {
        while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
    }
    bool take(char c) {
        skip_spaces();
        if (rest_.empty() || rest_.front() != c) return false;
        rest_.remove_prefix(1);
        return true;
    }
    void fail(std::string message, std::string cure = "write a sum of numbers and settings") {
        if (!error_) {
            error_ = Error{ErrorCode::TemplateInvalid, std::move(message), "", std::move(cure)};
        }
    }

    std::string_view rest_;
    const Settings& settings_;
    std::optional<Error> error_;
};

}  // namespace

Result<double> evaluate_number(std::string_view text, const Settings& settings) {
    return Reader(text, settings).read();
}

}  // namespace verso::generator
