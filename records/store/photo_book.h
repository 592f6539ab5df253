// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "records/store/store.h"

namespace verso::records {

/// A photo that a buyer sent with the answer on a card or with a return. Never published.
struct BuyerPhoto {
    long long id = 0;
    OrderNumber order;
    CardId card{0};
    Rma rma{""};       ///< of the return; empty: it came with the answer
    std::string path;  ///< of the file, from the home's folder on
    Instant at{};
    friend bool operator==(const BuyerPhoto&, const BuyerPhoto&) = default;
};

/// Buyers' photos, durable. Part of its Store's transactions and threads. Any may fail with
/// DatabaseFailed.
class PhotoBook {
  public:
    static constexpr int kMost = 3;  ///< of one card's answer, and of one return

    virtual ~PhotoBook() = default;

    /// `id` is not looked at; the same path again changes nothing. NotFound: no such order;
    /// LimitExceeded.
    virtual Result<void> keep_photo(ShopId shop, const BuyerPhoto& photo) = 0;
    /// Oldest first; none for an order that is not there.
    virtual Result<std::vector<BuyerPhoto>> photos_of_order(ShopId shop,
                                                            const OrderNumber& order) = 0;
    virtual Result<std::optional<BuyerPhoto>> find_photo(ShopId shop, long long id) = 0;
    /// The buyer takes those of a card's answer back: their files are to be deleted then
    /// (erasure_book.h). How many it were.
    virtual Result<int> drop_answer_photos(ShopId shop, CardId card) = 0;
};

/// The book of a store that open_store() gave; lives as long as the store.
PhotoBook& photos_of(Store& store);

}  // namespace verso::records
