// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "records/store/desk_book.h"

namespace verso::records {

/// A file of scans with what was read on it.
struct ScanSummary {
    ScanId id;
    std::string path;    ///< as it was given
    std::string sha256;  ///< of its bytes: the name under which the home keeps the picture
    int pages = 0;
    Instant at{};
    int accepted = 0, review = 0, unreadable = 0;  ///< readings by their verdict
    int waiting = 0;                               ///< of them, what waits for a person now
    friend bool operator==(const ScanSummary&, const ScanSummary&) = default;
};

/// The picture on which a thing in review was seen.
struct ReviewPicture {
    std::string sha256, path;
    friend bool operator==(const ReviewPicture&, const ReviewPicture&) = default;
};

/// What somebody did last with a thing in review that is settled.
struct DoneReview {
    ReviewItem item;
    DeskEntry entry;
};

/// What the pages of scans and of the review look for, durable. Part of its Store's transactions
/// and threads; each call that writes is a whole. Any may fail with DatabaseFailed.
class ReviewBook {
  public:
    virtual ~ReviewBook() = default;

    /// One thing that waits; nothing when it does not wait in this shop.
    virtual Result<std::optional<ReviewItem>> find_open(ShopId shop, ReviewId item) = 0;
    /// Those that wait with a greater number, by number, at most `most`.
    virtual Result<std::vector<ReviewItem>> open_after(ShopId shop, ReviewId after, int most) = 0;
    /// Nothing for answers that came without one, and when the picture was erased.
    virtual Result<std::optional<ReviewPicture>> picture_of(ShopId shop, ReviewId item) = 0;
    /// The last thing that `who` settled or discarded since then, if it is still settled.
    virtual Result<std::optional<DoneReview>> last_done(ShopId shop, std::string_view who,
                                                        Instant since) = 0;
    /// Puts a settled thing back into the queue. NotFound when none is settled under this number.
    virtual Result<void> reopen_review(ShopId shop, ReviewId item) = 0;
    /// The staff takes an answer back that it recorded itself: the responses stay, none counts.
    /// NotFound for another order's card; NotAllowed when that card's answer does not count.
    virtual Result<RecordedResponse> take_back(ShopId shop, const OrderNumber& order, CardId card,
                                               Instant at) = 0;

    /// The newest first, at most `most`.
    virtual Result<std::vector<ScanSummary>> recent_scans(ShopId shop, int most) = 0;
    virtual Result<std::optional<ScanSummary>> find_scan(ShopId shop, std::string_view sha256) = 0;
    /// The job of that kind and key, whatever its state.
    virtual Result<std::optional<JobRecord>> find_job(ShopId shop, std::string_view kind,
                                                      std::string_view key) = 0;
};

/// The book of a store that open_store() gave; lives as long as the store.
ReviewBook& reviews_of(Store& store);

}  // namespace verso::records
