// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/domain/ids.h"
#include "core/util/result.h"
#include "core/util/time.h"
#include "records/store/store.h"

namespace verso::service {

/// What a packer asks for: one order, or one of its parcels.
struct BenchAsk {
    ShopId shop;
    OrderNumber order;
    std::optional<int> parcel;  ///< none: all of the order's that have no sheet yet
    std::string reprint;        ///< why what is printed shall be printed again; empty: it shall not
    std::string who;            ///< packs, for the figures and the records
    std::string printer{};      ///< by its name; empty: where the bench prints as settled
};

/// One sheet that is on its way to the paper.
struct BenchSheet {
    int parcel = 1;
    InsertId insert;
    int pages = 0;
};

/// A parcel that got none.
struct BenchStop {
    enum class Why { AlreadyPrinted, Forbidden, Unprintable };
    int parcel = 1;
    Why why = Why::Forbidden;
    std::string reason;  ///< for people
};

struct BenchDone {
    std::vector<BenchSheet> sheets;
    std::vector<BenchStop> stops;
    /// Of all sheets: a name for BenchWorks::sheet_file(); empty without sheets, and for those that
    /// went to a printer.
    std::string file;
    std::string printer{};  ///< that they went to; empty: into the folder
};

/// Where the bench's sheets may go, in words, and whether that is ready.
struct PrinterState {
    std::string name;
    bool is_ready = false;
    std::string trouble;      ///< what is wrong and what to do; empty when it is ready
    bool is_printer = false;  ///< not the folder
    bool is_paused = false;
    int waiting = 0;      ///< documents before it
    int need_person = 0;  ///< that wait for a person's word
};

/// A wave as the bench sees it.
struct BenchWave {
    std::string name;
    Instant created_at{};
    int positions = 0, printed = 0, left_out = 0;
    bool is_open = false;     ///< there is something left to print
    bool is_running = false;  ///< by this service, now
    std::string fault;        ///< why it stopped by itself; empty when it did not
};

/// Printing as the bench needs it. Calls may take seconds: not for a server's own threads.
/// Thread-safe; one after the other in a home.
class BenchWorks {
  public:
    virtual ~BenchWorks() = default;

    /// Prints and records; the bytes are handed over when it returns. NotAllowed while something
    /// else prints; NotFound; what the rooms say.
    virtual Result<BenchDone> print(const BenchAsk& ask) = 0;
    /// The PDF that print() named, while it is kept; NotFound.
    virtual Result<std::filesystem::path> sheet_file(ShopId shop, const std::string& name) = 0;
    /// The one first that is taken when none is named.
    virtual std::vector<PrinterState> printers(ShopId shop) = 0;

    /// Oldest first.
    virtual Result<std::vector<BenchWave>> waves(ShopId shop, records::Store& store) = 0;
    /// Plans a wave of every parcel that may have a sheet and has none, and begins to print it, or
    /// goes on with the open one of this name. Returns at once. NotAllowed while a wave runs.
    /// A new one goes to these printers, which share it; empty: as settled.
    virtual Result<void> run_wave(ShopId shop, const std::string& name, const std::string& who,
                                  const std::vector<std::string>& printers) = 0;
    /// The running wave stops behind its file; run_wave() goes on. NotFound when it does not run.
    virtual Result<void> pause_wave(ShopId shop, const std::string& name) = 0;
    /// Prints places of a wave again, for a reason. As print().
    virtual Result<BenchDone> reprint_range(ShopId shop, const std::string& name, int first,
                                            int last, const std::string& reason,
                                            const std::string& printer) = 0;
    /// What is left of a wave is not printed. NotAllowed while it runs.
    virtual Result<void> cancel_wave(ShopId shop, const std::string& name,
                                     const std::string& reason) = 0;
};

}  // namespace verso::service
