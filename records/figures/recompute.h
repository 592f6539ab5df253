// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "records/figures/figure_cell.h"
#include "records/store/store.h"

namespace verso::records {

/// Counts every print, void, parcel and rating of a shop anew, order by order: what the cells must
/// be. Slow (it reads all orders); reports read the folded cells, and a test compares the two.
Result<std::vector<FigureCell>> recompute_cells(Store& store, ShopId shop);

/// Answers queries from cells in memory. Requires: nothing; it owns them.
class CellsInMemory {
  public:
    explicit CellsInMemory(std::vector<FigureCell> cells) : cells_(std::move(cells)) {}
    std::vector<FigureCell> operator()(const FigureQuery& query) const;

  private:
    std::vector<FigureCell> cells_;
};

}  // namespace verso::records
