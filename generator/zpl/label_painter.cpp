// SPDX-License-Identifier: Apache-2.0
#include "generator/zpl/label_painter.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

#include "generator/zpl/field_text.h"
#include "generator/zpl/graphic_field.h"
#include "generator/zpl/mark_dots.h"
#include "generator/zpl/png_dots.h"

namespace verso::generator {

namespace {

/// Share of light, 0 to 1, as the eye weighs colours (ITU-R BT.709).
double luminance(Ink ink) { return (0.2126 * ink.r + 0.7152 * ink.g + 0.0722 * ink.b) / 255; }

// A thin gray mark in dots would be a broken one: it is black unless it is nearly white.
bool is_black(Ink ink) { return luminance(ink) < 0.85; }

// Four by four dots grow from the middle of their cell, so that no dot stands alone: heads print
// single dots unevenly.
constexpr std::array kCluster{12, 5, 6, 13, 4, 0, 1, 7, 11, 3, 2, 8, 15, 10, 9, 14};

bool is_dither_dot(int x, int y, double darkness) {
    const int rank = kCluster.at(std::size_t((y & 3) * 4 + (x & 3)));
    return (rank + 0.5) / 16 < darkness;
}

std::string place_of(const MmBox& box) {
    return fmt::format("{:.1f},{:.1f} mm", box.x.value, box.y.value);
}

}  // namespace

LabelPainter::LabelPainter(const FontBook& fonts, DotScale scale, const DrawList& page,
                           const ZplOptions& options, LetterRaster& letters)
    : fonts_(fonts),
      scale_(scale),
      printer_font_(options.printer_font),
      keep_code_size_(has_fiducials(page)),
      letters_(letters),
      paper_(scale.length(page.page.width), scale.length(page.page.height)) {}

Result<void> LabelPainter::paint(const Mark& mark) {
    return std::visit([this](const auto& kind) { return draw(kind); }, mark);
}

void LabelPainter::add_box(DotBox box, bool black) {
    const int left = std::max(box.x, 0), top = std::max(box.y, 0);
    const int right = std::min(box.right(), width()), bottom = std::min(box.bottom(), height());
    if (left >= right || top >= bottom) return;
    const int w = right - left, h = bottom - top;
    fmt::format_to(std::back_inserter(out_), "^FO{},{}^GB{},{},{}{}^FS\n", left, top, w, h,
                   std::min(w, h), black ? "" : ",W");
    paper_.fill({left, top, w, h}, black);
}

Result<void> LabelPainter::draw(const FillMark& mark) {
    DotBox box = scale_.box(mark.box);
    // Bars of a post's code: all of one width, wherever they fall.
    constexpr Mm kNarrow{1.5};
    if (mark.box.w < kNarrow) box.w = scale_.length(mark.box.w);
    if (mark.box.h < kNarrow) box.h = scale_.length(mark.box.h);
    const double light = luminance(mark.ink);
    if (light < 0.06 || light > 0.97 || std::min(box.w, box.h) < 8) {
        add_box(box, light < 0.06 || (light < 0.85 && std::min(box.w, box.h) < 8));
        return {};
    }
    const int left = std::max(box.x, 0), top = std::max(box.y, 0);
    const int right = std::min(box.right(), width()), bottom = std::min(box.bottom(), height());
    if (left >= right || top >= bottom) return {};
    add_box(box, false);
    DotBitmap tone(right - left, bottom - top);
    for (int y = top; y < bottom; ++y) {
        for (int x = left; x < right; ++x) {
            if (is_dither_dot(x, y, 1 - light)) tone.set(x - left, y - top);
        }
    }
    add_bitmap(tone, left, top, true);
    return {};
}

void LabelPainter::add_bitmap(const DotBitmap& bitmap, int x, int y, bool black) {
    DotBitmap turned_over(bitmap.width(), bitmap.height());
    for (int row = 0; row < bitmap.height(); ++row) {
        for (int column = 0; column < bitmap.width(); ++column) {
            const int px = x + column, py = y + row;
            if (px < 0 || py < 0 || px >= width() || py >= height()) continue;
            if (!bitmap.at(column, row) || (!black && !paper_.at(px, py))) continue;
            turned_over.set(column, row);
            paper_.set(px, py, black);
        }
    }
    const DotBox ink = turned_over.ink_box();
    if (ink.w == 0) return;
    // ^FR turns dots over: what is black under a white mark becomes paper again.
    fmt::format_to(std::back_inserter(out_), "^FO{},{}{}{}^FS\n", x + ink.x, y + ink.y,
                   black ? "" : "^FR", graphic_field(turned_over.part(ink)));
}

Result<void> LabelPainter::draw(const LineMark& mark) {
    const bool upright = scale_.at(mark.from.x) == scale_.at(mark.to.x) ||
                         scale_.at(mark.from.y) == scale_.at(mark.to.y);
    if (upright) {
        add_line(mark, is_black(mark.ink));
    } else {
        const PlacedDots line = slanted_dots(mark, scale_, width(), height());
        add_bitmap(line.dots, line.x, line.y, is_black(mark.ink));
    }
    return {};
}

void LabelPainter::add_line(const LineMark& mark, bool black) {
    const bool across = scale_.at(mark.from.y) == scale_.at(mark.to.y);
    const Mm from = across ? mark.from.x : mark.from.y, to = across ? mark.to.x : mark.to.y;
    const Mm middle = across ? mark.from.y : mark.from.x;
    const int thick = scale_.length(mark.width);
    const int side = scale_.at(middle - mark.width / 2);
    const auto piece = [&](Mm a, Mm b) {
        const int start = scale_.at(std::min(a, b));
        const int length = std::max(1, scale_.at(std::max(a, b)) - start);
        add_box(across ? DotBox{start, side, length, thick} : DotBox{side, start, thick, length},
                black);
    };
    const Mm length = to < from ? from - to : to - from;
    // A dash of less than two dots would be a gray line.
    const Mm dash = std::max(mark.dash, Mm{2 / scale_.per_mm});
    if (mark.dash <= Mm{0} || !(length < Mm{5000})) return piece(from, to);
    const double direction = to < from ? -1 : 1;
    for (Mm at{0}; at < length; at += dash * 2) {
        piece(from + at * direction, from + std::min(at + dash, length) * direction);
    }
}

Result<void> LabelPainter::draw(const OutlineMark& mark) {
    const bool black = is_black(mark.ink);
    const auto frame = Frame::of(mark, scale_);
    if (frame.outer.w > 2 * width() + 16 || frame.outer.h > 2 * height() + 16) {
        return Error{ErrorCode::ValueInvalid, "an outline is larger than the label",
                     fmt::format("outline at {}", place_of(mark.box)), "make its box smaller"};
    }
    const DotBitmap dots = frame.dots();
    const bool inside = frame.outer.x >= 0 && frame.outer.y >= 0 &&
                        frame.outer.right() <= width() && frame.outer.bottom() <= height();
    if (!black || !inside || !frame.eighths) {
        add_bitmap(dots, frame.outer.x, frame.outer.y, black);
        return {};
    }
    fmt::format_to(std::back_inserter(out_), "^FO{},{}^GB{},{},{}", frame.outer.x, frame.outer.y,
                   frame.outer.w, frame.outer.h, frame.thick);
    if (*frame.eighths > 0) fmt::format_to(std::back_inserter(out_), ",B,{}", *frame.eighths);
    out_ += "^FS\n";
    keep(dots, frame.outer.x, frame.outer.y);
    return {};
}

void LabelPainter::keep(const DotBitmap& dots, int x, int y) {
    for (int row = 0; row < dots.height(); ++row) {
        for (int column = 0; column < dots.width(); ++column) {
            if (dots.at(column, row)) paper_.set(x + column, y + row);
        }
    }
}

Result<void> LabelPainter::draw(const ModulesMark& mark) {
    const auto symbol = symbol_dots(mark, scale_, keep_code_size_);
    if (!symbol) return symbol.error();
    const bool on_label = symbol->x >= 0 && symbol->y >= 0 &&
                          symbol->x + symbol->dots.width() <= width() &&
                          symbol->y + symbol->dots.height() <= height();
    if (!on_label) {
        return Error{ErrorCode::ValueInvalid, "a symbol stands over the edge of the label",
                     fmt::format("symbol at {}", place_of(mark.box)), "move it onto the label"};
    }
    add_bitmap(symbol->dots, symbol->x, symbol->y, true);
    return {};
}

bool LabelPainter::add_printer_text(const TextMark& mark, double per_mm) {
    const auto natural = font0_width(mark.text);
    if (!natural || *natural <= 0 || !is_black(mark.ink) || mark.letter_spacing != Pt{0}) {
        return false;
    }
    const double wanted = fonts_.measure(mark.face, mark.size, mark.text).value * per_mm;
    const double cap = fonts_.cap_height(mark.face, mark.size).value * per_mm;
    const int h = static_cast<int>(std::lround(cap / kFont0CapHeight));
    const int w = static_cast<int>(std::floor(wanted / *natural));
    const int x = scale_.at(mark.at.x), y = scale_.at(mark.at.y);
    // Font 0 is made for 10 dots and more, and stretched beyond this it is no longer read well.
    if (h < 10 || w < h / 2 || w > h * 2 || x < 0 || y < 0 || x > width() || y > height()) {
        return false;
    }
    constexpr std::string_view kTurns = "NRIB";
    const std::size_t turn = std::size_t(quarter_turn(mark.turn)) / 90;
    fmt::format_to(std::back_inserter(out_), "^FT{},{}^A0{},{},{}^FH^FD{}^FS\n", x, y, kTurns[turn],
                   h, w, escaped_field(mark.text));
    return true;
}

Result<void> LabelPainter::draw(const TextMark& mark) {
    if (printer_font_ && add_printer_text(mark, scale_.per_mm)) return {};
    const auto line = letters_.line(mark);
    if (!line) return line.error();
    const int x = scale_.at(mark.at.x), y = scale_.at(mark.at.y);
    const int turn = quarter_turn(mark.turn);
    const int w = line->dots.width(), h = line->dots.height();
    // Where the top left of the turned bitmap is, seen from the turned origin.
    const int dx = turn == 0     ? -line->origin_x
                   : turn == 90  ? line->origin_y - h
                   : turn == 180 ? line->origin_x - w
                                 : -line->origin_y;
    const int dy = turn == 0     ? -line->origin_y
                   : turn == 90  ? -line->origin_x
                   : turn == 180 ? line->origin_y - h
                                 : line->origin_x - w;
    add_bitmap(line->dots.turned(turn), x + dx, y + dy, is_black(mark.ink));
    return {};
}

Result<void> LabelPainter::draw(const PictureMark& mark) {
    const Picture& picture = *mark.picture;
    if (picture.format != Picture::Format::Png) {
        return Error{ErrorCode::ValueInvalid,
                     fmt::format("a {} cannot be put on a label in ZPL",
                                 picture.format == Picture::Format::Pdf ? "PDF" : "JPEG"),
                     fmt::format("picture at {}", place_of(mark.box)), "give it as PNG"};
    }
    const DotBox box = scale_.box(mark.box);
    if (box.w > 2 * width() || box.h > 2 * height()) {
        return Error{ErrorCode::ValueInvalid, "a picture is larger than the label",
                     fmt::format("picture at {}", place_of(mark.box)), "make its box smaller"};
    }
    const bool upright = quarter_turn(mark.turn) % 180 == 0;
    const auto dots = png_to_dots(picture.bytes, fmt::format("picture at {}", place_of(mark.box)),
                                  upright ? box.w : box.h, upright ? box.h : box.w);
    if (!dots) return dots.error();
    add_bitmap(dots->turned(mark.turn), box.x, box.y, true);
    return {};
}

}  // namespace verso::generator
