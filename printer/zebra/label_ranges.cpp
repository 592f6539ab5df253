// SPDX-License-Identifier: Apache-2.0
#include "printer/zebra/label_ranges.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>

namespace verso::printer {
namespace {

constexpr char kStx = '\x02', kEtx = '\x03';  // stand for ^XA and ^XZ

/// Commands that put something on the label.
constexpr std::array<std::string_view, 15> kDrawing{"FD", "FV", "FS", "GB", "GC", "GD", "GE", "GF",
                                                    "GS", "SN", "SF", "XG", "IM", "IL", "XF"};
/// Commands of ~ that neither print nor answer nor cancel: stored pictures, darkness, cutting.
constexpr std::array<std::string_view, 11> kHarmless{"DB", "DE", "DG", "DN", "DS", "DT",
                                                     "DU", "EG", "SD", "TA", "JS"};
/// Command characters changed: what follows could not be read.
constexpr std::array<std::string_view, 3> kOtherCharacters{"CC", "CT", "CD"};
constexpr std::size_t kLongestParameters = 64;

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
bool is_letter(char c) { return upper(c) >= 'A' && upper(c) <= 'Z'; }

// The parameter with that number, from 0, of "^GFB,100,100,10".
std::string_view parameter(std::string_view command, int number) {
    std::string_view rest = command.substr(std::min<std::size_t>(3, command.size()));
    for (; number > 0; --number) {
        const auto comma = rest.find(',');
        if (comma == std::string_view::npos) return {};
        rest.remove_prefix(comma + 1);
    }
    return rest.substr(0, rest.find(','));
}

std::int64_t number_or(std::string_view text, std::int64_t fallback) {
    std::int64_t value = fallback;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

}  // namespace

Error LabelScanner::fault(const std::string& what) const {
    return {ErrorCode::FormatInvalid, what,
            fmt::format("label {}, byte {}", labels_.size() + 1, at_),
            "make the labels anew, each with its own ^XA and ^XZ and one copy"};
}

Result<void> LabelScanner::feed(std::string_view bytes) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (state_ == State::Binary) {
            const auto rest = static_cast<std::int64_t>(bytes.size() - i);
            const std::int64_t skipped = std::min(skip_, rest);
            skip_ -= skipped;
            at_ += skipped;
            if (skip_ == 0) state_ = State::Text;
            if (skipped > 0) {
                i += static_cast<std::size_t>(skipped) - 1;
                continue;
            }
        }
        if (auto taken = take(bytes[i]); !taken) return taken;
        ++at_;
        if (at_ - start_ > limits_.most_label_bytes)
            return Error{ErrorCode::LimitExceeded,
                         fmt::format("a label has more than {} bytes", limits_.most_label_bytes),
                         fmt::format("label {}", labels_.size() + 1),
                         "use smaller pictures on the label"};
    }
    return {};
}

Result<void> LabelScanner::take(char c) {
    if (c == kStx) return begin_format();
    if (c == kEtx) return end_format();
    if (c == '^' || c == '~') {
        if (auto ended = end_command(); !ended) return ended;
        return begin_command(c);
    }
    if (state_ == State::Text) return {};
    if (command_.size() < 3) {
        const bool named = command_.size() == 1 ? is_letter(c) : true;
        if (!named) {
            state_ = State::Text;
            return {};
        }
        command_ += upper(c);
        if (command_.size() < 3) return {};
        const std::string_view name = std::string_view(command_).substr(1);
        if (is_one_of(name, kOtherCharacters))
            return fault(fmt::format("{} changes the characters of commands", command_));
        if (command_[0] == '^') return caret_command(name);
        state_ = State::Text;
        if (is_one_of(name, kHarmless)) return {};
        return fault(fmt::format("{} prints, stops or asks something by itself", command_));
    }
    if (command_.size() < kLongestParameters) command_ += c;
    if (state_ == State::Graphic && c == ',' &&
        std::count(command_.begin(), command_.end(), ',') == 4) {
        const char kind = upper(parameter(command_, 0).empty() ? 'A' : parameter(command_, 0)[0]);
        state_ = kind == 'B' || kind == 'C' ? State::Binary : State::Text;
        skip_ = std::max<std::int64_t>(0, number_or(parameter(command_, 1), 0));
    }
    return {};
}

Result<void> LabelScanner::begin_command(char prefix) {
    state_ = State::Command;
    command_.assign(1, prefix);
    return {};
}

Result<void> LabelScanner::caret_command(std::string_view name) {
    const bool counts = name == "PQ";
    state_ = name == "GF" ? State::Graphic : counts ? State::Command : State::Text;
    if (name == "XA") return begin_format();
    if (name == "XZ") return end_format();
    if (name == "DF") stores_ = true;
    if (is_one_of(name, kDrawing)) draws_ = true;
    return {};
}

// What a command's parameters say, once they are whole.
Result<void> LabelScanner::end_command() {
    if (state_ == State::Command && command_.starts_with("^PQ") &&
        number_or(parameter(command_, 0), 1) != 1)
        return fault("it asks for more or less than one copy (^PQ)");
    return {};
}

Result<void> LabelScanner::begin_format() {
    state_ = State::Text;
    if (in_format_) return fault("a label begins (^XA) before the one before it has ended (^XZ)");
    in_format_ = true;
    draws_ = stores_ = false;
    return {};
}

Result<void> LabelScanner::end_format() {
    if (auto ended = end_command(); !ended) return ended;
    state_ = State::Text;
    if (!in_format_) return fault("a label ends (^XZ) that has not begun (^XA)");
    in_format_ = false;
    if (!draws_ || stores_) return {};
    labels_.push_back({start_, at_ + 1});
    start_ = at_ + 1;
    if (std::ssize(labels_) > limits_.most_labels)
        return Error{ErrorCode::LimitExceeded,
                     fmt::format("it has more than {} labels", limits_.most_labels), "",
                     "print the orders in smaller waves"};
    return {};
}

Result<std::vector<LabelRange>> LabelScanner::finish() {
    if (in_format_ || state_ == State::Binary) return fault("the last label has no end (^XZ)");
    if (labels_.empty())
        return Error{ErrorCode::FormatInvalid, "there is no label in it", "",
                     "a label begins with ^XA, draws something and ends with ^XZ"};
    labels_.back().end = at_;
    return std::move(labels_);
}

Result<std::vector<LabelRange>> labels_of(const std::filesystem::path& file,
                                          const LabelLimits& limits) {
    std::ifstream in(file, std::ios::binary);
    LabelScanner scanner(limits);
    std::vector<char> piece(1U << 16U);
    while (in) {
        in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        const auto fed = scanner.feed({piece.data(), static_cast<std::size_t>(in.gcount())});
        if (!fed) return fed.error().at(file.string());
    }
    if (!in.eof())
        return Error{ErrorCode::FileUnreadable, "the document to print cannot be read",
                     file.string(), "make it again"};
    auto labels = scanner.finish();
    if (!labels) return labels.error().at(file.string());
    return labels;
}

}  // namespace verso::printer
