// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/domain/ids.h"
#include "core/util/result.h"
#include "records/spool/print_job.h"

namespace verso::service {

/// A printer that an admin adds.
struct PrinterForm {
    std::string name, uri;
    std::string format;  ///< "pdf", "zpl"; empty: as the address suggests
    int dpi = 0;         ///< of labels; 0: 203
    std::string tray, certificate;
};

/// What the desk asks of the program about printers; each call is noted in the audit for `who`.
/// Calls may take seconds: not for a server's own threads. Thread-safe.
class PaperWorks {
  public:
    virtual ~PaperWorks() = default;

    /// Asks the printer what it is and keeps it. What keeps it from printing now is given; empty
    /// when nothing does. AlreadyExists, ValueInvalid, PrinterFailed.
    virtual Result<std::string> add(ShopId shop, const PrinterForm& printer,
                                    const std::string& who) = 0;
    virtual Result<void> remove(ShopId shop, const std::string& name, const std::string& who) = 0;
    virtual Result<void> pause(ShopId shop, const std::string& name, bool is_paused,
                               const std::string& who) = 0;
    /// Puts a test page into its queue.
    virtual Result<void> test(ShopId shop, const std::string& name, const std::string& who) = 0;
    /// What the shop has waiting for one goes to another.
    virtual Result<void> move(ShopId shop, const std::string& from, const std::string& to,
                              const std::string& who) = 0;
    /// A person's word on a document (settle_print).
    virtual Result<void> settle(ShopId shop, records::JobId job, records::PersonSays says,
                                int up_to, const std::string& reason, const std::string& who) = 0;
};

}  // namespace verso::service
