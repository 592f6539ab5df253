// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/domain/ids.h"
#include "core/util/result.h"
#include "records/store/store.h"

namespace verso::service {

/// The label of a return, for whoever sends it.
struct ReturnLabelWish {
    OrderNumber order;
    int parcel = 1;
    Rma rma;
    std::string number;  ///< that was printed on the sheet's label; empty when none is known
};

/// Return labels on demand: what the printed sheet has. Thread-safe; takes some tenths of a second.
class LabelWorks {
  public:
    virtual ~LabelWorks() = default;
    /// A PDF of one page: the carrier's own label where the shop has one on file for the parcel,
    /// else the shop's address with the number. NotFound; TemplateInvalid, TextUnprintable.
    virtual Result<std::string> draw(ShopId shop, const ReturnLabelWish& wish) = 0;
};

}  // namespace verso::service
