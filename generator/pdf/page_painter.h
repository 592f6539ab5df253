// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/page/draw_list.h"
#include "core/util/result.h"
#include "generator/fonts/font_book.h"
#include "generator/pdf/font_use.h"
#include "generator/pdf/operator_buffer.h"

namespace verso::generator {

/// Names of the two faces in a page's resources.
inline constexpr std::string_view kRegularResource = "R";
inline constexpr std::string_view kBoldResource = "B";

/// One page's content stream.
struct PaintedPage {
    std::string_view operators;  ///< in the painter's buffer, valid until the next paint
    FontUse fonts{};
    std::vector<std::shared_ptr<const Picture>> pictures;  ///< each once, named by picture_resource
};

/// Name of a picture in a page's resources: the same in every document.
std::string picture_resource(const Picture& picture);

/// Turns marks into PDF operators. The page's unit is 1/100 mm from the bottom left, set up by one
/// matrix, so that nearly all numbers are short integers; state is written only where it changes.
/// Not for several threads at once.
class PagePainter {
  public:
    /// Both must outlive it; the buffer's memory is kept from page to page.
    PagePainter(const FontBook& fonts, OperatorBuffer& out) : fonts_(fonts), out_(out) {}

    /// Errors: TextUnprintable, naming the character and its text.
    Result<PaintedPage> paint(PageSize size, std::span<const Mark> marks);

  private:
    enum class Path { None, Fill, Stroke };
    struct Position {
        long x = 0, y = 0;
    };
    /// What the interpreter of the page knows at this place in the stream.
    struct State {
        Ink fill = kBlack, stroke = kBlack;
        long line_width = -1, dash = 0;
        long font_size = -1, spacing = 0;
        FontFace face = FontFace::Regular;
        Path path = Path::None;
        bool in_text = false;
        int turn = 0;
        Position line;  ///< where the current line of text begins
    };

    /// Ink of a symbol that goes on downwards, by its left edge; right 0: none.
    struct Run {
        std::size_t right = 0;
        int top = 0;
    };

    void paint(const FillMark& mark);
    void paint(const LineMark& mark);
    void paint(const OutlineMark& mark);
    void paint(const ModulesMark& mark);
    void paint(const TextMark& mark);
    void paint(const PictureMark& mark);

    void begin_path(Path path, Ink ink);
    void end_path();
    void begin_stroke(Ink ink, Mm width, Mm dash);
    void begin_text(const TextMark& mark);
    void end_text();
    void write_ink(Ink ink, bool stroke);
    void place_text(Position at, int turn);
    void show_text(const TextMark& mark);
    void rounded(long x, long y, long w, long h, long radius);
    void place_grid(const MmBox& box, int turn, int columns, int rows);
    void write_modules(const ModulesMark& mark);
    void write_run(const ModulesMark& mark, const Run& run, std::size_t left, int end);

    Position position(MmPoint at) const;

    const FontBook& fonts_;
    OperatorBuffer& out_;
    State state_;
    FontUse use_{};
    std::vector<std::shared_ptr<const Picture>> pictures_;
    std::vector<Run> runs_;
    long page_height_ = 0;
    std::string_view unprintable_text_;
    std::string unprintable_;
};

}  // namespace verso::generator
