// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "core/util/time.h"
#include "records/store/store.h"

namespace verso::service {

/// A file of scans that somebody sent.
struct SentScan {
    ShopId shop;
    std::filesystem::path file;  ///< it is taken away; on an error it stays
    std::string name;            ///< as its sender calls it; for people
};

/// What became of it.
struct ScanTicket {
    std::string sha256;   ///< of its bytes: by it the scan and its job are found
    bool is_new = false;  ///< these very bytes were never sent before
};

/// Takes scans in, to be read by whoever works on the queue.
class ScanWorks {
  public:
    virtual ~ScanWorks() = default;
    /// Keeps the file under the home and puts its job into the queue; durable when it returns.
    /// LimitExceeded, FileUnreadable, FileUnwritable, DatabaseFailed. Thread-safe; the store is the
    /// calling thread's.
    virtual Result<ScanTicket> take(records::Store& store, const SentScan& scan, Instant now) = 0;
};

/// The largest file that is taken, in bytes.
inline constexpr std::size_t kMostScanBytes = 200U << 20U;

/// The last part of a file name that came from outside, without what no file name should hold, at
/// most 100 bytes; "scan" when nothing is left. Pure.
std::string safe_file_name(std::string_view name);

}  // namespace verso::service
