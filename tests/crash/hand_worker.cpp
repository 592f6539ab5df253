// SPDX-License-Identifier: Apache-2.0
// Works off the queue of one printer until nothing is due, and kills itself at a step of its way.
//   verso_test_hand HOME PRINTER STEP     0: it does not
#include <signal.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <string_view>
#include <thread>

#include "app/printer_hand.h"

int main(int count, char** words) {
    using namespace verso;
    using namespace verso::app;
    if (count != 4) return 2;
    Output out(std::cout, std::cerr, {.json = false, .quiet = true});
    const Call call{words[1], out, ""};
    auto home = open_home(call);
    if (!home) {
        std::cerr << home.error().text() << "\n";
        return 3;
    }
    auto printer = records::spool_of(*home->store).find_printer(words[2]);
    if (!printer) return 3;
    int left = std::atoi(words[3]);
    const auto die = [&](std::string_view) {
        if (left > 0 && --left == 0) ::raise(SIGKILL);
    };
    PrinterHand hand(*home, printer->id, {system_clock(), out, [] { return false; }, die});
    constexpr int kMostWaits = 600;
    for (int waits = 0; waits < kMostWaits;) {
        auto turn = hand.turn();
        if (!turn) {
            std::cerr << turn.error().text() << "\n";
            return 4;
        }
        auto load = records::spool_of(*home->store).load(printer->id);
        if (!load || load->jobs == 0 || load->need_person > 0) return 0;
        if (*turn && (*turn)->state != records::PrintState::Queued) continue;
        ++waits;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return 5;
}
