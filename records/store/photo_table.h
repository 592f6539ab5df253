// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "records/store/connection.h"
#include "records/store/photo_book.h"

namespace verso::records {

/// The PhotoBook as rows of the table buyer_photo.
class PhotoTable final : public PhotoBook {
  public:
    /// `db` must outlive it.
    explicit PhotoTable(Connection& db) : db_(db) {}

    Result<void> keep_photo(ShopId shop, const BuyerPhoto& photo) override;
    Result<std::vector<BuyerPhoto>> photos_of_order(ShopId shop, const OrderNumber& order) override;
    Result<std::optional<BuyerPhoto>> find_photo(ShopId shop, long long id) override;
    Result<int> drop_answer_photos(ShopId shop, CardId card) override;

  private:
    Connection& db_;
};

}  // namespace verso::records
