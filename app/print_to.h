// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "app/print_request.h"
#include "app/wiring.h"

namespace verso::app {

/// Settles where a print goes that names printers: its format, the spool's file, and whether the
/// printers have what the template needs, before anything is recorded. All of them take the same
/// format. NotFound, NotAllowed for printers of two formats; what check_paper() says.
Result<void> aim_at_printers(OpenHome& home, const std::vector<std::string>& names,
                             PrintRequest& request);

/// A fresh name in the folder of documents on their way, which is made: "paper-20261122T….pdf".
Result<std::filesystem::path> spool_file(const Home& home, PrintFormat format, Instant now);
/// That folder.
Result<std::filesystem::path> spool_folder(const Home& home);

/// Works off the queues of the printers until nothing of what was put in at or after `first` waits
/// there, or `stop` says so, and tells on `out` what became of each document. PrinterFailed when
/// one waits for a person.
Result<void> see_it_printed(OpenHome& home, const std::vector<records::PrinterId>& printers,
                            records::JobId first, const PrintTools& tools,
                            const std::function<bool()>& stop);

}  // namespace verso::app
