// SPDX-License-Identifier: Apache-2.0
#include "generator/template/condition.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "generator/template/template_node.h"

namespace verso::generator {

namespace {

using Step = Condition::Step;
using Operation = Condition::Operation;

/// What is on the evaluation stack: a truth is a number 0 or 1.
using Operand = std::variant<double, std::string_view>;

bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.';
}

/// Recursive descent: or < and < not < comparison < operand.
class Parser {
  public:
    Parser(std::string_view text, bool in_row) : text_(text), in_row_(in_row) {}

    std::vector<Operation> parse() {
        parse_or();
        skip_blanks();
        if (at_ < text_.size()) fail("nothing may follow here");
        return std::move(steps_);
    }

  private:
    enum class Kind { Truth, Number, Text };

    [[noreturn]] void fail(const std::string& message, const std::string& cure = "") const {
        throw TemplateFault{
            {ErrorCode::TemplateInvalid,
             fmt::format("in the condition \"{}\" at character {}: {}", text_, at_ + 1, message),
             "", cure}};
    }
    void skip_blanks() {
        while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    }
    bool take(std::string_view token) {
        skip_blanks();
        if (text_.substr(at_, token.size()) != token) return false;
        const std::size_t end = at_ + token.size();
        if (is_word(token.front()) && end < text_.size() && is_word(text_[end])) return false;
        at_ = end;
        return true;
    }
    void parse_or() {
        parse_and();
        while (take("or")) {
            parse_and();
            steps_.push_back({Step::Or, nullptr, 0, {}});
        }
    }
    void parse_and() {
        parse_not();
        while (take("and")) {
            parse_not();
            steps_.push_back({Step::And, nullptr, 0, {}});
        }
    }
    void parse_not() {
        constexpr int kDeepest = 50;
        if (++depth_ > kDeepest) fail("too deeply nested");
        if (take("not")) {
            parse_not();
            steps_.push_back({Step::Not, nullptr, 0, {}});
        } else if (take("(")) {
            parse_or();
            if (!take(")")) fail("a closing ) is missing");
        } else {
            parse_comparison();
        }
        --depth_;
    }
    void parse_comparison() {
        const Kind left = parse_operand();
        // Longer signs first, so that "<=" is not read as "<".
        constexpr std::pair<std::string_view, Step> kSigns[] = {
            {"==", Step::Equal},        {"!=", Step::NotEqual}, {"<=", Step::LessEqual},
            {">=", Step::GreaterEqual}, {"<", Step::Less},      {">", Step::Greater}};
        for (const auto& [sign, step] : kSigns) {
            if (!take(sign)) continue;
            const Kind right = parse_operand();
            if (left != right) fail("a text and a number cannot be compared");
            steps_.push_back({step, nullptr, 0, {}});
            return;
        }
    }
    Kind parse_operand() {
        skip_blanks();
        if (at_ == text_.size()) fail("a path, a number or a 'text' is missing");
        if (text_[at_] == '\'') return parse_text();
        std::size_t end = at_;
        if (text_[end] == '-') ++end;
        while (end < text_.size() && is_word(text_[end])) ++end;
        const std::string_view word = text_.substr(at_, end - at_);
        if (word.empty()) fail(fmt::format("'{}' is not understood", text_[at_]));
        const bool is_number = word.front() == '-' || (word.front() >= '0' && word.front() <= '9');
        const Kind kind = is_number ? parse_number(word) : parse_path(word);
        at_ = end;
        return kind;
    }
    Kind parse_text() {
        const auto end = text_.find('\'', at_ + 1);
        if (end == std::string_view::npos) fail("the closing ' is missing");
        steps_.push_back(
            {Step::Text, nullptr, 0, std::string(text_.substr(at_ + 1, end - at_ - 1))});
        at_ = end + 1;
        return Kind::Text;
    }
    Kind parse_number(std::string_view word) {
        double value = 0;
        const auto [end, code] = std::from_chars(word.data(), word.data() + word.size(), value);
        if (code != std::errc{} || end != word.data() + word.size() || !std::isfinite(value)) {
            fail(fmt::format("'{}' is not a number", word));
        }
        steps_.push_back({Step::Number, nullptr, value, {}});
        return Kind::Number;
    }
    Kind parse_path(std::string_view word) {
        const DataPath* path = find_path(word);
        if (path == nullptr) {
            const std::string nearest = nearest_word(word, path_names());
            fail(fmt::format("there is no value \"{}\"", word),
                 nearest.empty() ? "" : fmt::format("did you mean \"{}\"?", nearest));
        }
        if (path->needs_row && !in_row_)
            fail(fmt::format("\"{}\" exists only in a table's row", word));
        steps_.push_back({Step::Path, path, 0, {}});
        return path->kind == ValueKind::Text ? Kind::Text : Kind::Number;
    }

    std::string_view text_;
    bool in_row_;
    std::size_t at_ = 0;
    int depth_ = 0;
    std::vector<Operation> steps_;
};

/// Days and lists count as present or absent; amounts in the main unit.
Operand operand_of(const Value& value) {
    if (const auto* text = std::get_if<std::string_view>(&value)) return *text;
    if (const auto* number = std::get_if<std::int64_t>(&value)) return double(*number);
    if (const auto* amount = std::get_if<Money>(&value)) return double(amount->minor) / 100;
    if (const auto* lines = std::get_if<const std::vector<std::string>*>(&value)) {
        return double((*lines)->size());
    }
    if (std::holds_alternative<std::chrono::year_month_day>(value)) return 1.0;
    return 0.0;
}

bool is_true(const Operand& operand) {
    const auto* number = std::get_if<double>(&operand);
    return number != nullptr ? *number != 0 : !std::get<std::string_view>(operand).empty();
}

bool compare(Step step, const Operand& a, const Operand& b) {
    switch (step) {
        case Step::Equal:
            return a == b;
        case Step::NotEqual:
            return a != b;
        case Step::Less:
            return a < b;
        case Step::Greater:
            return a > b;
        case Step::LessEqual:
            return a <= b;
        case Step::GreaterEqual:
            return a >= b;
        case Step::And:
            return is_true(a) && is_true(b);
        case Step::Or:
            return is_true(a) || is_true(b);
        default:
            return false;
    }
}

}  // namespace

Result<Condition> Condition::parse(std::string_view text, bool in_row) {
    try {
        Condition condition;
        condition.steps_ = Parser(text, in_row).parse();
        return condition;
    } catch (const TemplateFault& fault) {
        return fault.error;
    }
}

Condition Condition::at_least(const DataPath& path, std::int64_t least) {
    Condition condition;
    condition.steps_ = {{Step::Path, &path, 0, {}},
                        {Step::Number, nullptr, double(least), {}},
                        {Step::GreaterEqual, nullptr, 0, {}}};
    return condition;
}

bool Condition::holds(const InsertContext& context) const {
    std::vector<Operand> stack;
    std::vector<std::string> kept;  // texts that a path made on the spot
    kept.reserve(steps_.size());
    for (const auto& op : steps_) {
        if (op.step == Step::Path) {
            Value value = op.path->read(context);
            if (auto* made = std::get_if<std::string>(&value)) {
                stack.emplace_back(std::string_view(kept.emplace_back(std::move(*made))));
            } else {
                stack.push_back(operand_of(value));
            }
        } else if (op.step == Step::Number) {
            stack.emplace_back(op.number);
        } else if (op.step == Step::Text) {
            stack.emplace_back(std::string_view(op.text));
        } else if (op.step == Step::Not) {
            stack.back() = is_true(stack.back()) ? 0.0 : 1.0;
        } else {
            const Operand right = stack.back();
            stack.pop_back();
            stack.back() = compare(op.step, stack.back(), right) ? 1.0 : 0.0;
        }
    }
    return is_true(stack.back());
}

}  // namespace verso::generator
