// SPDX-License-Identifier: Apache-2.0
// verso_printer_queue_bench PROGRAM FOLDER [DOCUMENTS] [ipp-URI]: from the durable queue to the
// device. A home is made in FOLDER with the program; DOCUMENTS (500) go to a folder, to a fake
// label printer of this process and, where a URI is given, to an IPP printer. For each: from the
// commit that put a document in to the moment when its device has it and the record of that is
// kept, one after the other; then as many at once, documents a second. All of it is one thread with
// a durable store.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "app/printer_hand.h"
#include "tests/support/fake_zebra.h"

namespace {

using namespace verso;
using namespace verso::app;
using Clock = std::chrono::steady_clock;

double ms_since(Clock::time_point began) {
    return std::chrono::duration<double, std::milli>(Clock::now() - began).count();
}

class Bench {
  public:
    Bench(std::string program, std::filesystem::path folder, int documents)
        : program_(std::move(program)), folder_(std::move(folder)), documents_(documents) {
        std::filesystem::create_directories(folder_ / "documents");
        run("init --shop Essai --link-host avis.example.com");
        home_.emplace(open_home(Call{home(), out_, ""}).value());
    }

    void measure(const std::string& name, const std::string& uri, bool is_zpl) {
        run("printer add " + name + " " + uri + (is_zpl ? "" : " --format pdf"));
        const auto printer = records::spool_of(*home_->store).find_printer(name).value();
        // When something of a document has left: the hand-over's first step behind the record of
        // it.
        Clock::time_point left{};
        PrinterHand hand(*home_, printer.id,
                         {system_clock(), out_, [] { return false; },
                          [&](std::string_view step) {
                              if (step == "hand-over ended") left = Clock::now();
                          }});
        std::vector<double> took;
        for (int i = 0; i < documents_; ++i) {
            put_in(printer.id, is_zpl);
            const auto began = Clock::now();
            while (!done(hand)) {
            }
            took.push_back(std::chrono::duration<double, std::milli>(left - began).count());
        }
        std::sort(took.begin(), took.end());
        for (int i = 0; i < documents_; ++i) put_in(printer.id, is_zpl);
        const auto began = Clock::now();
        for (int i = 0; i < documents_;) i += done(hand) ? 1 : 0;
        const double ms = ms_since(began);
        std::cout << fmt::format(
            "{}: {} documents; one after the other p50 {:.1f} ms, p99 {:.1f} ms, most {:.1f} ms "
            "until "
            "printed; in a row {:.0f} a second\n",
            name, documents_, took[took.size() / 2], took[took.size() * 99 / 100], took.back(),
            documents_ * 1000.0 / ms);
    }

  private:
    std::string home() const { return (folder_ / "home").string(); }
    void run(const std::string& words) const {
        const std::string command = program_ + " --quiet --home " + home() + " " + words;
        if (std::system(command.c_str()) != 0) throw std::runtime_error(command);
    }
    void put_in(records::PrinterId printer, bool is_zpl) {
        const auto file =
            folder_ / "documents" / (std::to_string(++number_) + (is_zpl ? ".zpl" : ".pdf"));
        std::ofstream(file) << (is_zpl ? "^XA^FO20,20^FD" + std::to_string(number_) + "^FS^XZ\n"
                                       : "%PDF-1.4\n% " + std::string(30000, 'x'));
        records::NewPrintJob job;
        job.printer = printer;
        job.file = file.string();
        job.title = std::to_string(number_);
        job.is_zpl = is_zpl;
        job.dpi = is_zpl ? 203 : 0;
        records::spool_of(*home_->store).enqueue(home_->shop, job, system_clock().now()).value();
    }
    static bool done(PrinterHand& hand) {
        auto turn = hand.turn();
        if (!turn) throw std::runtime_error(turn.error().text());
        if (!*turn) return false;
        if ((*turn)->state != records::PrintState::Done)
            throw std::runtime_error((*turn)->reason.text());
        return true;
    }

    std::string program_;
    std::filesystem::path folder_;
    int documents_ = 0, number_ = 0;
    Output out_{std::cout, std::cerr, {.json = false, .quiet = true}};
    std::optional<OpenHome> home_;
};

}  // namespace

int main(int count, char** words) try {
    if (count < 3) {
        std::cerr << "verso_printer_queue_bench PROGRAM FOLDER [DOCUMENTS] [URI]\n";
        return 2;
    }
    const std::filesystem::path folder = words[2];
    Bench bench(words[1], folder, count > 3 ? std::atoi(words[3]) : 500);
    std::filesystem::create_directories(folder / "paper");
    bench.measure("folder", "file:" + (folder / "paper").string(), false);
    verso::printer::ZebraHabits habits;
    verso::printer::FakeZebra zebra(habits);
    bench.measure("labels", "socket://127.0.0.1:" + std::to_string(zebra.port()), true);
    if (count > 4) bench.measure("ipp", words[4], false);
    return 0;
} catch (const std::exception& fault) {
    std::cerr << fault.what() << "\n";
    return 1;
}
