// SPDX-License-Identifier: Apache-2.0
#include "generator/pdf/page_painter.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "generator/fonts/face.h"
#include "generator/fonts/utf8.h"

namespace verso::generator {
namespace {

// One unit is 1/100 mm; 72 / 2540 points.
constexpr std::string_view kUnitMatrix = ".02834646 0 0 .02834646 0 0 cm\n";

// Where the control points of a Bézier quarter of a circle stand, as a share of the radius.
constexpr double kQuarterCircle = 0.5523;

// A page is at most 5 m; whatever lies further out cannot be seen and need not be exact.
constexpr double kFarthest = 1e6;

long units(double mm) {
    return std::lround(std::isfinite(mm) ? std::clamp(mm * 100, -kFarthest, kFarthest) : 0.0);
}
long units(Mm length) { return units(length.value); }

// Sizes of type are finer: hundredths of a unit.
long fine_units(Pt length) { return units(to_mm(length).value * 100); }

}  // namespace

Result<PaintedPage> PagePainter::paint(PageSize size, std::span<const Mark> marks) {
    out_.clear();
    state_ = {};
    use_ = {};
    pictures_.clear();
    unprintable_.clear();
    page_height_ = units(size.height);
    out_.append(kUnitMatrix);
    for (const Mark& mark : marks) {
        std::visit([this](const auto& kind) { paint(kind); }, mark);
        if (unprintable_.empty()) continue;
        return Error{ErrorCode::TextUnprintable,
                     fmt::format("the fonts have no character \"{}\"", unprintable_),
                     fmt::format("text \"{}\"", unprintable_text_),
                     "write it in Latin, Greek or Cyrillic letters"};
    }
    end_path();
    end_text();
    return PaintedPage{out_.bytes(), use_, std::move(pictures_)};
}

std::string picture_resource(const Picture& picture) { return "P" + picture.sha256.substr(0, 24); }

PagePainter::Position PagePainter::position(MmPoint at) const {
    return {units(at.x), page_height_ - units(at.y)};
}

void PagePainter::write_ink(Ink ink, bool stroke) {
    const auto part = [this](std::uint8_t value) { out_.real(value / 255.0, 3); };
    part(ink.r);
    if (ink.r == ink.g && ink.g == ink.b) {
        out_.append(stroke ? "G\n" : "g\n");
        return;
    }
    part(ink.g);
    part(ink.b);
    out_.append(stroke ? "RG\n" : "rg\n");
}

// Shapes of one kind and ink are one path with many parts: painted at once, nothing repeated.
void PagePainter::begin_path(Path path, Ink ink) {
    end_text();
    Ink& current = path == Path::Stroke ? state_.stroke : state_.fill;
    if (state_.path != path || current != ink) end_path();
    if (current != ink) {
        write_ink(ink, path == Path::Stroke);
        current = ink;
    }
    state_.path = path;
}

void PagePainter::end_path() {
    if (state_.path == Path::Fill) out_.append("f\n");
    if (state_.path == Path::Stroke) out_.append("S\n");
    state_.path = Path::None;
}

void PagePainter::begin_stroke(Ink ink, Mm width, Mm dash) {
    end_text();
    const long line_width = units(width);
    const long dash_length = units(dash);
    if (line_width != state_.line_width || dash_length != state_.dash) end_path();
    if (line_width != state_.line_width) {
        out_.integer(line_width);
        out_.append("w\n");
        state_.line_width = line_width;
    }
    if (dash_length != state_.dash) {
        out_.append("[");
        if (dash_length > 0) out_.integer(dash_length);
        out_.append("]0 d\n");
        state_.dash = dash_length;
    }
    begin_path(Path::Stroke, ink);
}

void PagePainter::paint(const FillMark& mark) {
    begin_path(Path::Fill, mark.ink);
    const Position corner = position({mark.box.x, mark.box.bottom()});
    // From the rounded edges, not from the rounded size: neighbours then meet without a seam.
    const Position opposite = position({mark.box.right(), mark.box.y});
    out_.integer(corner.x);
    out_.integer(corner.y);
    out_.integer(opposite.x - corner.x);
    out_.integer(opposite.y - corner.y);
    out_.append("re\n");
}

void PagePainter::paint(const LineMark& mark) {
    begin_stroke(mark.ink, mark.width, mark.dash);
    const Position from = position(mark.from);
    const Position to = position(mark.to);
    out_.integer(from.x);
    out_.integer(from.y);
    out_.append("m ");
    out_.integer(to.x);
    out_.integer(to.y);
    out_.append("l\n");
}

void PagePainter::paint(const OutlineMark& mark) {
    begin_stroke(mark.ink, mark.width, Mm{0});
    const Position corner = position({mark.box.x, mark.box.bottom()});
    const Position opposite = position({mark.box.right(), mark.box.y});
    const long w = opposite.x - corner.x;
    const long h = opposite.y - corner.y;
    const long radius = std::min(units(mark.radius), std::min(w, h) / 2);
    if (radius > 0) return rounded(corner.x, corner.y, w, h, radius);
    out_.integer(corner.x);
    out_.integer(corner.y);
    out_.integer(w);
    out_.integer(h);
    out_.append("re\n");
}

// From the bottom left, anticlockwise.
void PagePainter::rounded(long x, long y, long w, long h, long radius) {
    const long near = std::lround(static_cast<double>(radius) * (1 - kQuarterCircle));
    const auto point = [this](long px, long py) {
        out_.integer(px);
        out_.integer(py);
    };
    const auto side = [&](long px, long py) {
        point(px, py);
        out_.append("l ");
    };
    const long right = x + w;
    const long top = y + h;
    const bool wide = w > 2 * radius;
    const bool high = h > 2 * radius;
    const auto corner = [&](long ax, long ay, long bx, long by, long cx, long cy) {
        point(ax, ay);
        point(bx, by);
        point(cx, cy);
        out_.append("c ");
    };
    point(x + radius, y);
    out_.append("m ");
    if (wide) side(right - radius, y);
    corner(right - near, y, right, y + near, right, y + radius);
    if (high) side(right, top - radius);
    corner(right, top - near, right - near, top, right - radius, top);
    if (wide) side(x + radius, top);
    corner(x + near, top, x, top - near, x, top - radius);
    if (high) side(x, y + radius);
    corner(x, y + near, x + near, y, x + radius, y);
    out_.append("h\n");
}

void PagePainter::paint(const TextMark& mark) {
    begin_text(mark);
    place_text(position(mark.at), mark.turn);
    show_text(mark);
}

void PagePainter::begin_text(const TextMark& mark) {
    end_path();
    if (state_.fill != mark.ink) {
        write_ink(mark.ink, false);
        state_.fill = mark.ink;
    }
    if (!state_.in_text) {
        out_.append("BT\n");
        state_.in_text = true;
        state_.turn = 0;
        state_.line = {};
    }
    const long size = fine_units(mark.size);
    if (size != state_.font_size || mark.face != state_.face) {
        out_.append("/");
        out_.append(mark.face == FontFace::Bold ? kBoldResource : kRegularResource);
        out_.append(" ");
        out_.scaled(size, 2);
        out_.append("Tf\n");
        state_.font_size = size;
        state_.face = mark.face;
    }
    const long spacing = fine_units(mark.letter_spacing);
    if (spacing != state_.spacing) {
        out_.scaled(spacing, 2);
        out_.append("Tc\n");
        state_.spacing = spacing;
    }
}

void PagePainter::end_text() {
    if (state_.in_text) out_.append("ET\n");
    state_.in_text = false;
}

void PagePainter::place_text(Position at, int turn) {
    const int turned = ((turn % 360) + 360) % 360;
    if (turned != state_.turn) {
        // Clockwise on the page is clockwise in PDF's space too, whose y grows upwards.
        out_.append(turned == 90    ? "0 -1 1 0 "
                    : turned == 180 ? "-1 0 0 -1 "
                    : turned == 270 ? "0 1 -1 0 "
                                    : "1 0 0 1 ");
        out_.integer(at.x);
        out_.integer(at.y);
        out_.append("Tm");
    } else {
        const long dx = at.x - state_.line.x;
        const long dy = at.y - state_.line.y;
        const bool upright = turned == 0 || turned == 180;
        const long sign = turned == 0 || turned == 90 ? 1 : -1;
        out_.integer(upright ? sign * dx : -sign * dy);
        out_.integer(upright ? sign * dy : sign * dx);
        out_.append("Td");
    }
    state_.turn = turned;
    state_.line = at;
}

void PagePainter::show_text(const TextMark& mark) {
    const FontBook::Face& face = fonts_.face(mark.face);
    GroupMask groups = 0;
    // At most two bytes a character, each perhaps escaped, and a character takes a byte or more.
    char* const begin = out_.room(mark.text.size() * 4 + 8);
    char* out = begin;
    const auto put = [&out](unsigned byte) {
        const char c = static_cast<char>(byte);
        if (c == '(' || c == ')' || c == '\\') {
            *out++ = '\\';
        } else if (c == '\r') {  // an unescaped one would be read as a line feed
            *out++ = '\\';
            *out++ = 'r';
            return;
        }
        *out++ = c;
    };
    *out++ = '(';
    for (std::size_t at = 0; at < mark.text.size();) {
        const Utf8Step step = utf8_step(mark.text, at);
        const GlyphId glyph = step.valid ? face.glyph(step.character) : GlyphId{0};
        if (glyph == 0) {
            unprintable_ = mark.text.substr(at, step.length);
            unprintable_text_ = mark.text;
            return;
        }
        groups |= face.group_of[glyph];
        put(glyph >> 8);
        put(glyph & 0xFF);
        at += step.length;
    }
    use_[mark.face == FontFace::Bold ? 1 : 0] |= groups;
    out = std::copy_n(")Tj\n", 4, out);
    out_.commit(static_cast<std::size_t>(out - begin));
}

}  // namespace verso::generator
