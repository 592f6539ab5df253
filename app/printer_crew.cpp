// SPDX-License-Identifier: Apache-2.0
#include "app/printer_crew.h"

namespace verso::app {

namespace {

/// Between two looks at a queue into which another process may have put something.
constexpr std::chrono::milliseconds kLook{250};
constexpr std::chrono::milliseconds kLookForPrinters{1000};

}  // namespace

PrinterCrew::PrinterCrew(const Call& call)
    : silent_(nowhere_, nowhere_, {.json = false, .quiet = true}),
      home_(call.home),
      shop_(call.shop),
      looker_([this] { look_for_printers(); }) {}

Result<OpenHome> PrinterCrew::open() {
    const Call own{home_, silent_, shop_};
    return open_home(own);
}

PrinterCrew::~PrinterCrew() {
    {
        const std::lock_guard lock(mutex_);
        over_ = true;
    }
    changed_.notify_all();
    looker_.join();
    for (auto& [printer, hand] : hands_) hand.join();
}

void PrinterCrew::wake() {
    {
        const std::lock_guard lock(mutex_);
        ++woken_;
    }
    changed_.notify_all();
}

bool PrinterCrew::is_over() {
    const std::lock_guard lock(mutex_);
    return over_;
}

bool PrinterCrew::rest(std::chrono::milliseconds pause, unsigned long long& seen) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, pause, [&] { return over_ || woken_ != seen; });
    seen = woken_;
    return over_;
}

void PrinterCrew::look_for_printers() {
    auto home = open();
    unsigned long long seen = 0;
    while (!rest(kLookForPrinters, seen)) {
        if (!home) {
            home = open();
            continue;
        }
        auto printers = records::spool_of(*home->store).printers();
        if (!printers) continue;
        const std::lock_guard lock(mutex_);
        for (const auto& printer : *printers) {
            if (over_ || hands_.contains(printer.id)) continue;
            hands_.emplace(printer.id, std::thread([this, id = printer.id] { work_for(id); }));
        }
    }
}

void PrinterCrew::work_for(records::PrinterId printer) {
    unsigned long long seen = 0;
    auto home = open();
    while (!home) {
        if (rest(kLookForPrinters, seen)) return;
        home = open();
    }
    PrinterHand hand(*home, printer, {system_clock(), silent_, [this] { return is_over(); }, {}});
    for (;;) {
        auto turn = hand.turn();
        const bool busy = turn && *turn && (*turn)->state != records::PrintState::Queued;
        if (busy ? is_over() : rest(kLook, seen)) return;
    }
}

}  // namespace verso::app
