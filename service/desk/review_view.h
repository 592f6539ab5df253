// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/card/card_layout.h"
#include "core/domain/reading.h"
#include "records/lifecycle/review_rule.h"
#include "records/store/desk_book.h"
#include "service/desk/picture_works.h"

namespace verso::service {

/// One thing in review with all that its page shows.
struct ReviewView {
    records::ReviewItem item;
    records::ReviewKind kind = records::ReviewKind::Unidentified;
    Reading reading;
    const ReadRegion* region = nullptr;  ///< of the card as it was printed; null while not known
    std::optional<Rating> first;         ///< what counts for the order now
    std::optional<Response> other;       ///< what the item brought, where it was recorded
    std::vector<records::DeskEntry> notes;
    bool has_picture = false;
};

/// What the machine would say of a question.
struct Proposal {
    std::optional<int> value;  ///< none: blank
    double chance = 0;         ///< 0 to 1
    bool is_doubtful = true;   ///< a person must say it
};
/// Nothing when the question was not read.
std::optional<Proposal> proposal_of(const Reading& reading, const Question& question);

/// A box of the page as it lies on the straightened, upright card; mm from its top left. Pure.
MmBox on_card(const ReadRegion& region, const MmBox& box);
/// The size of the upright card.
PageSize card_size(const ReadRegion& region);
/// The part of the card that shows all boxes of the question, with some paper around; upright.
MmBox cut_of(const ReadRegion& region, const Question& question);

/// The picture of the card, straightened; nothing when it was not found in the image.
std::optional<PictureWish> card_picture(const ReviewView& view);
/// The whole page.
PictureWish page_picture(const ReviewView& view);

}  // namespace verso::service
