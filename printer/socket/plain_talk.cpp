// SPDX-License-Identifier: Apache-2.0
#include "printer/socket/plain_talk.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <ctime>
#include <fstream>
#include <optional>
#include <utility>

#include "printer/device/document_file.h"
#include "printer/socket/raw_connection.h"

namespace verso::printer {
namespace {

using Clock = std::chrono::steady_clock;
using Ms = std::chrono::milliseconds;
using End = RawConnection::End;
using Kind = Outcome::Kind;

constexpr std::size_t kPiece = 65536;
/// How long a document that is under way is still followed when somebody asks to stop: this part of
/// DeviceOptions::answer_timeout, three seconds.
constexpr double kStopPatience = 0.3;

HandOver at_step(HandOver::Step step) {
    HandOver out;
    out.step = step;
    out.since = std::time(nullptr);
    return out;
}

// Once bytes have left, stopping leaves behind something unknown: there is some patience first.
class PatientStop {
  public:
    PatientStop(HandOverNotes& notes, Ms answer_timeout)
        : notes_(notes), patience_(answer_timeout * kStopPatience) {}
    bool operator()() {
        if (!since_ && notes_.stop_asked()) since_ = Clock::now();
        return since_ && Clock::now() - *since_ >= patience_;
    }

  private:
    HandOverNotes& notes_;
    std::chrono::duration<double, std::milli> patience_;
    std::optional<Clock::time_point> since_;
};

}  // namespace

PlainTalk::PlainTalk(std::string host, int port, DeviceOptions options)
    : host_(std::move(host)), port_(port), options_(std::move(options)) {}

Outcome PlainTalk::hand_over(const Document& document, const HandOver& known,
                             HandOverNotes& notes) {
    if (known.step == HandOver::Step::Printing) return {};
    if (known.step == HandOver::Step::Sending)
        return unknown("the document was being sent, and nobody saw whether all of it arrived");
    if (const auto size = document_size(document, options_.most_bytes); !size)
        return {Kind::Failed, size.error()};
    RawConnection connection;
    const auto made = connection.connect(host_, port_, options_.connect_timeout,
                                         [&] { return notes.stop_asked(); });
    if (notes.stop_asked()) return {Kind::Stopped, {}};
    if (!made) return {Kind::Waiting, made.error()};
    notes.step("connected");
    if (!notes.keep(at_step(HandOver::Step::Sending))) return {Kind::Stopped, {}};
    notes.step("kept as sending");

    PatientStop patience(notes, options_.answer_timeout);
    const RawConnection::Stop stop = [&] { return patience(); };
    if (auto cut = send_all(document, connection, notes, stop)) return *cut;
    notes.step("sent");
    if (auto cut = wait_for_close(connection, stop)) return *cut;
    notes.step("closed");
    if (!notes.keep(at_step(HandOver::Step::Printing))) return {Kind::Stopped, {}};
    notes.step("kept as printing");
    return {};
}

std::optional<Outcome> PlainTalk::send_all(const Document& document, RawConnection& connection,
                                           HandOverNotes& notes,
                                           const std::function<bool()>& stop) const {
    std::ifstream file(document.file, std::ios::binary);
    std::array<char, kPiece> piece{};
    bool has_begun = false;
    while (file.read(piece.data(), std::ssize(piece)) || file.gcount() > 0) {
        const auto written = connection.write(
            {piece.data(), static_cast<std::size_t>(file.gcount())}, options_.print_timeout, stop);
        has_begun = has_begun || written.bytes > 0;
        notes.step("sent a piece");
        if (written.end == End::Done) continue;
        if (written.end == End::Stopped) return Outcome{Kind::Stopped, {}};
        const std::string why = written.end == End::Lost ? "the connection was lost: " + written.why
                                                         : "the printer took no more bytes";
        if (has_begun) return unknown(why + ", in the middle of the document");
        if (!notes.keep({})) return Outcome{Kind::Stopped, {}};
        return Outcome{Kind::Waiting,
                       {ErrorCode::PrinterFailed, why, place(), "look at the printer"}};
    }
    if (!file.eof()) return unknown("the document could not be read to its end");
    return std::nullopt;
}

// What the printer says meanwhile nobody understands; that it closes in order everybody does.
std::optional<Outcome> PlainTalk::wait_for_close(RawConnection& connection,
                                                 const std::function<bool()>& stop) const {
    if (!connection.finish_writing()) return unknown("the connection was lost at its end");
    for (;;) {
        const auto heard = connection.read(options_.print_timeout, stop);
        switch (heard.end) {
            case End::Done:
                continue;
            case End::Stopped:
                return Outcome{Kind::Stopped, {}};
            case End::TimedOut:
                return unknown("the printer took the document but never closed the connection");
            case End::Lost:
                if (heard.why.empty()) return std::nullopt;
                return unknown("the connection was lost at its end: " + heard.why);
        }
    }
}

Result<DeviceState> PlainTalk::state() {
    RawConnection connection;
    const auto made = connection.connect(host_, port_, options_.connect_timeout, {});
    if (!made) return made.error();
    connection.close_in_order();
    DeviceState out;
    out.is_ready = true;
    return out;
}

std::string PlainTalk::place() const { return fmt::format("{}:{}", host_, port_); }

Outcome PlainTalk::unknown(const std::string& what) const {
    return {Kind::Unknown,
            {ErrorCode::PrinterFailed, what, place(), "look which of its pages are there"}};
}

}  // namespace verso::printer
