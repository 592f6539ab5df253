// SPDX-License-Identifier: Apache-2.0
// The fake label printer as a program, for tests that kill what prints. It says "listening PORT"
// and prints until it is killed.
//   verso_fake_zebra PAPER [name=value …]   the names are those of ZebraHabits, times in ms
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <string>

#include "tests/support/fake_zebra.h"

namespace {

using verso::printer::ZebraHabits;

// Sets one habit; false for an unknown name.
bool set_habit(ZebraHabits& habits, int& port, const std::string& name, int value) {
    const auto time = std::chrono::milliseconds(value);
    const std::map<std::string, std::function<void()>> setters{
        {"port", [&] { port = value; }},
        {"per_label", [&] { habits.per_label = time; }},
        {"buffer_labels", [&] { habits.buffer_labels = value; }},
        {"has_counter", [&] { habits.has_counter = value != 0; }},
        {"connections", [&] { habits.connections = value; }},
        {"slow_bytes", [&] { habits.slow_bytes = value; }},
        {"paper_out_after", [&] { habits.paper_out_after = value; }},
        {"head_open_after", [&] { habits.head_open_after = value; }},
        {"pause_after", [&] { habits.pause_after = value; }},
        {"counts_spoiled", [&] { habits.counts_spoiled = value != 0; }},
        {"repaired_after", [&] { habits.repaired_after = time; }},
        {"reset_after_bytes", [&] { habits.reset_after_bytes = value; }},
        {"close_after", [&] { habits.close_after = value; }},
        {"half_open_after", [&] { habits.half_open_after = value; }},
        {"power_cut_after", [&] { habits.power_cut_after = value; }},
        {"counter_survives", [&] { habits.counter_survives = value != 0; }},
        {"off_for", [&] { habits.off_for = time; }},
        {"answers", [&] { habits.answers = value != 0; }},
        {"answer", [&] { habits.answer = static_cast<ZebraHabits::Answer>(value); }}};
    const auto found = setters.find(name);
    if (found == setters.end()) return false;
    found->second();
    return true;
}

}  // namespace

int main(int count, char** words) {
    if (count < 2) return 2;
    ZebraHabits habits;
    habits.paper = words[1];
    int port = 0;
    for (int i = 2; i < count; ++i) {
        const std::string word = words[i];
        const auto equals = word.find('=');
        if (equals == std::string::npos || !set_habit(habits, port, word.substr(0, equals),
                                                      std::atoi(word.c_str() + equals + 1))) {
            std::cerr << "unknown habit: " << word << '\n';
            return 2;
        }
    }
    const verso::printer::FakeZebra printer(habits, port);
    std::cout << "listening " << printer.port() << std::endl;
    for (;;) ::pause();
}
