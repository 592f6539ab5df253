// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "records/store/connection.h"
#include "records/store/spool_book.h"

namespace verso::records {

/// The SpoolBook as rows of the tables printer, print_job and job.
class SpoolTable final : public SpoolBook {
  public:
    /// `db` must outlive it.
    explicit SpoolTable(Connection& db) : db_(db) {}

    Result<PrinterId> add_printer(const PrinterRecord& printer, Instant now) override;
    Result<std::vector<PrinterRecord>> printers() override;
    Result<PrinterRecord> find_printer(std::string_view name) override;
    Result<void> change_printer(const PrinterRecord& printer) override;
    Result<void> pause_printer(PrinterId printer, bool is_paused) override;
    Result<void> tell_printer(PrinterId printer, const std::string& trouble, Instant now) override;
    Result<void> remove_printer(PrinterId printer) override;

    Result<JobId> enqueue(ShopId shop, const NewPrintJob& job, Instant now) override;
    Result<std::optional<LeasedPrint>> lease(
        PrinterId printer, const std::string& owner, std::chrono::seconds lease_for, Instant now,
        const std::function<bool(const std::string&)>& is_gone) override;
    Result<void> keep(LeasedPrint& print, const HandOverFacts& known,
                      std::chrono::seconds lease_for, Instant now) override;
    Result<void> finish(const LeasedPrint& print, PrintState state, const std::string& trouble,
                        int first_unknown, int last_unknown, Instant again, Instant now) override;

    Result<std::vector<PrintJob>> print_jobs(const PrintJobFilter& filter) override;
    Result<PrintJob> find_print_job(ShopId shop, JobId id) override;
    Result<PrintJob> settle(ShopId shop, JobId id, PersonSays says, Instant now,
                            int up_to) override;
    Result<int> move_jobs(ShopId shop, PrinterId from, PrinterId to, Instant now) override;
    Result<PrinterLoad> load(PrinterId printer) override;
    Result<long long> forget_print_jobs(ShopId shop, Instant before) override;

  private:
    /// The first of a printer's lane.
    struct Head {
        long long job = 0, shop = 0, run_at = 0, until = 0, token = 0;
        int attempts = 0, most = 0, is_paused = 0;
        std::string state, owner;
        bool is_due(Instant now, const std::function<bool(const std::string&)>& is_gone) const;
    };
    std::optional<Head> head(std::string_view statement, PrinterId printer);
    std::optional<PrintJob> row(long long id);
    /// Gives up what its workers died of again and again.
    void give_up(const Head& head, Instant now);
    void save(const PrintJob& job, Instant now);

    Connection& db_;
};

}  // namespace verso::records
