// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "records/store/connection.h"
#include "records/store/list_book.h"

namespace verso::records {

/// The ListBook, each list by an index of its own.
class ListTable final : public ListBook {
  public:
    /// Both must outlive it.
    ListTable(Connection& db, Store& store) : db_(db), store_(store) {}

    Result<std::vector<PlacedOrder>> order_page(ShopId shop, ListPlace after, int most) override;
    Result<std::vector<PlacedReturn>> return_page(ShopId shop, ListPlace after, int most) override;
    Result<std::vector<PlacedRating>> rating_page(ShopId shop, ListPlace after, int most) override;
    Result<std::vector<PlacedResponse>> response_page(ShopId shop, ListPlace after,
                                                      int most) override;

  private:
    Connection& db_;
    Store& store_;
};

}  // namespace verso::records
