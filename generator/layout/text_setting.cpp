// SPDX-License-Identifier: Apache-2.0
#include "generator/layout/text_setting.h"

#include <algorithm>
#include <cmath>

namespace verso::generator {

namespace {

/// Longer texts are not worth measuring as one line first.
constexpr std::size_t kShort = 200;

/// Rounding of the arithmetic, not of the paper.
constexpr Mm kHair{1e-6};

std::size_t characters(std::string_view text) {
    return std::size_t(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    }));
}

/// The end of the first `count` bytes or of the character that they cut through, whichever is less.
std::size_t character_start(std::string_view text, std::size_t count) {
    while (count > 0 && count < text.size() &&
           (static_cast<unsigned char>(text.at(count)) & 0xC0) == 0x80) {
        --count;
    }
    return count;
}

/// Cuts the end so that text and "…" fit. By halving: a text from outside may be megabytes long.
std::string clipped(const FontBook& fonts, const TextStyle& style, Mm width, std::string text) {
    const Mm room = width - width_of(fonts, style, "…") - to_mm(style.letter_spacing);
    std::size_t fits = 0, too_long = text.size();
    while (too_long - fits > 1) {
        const std::size_t middle = fits + (too_long - fits) / 2;
        const std::string_view head =
            std::string_view(text).substr(0, character_start(text, middle));
        (width_of(fonts, style, head) <= room ? fits : too_long) = middle;
    }
    text.resize(character_start(text, fits));
    while (!text.empty() && text.back() == ' ') text.pop_back();
    return text + "…";
}

}  // namespace

Mm width_of(const FontBook& fonts, const TextStyle& style, std::string_view text) {
    Mm width = fonts.measure(style.face, style.size, text);
    if (style.letter_spacing.value != 0 && !text.empty()) {
        width += to_mm(style.letter_spacing) * double(characters(text) - 1);
    }
    return width;
}

FittedLine fit_line(const FontBook& fonts, const TextPlace& place, std::string text) {
    FittedLine line{std::move(text), place.style.size, {}, false, true};
    line.width = width_of(fonts, place.style, line.text);
    if (line.width <= place.width + kHair) return line;
    if (place.fit == Fit::Error) {
        line.fits = false;
        return line;
    }
    TextStyle style = place.style;
    if (place.fit == Fit::Shrink) {
        // Hundredths of a point, downwards, so that the rounded size still fits.
        const double wanted = std::floor(style.size.value * (place.width / line.width) * 100) / 100;
        style.size = std::max(Pt{wanted}, place.least);
        line.size = style.size;
        line.width = width_of(fonts, style, line.text);
        if (line.width <= place.width + kHair) return line;
    }
    line.at_least = true;
    line.text = clipped(fonts, style, place.width, std::move(line.text));
    line.width = width_of(fonts, style, line.text);
    return line;
}

TextMark mark_of(const TextPlace& place, FittedLine line) {
    const Mm room = place.width - line.width;
    const Mm indent = place.align == Align::Left     ? Mm{0}
                      : place.align == Align::Center ? room / 2
                                                     : room;
    return {place.frame.point({place.at.x + indent, place.at.y}),
            line.size,
            place.style.face,
            place.style.ink,
            place.frame.turn,
            std::move(line.text),
            place.style.letter_spacing};
}

FittedParagraph fit_paragraph(const FontBook& fonts, const TextPlace& place, std::string_view text,
                              int most_lines) {
    constexpr Pt kStep{0.25};
    const auto most = std::size_t(most_lines);
    FittedParagraph out{{}, place.style.size, false, true};
    TextStyle style = place.style;
    for (;;) {
        out.lines = wrap(fonts, style, place.width, text);
        const bool narrow = std::all_of(out.lines.begin(), out.lines.end(), [&](const auto& line) {
            return width_of(fonts, style, line) <= place.width + kHair;
        });
        out.size = style.size;
        if (out.lines.size() <= most && narrow) return out;
        if (place.fit != Fit::Shrink || style.size <= place.least) break;
        style.size = std::max(place.least, style.size - kStep);
    }
    if (place.fit == Fit::Error) {
        out.fits = false;
        return out;
    }
    if (out.lines.size() > most) {
        for (std::size_t i = most; i < out.lines.size(); ++i) {
            out.lines[most - 1] += " " + out.lines[i];
        }
        out.lines.resize(most);
    }
    for (auto& line : out.lines) {
        if (width_of(fonts, style, line) > place.width + kHair) {
            line = clipped(fonts, style, place.width, std::move(line));
            out.cut = true;
        }
    }
    return out;
}

std::vector<std::string> wrap(const FontBook& fonts, const TextStyle& style, Mm width,
                              std::string_view text) {
    std::vector<std::string> lines;
    // Most texts are short: one measurement tells.
    if (text.find('\n') == std::string_view::npos && text.size() < kShort &&
        width_of(fonts, style, text) <= width) {
        if (!text.empty()) lines.emplace_back(text.substr(0, text.find_last_not_of(' ') + 1));
        return lines;
    }
    std::string line;
    const auto finish = [&] {
        while (!line.empty() && line.back() == ' ') line.pop_back();
        lines.push_back(std::move(line));
        line.clear();
    };
    while (!text.empty()) {
        const auto stop = text.find_first_of(" -\n");
        const std::size_t size = stop == std::string_view::npos ? text.size() : stop + 1;
        std::string word(text.substr(0, size));
        text.remove_prefix(size);
        const bool ends = word.back() == '\n';
        if (ends) word.pop_back();
        std::string longer = line + word;
        while (!longer.empty() && longer.back() == ' ') longer.pop_back();
        if (!line.empty() && width_of(fonts, style, longer) > width) finish();
        line += word;
        if (ends) finish();
    }
    if (!line.empty()) finish();
    return lines;
}

}  // namespace verso::generator
