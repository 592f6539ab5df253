// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace verso::scanner {

/// Whether the object and cross-reference streams of a PDF (ISO 32000-1, 7.5.7 and 7.5.8) unpack to
/// `limit` bytes at most, all together. libqpdf unpacks them whole as it opens the file, before
/// anyone is asked. A file that hides them (escaped names, several filters) passes: the memory
/// limit of the process that reads it is what holds then.
bool structure_fits(std::string_view pdf, std::size_t limit);

}  // namespace verso::scanner
