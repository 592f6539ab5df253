// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/printer_choice.h"
#include "app/wiring.h"
#include "core/util/time.h"

namespace verso::app {

/// What a hand works with. The references outlive it.
struct HandTools {
    const Clock& clock;
    Output& out;
    std::function<bool()> stop;  ///< true: end as soon as that harms nothing
    /// After each thing that a crash can follow, with its name. Tests end the process there.
    std::function<void(std::string_view)> at_step{};
    /// Of a lease; lengthened while a hand-over goes on.
    std::chrono::seconds lease{60};
};

/// What became of one turn.
struct HandTurn {
    records::PrintJob job;
    records::PrintState state = records::PrintState::Queued;
    Error reason;  ///< unless it is done
};

/// Works off the queue of one printer, one document after the other. One thread at a time; several
/// hands of one printer, also in other processes, keep out of each other's way by leases.
class PrinterHand {
  public:
    /// `home` must outlive it; nothing is opened yet.
    PrinterHand(OpenHome& home, records::PrinterId printer, HandTools tools);

    /// Hands over the next document, if one is due. Nothing: none is, or the printer is gone; then
    /// the printer is asked now and then how it is, for the eyes of people.
    /// DatabaseFailed; what ready_printer() says.
    Result<std::optional<HandTurn>> turn();

  private:
    class Notes;
    Result<bool> ready();
    void look();
    Result<std::filesystem::path> find_file(const records::PrintJob& job);
    Result<std::filesystem::path> corrected(const std::filesystem::path& file,
                                            const records::PrintJob& job) const;
    printer::Outcome hand_over(Notes& notes, const records::PrintJob& job);
    Result<HandTurn> keep_outcome(records::LeasedPrint& print, const printer::Outcome& outcome);
    void step(std::string_view name) const {
        if (tools_.at_step) tools_.at_step(name);
    }

    OpenHome& home_;
    records::PrinterId id_;
    HandTools tools_;
    std::optional<ReadyPrinter> printer_;
    int waits_ = 0;  ///< in a row
    std::chrono::steady_clock::time_point used_ = std::chrono::steady_clock::now();
    std::chrono::steady_clock::time_point looked_ = std::chrono::steady_clock::now();
};

/// "host:process:start": who leases. start_of_process tells processes of one number apart.
std::string hand_owner();
/// Whether the owner of a lease is known to be dead: a process of this machine that is not there.
bool is_owner_gone(const std::string& owner);

/// A person took a document out of the queue: the cards on it that were not printed are voided, so
/// that its parcels may have new sheets. What settle() and void_card() say.
Result<records::PrintJob> cancel_print_job(OpenHome& home, records::JobId id,
                                           const std::string& reason, Instant now);

}  // namespace verso::app
