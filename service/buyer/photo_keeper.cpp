// SPDX-License-Identifier: Apache-2.0
#include "service/buyer/photo_keeper.h"

#include <algorithm>

namespace verso::service {

PhotoKeeper::PhotoKeeper(PhotoWorks* works, const SentForm& form, const InsertId& insert,
                         const std::string& about)
    : works_(works), is_complete_(!form.refused_photos) {
    for (const std::string_view photo : form.photos) {
        auto kept = works_ == nullptr ? Result<KeptPhoto>(Error{ErrorCode::NotAllowed, "", "", ""})
                                      : works_->keep(photo, insert, about);
        const auto same = [&](const KeptPhoto& one) { return one.path == kept->path; };
        if (!kept) {
            is_complete_ = false;
        } else if (std::none_of(photos_.begin(), photos_.end(), same)) {
            photos_.push_back(*std::move(kept));
        }
    }
}

PhotoKeeper::~PhotoKeeper() {
    for (const auto& photo : photos_) {
        if (photo.is_new) works_->forget(photo.path);
    }
}

Result<void> PhotoKeeper::write_down(records::Store& store, const CardVisit& visit, const Rma& rma,
                                     Instant at) {
    auto& book = records::photos_of(store);
    for (auto& photo : photos_) {
        auto kept = book.keep_photo(visit.card.shop, {0, visit.card.insert.order,
                                                      visit.card.insert.card, rma, photo.path, at});
        if (kept) {
            written_.push_back(photo.path);
        } else if (kept.error().code == ErrorCode::LimitExceeded) {
            is_complete_ = false;
        } else {
            return kept;
        }
    }
    return {};
}

void PhotoKeeper::settle() {
    for (auto& photo : photos_) {
        if (std::find(written_.begin(), written_.end(), photo.path) != written_.end()) {
            photo.is_new = false;
        }
    }
}

}  // namespace verso::service
