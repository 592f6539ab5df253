// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace verso::records {

// Kept JSON without its person (lifecycle/erasure.h). Pure.

/// A reading (docs/formats/reading.md) without the name of its file, the details of its reasons
/// and the fields written by hand; text that is no JSON becomes "{}".
std::string redacted_reading(std::string_view json);

/// The files that a reading speaks of: crops of handwriting.
std::vector<std::string> pictures_of(std::string_view json);

}  // namespace verso::records
