// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scanner/registration/card_registration.h"

namespace verso::scanner {

/// Fills in `quality` and says why the registration cannot be trusted, when it cannot: the weakest
/// of fit, forecast, toner and blur, named. `image_dpi` is the file's word, 0 for none: it never
/// refuses a card, but a wrong size explains why points do not fit.
std::optional<Rejection> judge_registration(Registration& registration, const ReadRegion& region,
                                            double image_dpi);

}  // namespace verso::scanner
