// SPDX-License-Identifier: Apache-2.0
#include "app/printer_hand.h"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <sstream>

#include "app/files.h"
#include "app/print_intent.h"
#include "generator/calibration/corrected_pdf.h"
#include "generator/calibration/shifted_labels.h"

namespace verso::app {

namespace fs = std::filesystem;

using printer::HandOver;
using printer::Outcome;
using records::HandOverFacts;
using records::LeasedPrint;
using records::PrintJob;
using records::PrintState;

namespace {

/// How long a document waits before its printer is asked again, the longer the more often.
constexpr std::array<int, 5> kPauses{1, 2, 4, 8, 15};  // seconds
/// A connection that nobody needs is given up: many printers have one only.
constexpr std::chrono::seconds kIdle{2};
/// Between two questions to an idle printer how it is.
constexpr std::chrono::seconds kLook{10};

PrintState state_of(HandOver::Step step) {
    switch (step) {
        case HandOver::Step::Waiting:
            return PrintState::Queued;
        case HandOver::Step::Sending:
            return PrintState::Sending;
        case HandOver::Step::Printing:
            break;
    }
    return PrintState::Printing;
}

HandOver::Step step_of(PrintState state) {
    if (state == PrintState::Queued) return HandOver::Step::Waiting;
    return state == PrintState::Printing ? HandOver::Step::Printing : HandOver::Step::Sending;
}

HandOverFacts facts_of(const HandOver& known) {
    return {state_of(known.step), known.device_job, known.since,
            known.sent,           known.printed,    known.mark};
}

HandOver hand_over_of(const HandOverFacts& facts) {
    return {step_of(facts.step), facts.device_job, facts.since,
            facts.sent,          facts.printed,    facts.mark};
}

std::string host_name() {
    std::array<char, 256> name{};
    if (::gethostname(name.data(), name.size() - 1) != 0) return "?";
    return name.data();
}

/// When a process began, in ticks since the machine did (proc(5), /proc/PID/stat, field 22).
std::string start_of_process(const std::string& process) {
    std::ifstream file("/proc/" + process + "/stat");
    std::string text((std::istreambuf_iterator<char>(file)), {});
    // The name before it may hold anything, also spaces and brackets.
    const auto end_of_name = text.rfind(')');
    if (end_of_name == std::string::npos) return "";
    std::istringstream fields(text.substr(end_of_name + 1));
    std::string field;
    constexpr int kFieldsBehindName = 20;
    for (int i = 0; i < kFieldsBehindName; ++i) fields >> field;
    return field;
}

}  // namespace

std::string hand_owner() {
    const std::string process = std::to_string(::getpid());
    return host_name() + ":" + process + ":" + start_of_process(process);
}

bool is_owner_gone(const std::string& owner) {
    const auto start = owner.rfind(':');
    const auto process = start == std::string::npos ? start : owner.rfind(':', start - 1);
    if (process == std::string::npos || owner.substr(0, process) != host_name()) return false;
    const std::string number = owner.substr(process + 1, start - process - 1);
    if (number.empty() || number.find_first_not_of("0123456789") != std::string::npos) return false;
    return start_of_process(number) != owner.substr(start + 1);
}

/// Keeps what the device knows, and the lease.
class PrinterHand::Notes final : public printer::HandOverNotes {
  public:
    Notes(PrinterHand& hand, LeasedPrint& print) : hand_(hand), print_(print) {}

    Result<void> keep(const HandOver& known) override {
        auto kept =
            spool().keep(print_, facts_of(known), hand_.tools_.lease, hand_.tools_.clock.now());
        if (!kept) is_lost_ = true;
        renewed_ = std::chrono::steady_clock::now();
        return kept;
    }
    void tell(const printer::DeviceState& state) override {
        if (state.trouble == told_) return;
        told_ = state.trouble;
        // For eyes alone: a fault here shows itself at the next keep().
        (void)spool().tell_printer(hand_.id_, told_, hand_.tools_.clock.now());
    }
    bool stop_asked() override {
        if (is_lost_ || (hand_.tools_.stop && hand_.tools_.stop())) return true;
        if (std::chrono::steady_clock::now() - renewed_ > hand_.tools_.lease / 4)
            (void)keep(hand_over_of(print_.job.known));
        return is_lost_;
    }
    void step(std::string_view name) override { hand_.step(name); }
    bool is_lost() const { return is_lost_; }
    const std::string& told() const { return told_; }

  private:
    records::SpoolBook& spool() { return records::spool_of(*hand_.home_.store); }

    PrinterHand& hand_;
    LeasedPrint& print_;
    std::chrono::steady_clock::time_point renewed_ = std::chrono::steady_clock::now();
    std::string told_;
    bool is_lost_ = false;
};

PrinterHand::PrinterHand(OpenHome& home, records::PrinterId printer, HandTools tools)
    : home_(home), id_(printer), tools_(std::move(tools)) {}

/// Reads the printer's record anew: a person may have changed or removed it. False when it is gone.
Result<bool> PrinterHand::ready() {
    auto all = records::spool_of(*home_.store).printers();
    if (!all) return all.error();
    const auto record =
        std::find_if(all->begin(), all->end(), [&](const auto& one) { return one.id == id_; });
    if (record == all->end()) {
        printer_.reset();
        return false;
    }
    const bool same = printer_ && printer_->record.uri == record->uri &&
                      printer_->record.settings == record->settings;
    if (same) {
        printer_->record = *record;
        return true;
    }
    auto ready = ready_printer(*record);
    if (!ready) return ready.error();
    printer_ = *std::move(ready);
    return true;
}

/// Where the document lies. A crash between the record of its cards and the name of its file is
/// settled here, as the next print would.
Result<fs::path> PrinterHand::find_file(const PrintJob& job) {
    const fs::path path(job.what.file);
    std::error_code failed;
    if (fs::is_regular_file(path, failed)) return path;
    auto lock = PrintLock::take(home_.home);
    if (lock) {
        auto settled = settle_intents(home_.home, *home_.store);
        if (!settled) return settled.error();
        for (const auto& sentence : *settled) tools_.out.warn(sentence);
        if (fs::is_regular_file(path, failed)) return path;
    } else if (lock.error().code == ErrorCode::NotAllowed) {
        return lock.error();  // it is being made
    }
    return Error{ErrorCode::NotFound, "the document is gone from the spool", path.string(),
                 "cancel it, and print its orders again with a reason"};
}

/// The document as this printer must be given it, so that print comes to its place: a file beside
/// it, made anew each time, or itself when the printer was not calibrated.
Result<fs::path> PrinterHand::corrected(const fs::path& file, const PrintJob& job) const {
    const PrintCorrection& correction = printer_->settings.correction;
    if (correction.is_identity()) return file;
    fs::path moved = file;
    moved += ".moved";
    if (!job.what.is_zpl) {
        auto done = generator::apply_correction(file.string(), moved.string(), correction);
        return done ? Result<fs::path>(moved) : Result<fs::path>(done.error());
    }
    constexpr std::uint64_t kLargest = 256ULL << 20U;
    auto zpl = read_file(file.string(), kLargest);
    if (!zpl) return zpl.error();
    auto shifted = generator::shift_labels(*zpl, correction,
                                           {Mm{job.what.width}, Mm{job.what.height}}, job.what.dpi);
    if (!shifted) return shifted.error();
    if (auto kept = write_file(moved, *shifted, FileMode::Private); !kept) return kept.error();
    return moved;
}

/// Nothing is due. What the printer says of itself is kept for people when it changed.
void PrinterHand::look() {
    const auto now = std::chrono::steady_clock::now();
    if (now - looked_ > kLook) {
        looked_ = now;
        auto there = ready();
        if (there && *there && !printer_->record.is_paused) {
            auto state = printer_->device->state();
            const std::string trouble = state ? state->trouble : state.error().text();
            if (trouble != printer_->record.trouble) {
                (void)records::spool_of(*home_.store)
                    .tell_printer(id_, trouble, tools_.clock.now());
            }
        }
    }
    if (printer_ && now - used_ > kIdle) printer_.reset();
}

Outcome PrinterHand::hand_over(Notes& notes, const PrintJob& job) {
    auto original = find_file(job);
    auto file = original ? corrected(*original, job) : original;
    if (!file) {
        if (file.error().code == ErrorCode::NotAllowed)
            return {Outcome::Kind::Waiting, file.error()};
        const bool begun = job.known.step != PrintState::Queued;
        return {begun ? Outcome::Kind::Unknown : Outcome::Kind::Failed, file.error()};
    }
    printer::Document document;
    document.file = *file;
    document.paper.format =
        job.what.is_zpl ? printer::DocumentFormat::Zpl : printer::DocumentFormat::Pdf;
    document.paper.width = job.what.width;
    document.paper.height = job.what.height;
    document.paper.both_sides = job.what.both_sides;
    document.paper.dpi = job.what.dpi;
    document.name = job.name;
    document.pages = job.what.pages;
    document.tray = printer_->settings.tray;
    Outcome outcome = printer_->device->hand_over(document, hand_over_of(job.known), notes);
    std::error_code ignored;
    if (*file != *original) fs::remove(*file, ignored);
    return outcome;
}

Result<HandTurn> PrinterHand::keep_outcome(LeasedPrint& print, const Outcome& outcome) {
    auto& spool = records::spool_of(*home_.store);
    const Instant now = tools_.clock.now();
    HandTurn turn{print.job, PrintState::Queued, outcome.reason};
    Instant again = now;
    switch (outcome.kind) {
        case Outcome::Kind::Done:
            turn.state = PrintState::Done;
            break;
        case Outcome::Kind::Failed:
            turn.state = PrintState::Failed;
            break;
        case Outcome::Kind::Unknown:
            turn.state = PrintState::Unknown;
            break;
        case Outcome::Kind::Waiting: {
            const auto last = static_cast<int>(kPauses.size()) - 1;
            again = now + std::chrono::seconds(
                              kPauses.at(static_cast<std::size_t>(std::min(waits_, last))));
            ++waits_;
            break;
        }
        case Outcome::Kind::Stopped:
            break;
    }
    if (outcome.kind != Outcome::Kind::Waiting) waits_ = 0;
    const std::string trouble = outcome.reason.message.empty() ? "" : outcome.reason.text();
    auto kept = spool.finish(print, turn.state, trouble, outcome.first_unknown,
                             outcome.last_unknown, again, now);
    if (!kept) return kept.error();
    step("outcome kept");
    // What a person is asked about a document is told with the document.
    const std::string told = outcome.kind == Outcome::Kind::Waiting ? trouble : "";
    if (printer_ && told != printer_->record.trouble) (void)spool.tell_printer(id_, told, now);
    return turn;
}

Result<std::optional<HandTurn>> PrinterHand::turn() {
    using Turn = std::optional<HandTurn>;
    auto leased = records::spool_of(*home_.store)
                      .lease(id_, hand_owner(), tools_.lease, tools_.clock.now(), is_owner_gone);
    if (!leased) return leased.error();
    if (!*leased) {
        look();
        if (printer_) printer_->device->rest();
        return Turn{};
    }
    step("leased");
    LeasedPrint& print = **leased;
    Notes notes(*this, print);
    Outcome outcome;
    auto there = ready();
    if (there && *there) {
        outcome = hand_over(notes, print.job);
    } else {
        // A person can mend it: until then the document waits.
        outcome = {Outcome::Kind::Waiting,
                   there ? Error{ErrorCode::NotFound, "the printer is gone", "", "add it again"}
                         : there.error()};
    }
    used_ = std::chrono::steady_clock::now();
    step("hand-over ended");
    if (notes.is_lost()) return Turn{};  // whoever has it now goes on
    const std::string file = print.job.what.file;
    auto turn = keep_outcome(print, outcome);
    if (!turn) return turn.error();
    if (turn->state == PrintState::Done) {
        // The links on it are secrets: nobody needs it any more.
        std::error_code ignored;
        fs::remove(file, ignored);
        step("document removed");
    }
    return Turn(*std::move(turn));
}

Result<PrintJob> cancel_print_job(OpenHome& home, records::JobId id, const std::string& reason,
                                  Instant now) {
    auto transaction = home.store->begin();
    if (!transaction) return transaction.error();
    auto& spool = records::spool_of(*home.store);
    auto before = spool.find_print_job(home.shop, id);
    if (!before) return before.error();
    auto job = spool.settle(home.shop, id, records::PersonSays::Cancel, now);
    if (!job) return job.error();
    // Labels that are on paper keep their cards.
    const int of_sheet = std::max(1, before->what.pages / std::max(1, before->what.sheets));
    const auto printed = static_cast<std::size_t>(before->known.printed / of_sheet);
    for (std::size_t i = printed; i < before->what.cards.size(); ++i) {
        auto card = home.store->find_card(before->what.cards[i]);
        if (!card) return card.error();
        if (!*card || (*card)->state != records::CardState::Printed) continue;
        auto voided = home.store->void_card(home.shop, before->what.cards[i], reason, now);
        if (!voided) return voided.error();
    }
    if (auto kept = (*transaction)->commit(); !kept) return kept.error();
    return job;
}

}  // namespace verso::app
