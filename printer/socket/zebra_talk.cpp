// SPDX-License-Identifier: Apache-2.0
#include "printer/socket/zebra_talk.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <thread>
#include <utility>
#include <variant>

#include "printer/device/document_file.h"

namespace verso::printer {
namespace {

using Event = ZebraEvent::Kind;
using Act = ZebraAction::Kind;
using Ms = std::chrono::milliseconds;
using End = RawConnection::End;

/// The answers that not every printer gives are waited for once ~HS was answered, but not long:
/// this part of DeviceOptions::answer_timeout, a third of a second.
constexpr int kOtherAnswers = 30;
constexpr std::size_t kPiece = 16384;
constexpr Ms kPersonsPatience{2000};

ZebraEvent event(Event kind, std::string text = {}) {
    ZebraEvent out;
    out.kind = kind;
    out.text = std::move(text);
    return out;
}

bool same(const DeviceState& a, const DeviceState& b) {
    return a.is_ready == b.is_ready && a.is_busy == b.is_busy && a.trouble == b.trouble &&
           a.waiting == b.waiting;
}

// Dots in a millimetre, as ~HI tells them, and what people call it.
int dpi_of(int dots_per_mm) {
    switch (dots_per_mm) {
        case 6:
            return 152;
        case 8:
            return 203;
        case 12:
            return 300;
        case 24:
            return 600;
        default:
            return 0;
    }
}

}  // namespace

/// One hand-over: the machine, and what feeds it.
struct ZebraTalk::Run {
    ZebraTalk& talk;
    const Document& document;
    const std::vector<LabelRange>& labels;
    HandOverNotes& notes;
    ZebraMachine machine;
    std::ifstream file;
    std::optional<Clock::time_point> stop_since{};
    std::optional<DeviceState> told{};
    std::optional<Outcome> refused{};

    Outcome go() {
        ZebraEvent next = event(Event::Start);
        for (;;) {
            see_stop();
            const ZebraAction action = machine.resume(next, Clock::now(), stop_since);
            tell();
            if (action.kind == Act::End) {
                if (action.drop) talk.drop();
                return action.outcome;
            }
            next = obey(action);
            if (refused) return *refused;
        }
    }

    void see_stop() {
        if (!stop_since && notes.stop_asked()) stop_since = Clock::now();
    }
    RawConnection::Stop stop() {
        return [this] {
            see_stop();
            return stop_since && machine.ends_on_stop(Clock::now(), *stop_since);
        };
    }
    void tell() {
        if (told && same(*told, machine.seen())) return;
        told = machine.seen();
        notes.tell(*told);
    }

    ZebraEvent obey(const ZebraAction& action) {
        switch (action.kind) {
            case Act::Connect:
                return talk.connect(stop());
            case Act::Ask:
                return check_paper(talk.ask({}, stop()));
            case Act::CancelPartial:
                return talk.ask(kCancelPartial, stop());
            case Act::Listen:
                return talk.listen(stop());
            case Act::Keep:
                return keep(action.known);
            case Act::Send:
                return send(action.first, action.last);
            case Act::Wait:
                return wait(action.pause);
            case Act::End:
                break;
        }
        return event(Event::Stop);
    }

    ZebraEvent keep(const HandOver& known) {
        if (!notes.keep(known)) return event(Event::KeepRefused);
        notes.step("kept");
        return event(Event::Kept);
    }

    ZebraEvent wait(Ms pause) {
        const auto last = Clock::now() + pause;
        const auto wants_stop = stop();
        // Nothing is expected; what comes all the same is thrown away before the next question.
        while (Clock::now() < last) {
            if (wants_stop()) return event(Event::Stop);
            std::this_thread::sleep_for(std::min<Clock::duration>(Ms{20}, last - Clock::now()));
        }
        return event(Event::Waited);
    }

    // Labels for another resolution would come out too large or too small.
    ZebraEvent check_paper(ZebraEvent report) {
        if (report.kind != Event::Report || machine.known().sent > machine.known().printed)
            return report;
        const auto fits = choose_paper(document.paper, talk.known_capabilities(), "");
        if (!fits) refused = Outcome{Outcome::Kind::Failed, fits.error()};
        return report;
    }

    ZebraEvent send(int first, int last) {
        std::int64_t at = labels.at(static_cast<std::size_t>(first) - 1).begin;
        const std::int64_t end = labels.at(static_cast<std::size_t>(last) - 1).end;
        std::array<char, kPiece> piece{};
        file.clear();
        file.seekg(at);
        while (at < end) {
            const auto size = std::min<std::int64_t>(std::ssize(piece), end - at);
            file.read(piece.data(), size);
            if (file.gcount() != size) return lost(first, at, "the document cannot be read");
            const auto written =
                talk.connection_.write({piece.data(), static_cast<std::size_t>(size)},
                                       talk.options_.print_timeout, stop());
            at += static_cast<std::int64_t>(written.bytes);
            notes.step("sent a piece");
            if (written.end == End::Stopped) return event(Event::Stop);
            if (written.end != End::Done)
                return lost(first, at,
                            written.end == End::Lost ? written.why : "it takes no more bytes");
        }
        notes.step("sent");
        return event(Event::Sent);
    }

    // Up to which label something left: `at` is the first byte that did not.
    ZebraEvent lost(int first, std::int64_t at, const std::string& why) {
        ZebraEvent out = talk.lost(why);
        out.begun = first - 1;
        for (const LabelRange& label : labels)
            out.begun += at > label.begin && &label - labels.data() >= first - 1 ? 1 : 0;
        return out;
    }
};

ZebraTalk::ZebraTalk(std::string host, int port, DeviceOptions options)
    : host_(std::move(host)), port_(port), options_(std::move(options)) {}

ZebraTalk::~ZebraTalk() { rest(); }

void ZebraTalk::rest() {
    if (connection_.is_open()) connection_.close_in_order();
}

Outcome ZebraTalk::hand_over(const Document& document, const HandOver& known,
                             HandOverNotes& notes) {
    if (const auto size = document_size(document, options_.most_bytes); !size)
        return {Outcome::Kind::Failed, size.error()};
    const auto labels = labels_of(document.file);
    if (!labels) return {Outcome::Kind::Failed, labels.error()};
    ZebraPlan plan;
    plan.labels = static_cast<int>(labels->size());
    plan.known = known;
    plan.printer = fmt::format("{}:{}", host_, port_);
    plan.labels_ahead = options_.labels_ahead;
    plan.answer_timeout = options_.answer_timeout;
    plan.print_timeout = options_.print_timeout;
    plan.poll = options_.poll;
    plan.now = std::time(nullptr);
    plan.is_connected = connection_.is_open();
    Run run{*this, document,           *labels,
            notes, ZebraMachine(plan), std::ifstream(document.file, std::ios::binary)};
    return run.go();
}

ZebraEvent ZebraTalk::connect(const RawConnection::Stop& stop) {
    const auto made = connection_.connect(host_, port_, options_.connect_timeout, stop);
    if (stop && stop()) return event(Event::Stop);
    return made ? event(Event::Connected) : event(Event::NotConnected, made.error().message);
}

ZebraEvent ZebraTalk::ask(std::string_view before, const RawConnection::Stop& stop) {
    // What comes unasked belongs to no question.
    for (auto old = connection_.read(Ms{0}, {}); old.end != End::TimedOut;
         old = connection_.read(Ms{0}, {}))
        if (old.end == End::Lost) return lost(old.why);
    reader_.clear();
    status_.reset();
    count_.reset();
    std::string questions(before);
    if (!std::exchange(was_asked_who_, true)) questions += kAskIdentity;
    if (has_counter_.value_or(true)) questions += kAskCounter;
    questions += kAskStatus;
    const auto written = connection_.write(questions, options_.answer_timeout, stop);
    if (written.end == End::Stopped) return event(Event::Stop);
    if (written.end == End::TimedOut) return event(Event::Silence);
    if (written.end == End::Lost) return lost(written.why);
    return listen(stop);
}

// Until the state is there, and the counter when there is one.
ZebraEvent ZebraTalk::listen(const RawConnection::Stop& stop) {
    auto last = Clock::now() + options_.answer_timeout;
    bool had_status = false;
    for (;;) {
        while (const auto answer = reader_.next()) take(*answer);
        if (status_ && (count_ || !has_counter_.value_or(true))) break;
        if (status_ && !std::exchange(had_status, true) && !has_counter_)
            last = std::min(last, Clock::now() + options_.answer_timeout / kOtherAnswers);
        const auto left = std::chrono::duration_cast<Ms>(last - Clock::now());
        auto heard = left > Ms{0} ? connection_.read(left, stop)
                                  : RawConnection::Heard{End::TimedOut, {}, {}};
        if (heard.end == End::Stopped) return event(Event::Stop);
        if (heard.end == End::Lost) return lost(heard.why);
        if (heard.end == End::TimedOut) {
            if (!status_ || has_counter_) return event(Event::Silence);
            has_counter_ = false;
            break;
        }
        reader_.feed(heard.bytes);
    }
    ZebraEvent out = event(Event::Report);
    out.status = *status_;
    out.counter = count_;
    return out;
}

void ZebraTalk::take(const ZebraAnswer& answer) {
    if (const auto* status = std::get_if<HostStatus>(&answer)) status_ = *status;
    if (const auto* identity = std::get_if<Identity>(&answer)) identity_ = *identity;
    if (const auto* counter = std::get_if<LabelCounter>(&answer)) {
        count_ = counter->count;
        has_counter_ = counter->count.has_value();
    }
}

ZebraEvent ZebraTalk::lost(const std::string& why) {
    drop();
    ZebraEvent out = event(Event::Lost, why.empty() ? "it closed the connection" : why);
    out.begun = 1 << 30;  // all that was kept as sent; Run::lost knows better
    return out;
}

void ZebraTalk::drop() {
    connection_.close();
    reader_.clear();
    was_asked_who_ = false;
    if (has_counter_ == false) has_counter_.reset();
}

// A question of people who wait for the answer: a short one, twice where a kept connection may be
// dead.
Result<DeviceState> ZebraTalk::ask_once(bool& is_reached) {
    const Ms usual = options_.answer_timeout;
    options_.answer_timeout = std::min(usual, kPersonsPatience);
    Result<DeviceState> out = Error{
        ErrorCode::PrinterFailed, "the printer does not answer the question for its state (~HS)",
        fmt::format("{}:{}", host_, port_),
        "paper, ribbon, head or another computer that prints may be why; a printer that "
        "never answers needs ?status=none"};
    for (int attempts = connection_.is_open() ? 2 : 1; attempts > 0; --attempts) {
        if (!connection_.is_open()) {
            const auto made = connection_.connect(host_, port_, options_.connect_timeout, {});
            if (!made) out = made.error();
            if (!made) break;
        }
        is_reached = true;
        const ZebraEvent answer = ask({}, {});
        if (answer.kind == Event::Report) {
            out = to_device_state(answer.status);
            break;
        }
        drop();
    }
    options_.answer_timeout = usual;
    return out;
}

Result<DeviceState> ZebraTalk::state() {
    bool is_reached = false;
    return ask_once(is_reached);
}

Result<Capabilities> ZebraTalk::capabilities() {
    bool is_reached = false;
    const auto state = ask_once(is_reached);
    if (!state && !is_reached) return state.error();
    return known_capabilities();
}

Capabilities ZebraTalk::known_capabilities() const {
    Capabilities out;
    out.formats = {std::string(media_type(DocumentFormat::Zpl))};
    if (!identity_) return out;
    out.make = identity_->model;
    if (const int dpi = dpi_of(identity_->dots_per_mm); dpi != 0) out.dpi = {dpi};
    return out;
}

}  // namespace verso::printer
