// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "printer/ipp/ipp_judgement.h"
#include "printer/ipp/ipp_values.h"

namespace verso::printer {

/// What was learned of a printer from its answers. Kept from one document to the next.
struct IppMemory {
    std::optional<int> newest;  ///< the highest job number that was seen; of no job yet: 0
    Counting counting = Counting::NotSeen;
    bool stamps_lie = false;
    std::optional<std::int64_t> up_time;  ///< at the last look, s
};

struct IppMoment {
    std::chrono::milliseconds clock{0};  ///< of a clock that never goes back
    std::int64_t seconds = 0;            ///< since 1970
};

/// What has happened to the action before.
struct IppEvent {
    enum class Kind {
        Begin,        ///< the first: nothing was asked yet
        Finished,     ///< connected, kept, waited
        Answer,       ///< the printer answered
        Lost,         ///< no answer: the connection broke, or the time was over
        Unreachable,  ///< no connection came about; `error` says why
        KeepFailed,   ///< what is known could not be kept
    };
    Kind kind = Kind::Begin;
    IppMoment now;
    IppAnswer answer{};
    Error error{};  ///< of Lost and Unreachable
    /// This was asked over another connection than what was asked before: the printer may have
    /// been switched off and on in between.
    bool is_new_connection = false;
    /// Of Lost after SendDocument: how much of the document may have left.
    Arrived left = Arrived::No;
};

/// What to do next. The answer comes back as an event.
struct IppAction {
    enum class Kind {
        Connect,
        AskPrinter,    ///< Get-Printer-Attributes
        ListActive,    ///< Get-Jobs, not-completed
        ListFinished,  ///< Get-Jobs, completed
        CreateJob,     ///< with the machine's choice()
        SendDocument,  ///< to `job`
        AskJob,        ///< Get-Job-Attributes of `job`
        CancelJob,
        Wait,
        Keep,
        End,
    };
    Kind kind = Kind::Connect;
    int job = 0;
    std::chrono::milliseconds wait{0};
    HandOver keep{};
    Outcome outcome{};
    std::optional<DeviceState> tell{};  ///< for people, before the action
};
std::string_view to_string(IppAction::Kind kind);

/// What the machine must know of the document itself.
struct IppDocument {
    Document document;
    std::int64_t bytes = -1;  ///< -1: the file cannot be read
};

/// The hand-over of one document over IPP as a state machine without I/O: each event gives the
/// next action, up to End. Two requests make a job: Create-Job gives its number, which is kept
/// durably before Send-Document carries the document. So a document whose job has no number that
/// was kept has never left. docs/printing-ipp.md has the tables. One thread.
class IppMachine {
  public:
    IppMachine(IppDocument document, HandOver known, const DeviceOptions& options,
               IppMemory& memory);

    IppAction resume(const IppEvent& event);
    /// Whether the hand-over may end before the action that was given: nothing becomes unknown by
    /// it that was known.
    bool can_stop() const;
    const PaperChoice& choice() const { return choice_; }
    /// Whether print-scaling=none is to be asked for.
    bool has_scaling_none() const { return has_scaling_none_; }

  private:
    enum class At {
        Begin,
        Connect,
        Printer,
        ListActive,
        ListFinished,
        KeepSending,
        Create,
        KeepJob,
        Send,
        KeepPrinting,
        Ask,
        Glance,  ///< at the printer, while it prints
        Clear,   ///< cancels jobs that were made and got no document
        Cancel,
        Autopsy,  ///< why is the job gone?
        Pause,
        Ended,
    };

    IppAction on_answer(const IppAnswer& answer);
    IppAction on_finished();
    IppAction on_lost(const IppEvent& event);
    IppAction on_unreachable(const Error& error);
    IppAction on_printer(const IppAnswer& answer);
    IppAction on_list(const IppAnswer& answer);
    IppAction on_created(const IppAnswer& answer);
    IppAction on_sent(const IppAnswer& answer);
    IppAction on_job(const IppAnswer& answer);
    IppAction on_glance(const IppAnswer& answer);

    IppAction go(At at, IppAction::Kind kind, int job = 0);
    IppAction keep(At at);
    IppAction pause(At then, std::chrono::milliseconds wait);
    IppAction end(Outcome::Kind kind, Error reason = {});
    IppAction unknown(std::string message);
    IppAction after_connect();
    IppAction after_lists();
    IppAction create();
    IppAction clear_next();
    IppAction again(Error reason);
    IppAction follow(const IppJob& job);
    IppAction cancel();
    IppAction await_cancel();
    IppAction on_absent();
    IppAction on_nothing(const IppJob& job, Finding finding);
    IppAction conclude(const IppJob& job, Finding finding);
    IppAction job_is_gone();
    IppAction unclear_answer(const IppAnswer& answer);

    void learn(const IppJob& job);
    void note_progress(const IppJob& job);
    bool is_other(const IppJob& job) const;
    std::string how_it_ended(const IppJob& job) const;
    bool may_have_left() const;
    bool is_out_of_patience() const;
    int job() const;
    Sent sent() const;
    std::chrono::milliseconds back_off(std::chrono::milliseconds most);

    IppDocument document_;
    HandOver known_;
    DeviceOptions options_;
    IppMemory& memory_;
    At at_ = At::Begin;
    At then_ = At::Begin;  ///< after Pause
    IppMoment now_;
    PaperChoice choice_;
    bool has_scaling_none_ = false;
    Arrived arrived_ = Arrived::No;
    std::vector<IppJob> found_;       ///< jobs of this document's name
    std::optional<Outcome> refusal_;  ///< how it ends once the job is gone from the printer
    bool is_cancelling_ = false;
    bool is_cancel_answered_ = false;
    bool is_sure_of_number_ = false;  ///< it was given on this connection
    IppJob last_;                     ///< the job as it was last told
    Error lost_;                      ///< why the connection last broke
    int tries_ = 0, losses_ = 0, nonsense_ = 0, asks_ = 0;
    std::chrono::milliseconds wait_{0};
    std::chrono::milliseconds progress_at_{0};
    std::chrono::milliseconds busy_since_{-1}, cancelling_since_{0}, absent_since_{-1};
    std::optional<DeviceState> tell_;
    std::string told_;  ///< trouble that people know of
};

}  // namespace verso::printer
