// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "records/store/store_info.h"

namespace verso::app {

/// "PostgreSQL 15.8 at postgresql://verso:***@host/shop, 12.3 MB, schema 12".
std::string describe(const records::StoreInfo& info);

}  // namespace verso::app
