// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/util/result.h"
#include "printer/device/device.h"

namespace verso::printer {

/// The document's size in bytes. FileUnreadable when it is gone, no file or may not be read,
/// FormatInvalid when it is empty, LimitExceeded beyond `most_bytes`: all before anything is sent.
Result<std::int64_t> document_size(const Document& document, std::int64_t most_bytes);

/// A file name for the document: its name, each byte that a file system or a shell could take
/// amiss written as %XX, and ".pdf" or ".zpl".
std::string document_file_name(const Document& document);

/// "pdf" or "zpl".
std::string_view file_ending(DocumentFormat format);

}  // namespace verso::printer
