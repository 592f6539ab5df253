// SPDX-License-Identifier: Apache-2.0
#include "printer/zebra/zebra_machine.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace verso::printer {
namespace {

using Event = ZebraEvent::Kind;
using Act = ZebraAction::Kind;
using Kind = Outcome::Kind;
using std::chrono::milliseconds;

/// First pause between two looks; it doubles up to DeviceOptions::poll.
constexpr milliseconds kFirstPause{2};
/// A printer without a counter that has shown itself busy is asked twice before its labels count
/// as printed: some say "nothing held" while the last one is still moving.
constexpr milliseconds kLastLabelMoves{50};
/// How long what is on the way is waited for when somebody asks to stop: this part of
/// DeviceOptions::answer_timeout, three seconds.
constexpr double kStopPatience = 0.3;
/// In a row, without a label in between.
constexpr int kMostLosses = 5;
constexpr std::string_view kMarkWord = "zebra";

ZebraAction act(Act kind) {
    ZebraAction out;
    out.kind = kind;
    return out;
}

bool same(const HandOver& a, const HandOver& b) {
    return a.step == b.step && a.sent == b.sent && a.printed == b.printed && a.mark == b.mark;
}

}  // namespace

std::string format_mark(const CounterMark& mark) {
    return fmt::format("{} {} {} {}", kMarkWord, mark.count, mark.printed, mark.printer);
}

std::optional<CounterMark> parse_mark(std::string_view text) {
    CounterMark out;
    if (!text.starts_with(kMarkWord)) return std::nullopt;
    text.remove_prefix(kMarkWord.size());
    const auto number = [&text](auto& value) {
        if (!text.starts_with(' ')) return false;
        text.remove_prefix(1);
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (problem != std::errc()) return false;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        return value >= 0;
    };
    if (!number(out.count) || !number(out.printed) || !text.starts_with(' ')) return std::nullopt;
    out.printer = text.substr(1);
    return out;
}

ZebraMachine::ZebraMachine(ZebraPlan plan)
    : plan_(std::move(plan)),
      known_(plan_.known),
      kept_(plan_.known),
      is_connected_(plan_.is_connected),
      in_doubt_(plan_.known.sent > plan_.known.printed) {
    plan_.labels_ahead = std::max(1, plan_.labels_ahead);
    mark_ = parse_mark(known_.mark);
    if (mark_ && mark_->printer != plan_.printer) mark_.reset();
}

bool ZebraMachine::ends_on_stop(Time now, Time stop_since) const {
    return on_the_way() == 0 || in_doubt_ ||
           now - stop_since >= plan_.answer_timeout * kStopPatience;
}

ZebraAction ZebraMachine::resume(const ZebraEvent& event, Time now,
                                 std::optional<Time> stop_since) {
    now_ = now;
    stop_since_ = stop_since;
    if (!std::exchange(started_, true)) progress_at_ = same_since_ = now;
    switch (event.kind) {
        case Event::Start:
            if (known_.printed < 0 || known_.sent < known_.printed || known_.sent > plan_.labels)
                return end_unknown("what is kept of it does not fit the document");
            if (known_.printed == plan_.labels) return end({});
            return act(is_connected_ ? Act::Ask : Act::Connect);
        case Event::Connected:
            is_connected_ = is_fresh_ = true;
            return act(Act::Ask);
        case Event::NotConnected:
            return not_connected(event.text);
        case Event::Report:
            return report(event);
        case Event::Silence:
            return silence();
        case Event::Kept:
            return kept();
        case Event::KeepRefused:
            known_ = kept_;  // nobody knows of anything newer
            return end({Kind::Stopped, {}});
        case Event::Sent:
            was_busy_ = false;
            pause_ = Ms{0};
            progress_at_ = now_;
            return act(Act::Ask);
        case Event::Lost:
            return lost(event);
        case Event::Waited:
        case Event::Stop:
            break;
    }
    if (stops_now()) return end({Kind::Stopped, {}});
    return act(is_connected_ ? Act::Ask : Act::Connect);
}

ZebraAction ZebraMachine::report(const ZebraEvent& event) {
    const HostStatus& status = event.status;
    is_fresh_ = false;
    seen_ = to_device_state(status);
    const bool is_new = status.held() != last_held_ || event.counter != last_counter_ ||
                        status.in_trouble() != last_trouble_;
    if (is_new) {
        same_since_ = progress_at_ = now_;
        last_held_ = status.held();
        last_counter_ = event.counter;
        last_trouble_ = status.in_trouble();
    }
    // Who says what is wrong can be waited for.
    if (status.in_trouble()) progress_at_ = now_;
    if (in_doubt_) return in_doubt(status, event.counter);
    if (on_the_way() > 0) return in_flight(status, event.counter);
    return idle(status, event.counter);
}

// Nothing is on the way: may the next labels go?
ZebraAction ZebraMachine::idle(const HostStatus& status, std::optional<std::int64_t> counter) {
    if (known_.printed == plan_.labels) return end({});
    if (stop_since_) return end({Kind::Stopped, {}});
    if (status.in_trouble())
        return end_waiting("the printer cannot print: " + seen_.trouble,
                           "see to it at the printer; the labels then go on by themselves");
    if (status.partial_format) {
        if (now_ - same_since_ < plan_.answer_timeout) return look_again();
        if (!was_cancelled_) return cancel_partial();
        return end_waiting("the printer waits for the end of a label that somebody else began",
                           "switch it off and on again");
    }
    if (status.held() > 0 || status.buffer_full) {
        if (!stuck(plan_.print_timeout)) return look_again();
        return end_waiting(
            fmt::format("the printer holds {} labels of somebody else and does not print them",
                        status.held()),
            "print or cancel them at the printer");
    }
    mark_.reset();
    if (counter) mark_ = CounterMark{*counter, known_.printed, plan_.printer};
    is_spoiled_ = false;
    return next_window();
}

// What may leave is kept first.
ZebraAction ZebraMachine::next_window() {
    ZebraAction send = act(Act::Send);
    send.first = known_.sent + 1;
    send.last = std::min(known_.printed + plan_.labels_ahead, plan_.labels);
    if (known_.since == 0) known_.since = plan_.now;
    known_.step = HandOver::Step::Sending;
    known_.sent = send.last;
    known_.mark = mark_ && !is_spoiled_ ? format_mark(*mark_) : "";
    return keep_then(send);
}

std::optional<std::int64_t> ZebraMachine::counted(std::optional<std::int64_t> counter) const {
    if (!counter || !mark_ || *counter < mark_->count) return std::nullopt;
    return mark_->printed + (*counter - mark_->count);
}

ZebraAction ZebraMachine::in_flight(const HostStatus& status, std::optional<std::int64_t> counter) {
    const int held = status.held();
    was_busy_ = was_busy_ || held > 0;
    const auto by_counter = counted(counter);
    const bool too_many = by_counter && *by_counter > known_.sent;
    if (mark_ && !is_spoiled_ && (status.may_spoil() || too_many)) return spoiled();
    if (status.in_trouble()) return look_again();
    if (held == 0 && !status.partial_format) {
        const Ms still = std::min(kLastLabelMoves, plan_.poll);
        const bool has_settled = !was_busy_ || now_ - same_since_ >= still;
        if (mark_ ? by_counter && *by_counter >= known_.sent : has_settled)
            return all_confirmed(status, counter);
        if (mark_ && now_ - same_since_ > plan_.answer_timeout) {
            if (by_counter && !is_spoiled_)
                known_.printed = std::max(known_.printed, static_cast<int>(*by_counter));
            return end_unknown("the printer holds no label any more, but has not counted all");
        }
        return look_again();
    }
    if (stuck(plan_.print_timeout))
        return end_unknown(
            fmt::format("the printer holds {} labels and does not print them", held));
    // The counter tells which of them are on paper already: others may follow.
    if (by_counter && !is_spoiled_) {
        const auto sure = static_cast<int>(std::min<std::int64_t>(*by_counter, known_.sent - held));
        known_.printed = std::max(known_.printed, sure);
        const int room = std::min(known_.printed + plan_.labels_ahead, plan_.labels) - known_.sent;
        if (room > 0 && !stop_since_ && !status.buffer_full) return next_window();
    }
    return look_again();
}

ZebraAction ZebraMachine::all_confirmed(const HostStatus& status,
                                        std::optional<std::int64_t> counter) {
    known_.printed = known_.sent;
    losses_ = 0;
    return idle(status, counter);
}

// From here on the counter proves nothing: who goes on after a crash must not believe it.
ZebraAction ZebraMachine::spoiled() {
    is_spoiled_ = true;
    known_.mark.clear();
    ZebraAction wait = act(Act::Wait);
    wait.pause = kFirstPause;
    return keep_then(wait);
}

// Labels were on the way when a connection ended, now or in a process that is no more.
ZebraAction ZebraMachine::in_doubt(const HostStatus& status, std::optional<std::int64_t> counter) {
    if (status.partial_format && !was_cancelled_) return cancel_partial();
    if (stop_since_) return end({Kind::Stopped, {}});
    const auto by_counter = counted(counter);
    is_spoiled_ = is_spoiled_ || status.may_spoil();
    const bool can_tell = by_counter && !known_.mark.empty() && *by_counter >= known_.printed &&
                          *by_counter <= known_.sent &&
                          (!is_spoiled_ || *by_counter == known_.printed);
    if (status.held() > 0) {
        if (stuck(plan_.print_timeout))
            return end_unknown("the printer holds labels and does not print them");
        return look_again();
    }
    if (!can_tell)
        return end_unknown(
            !by_counter || known_.mark.empty()
                ? "the connection was lost with labels on the way, and the printer cannot say "
                  "which of them it printed"
                : "the connection was lost with labels on the way, and the printer's counter "
                  "proves nothing: a label was spoiled, somebody else printed or it was reset");
    return settle_doubt(status, *counter);
}

// The counter has to stand still: bytes of the old connection may still be on their way.
ZebraAction ZebraMachine::settle_doubt(const HostStatus& status, std::int64_t counter) {
    const Ms still = std::min(plan_.poll * 5, Ms{1000});
    if (status.in_trouble() && now_ - same_since_ > plan_.answer_timeout)
        return end_waiting("the printer cannot print: " + seen_.trouble,
                           "see to it at the printer; the labels then go on by themselves");
    if (status.in_trouble() || status.buffer_full || now_ - same_since_ < still)
        return look_again();
    known_.printed = known_.sent = static_cast<int>(*counted(counter));
    in_doubt_ = false;
    losses_ = 0;
    return idle(status, counter);
}

ZebraAction ZebraMachine::silence() {
    seen_.is_ready = false;
    seen_.trouble = "does not answer";
    seen_.reasons = {"other-error"};
    const bool was_fresh = std::exchange(is_fresh_, false);
    const std::string what = "the printer does not answer the question for its state (~HS)";
    const std::string cure =
        "paper, ribbon and head may be why; a printer that never answers needs ?status=none";
    if (on_the_way() == 0) {
        if (was_fresh) return end_waiting(what, cure, true);
        return act(Act::Connect);  // it may be the connection that is dead
    }
    if (stops_now()) return end({Kind::Stopped, {}}, true);
    if (can_resolve()) {
        if (was_fresh) return end_waiting(what, cure, true);
        begin_doubt();
        return act(Act::Connect);
    }
    if (stuck(plan_.print_timeout)) return end_unknown(what);
    return act(Act::Listen);
}

ZebraAction ZebraMachine::not_connected(const std::string& why) {
    is_connected_ = false;
    seen_.is_ready = false;
    seen_.trouble = "cannot be reached";
    seen_.reasons = {"other-error"};
    const std::string cure = "is it switched on and in the network? is the address right?";
    if (on_the_way() == 0) return end_waiting(why, cure, true);
    if (stop_since_) return end({Kind::Stopped, {}}, true);
    if (!stuck(plan_.answer_timeout)) return look_again();
    if (can_resolve()) return end_waiting(why, cure, true);
    return end_unknown("the connection was lost with labels on the way, and " + why);
}

ZebraAction ZebraMachine::lost(const ZebraEvent& event) {
    is_connected_ = is_fresh_ = false;
    // What has not even begun to leave is not on the way.
    if (!in_doubt_) known_.sent = std::max(known_.printed, std::min(known_.sent, event.begun));
    begin_doubt();
    if (++losses_ == 1) return act(Act::Connect);
    if (losses_ < kMostLosses) return look_again();
    const std::string what = "the printer ends each connection: " + event.text;
    const std::string cure = "does another computer print on it? is it a label printer?";
    if (!in_doubt_ || can_resolve()) return end_waiting(what, cure, true);
    return end_unknown(what);
}

void ZebraMachine::begin_doubt() {
    in_doubt_ = on_the_way() > 0;
    was_cancelled_ = false;
    same_since_ = progress_at_ = now_;
    last_held_ = -1;
}

ZebraAction ZebraMachine::kept() {
    kept_ = known_;
    if (!after_keep_) return act(Act::Ask);
    ZebraAction next = *std::exchange(after_keep_, std::nullopt);
    // Nothing has left yet, and whoever asks now need not wait for it.
    if (next.kind == Act::Send && stop_since_ && next.first == known_.printed + 1) {
        known_.sent = known_.printed;
        return end({Kind::Stopped, {}});
    }
    return next;
}

ZebraAction ZebraMachine::look_again() {
    pause_ = std::clamp(pause_ * 2, kFirstPause, std::max(kFirstPause, plan_.poll));
    ZebraAction wait = act(Act::Wait);
    wait.pause = pause_;
    return wait;
}

ZebraAction ZebraMachine::cancel_partial() {
    was_cancelled_ = true;
    same_since_ = now_;
    return act(Act::CancelPartial);
}

ZebraAction ZebraMachine::keep_then(ZebraAction next) {
    after_keep_ = std::move(next);
    ZebraAction keep = act(Act::Keep);
    keep.known = known_;
    return keep;
}

ZebraAction ZebraMachine::end(Outcome outcome, bool drop) {
    ZebraAction last = act(Act::End);
    last.outcome = std::move(outcome);
    last.drop = drop || in_doubt_ || on_the_way() > 0;
    const bool is_done = last.outcome.kind == Kind::Done;
    if (is_done || same(known_, kept_)) return last;
    return keep_then(last);  // what it knows of the labels is what the outcome means
}

ZebraAction ZebraMachine::end_waiting(const std::string& what, const std::string& cure, bool drop) {
    return end({Kind::Waiting, {ErrorCode::PrinterFailed, what, plan_.printer, cure}}, drop);
}

ZebraAction ZebraMachine::end_unknown(const std::string& what) {
    Outcome outcome{Kind::Unknown,
                    {ErrorCode::PrinterFailed, what, plan_.printer,
                     "look which of these labels are there, and say so"}};
    outcome.first_unknown = std::max(0, known_.printed) + 1;
    outcome.last_unknown = std::max(outcome.first_unknown, known_.sent);
    return end(std::move(outcome), true);
}

}  // namespace verso::printer
