// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scanner/pipeline/card_case.h"

namespace verso::scanner {

/// Finds return sheets, and cards without a readable QR, by the fiducials of the layouts that the
/// home knows, beside what was found before: only where the image has room for more.
void read_by_fiducials(const PageContext& page, PageFindings& found);

/// The same for a card whose typed code a person keyed: its layout is known.
void read_keyed(const PageContext& page, const KeyedCard& keyed, PageFindings& found);

}  // namespace verso::scanner
