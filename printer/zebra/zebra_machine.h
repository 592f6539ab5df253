// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "printer/device/device.h"
#include "printer/zebra/host_status.h"

namespace verso::printer {

/// What a label counter said when all labels before it were on paper. Kept in HandOver::mark: after
/// a cut it tells how many have come out since.
struct CounterMark {
    std::int64_t count = 0;
    int printed = 0;      ///< labels of the document that were on paper then
    std::string printer;  ///< whose counter it is: "HOST:PORT"
};
std::string format_mark(const CounterMark& mark);
/// Nothing for a mark that is none.
std::optional<CounterMark> parse_mark(std::string_view text);

/// What is handed over, how and from where.
struct ZebraPlan {
    int labels = 0;
    HandOver known;
    std::string printer;   ///< "HOST:PORT"
    int labels_ahead = 2;  ///< DeviceOptions::labels_ahead
    std::chrono::milliseconds answer_timeout{10000}, print_timeout{600000}, poll{200};
    std::int64_t now = 0;       ///< seconds since 1970, for HandOver::since
    bool is_connected = false;  ///< a connection of an earlier hand-over may still stand
};

/// What happened.
struct ZebraEvent {
    enum class Kind {
        Start,
        Connected,
        NotConnected,  ///< `text` says why
        Report,        ///< an answer: `status`, and `counter` where there is one
        Silence,       ///< no whole answer in time
        Kept,
        KeepRefused,
        Sent,    ///< all labels of the action left
        Lost,    ///< the connection; `begun` is the last label of which a byte may have left
        Waited,  ///< the pause is over
        Stop,    ///< somebody asked to stop, and ends_on_stop
    };
    Kind kind = Kind::Start;
    HostStatus status{};
    std::optional<std::int64_t> counter{};
    int begun = 0;
    std::string text{};
};

/// What to do next.
struct ZebraAction {
    enum class Kind {
        Connect,        ///< anew; an old connection is dropped
        Ask,            ///< the status, and the counter; answers that came unasked are thrown away
        Listen,         ///< for the answer to the question before
        CancelPartial,  ///< and ask
        Keep,           ///< `known`, durably
        Send,           ///< labels first to last, from 1
        Wait,           ///< `pause` long, shorter when somebody asks to stop
        End,            ///< with `outcome`; `drop` when the connection must not be used again
    };
    Kind kind = Kind::End;
    HandOver known{};
    int first = 0, last = 0;
    std::chrono::milliseconds pause{0};
    Outcome outcome{};
    bool drop = false;
};

/// Hands the labels of one document to a label printer: a few at a time, the next ones when those
/// are on paper. No I/O, no clock: events in, actions out. What may have left is kept before it
/// leaves. Labels are on paper when the printer holds none any more and its counter, if it has one,
/// has counted them. After a cut with labels on the way the counter says how many came out, and
/// the rest is sent; without a counter, or when it cannot be trusted (the printer restarted and
/// counts anew, somebody else printed, a label was spoiled), the labels on the way are unknown.
class ZebraMachine {
  public:
    using Time = std::chrono::steady_clock::time_point;
    explicit ZebraMachine(ZebraPlan plan);

    /// `stop_since`: when somebody asked to stop, if anybody has.
    ZebraAction resume(const ZebraEvent& event, Time now, std::optional<Time> stop_since);
    /// Whether Event::Stop would end it now: what waits need not wait on.
    bool ends_on_stop(Time now, Time stop_since) const;
    /// What is known now; what was kept may be older.
    const HandOver& known() const { return known_; }
    /// For people.
    const DeviceState& seen() const { return seen_; }

  private:
    using Ms = std::chrono::milliseconds;

    ZebraAction report(const ZebraEvent& event);
    ZebraAction idle(const HostStatus& status, std::optional<std::int64_t> counter);
    ZebraAction in_flight(const HostStatus& status, std::optional<std::int64_t> counter);
    ZebraAction in_doubt(const HostStatus& status, std::optional<std::int64_t> counter);
    ZebraAction settle_doubt(const HostStatus& status, std::int64_t counter);
    ZebraAction all_confirmed(const HostStatus& status, std::optional<std::int64_t> counter);
    ZebraAction next_window();
    ZebraAction silence();
    ZebraAction not_connected(const std::string& why);
    ZebraAction lost(const ZebraEvent& event);
    ZebraAction kept();
    ZebraAction look_again();
    void begin_doubt();
    bool stops_now() const { return stop_since_ && ends_on_stop(now_, *stop_since_); }
    bool can_resolve() const { return mark_ && !known_.mark.empty(); }
    ZebraAction spoiled();
    ZebraAction cancel_partial();
    ZebraAction keep_then(ZebraAction next);
    ZebraAction end(Outcome outcome, bool drop = false);
    ZebraAction end_waiting(const std::string& what, const std::string& cure, bool drop = false);
    ZebraAction end_unknown(const std::string& what);

    int on_the_way() const { return known_.sent - known_.printed; }
    bool stuck(Ms limit) const { return now_ - progress_at_ > limit; }
    /// Labels on paper by the counter; nothing when it cannot be trusted.
    std::optional<std::int64_t> counted(std::optional<std::int64_t> counter) const;

    ZebraPlan plan_;
    HandOver known_, kept_;
    DeviceState seen_;
    std::optional<CounterMark> mark_;
    std::optional<ZebraAction> after_keep_;
    Time now_{}, progress_at_{}, same_since_{};
    std::optional<Time> stop_since_;
    Ms pause_{0};
    bool started_ = false;
    bool is_connected_ = false, is_fresh_ = false;  ///< fresh: has not answered yet
    bool in_doubt_ = false;    ///< labels were on the way when a connection ended
    bool is_spoiled_ = false;  ///< the counter may have counted a label twice
    bool was_busy_ = false;    ///< since labels were sent
    bool was_cancelled_ = false;
    int losses_ = 0;  ///< connections lost without any progress
    int last_held_ = -1;
    std::optional<std::int64_t> last_counter_;
    bool last_trouble_ = false;
};

}  // namespace verso::printer
