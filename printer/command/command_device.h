// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "printer/device/device.h"

namespace verso::printer {

/// A command line in words, as a POSIX shell splits it (2.2, quoting: '…', "…" and \) without
/// doing anything else that a shell does. ValueInvalid for a quote that does not end, for no word.
Result<std::vector<std::string>> command_words(std::string_view line);

/// command:PROGRAM[ ARGUMENT…]: a program that prints. It gets the document on its standard input
/// and VERSO_JOB (the document's name), VERSO_FORMAT ("pdf", "zpl"), VERSO_PAGES and VERSO_TRAY in
/// its environment. It ends with 0 when the document is printed, 75 (EX_TEMPFAIL of sysexits.h)
/// when nothing is and it should be tried again, 65 (EX_DATAERR) when nothing is and it never will
/// be. Any other end leaves unknown what is on paper. After DeviceOptions::print_timeout it is
/// killed with the whole of its process group. The first line that it writes to its standard error
/// is told to people.
std::unique_ptr<Device> make_command_device(const DeviceUri& uri, const DeviceOptions& options);

}  // namespace verso::printer
