// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "generator/layout/text_setting.h"
#include "generator/template/block_compiler.h"

namespace verso::generator {

namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

constexpr double kSmallestType = 4, kLargestType = 200;

Pt parse_size(const Node& node) {
    const double size = node.number();
    if (size < kSmallestType || size > kLargestType) node.fail("type is 4 to 200 pt", "");
    return Pt{size};
}

}  // namespace

Ink parse_ink(const Node& node) {
    const std::string text = node.text();
    std::array<int, 6> digits{};
    bool good = text.size() == 7 && text.front() == '#';
    for (std::size_t i = 0; good && i < digits.size(); ++i) {
        digits.at(i) = hex_digit(text.at(i + 1));
        good = digits.at(i) >= 0;
    }
    if (!good)
        node.fail(fmt::format("\"{}\" is no ink", text), "write #rrggbb or a name from inks");
    const auto byte = [&](std::size_t at) {
        return std::uint8_t(digits.at(at) * 16 + digits.at(at + 1));
    };
    return {byte(0), byte(2), byte(4)};
}

TextStyle parse_style(const Node& node, TextStyle base, const std::map<std::string, Ink>& inks) {
    if (node.has("size")) base.size = parse_size(node.at("size"));
    base.face = node.choice("face", {"regular", "bold"}, base.face == FontFace::Bold ? 1 : 0) == 1
                    ? FontFace::Bold
                    : FontFace::Regular;
    if (node.has("letter_spacing")) base.letter_spacing = Pt{node.at("letter_spacing").number()};
    if (node.has("ink")) {
        const auto named = inks.find(node.text("ink"));
        base.ink = named != inks.end() ? named->second : parse_ink(node.at("ink"));
    }
    return base;
}

Ink BlockCompiler::ink_of(const Node& node, const char* key, Ink fallback) const {
    if (!node.has(key)) return fallback;
    const auto named = sheet_.inks.find(node.text(key));
    return named != sheet_.inks.end() ? named->second : parse_ink(node.at(key));
}

TextStyle BlockCompiler::style_of(const Node& node) const {
    TextStyle base;
    if (node.has("style")) {
        const std::string name = node.text("style");
        const auto found = sheet_.styles.find(name);
        if (found == sheet_.styles.end()) {
            std::vector<std::string> known;
            for (const auto& [word, style] : sheet_.styles) known.push_back(word);
            const std::string nearest = nearest_word(name, known);
            node.at("style").fail(fmt::format("there is no style \"{}\"", name),
                                  nearest.empty()
                                      ? fmt::format("styles are {}", fmt::join(known, ", "))
                                      : fmt::format("did you mean \"{}\"?", nearest));
        }
        base = found->second;
    }
    return parse_style(node, base, sheet_.inks);
}

TextPlace BlockCompiler::place_of(const Node& node, const Scope& scope) const {
    constexpr double kLeastShare = 0.75;
    TextPlace place;
    place.frame = scope.frame;
    place.at = {node.mm("x"), node.mm("y")};
    place.width = node.mm("w");
    place.align = Align(node.choice("align", {"left", "right", "center"}, 0));
    place.fit = Fit(node.choice("fit", {"shrink", "clip", "error"}, 0));
    place.style = style_of(node);
    place.least = node.has("least") ? parse_size(node.at("least")) : place.style.size * kLeastShare;
    if (place.width <= Mm{0}) node.at("w").fail("a text needs a width");
    if (place.least > place.style.size) node.at("least").fail("the least size is above the size");
    return place;
}

std::vector<TextSource> BlockCompiler::sources_of(const Node& text, bool in_row) const {
    std::vector<TextSource> out;
    for (const auto& language : sheet_.languages) {
        out.push_back(TextSource::compile(text, language, in_row));
    }
    return out;
}

TextMark BlockCompiler::static_line(const Node& text, const TextPlace& place,
                                    const Language& language, const std::string& literal) const {
    if (const auto bad = sheet_.fonts.first_uncovered(place.style.face, literal)) {
        text.fail(fmt::format("no font has '{}' ({})", *bad, language.code),
                  "use another character");
    }
    FittedLine line = fit_line(sheet_.fonts, place, literal);
    if (!line.fits || line.at_least) {
        text.fail(fmt::format("\"{}\" ({}) is wider than its {} mm", literal, language.code,
                              place.width.value),
                  "shorten the string or widen the place");
    }
    return mark_of(place, std::move(line));
}

void BlockCompiler::add_text(const Node& text, const TextPlace& place, const Scope& scope,
                             Blocks& out) {
    std::vector<TextSource> sources = sources_of(text, scope.in_row);
    const bool is_static = std::all_of(sources.begin(), sources.end(),
                                       [](const TextSource& source) { return source.is_static(); });
    if (!is_static) {
        out.push_back(TextOperation{place, std::move(sources)});
        return;
    }
    StaticTextOperation operation;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        auto& marks = operation.marks.emplace_back();
        const std::string literal = sources.at(i).literal();
        if (!literal.empty()) {
            marks.push_back(static_line(text, place, sheet_.languages.at(i), literal));
        }
    }
    out.push_back(std::move(operation));
}

void BlockCompiler::compile_text(const Node& node, const Scope& scope, Blocks& out) {
    node.allow_in_block({"x", "y", "w", "align", "fit", "least", "style", "size", "face", "ink",
                         "letter_spacing", "text"});
    add_text(node.at("text"), place_of(node, scope), scope, out);
}

void BlockCompiler::compile_paragraph(const Node& node, const Scope& scope, Blocks& out) {
    node.allow_in_block({"x", "y", "w", "align", "fit", "least", "style", "size", "face", "ink",
                         "letter_spacing", "text", "leading", "lines"});
    ParagraphOperation operation{place_of(node, scope), node.mm("leading"),
                                 node.at("lines").integer(),
                                 sources_of(node.at("text"), scope.in_row)};
    if (operation.most_lines < 1) node.at("lines").fail("a paragraph needs at least 1 line");
    StaticTextOperation finished;
    for (std::size_t i = 0; i < operation.sources.size(); ++i) {
        if (!operation.sources.at(i).is_static()) {
            out.push_back(std::move(operation));
            return;
        }
        const Language& language = sheet_.languages.at(i);
        const auto set = fit_paragraph(sheet_.fonts, operation.place,
                                       operation.sources.at(i).literal(), operation.most_lines);
        if (set.cut || !set.fits) {
            node.at("text").fail(fmt::format("needs more than its {} lines in \"{}\"",
                                             operation.most_lines, language.code),
                                 "shorten the string or allow more lines");
        }
        auto& marks = finished.marks.emplace_back();
        TextPlace place = operation.place;
        place.style.size = set.size;
        place.least = std::min(place.least, set.size);
        for (const auto& line : set.lines) {
            if (!line.empty()) marks.push_back(static_line(node.at("text"), place, language, line));
            place.at.y += operation.leading;
        }
    }
    out.push_back(std::move(finished));
}

void BlockCompiler::compile_address(const Node& node, const Scope& scope, Blocks& out) {
    node.allow_in_block({"x", "y", "w", "align", "least", "style", "size", "face", "ink",
                         "letter_spacing", "of", "leading", "lines"});
    const std::string name = node.text("of");
    const DataPath* path = find_path(name);
    if (path == nullptr || path->kind != ValueKind::Lines) {
        node.at("of").fail(fmt::format("\"{}\" is no list of lines", name),
                           "use buyer.lines, return.lines or shop.reply_lines");
    }
    out.push_back(AddressOperation{place_of(node, scope), node.mm("leading"),
                                   node.has("lines") ? node.at("lines").integer() : 7, path});
}

}  // namespace verso::generator
