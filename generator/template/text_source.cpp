// SPDX-License-Identifier: Apache-2.0
#include "generator/template/text_source.h"

#include <fmt/format.h>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include <algorithm>

#include "generator/layout/postal_address.h"

namespace verso::generator {

namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

/// Code points below U+0300 are composed already; they start with a byte below 0xCC.
bool is_surely_composed(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0xCC;
    });
}

std::string composed(const std::string& text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status)) return text;
    std::string out;
    icu::StringByteSink<std::string> sink(&out);
    nfc->normalizeUTF8(0, icu::StringPiece(text.data(), int32_t(text.size())), sink, nullptr,
                       status);
    return U_SUCCESS(status) ? out : text;
}

bool is_valid_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (i + length > text.size()) return false;
        for (std::size_t k = 1; k < length; ++k) {
            if ((static_cast<unsigned char>(text[i + k]) & 0xC0) != 0x80) return false;
        }
        i += length;
    }
    return true;
}

}  // namespace

std::string printable(std::string text) {
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
    }
    // ICU replaces malformed bytes by U+FFFD; they must stay what they are for the error message.
    if (is_surely_composed(text) || !is_valid_utf8(text)) return text;
    return composed(text);
}

/// Walks through one text and the catalogue strings that it names.
class TextSource::Parser {
  public:
    Parser(const Node& node, const Language& language, bool in_row, std::vector<Segment>& out)
        : node_(node), language_(language), in_row_(in_row), out_(out) {}

    void parse(std::string_view text, int depth) {
        if (text.substr(0, 2) == "t:") return parse_key(text.substr(2), depth);
        while (!text.empty()) {
            const auto open = text.find("{{");
            add_literal(text.substr(0, open));
            if (open == std::string_view::npos) return;
            const auto close = text.find("}}", open);
            if (close == std::string_view::npos) node_.fail("}} is missing after {{", "close it");
            const std::string_view inside = trimmed(text.substr(open + 2, close - open - 2));
            if (inside.substr(0, 2) == "t:") {
                parse_key(inside.substr(2), depth);
            } else {
                parse_value(inside);
            }
            text.remove_prefix(close + 2);
        }
    }

  private:
    void add_literal(std::string_view text) {
        if (text.empty()) return;
        if (out_.empty() || out_.back().path != nullptr) out_.push_back({});
        out_.back().literal += text;
    }
    void parse_key(std::string_view key, int depth) {
        constexpr int kDeepest = 4;  // a catalogue string that names itself would never end
        const std::string* found = language_.find(key);
        if (depth > kDeepest) node_.fail(fmt::format("the string \"{}\" names itself", key));
        if (found == nullptr) {
            std::vector<std::string> known;
            for (const auto& [name, text] : language_.strings) known.push_back(name);
            const std::string nearest = nearest_word(key, known);
            node_.fail(fmt::format("no catalogue has the string \"{}\" ({} and its fallback)", key,
                                   language_.code),
                       nearest.empty() ? "add it to templates/strings"
                                       : fmt::format("did you mean \"{}\"?", nearest));
        }
        parse(*found, depth + 1);
    }
    void parse_value(std::string_view inside) {
        const auto bar = inside.find('|');
        const std::string_view name = trimmed(inside.substr(0, bar));
        Segment segment;
        segment.path = find_path(name);
        if (segment.path == nullptr) {
            const std::string nearest = nearest_word(name, path_names());
            node_.fail(fmt::format("there is no value \"{}\"", name),
                       nearest.empty() ? "docs/formats/template.md lists them"
                                       : fmt::format("did you mean \"{}\"?", nearest));
        }
        if (segment.path->needs_row && !in_row_) {
            node_.fail(fmt::format("\"{}\" exists only in a table's row", name));
        }
        std::string_view rest = bar == std::string_view::npos ? "" : inside.substr(bar + 1);
        while (!rest.empty()) {
            const auto next = std::min(rest.find('|'), rest.size());
            parse_filter(trimmed(rest.substr(0, next)), segment);
            rest.remove_prefix(std::min(next + 1, rest.size()));
        }
        check_kind(segment);
        out_.push_back(std::move(segment));
    }
    void parse_filter(std::string_view filter, Segment& segment) {
        if (filter == "money") {
            segment.filter = Filter::Money;
        } else if (filter == "date") {
            segment.filter = Filter::Date;
        } else if (filter == "upper") {
            segment.upper = true;
        } else if (filter.substr(0, 8) == "default:") {
            const std::string_view quoted = trimmed(filter.substr(8));
            if (quoted.size() < 2 || quoted.front() != '\'' || quoted.back() != '\'') {
                node_.fail("default: needs its text in '…'", "write default:'none'");
            }
            segment.fallback = quoted.substr(1, quoted.size() - 2);
        } else {
            const std::string nearest =
                nearest_word(filter, {"money", "date", "upper", "default:''"});
            node_.fail(fmt::format("there is no filter \"{}\"", filter),
                       nearest.empty() ? "filters are money, date, upper, default:'…'"
                                       : fmt::format("did you mean \"{}\"?", nearest));
        }
    }
    void check_kind(const Segment& segment) const {
        const auto& [name, kind, needs_row, read] = *segment.path;
        if (kind == ValueKind::Lines) {
            node_.fail(fmt::format("\"{}\" has several lines", name), "use an address block");
        }
        if ((kind == ValueKind::Amount) != (segment.filter == Filter::Money)) {
            node_.fail(fmt::format("\"{}\" and the filter money do not suit each other", name),
                       "amounts need |money, nothing else does");
        }
        if ((kind == ValueKind::Day) != (segment.filter == Filter::Date)) {
            node_.fail(fmt::format("\"{}\" and the filter date do not suit each other", name),
                       "days need |date, nothing else does");
        }
    }

    const Node& node_;
    const Language& language_;
    bool in_row_;
    std::vector<Segment>& out_;
};

TextSource TextSource::compile(const Node& node, const Language& language, bool in_row) {
    TextSource source;
    Parser(node, language, in_row, source.segments_).parse(node.text(), 0);
    for (auto& segment : source.segments_) segment.literal = printable(std::move(segment.literal));
    return source;
}

bool TextSource::is_static() const {
    return std::all_of(segments_.begin(), segments_.end(),
                       [](const Segment& segment) { return segment.path == nullptr; });
}

std::string TextSource::literal() const {
    return segments_.empty() ? "" : segments_.front().literal;
}

std::string TextSource::value_of(const Segment& segment, const InsertContext& context) const {
    if (segment.path == nullptr) return segment.literal;
    Value value = segment.path->read(context);
    const Formats& formats = context.language.formats;
    std::string text;
    if (const auto* view = std::get_if<std::string_view>(&value)) {
        text = *view;
    } else if (auto* made = std::get_if<std::string>(&value)) {
        text = std::move(*made);
    } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
        text = std::to_string(*number);
    } else if (const auto* amount = std::get_if<Money>(&value)) {
        text = formats.format(*amount, context.input.order.currency);
    } else if (const auto* day = std::get_if<std::chrono::year_month_day>(&value)) {
        text = formats.format(*day);
    }
    if (text.empty()) text = segment.fallback;
    if (segment.upper) text = to_upper(text);
    return printable(std::move(text));
}

std::string TextSource::evaluate(const InsertContext& context) const {
    if (segments_.size() == 1) return value_of(segments_.front(), context);
    std::string out;
    for (const auto& segment : segments_) out += value_of(segment, context);
    return out;
}

std::string_view TextSource::first_path() const {
    for (const auto& segment : segments_) {
        if (segment.path != nullptr) return segment.path->name;
    }
    return {};
}

std::vector<TextSource::Piece> TextSource::pieces(const InsertContext& context) const {
    std::vector<Piece> out;
    for (const auto& segment : segments_) {
        out.push_back({segment.path == nullptr ? std::string_view() : segment.path->name,
                       value_of(segment, context)});
    }
    return out;
}

}  // namespace verso::generator
