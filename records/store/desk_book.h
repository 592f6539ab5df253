// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "records/store/store.h"

namespace verso::records {

/// What somebody did at the desk to an order or to a thing in review.
struct DeskEntry {
    Instant at{};
    std::string who;     ///< never empty
    std::string what;    ///< "cancel", "edit", "settle" …
    std::string detail;  ///< the reason, or what was said; may be empty
    friend bool operator==(const DeskEntry&, const DeskEntry&) = default;
};

/// One kept revision of an order.
struct KeptRevision {
    int revision = 1;
    Instant saved_at{};
    friend bool operator==(const KeptRevision&, const KeptRevision&) = default;
};

/// A response as it was recorded.
struct KeptResponse {
    ResponseId id;
    Response response;
};

/// A rating in a list: its place grows with the time of the order's first answer.
struct ListedRating {
    std::int64_t place = 0;
    Rating rating;
};

/// What the shop answers to a rating, and that somebody wants it looked at: entries of an order.
/// The last of a kind counts; an empty reply takes the one before back.
inline constexpr std::string_view kReply = "reply", kFlag = "flag", kUnflag = "unflag";
/// The reply that stands; empty when there is none.
std::string reply_of(std::span<const DeskEntry> entries);
bool is_flagged(std::span<const DeskEntry> entries);

/// The buyer says that the answer of the order is not theirs; somebody looked into that and says
/// what came of it. The last of the two counts.
inline constexpr std::string_view kDispute = "dispute", kDisputeSettled = "dispute-settled";
/// Whether the buyer's word still waits for somebody.
bool is_disputed(std::span<const DeskEntry> entries);
/// An order whose answer its buyer disputes.
struct Disputed {
    OrderNumber order;
    Instant since{};
    friend bool operator==(const Disputed&, const Disputed&) = default;
};

/// The entries that hide the text of an order's rating from what is published, and show it again;
/// the score stays whatever is said. `detail` begins with one of the published reasons.
inline constexpr std::string_view kHideText = "hide-text", kShowText = "show-text";
/// Whether the last of them hides it.
bool is_text_hidden(std::span<const DeskEntry> entries);
/// For which reasons alone a text may be hidden; docs/lifecycle.md publishes them.
std::span<const std::string_view> hide_reasons();

/// What people do at the desk, durable. Part of its Store's transactions and threads; each call
/// that writes is a whole. Any may fail with DatabaseFailed.
class DeskBook {
  public:
    virtual ~DeskBook() = default;

    /// The revisions that are kept of an order, oldest first; numbers may be left out between.
    /// NotFound.
    virtual Result<std::vector<KeptRevision>> revisions_of(ShopId shop,
                                                           const OrderNumber& number) = 0;
    /// Keeps what the desk made of a known order as its next revision. What the shop's export said
    /// last is kept beside it, so that the next export undoes nothing of it. NotFound;
    /// ValueInvalid as Store::save_order.
    virtual Result<Saved> edit_order(ShopId shop, const Order& order, Instant at) = 0;
    /// Writes down what somebody did to an order. NotFound; ValueInvalid without `who` or `what`.
    virtual Result<void> note_order(ShopId shop, const OrderNumber& number,
                                    const DeskEntry& entry) = 0;
    /// Oldest first. NotFound.
    virtual Result<std::vector<DeskEntry>> order_notes(ShopId shop, const OrderNumber& number) = 0;
    /// The same for a thing in review, settled or not.
    virtual Result<void> note_review(ShopId shop, ReviewId item, const DeskEntry& entry) = 0;
    virtual Result<std::vector<DeskEntry>> review_notes(ShopId shop, ReviewId item) = 0;
    /// Says whose card a thing in review is, when its codes could not be read. NotFound when the
    /// item is not open, or the card is not one of this shop's; NotAllowed when the item has
    /// another card already or the card is voided.
    virtual Result<void> identify_review(ShopId shop, ReviewId item, CardId card) = 0;
    /// How many things wait in review; cheap at any size of the home.
    virtual Result<std::int64_t> reviews_waiting(ShopId shop) = 0;
    /// The answer that a thing in review brought, if it was recorded: it differs from the rating.
    virtual Result<std::optional<KeptResponse>> response_in_review(ShopId shop,
                                                                   const ReviewItem& item) = 0;
    /// The newest ratings that count, at most `most` of those before a place; 0: from the end.
    virtual Result<std::vector<ListedRating>> newest_ratings(ShopId shop, std::int64_t before,
                                                             int most) = 0;
    /// Disputes that wait for somebody, the oldest first, at most `most`.
    virtual Result<std::vector<Disputed>> open_disputes(ShopId shop, int most) = 0;
    /// How many answers were ever disputed in this shop.
    virtual Result<std::int64_t> disputes(ShopId shop) = 0;
    /// Makes a recorded answer the rating of its order, in the place of what counted. NotFound;
    /// NotAllowed for a voided card. Who chose and why is the caller's note.
    virtual Result<void> choose_response(ShopId shop, const KeptResponse& chosen) = 0;
};

/// The desk's book of a store that open_store() gave; lives as long as the store.
DeskBook& desk_of(Store& store);

}  // namespace verso::records
