// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/domain/reading.h"

namespace verso {

/// One line of JSON as docs/formats/reading.md says, without a line end. The secret is never in it.
std::string to_json(const Reading& reading);

/// One line of JSON for a rating: docs/formats/rating.md.
std::string to_json(const Rating& rating);

}  // namespace verso
