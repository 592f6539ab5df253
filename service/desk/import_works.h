// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/util/time.h"
#include "records/import/import_report.h"
#include "records/store/store.h"

namespace verso::service {

/// An export of orders that somebody sent to the desk: first looked through, then taken in when a
/// person says so.
struct SentImport {
    /// Looked through; what would happen is known; being taken in; taken in; given up.
    enum class Phase { Checking, Checked, Importing, Imported, Failed };
    std::string id;    ///< letters and digits
    std::string name;  ///< of the file, as its sender calls it
    Phase phase = Phase::Checking;
    std::optional<records::ImportReport> report{};  ///< of the look, then of the import
    std::string fault{};                            ///< why it was given up
};

/// Takes exports of orders in by the queue, as `verso orders import` does. Thread-safe; the store
/// is the calling thread's.
class ImportWorks {
  public:
    virtual ~ImportWorks() = default;
    /// Keeps the file (it is taken away; on an error it stays) and has it looked through: nothing
    /// of it is kept in the records. Gives its id. FormatInvalid for an empty file; FileUnwritable,
    /// DatabaseFailed.
    virtual Result<std::string> take(records::Store& store, ShopId shop,
                                     const std::filesystem::path& file, const std::string& name,
                                     Instant now) = 0;
    /// Has one that was looked through taken in; again is no mistake. NotFound; NotAllowed while it
    /// is not looked through, or when it cannot be read.
    virtual Result<void> start(records::Store& store, ShopId shop, const std::string& id,
                               Instant now) = 0;
    /// NotFound after a day.
    virtual Result<SentImport> look(records::Store& store, ShopId shop, const std::string& id) = 0;
};

/// The largest export that is taken, in bytes.
inline constexpr std::size_t kMostImportBytes = 200U << 20U;

}  // namespace verso::service
