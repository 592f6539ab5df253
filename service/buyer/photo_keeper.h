// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "records/store/photo_book.h"
#include "service/buyer/card_visit.h"
#include "service/buyer/sent_form.h"

namespace verso::service {

/// A form's photos on their way into the home: made into files first, written down with what they
/// came with, taken away again when that fails. One thread.
class PhotoKeeper {
  public:
    /// `works` null: none are kept. Makes the files; those that are no photos are left out.
    PhotoKeeper(PhotoWorks* works, const SentForm& form, const InsertId& insert,
                const std::string& about);
    /// Takes away what was not written down.
    ~PhotoKeeper();
    PhotoKeeper(const PhotoKeeper&) = delete;
    PhotoKeeper& operator=(const PhotoKeeper&) = delete;

    /// Writes them down; inside of the transaction of what they came with. Beyond the most that
    /// there may be they are left out. `rma` empty: with the answer.
    Result<void> write_down(records::Store& store, const CardVisit& visit, const Rma& rma,
                            Instant at);
    /// The transaction is durable: what was written down stays.
    void settle();
    /// All that was sent is kept.
    bool is_complete() const { return is_complete_; }

  private:
    PhotoWorks* works_;
    std::vector<KeptPhoto> photos_;
    std::vector<std::string> written_;
    bool is_complete_ = true;
};

}  // namespace verso::service
