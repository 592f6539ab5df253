// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "scanner/fields/field_ink.h"

namespace verso::scanner {

/// By how many degrees the lines of writing sink towards the right (clockwise), within 8 either
/// way and to a tenth; nothing when the writing is too short or the sums along the lines do not say
/// it clearly. The projection profile of Postl (US patent 4,723,297, expired): along the right
/// angle, full and empty lines differ most.
std::optional<double> find_line_tilt(const FieldInk& ink);

/// The picture turned back by that many degrees about its middle, grown so that nothing is cut
/// off, with white in the new corners.
GrayImage turned_back(const GrayImage& picture, double degrees);

}  // namespace verso::scanner
