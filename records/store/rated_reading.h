// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "records/store/store.h"

namespace verso::records {

/// The reading of the card that an order's last answer on paper came from.
struct RatedReading {
    std::string reading_json;  ///< the contract's Reading
    int page = 1;              ///< of the scan
    std::string sha256, path;  ///< of the scan; empty when its picture was erased
};

/// Nothing when nothing came on paper. `store` is one that open_store() gave. DatabaseFailed.
Result<std::optional<RatedReading>> rated_reading(Store& store, ShopId shop,
                                                  const OrderNumber& order);

}  // namespace verso::records
