// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "records/desk/order_story.h"

namespace verso::records {

/// Under which RMA goods of this parcel come back: the one that its sheet shows, unless that is
/// announced already; else a new one.
Result<Rma> rma_for(Store& store, ShopId shop, const OrderStory& story, int parcel);

/// The number on the label that went out with the sheet of that RMA; empty when none did.
std::string printed_label(const OrderStory& story, const Rma& rma);

}  // namespace verso::records
