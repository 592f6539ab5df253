// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/domain/reading.h"
#include "scanner/worker/wire.h"

namespace verso::scanner {

/// A reading with all that it holds, the card's secret too, which its JSON leaves out.
void put(WireWriter& out, const Reading& reading);
Reading get_reading(WireReader& in);

void put(WireWriter& out, const Error& error);
Error get_error(WireReader& in);

}  // namespace verso::scanner
