// SPDX-License-Identifier: Apache-2.0
// Labels to a socket of 9100: a wave of many labels, and many documents of one label each. The fake
// printer takes no time; each word that the device keeps is written to a file and flushed to the
// disk. Run on one core with `taskset -c 0`.
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <vector>

#include "printer/socket/socket_device.h"
#include "tests/support/fake_zebra.h"

namespace {

using namespace verso::printer;
using Clock = std::chrono::steady_clock;
namespace fs = std::filesystem;

class FlushedNotes final : public HandOverNotes {
  public:
    explicit FlushedNotes(const fs::path& file)
        : fd_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {}
    ~FlushedNotes() override { ::close(fd_); }
    verso::Result<void> keep(const HandOver& known) override {
        const std::string text = fmt::format("{} {} {}\n", known.sent, known.printed, known.mark);
        ++keeps;
        if (::pwrite(fd_, text.data(), text.size(), 0) < 0 || ::fsync(fd_) != 0) std::abort();
        return {};
    }
    void tell(const DeviceState&) override {}
    bool stop_asked() override { return false; }
    void step(std::string_view name) override {
        if (name == "sent") handed_over = Clock::now();
    }
    int keeps = 0;
    Clock::time_point handed_over{};

  private:
    int fd_;
};

Document labels(const fs::path& folder, int count) {
    Document out;
    out.file = folder / fmt::format("{}.zpl", count);
    out.paper.format = DocumentFormat::Zpl;
    out.name = "bench";
    out.pages = count;
    std::ofstream file(out.file);
    for (int label = 1; label <= count; ++label)
        file << "^XA^CI28^PW812^FO30,30^A0N,40,40^FD" << label << "^FS^FX" << std::string(4000, 'x')
             << "^PQ1^XZ\n";
    return out;
}

double ms(Clock::duration time) { return std::chrono::duration<double, std::milli>(time).count(); }

}  // namespace

int main(int count, char** words) {
    const fs::path folder = count > 1 ? words[1] : fs::temp_directory_path() / "verso_socket_bench";
    fs::create_directories(folder);
    for (const bool has_counter : {true, false}) {
        ZebraHabits habits;
        habits.has_counter = has_counter;
        FakeZebra printer(habits);
        DeviceUri uri;
        uri.kind = DeviceKind::Socket;
        uri.host = "127.0.0.1";
        uri.port = printer.port();
        const auto device = make_socket_device(uri, {});
        FlushedNotes notes(folder / "kept");
        const Document wave = labels(folder, 2000), one = labels(folder, 1);
        if (device->hand_over(one, {}, notes).kind != Outcome::Kind::Done) return 1;
        const auto begin = Clock::now();
        if (device->hand_over(wave, {}, notes).kind != Outcome::Kind::Done) return 1;
        const double seconds = ms(Clock::now() - begin) / 1000;
        std::vector<double> times;
        for (int i = 0; i < 500; ++i) {
            const auto started = Clock::now();
            if (device->hand_over(one, {}, notes).kind != Outcome::Kind::Done) return 1;
            times.push_back(ms(notes.handed_over - started));
        }
        std::sort(times.begin(), times.end());
        fmt::print(
            "{}: {:.0f} labels/s in a wave of 2000; one label handed over in {:.1f} ms "
            "(median), {:.1f} ms (p99)\n",
            has_counter ? "with a counter" : "without", 2000 / seconds, times[250], times[495]);
    }
    fs::remove_all(folder);
}
