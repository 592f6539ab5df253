// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "records/spool/print_job.h"
#include "records/store/store.h"

namespace verso::records {

/// A document that a worker has: only who holds the job's token may say what became of it.
struct LeasedPrint {
    PrintJob job;
    LeasedJob lease;
};

/// Which print jobs of a home to list. Newest last.
struct PrintJobFilter {
    std::optional<ShopId> shop{};
    std::optional<PrinterId> printer{};
    bool only_open = true;  ///< not those that are done or cancelled
    std::string wave{};     ///< of this wave alone
    int most = 200;
};

/// What waits before a printer.
struct PrinterLoad {
    int jobs = 0;  ///< open ones
    long long pages = 0;
    int need_person = 0;
};

/// Printers and what is on its way to them. Print jobs are jobs of the durable queue, of kind
/// kPrintJobKind, in a lane for each printer: one at a time leaves it, begun ones first, then
/// urgent ones, then in the order in which they were put in; one that failed or whose fate is not
/// known holds its lane until a person has settled it. Part of its Store's transactions and
/// threads. Printers are the home's, print jobs a shop's. Any may fail with DatabaseFailed.
class SpoolBook {
  public:
    virtual ~SpoolBook() = default;

    /// `id`, `trouble`, `seen_at` are not looked at. ValueInvalid for a name that is none
    /// (check_printer_name); AlreadyExists.
    virtual Result<PrinterId> add_printer(const PrinterRecord& printer, Instant now) = 0;
    /// By name.
    virtual Result<std::vector<PrinterRecord>> printers() = 0;
    /// NotFound with the names that there are.
    virtual Result<PrinterRecord> find_printer(std::string_view name) = 0;
    /// Changes its URI and settings. NotFound.
    virtual Result<void> change_printer(const PrinterRecord& printer) = 0;
    virtual Result<void> pause_printer(PrinterId printer, bool is_paused) = 0;
    /// What it says of itself now, for people.
    virtual Result<void> tell_printer(PrinterId printer, const std::string& trouble,
                                      Instant now) = 0;
    /// NotAllowed while documents wait for it.
    virtual Result<void> remove_printer(PrinterId printer) = 0;

    /// Puts a document in. In the transaction that records its inserts.
    virtual Result<JobId> enqueue(ShopId shop, const NewPrintJob& job, Instant now) = 0;
    /// The printer's next document, of any shop; none when nothing is due, the printer is paused
    /// or its first one waits for a person. `is_gone` tells of the owner of a lease whether it is
    /// known to be dead: such a lease is taken over at once, others when they run out.
    virtual Result<std::optional<LeasedPrint>> lease(
        PrinterId printer, const std::string& owner, std::chrono::seconds lease_for, Instant now,
        const std::function<bool(const std::string&)>& is_gone) = 0;
    /// Keeps how far it came and lengthens the lease. NotAllowed: the lease was lost.
    virtual Result<void> keep(LeasedPrint& print, const HandOverFacts& known,
                              std::chrono::seconds lease_for, Instant now) = 0;
    /// The hand-over ended: Done, Failed or Unknown; with Queued it goes on at `again`, and its
    /// trouble is shown meanwhile. NotAllowed: the lease was lost.
    virtual Result<void> finish(const LeasedPrint& print, PrintState state,
                                const std::string& trouble, int first_unknown, int last_unknown,
                                Instant again, Instant now) = 0;

    virtual Result<std::vector<PrintJob>> print_jobs(const PrintJobFilter& filter) = 0;
    /// NotFound, also for one of another shop.
    virtual Result<PrintJob> find_print_job(ShopId shop, JobId id) = 0;
    /// A person's word (settle_print). NotFound, NotAllowed, ValueInvalid.
    virtual Result<PrintJob> settle(ShopId shop, JobId id, PersonSays says, Instant now,
                                    int up_to = 0) = 0;
    /// What waits for one printer and has not begun goes to another; how many. The shop's alone.
    virtual Result<int> move_jobs(ShopId shop, PrinterId from, PrinterId to, Instant now) = 0;
    virtual Result<PrinterLoad> load(PrinterId printer) = 0;
    /// Forgets those of a shop that were done or cancelled before that moment.
    virtual Result<long long> forget_print_jobs(ShopId shop, Instant before) = 0;
};

inline constexpr const char* kPrintJobKind = "paper";

/// 1 to 64 letters, digits, '-', '_', '.' and spaces inside: ValueInvalid.
Result<void> check_printer_name(std::string_view name);

/// The spool of a store that open_store() gave; lives as long as the store.
SpoolBook& spool_of(Store& store);

}  // namespace verso::records
