// SPDX-License-Identifier: Apache-2.0
#include "records/import/json_pieces.h"

#include <algorithm>

namespace verso::records {

namespace {

constexpr std::size_t kWindow = std::size_t{1} << 20, kLargestOrder = std::size_t{16} << 20;
constexpr std::size_t kMostGuesses = 1000, kLongestOpening = 80;
constexpr std::size_t kNone = std::string::npos;

constexpr std::string_view kCutOff = "the file ends within an order";
constexpr std::string_view kTooLarge = "the order is larger than 16 MiB";
constexpr std::string_view kNoJson = "the text is no JSON from here on";

/// Follows one value through its bytes, until it ends.
class ValueEnd {
  public:
    /// Whether the value ends with this byte, or before it.
    enum class At { Inside, Here, Before };
    At take(char c) {
        if (in_text_) return take_in_text(c);
        const bool first = std::exchange(first_, false);
        switch (c) {
            case '"':
                in_text_ = true;
                return At::Inside;
            case '{':
            case '[':
                ++depth_;
                return At::Inside;
            case '}':
            case ']':
                if (depth_ == 0) return At::Before;
                return --depth_ == 0 ? At::Here : At::Inside;
            case ',':
            case ' ':
            case '\n':
            case '\r':
            case '\t':
                return depth_ == 0 && !first ? At::Before : At::Inside;
            default:
                return At::Inside;
        }
    }

  private:
    At take_in_text(char c) {
        if (escaped_) {
            escaped_ = false;
        } else if (c == '\\') {
            escaped_ = true;
        } else if (c == '"') {
            in_text_ = false;
            return depth_ == 0 ? At::Here : At::Inside;
        }
        return At::Inside;
    }
    std::size_t depth_ = 0;
    bool in_text_ = false, escaped_ = false, first_ = true;
};

}  // namespace

void JsonPieces::consume(std::size_t count) {
    const auto begin = window_.begin() + static_cast<std::ptrdiff_t>(at_);
    line_ += static_cast<std::size_t>(
        std::count(begin, begin + static_cast<std::ptrdiff_t>(count), '\n'));
    at_ += count;
}

Result<bool> JsonPieces::more() {
    if (ended_) return false;
    window_.erase(0, at_);
    at_ = 0;
    auto any = text_.append_to(window_, kWindow);
    if (!any) return any.error();
    ended_ = !*any;
    return *any;
}

/// Also over the marks between values. False at the end of the text.
Result<bool> JsonPieces::skip_blanks() {
    for (;;) {
        const auto found = window_.find_first_not_of(" \t\r\n,:", at_);
        consume((found == kNone ? window_.size() : found) - at_);
        if (found != kNone) return true;
        auto any = more();
        if (!any) return any.error();
        if (!*any) return false;
    }
}

/// How long the value at at_ is; kNone when it does not end, or not soon.
Result<std::size_t> JsonPieces::end_of_value() {
    ValueEnd end;
    for (std::size_t i = 0;; ++i) {
        if (at_ + i == window_.size()) {
            if (i > kLargestOrder) return kNone;
            auto any = more();
            if (!any) return any.error();
            if (!*any) return kNone;
        }
        switch (end.take(window_[at_ + i])) {
            case ValueEnd::At::Inside:
                break;
            case ValueEnd::At::Here:
                return i + 1;
            case ValueEnd::At::Before:
                return i;
        }
    }
}

Result<JsonPieces::Step> JsonPieces::step_in_envelope(char c) {
    if (c == '}') {
        consume(1);
        in_envelope_ = false;
        return Step::Next;
    }
    if (c != '"') return Step::Broken;
    auto length = end_of_value();
    if (!length) return length.error();
    if (*length == kNone) return Step::Broken;
    const bool wanted = std::string_view(window_).substr(at_ + 1, *length - 2) == envelope_;
    consume(*length);
    auto any = skip_blanks();
    if (!any) return any.error();
    if (!*any) return Step::Broken;
    if (wanted && window_[at_] == '{') return Step::Order;
    if (wanted && window_[at_] == '[') {
        in_orders_ = true;
        consume(1);
        return Step::Next;
    }
    length = end_of_value();
    if (!length) return length.error();
    if (*length == kNone || *length == 0) return Step::Broken;
    consume(*length);
    return Step::Next;
}

Result<JsonPieces::Step> JsonPieces::step(char c) {
    if (in_orders_) {
        if (c == '{') return Step::Order;
        if (c != ']') return Step::Broken;
        in_orders_ = false;
        consume(1);
        return Step::Next;
    }
    if (in_envelope_) return step_in_envelope(c);
    if (c == '{' && envelope_.empty()) return Step::Order;
    if (c != '{' && c != '[') return Step::Broken;
    (c == '[' ? in_orders_ : in_envelope_) = true;
    consume(1);
    return Step::Next;
}

JsonPiece JsonPieces::broken(std::string_view fault) {
    JsonPiece told{{}, line_, std::string(fault), is_guess_};
    over_ = !find_next_beginning();
    return told;
}

/// Goes to where an order seems to begin; false when there is no such place.
bool JsonPieces::find_next_beginning() {
    if (opening_.empty() || guesses_ == kMostGuesses) return false;
    const auto found = window_.find(opening_, at_ + 1);
    if (found == kNone) return false;
    consume(found - at_);
    ++guesses_;
    in_orders_ = is_guess_ = true;
    return true;
}

Result<std::optional<JsonPiece>> JsonPieces::piece() {
    auto length = end_of_value();
    if (!length) return length.error();
    if (*length == kNone) return std::optional(broken(ended_ ? kCutOff : kTooLarge));
    JsonPiece found{std::string_view(window_).substr(at_, *length), line_, {}, is_guess_};
    if (opening_.empty()) {
        const auto colon = found.text.find(':');
        if (colon < kLongestOpening) opening_ = found.text.substr(0, colon + 1);
    }
    consume(*length);
    return std::optional(std::move(found));
}

Result<std::optional<JsonPiece>> JsonPieces::next_line() {
    std::size_t end = 0;
    for (std::size_t seen = 0;;) {
        end = window_.find('\n', at_ + seen);
        if (end != kNone) break;
        seen = window_.size() - at_;
        if (window_.size() - at_ > kLargestOrder) {
            over_ = true;
            return std::optional(JsonPiece{{}, line_, std::string(kTooLarge)});
        }
        auto any = more();
        if (!any) return any.error();
        if (!*any) {
            end = window_.size();
            break;
        }
    }
    const JsonPiece found{std::string_view(window_).substr(at_, end - at_), line_, {}};
    consume(std::min(end + 1, window_.size()) - at_);
    if (found.text.find_first_not_of(" \t\r") == kNone) {
        if (end == window_.size() && ended_) return std::optional<JsonPiece>();
        return next_line();
    }
    return std::optional(found);
}

Result<std::optional<JsonPiece>> JsonPieces::next() {
    if (lines_ && !over_) return next_line();
    while (!over_) {
        auto any = skip_blanks();
        if (!any) return any.error();
        if (!*any) {
            over_ = true;
            if (!in_orders_ && !in_envelope_) break;
            return std::optional(JsonPiece{{}, line_, "the file ends before its JSON does", false});
        }
        auto step_taken = step(window_[at_]);
        if (!step_taken) return step_taken.error();
        if (*step_taken == Step::Order) return piece();
        if (*step_taken == Step::Broken) return std::optional(broken(kNoJson));
    }
    return std::optional<JsonPiece>();
}

}  // namespace verso::records
