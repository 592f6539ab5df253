// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "records/store/store.h"

namespace verso::records {

// A shop's things in pages of bounded size: each row has a place, and a page is what comes behind
// one. A row that is new comes behind all that were there.

/// Where a row stands; {} is before all.
struct ListPlace {
    long long at = 0, id = 0;
    friend auto operator<=>(const ListPlace&, const ListPlace&) = default;
};

struct PlacedOrder {
    ListPlace place;
    OrderSummary order;
};
struct PlacedReturn {
    ListPlace place;
    Return made;
    Instant announced_at{}, changed_at{};
};
/// A rating stands where it was recorded or changed last.
struct PlacedRating {
    ListPlace place;
    Rating rating;
};
struct PlacedResponse {
    ListPlace place;
    Response response;
    std::string outcome;  ///< "first", "merged" …
};

/// At most `most` rows behind a place. Part of its Store's threads. DatabaseFailed.
class ListBook {
  public:
    virtual ~ListBook() = default;

    /// In the order in which they came; a changed order keeps its place.
    virtual Result<std::vector<PlacedOrder>> order_page(ShopId shop, ListPlace after, int most) = 0;
    virtual Result<std::vector<PlacedReturn>> return_page(ShopId shop, ListPlace after,
                                                          int most) = 0;
    virtual Result<std::vector<PlacedRating>> rating_page(ShopId shop, ListPlace after,
                                                          int most) = 0;
    virtual Result<std::vector<PlacedResponse>> response_page(ShopId shop, ListPlace after,
                                                              int most) = 0;
};

/// The lists of a store that open_store() gave; lives as long as the store.
ListBook& lists_of(Store& store);

}  // namespace verso::records
