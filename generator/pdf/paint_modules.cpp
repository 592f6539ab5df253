// SPDX-License-Identifier: Apache-2.0
// The part of PagePainter that draws what fills a box: symbols and pictures.
#include <algorithm>
#include <array>
#include <cassert>
#include <string_view>

#include "generator/pdf/page_painter.h"

namespace verso::generator {

void PagePainter::paint(const ModulesMark& mark) {
    assert(mark.modules.size() ==
           static_cast<std::size_t>(mark.columns) * static_cast<std::size_t>(mark.rows));
    if (mark.columns <= 0 || mark.rows <= 0) return;
    end_text();
    end_path();
    if (state_.fill != kBlack) {
        write_ink(kBlack, false);
        state_.fill = kBlack;
    }
    out_.append("q ");
    place_grid(mark.box, mark.turn, mark.columns, mark.rows);
    write_modules(mark);
    out_.append("f Q\n");
}

// A form inherits what the page has set; a foreign page begins with a page's defaults.
void PagePainter::paint(const PictureMark& mark) {
    end_text();
    end_path();
    out_.append("q ");
    place_grid(mark.box, mark.turn, 1, 1);
    if (mark.picture->format == Picture::Format::Pdf) out_.append("0 g 0 G 1 w []0 d 0 Tc\n");
    out_.append("/");
    out_.append(picture_resource(*mark.picture));
    out_.append(" Do Q\n");
    const auto known = std::find_if(pictures_.begin(), pictures_.end(), [&mark](const auto& one) {
        return one->sha256 == mark.picture->sha256;
    });
    if (known == pictures_.end()) pictures_.push_back(mark.picture);
}

// The matrix from units (one each for a column and a row, from the thing's own bottom left) to the
// page. It keeps four decimals, because its error is multiplied by the number of columns.
void PagePainter::place_grid(const MmBox& box, int turn, int columns, int rows) {
    const double left = box.x.value * 100;
    const double right = box.right().value * 100;
    const double bottom = static_cast<double>(page_height_) - box.bottom().value * 100;
    const double top = static_cast<double>(page_height_) - box.y.value * 100;
    const double w = right - left;
    const double h = top - bottom;
    const double x = columns;
    const double y = rows;
    std::array<double, 6> matrix{w / x, 0, 0, h / y, left, bottom};
    if (turn == 90) matrix = {0, -h / x, w / y, 0, left, top};
    if (turn == 180) matrix = {-w / x, 0, 0, -h / y, right, top};
    if (turn == 270) matrix = {0, h / x, -w / y, 0, right, bottom};
    for (std::size_t i = 0; i < 6; ++i) out_.real(matrix[i], i < 4 ? 4 : 2);
    out_.append("cm\n");
}

// Every run of ink in a row; a run that stands alike in the row below grows instead of ending.
void PagePainter::write_modules(const ModulesMark& mark) {
    constexpr std::string_view kNone;
    const auto columns = static_cast<std::size_t>(mark.columns);
    const std::string_view modules = mark.modules;
    runs_.assign(columns, {});
    for (int row = 0; row <= mark.rows; ++row) {
        const std::string_view line =
            row < mark.rows ? modules.substr(static_cast<std::size_t>(row) * columns, columns)
                            : kNone;
        for (std::size_t column = 0; column < columns;) {
            std::size_t right = column;
            while (right < line.size() && line[right] == '1') ++right;
            Run& run = runs_[column];
            if (run.right != 0 && run.right != right) {
                write_run(mark, run, column, row);
                run.right = 0;
            }
            if (right > column && run.right == 0) run = {right, row};
            // Runs of earlier rows that begin inside this one end here.
            for (std::size_t inside = column + 1; inside < right; ++inside) {
                if (runs_[inside].right == 0) continue;
                write_run(mark, runs_[inside], inside, row);
                runs_[inside].right = 0;
            }
            column = right > column ? right : column + 1;
        }
    }
}

// The run from its first row down to the row above `end`.
void PagePainter::write_run(const ModulesMark& mark, const Run& run, std::size_t left, int end) {
    out_.integer(static_cast<long>(left));
    out_.integer(mark.rows - end);
    out_.integer(static_cast<long>(run.right - left));
    out_.integer(end - run.top);
    out_.append("re\n");
}

}  // namespace verso::generator
