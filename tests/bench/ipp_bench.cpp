// SPDX-License-Identifier: Apache-2.0
// Documents of 40 KB to one IPP printer (ippeveprinter, whose command ends at once): jobs a second,
// and how long from "something may leave" being kept to the printer's word that it has all. Each
// word that is kept is written to a file and flushed to the disk. In turns with a bare loop of
// libcups that keeps nothing. `verso_ipp_bench [DOCUMENTS]`
#include <cups/cups.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>
#include <vector>

#include "printer/ipp/ipp_device.h"
#include "tests/support/ipp_printer.h"

namespace {

using namespace verso::printer;
using Clock = std::chrono::steady_clock;
namespace fs = std::filesystem;

double ms(Clock::duration time) { return std::chrono::duration<double, std::milli>(time).count(); }

class FlushedNotes final : public HandOverNotes {
  public:
    explicit FlushedNotes(const fs::path& file)
        : fd_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {}
    ~FlushedNotes() override { ::close(fd_); }
    verso::Result<void> keep(const HandOver& known) override {
        if (known.step == HandOver::Step::Sending && known.device_job.empty()) begun = Clock::now();
        const std::string text = fmt::format("{} {}\n", known.device_job, known.mark);
        if (::pwrite(fd_, text.data(), text.size(), 0) < 0 || ::fsync(fd_) != 0) std::abort();
        return {};
    }
    void tell(const DeviceState&) override {}
    bool stop_asked() override { return false; }
    void step(std::string_view name) override {
        if (name == "ipp: send-document") times.push_back(ms(Clock::now() - begun));
    }
    Clock::time_point begun{};
    std::vector<double> times;

  private:
    int fd_;
};

ipp_t* request(ipp_op_t operation, const std::string& uri, int job) {
    ipp_t* message = ippNewRequest(operation);
    ippAddString(message, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", nullptr, uri.c_str());
    if (job > 0) ippAddInteger(message, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job);
    ippAddString(message, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", nullptr,
                 "bench");
    return message;
}

int number(ipp_t* answer, const char* name, ipp_tag_t tag) {
    ipp_attribute_t* found = ippFindAttribute(answer, name, tag);
    const int value = found == nullptr ? 0 : ippGetInteger(found, 0);
    ippDelete(answer);
    return value;
}

/// One document as the shortest program would print it.
void print_bare(http_t* http, const std::string& uri, const std::string& file) {
    ipp_t* create = request(IPP_OP_CREATE_JOB, uri, 0);
    ippAddString(create, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", nullptr, "bare");
    const int job = number(cupsDoRequest(http, create, "/ipp/print"), "job-id", IPP_TAG_INTEGER);
    ipp_t* send = request(IPP_OP_SEND_DOCUMENT, uri, job);
    ippAddString(send, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", nullptr,
                 "application/pdf");
    ippAddBoolean(send, IPP_TAG_OPERATION, "last-document", 1);
    ippDelete(cupsDoFileRequest(http, send, "/ipp/print", file.c_str()));
    for (int wait = 5;; wait = std::min(200, wait * 2)) {
        ipp_t* ask = request(IPP_OP_GET_JOB_ATTRIBUTES, uri, job);
        const int state = number(cupsDoRequest(http, ask, "/ipp/print"), "job-state", IPP_TAG_ENUM);
        if (state >= IPP_JSTATE_CANCELED) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(wait));
    }
}

double at(std::vector<double> times, double share) {
    std::sort(times.begin(), times.end());
    return times.empty() ? 0 : times[static_cast<std::size_t>(share * (times.size() - 1.0))];
}

}  // namespace

int main(int count, char** words) {
    constexpr int kRounds = 10;
    const int documents = count > 1 ? std::max(kRounds, std::atoi(words[1])) : 600;
    if (const auto reason = verso::tests::IppPrinter::reason_to_skip(); !reason.empty()) {
        fmt::print(stderr, "{}\n", reason);
        return 1;
    }
    const auto folder = verso::tests::make_test_folder("ipp-bench");
    verso::tests::IppPrinter printer("/bin/true");
    Document document;
    document.file = folder / "document.pdf";
    document.pages = 1;
    std::ofstream(document.file) << "%PDF-1.4\n" << std::string(40000, 'x');
    const auto device = make_ipp_device(*parse_device_uri(printer.uri()), {});
    http_t* http = httpConnect2("localhost", printer.port(), nullptr, AF_UNSPEC,
                                HTTP_ENCRYPTION_NEVER, 1, 5000, nullptr);
    FlushedNotes notes(folder / "kept");
    Clock::duration ours{0}, bare{0};
    for (int round = 0; round < kRounds; ++round) {
        const auto begin = Clock::now();
        for (int one = 0; one < documents / kRounds; ++one) {
            document.name = fmt::format("bench-{}-{}", round, one);
            const auto outcome = device->hand_over(document, {}, notes);
            if (outcome.kind != Outcome::Kind::Done) {
                fmt::print(stderr, "{}\n", outcome.reason.text());
                return 1;
            }
        }
        const auto middle = Clock::now();
        for (int one = 0; one < documents / kRounds; ++one)
            print_bare(http, printer.uri(), document.file.string());
        ours += middle - begin;
        bare += Clock::now() - middle;
    }
    httpClose(http);
    const double jobs = documents / kRounds * kRounds;
    fmt::print("jobs/s {:.1f}   bare libcups {:.1f}   ratio {:.2f}\n", jobs * 1000 / ms(ours),
               jobs * 1000 / ms(bare), ms(ours) / ms(bare));
    fmt::print("hand-over ms: p50 {:.2f}  p99 {:.2f}  most {:.2f}  ({} documents)\n",
               at(notes.times, 0.5), at(notes.times, 0.99), at(notes.times, 1), notes.times.size());
    std::error_code ignored;
    fs::remove_all(folder, ignored);
    return 0;
}
