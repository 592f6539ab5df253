// SPDX-License-Identifier: Apache-2.0
// The part of PagePainter that draws what fills a box: symbols and pictures.
#include <algorithm>
#include <array>
#include <cassert>
#include <vector>

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
    struct Run {
        int right = 0, top = 0;
    };
    const auto columns = static_cast<std::size_t>(mark.columns);
    std::vector<Run> open(columns);  // by left edge; right 0: none
    const auto is_ink = [&mark, columns](int row, int column) {
        return mark.modules.at(static_cast<std::size_t>(row) * columns +
                               static_cast<std::size_t>(column)) == '1';
    };
    for (int row = 0; row <= mark.rows; ++row) {
        for (int column = 0; column < mark.columns;) {
            int right = column;
            if (row < mark.rows) {
                while (right < mark.columns && is_ink(row, right)) ++right;
            }
            Run& run = open[static_cast<std::size_t>(column)];
            if (run.right != 0 && run.right != right) {
                write_run(column, run.right, mark.rows - run.top, mark.rows - row);
                run.right = 0;
            }
            if (right > column && run.right == 0) run = {right, row};
            // Runs of earlier rows that begin inside this one end here.
            for (int inside = column + 1; inside < right; ++inside) {
                Run& covered = open[static_cast<std::size_t>(inside)];
                if (covered.right == 0) continue;
                write_run(inside, covered.right, mark.rows - covered.top, mark.rows - row);
                covered.right = 0;
            }
            column = right > column ? right : column + 1;
        }
    }
}

void PagePainter::write_run(int left, int right, int top, int bottom) {
    out_.integer(left);
    out_.integer(bottom);
    out_.integer(right - left);
    out_.integer(top - bottom);
    out_.append("re\n");
}

}  // namespace verso::generator
