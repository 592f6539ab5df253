// SPDX-License-Identifier: Apache-2.0
#include "app/print_to.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "app/printer_hand.h"

namespace verso::app {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::milliseconds kLook{100};

std::string sheets_in_words(const records::PrintJob& job) {
    if (job.what.sheets == 1) return "1 sheet";
    return fmt::format("{} sheets", job.what.sheets);
}

/// What a person must do about a document, or nothing.
std::optional<Error> trouble_of(const records::PrintJob& job) {
    if (!job.needs_person()) return std::nullopt;
    const std::string cure =
        job.state == records::PrintState::Unknown
            ? fmt::format("look at the paper, then say: verso printer settle {} printed|again",
                          job.id.get())
            : fmt::format(
                  "mend that, then: verso printer settle {0} again, or cancel it: "
                  "verso printer settle {0} cancel",
                  job.id.get());
    return Error{ErrorCode::PrinterFailed,
                 job.state == records::PrintState::Unknown
                     ? "nobody can know whether it was printed: " + job.trouble
                     : "was not printed: " + job.trouble,
                 fmt::format("{} on {}", job.what.title, job.printer_name), cure};
}

using Jobs = std::vector<records::PrintJob>;

/// What is on its way to these printers, of the shop that is entered.
Result<Jobs> open_on(OpenHome& home, const std::vector<records::PrinterId>& printers) {
    records::PrintJobFilter filter;
    filter.shop = home.shop;
    filter.most = 100'000;
    auto open = records::spool_of(*home.store).print_jobs(filter);
    if (!open) return open.error();
    std::erase_if(*open, [&](const auto& job) {
        return std::find(printers.begin(), printers.end(), job.what.printer) == printers.end();
    });
    return open;
}

/// What a person must say before any of the documents from `mine` on can go on; nothing while one
/// of their printers works.
Result<std::optional<Error>> held_up(OpenHome& home, const Jobs& open, Jobs::const_iterator mine) {
    for (auto job = mine; job != open.end(); ++job) {
        auto load = records::spool_of(*home.store).load(job->what.printer);
        if (!load) return load.error();
        if (load->need_person == 0) return std::optional<Error>{};
    }
    for (const auto& job : open) {
        if (auto trouble = trouble_of(job)) return trouble;
    }
    return std::optional<Error>(Error{ErrorCode::PrinterFailed,
                                      "the printer waits for a person's word on a document of "
                                      "another shop",
                                      mine->printer_name, "see: verso printer list"});
}

/// Tells on the way what keeps a printer waiting, once.
void tell_waits(const std::vector<records::PrintJob>& open, std::string& told, Output& out) {
    for (const auto& job : open) {
        if (job.trouble.empty() || job.needs_person()) continue;
        const std::string sentence = job.printer_name + " waits: " + job.trouble;
        if (sentence != told) out.warn(sentence);
        told = sentence;
        return;
    }
}

}  // namespace

Result<fs::path> spool_folder(const Home& home) {
    const fs::path folder = home.spool() / "jobs";
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (!failed) return folder;
    return Error{ErrorCode::FileUnwritable, "cannot be made: " + failed.message(), folder.string(),
                 "see the permissions of the home"};
}

Result<fs::path> spool_file(const Home& home, PrintFormat format, Instant now) {
    auto folder = spool_folder(home);
    if (!folder) return folder;
    std::string moment = format_utc(now);
    std::erase_if(moment, [](char c) { return c == '-' || c == ':'; });
    return fs::absolute(*folder / fmt::format("paper-{}-{:08x}.{}", moment,
                                              system_random().bits() & 0xffffffffU,
                                              format == PrintFormat::Zpl ? "zpl" : "pdf"));
}

Result<void> aim_at_printers(OpenHome& home, const std::vector<std::string>& names,
                             PrintRequest& request) {
    auto press = open_press(home.home, request.template_name, &home.config.shop);
    if (!press) return press.error();
    std::optional<PrinterSettings> first;
    for (const auto& name : names) {
        auto record = records::spool_of(*home.store).find_printer(name);
        if (!record) return record.error();
        auto printer = ready_printer(*record);
        if (!printer) return printer.error();
        const PrinterSettings& settings = printer->settings;
        if (first && (first->format != settings.format || first->dpi != settings.dpi)) {
            return Error{ErrorCode::NotAllowed,
                         "these printers take different documents, so they cannot share a print",
                         names.front() + ", " + name, "name printers of one format and resolution"};
        }
        if (!first) first = settings;
        auto fits = check_paper(*printer,
                                paper_need(press->insert->layout(), settings.format, settings.dpi));
        if (!fits) return fits.error();
        request.paper.printers.push_back(record->id);
    }
    request.format = first->format;
    request.dpi = first->dpi;
    return {};
}

Result<void> see_it_printed(OpenHome& home, const std::vector<records::PrinterId>& printers,
                            records::JobId first, const PrintTools& tools,
                            const std::function<bool()>& stop) {
    std::vector<PrinterHand> hands;
    for (const auto printer : printers)
        hands.emplace_back(home, printer, HandTools{tools.clock, tools.out, stop, tools.at_step});
    std::string told;
    for (;;) {
        bool busy = false;
        for (auto& hand : hands) {
            auto turn = hand.turn();
            if (!turn) return turn.error();
            busy = busy || (*turn && (*turn)->state != records::PrintState::Queued);
            if (*turn && (*turn)->state == records::PrintState::Done) {
                tools.out.say(fmt::format("Printed on {}: {}, {}", (*turn)->job.printer_name,
                                          (*turn)->job.what.title, sheets_in_words((*turn)->job)));
            }
        }
        auto open = open_on(home, printers);
        if (!open) return open.error();
        const auto mine = std::stable_partition(open->begin(), open->end(),
                                                [&](const auto& job) { return job.id < first; });
        if (mine == open->end()) return {};
        auto held = held_up(home, *open, mine);
        if (!held) return held.error();
        if (*held) return **held;
        if (stop && stop()) {
            tools.out.warn(fmt::format(
                "{} documents wait in the queue; they are printed by: verso serve, verso work, or "
                "verso printer run",
                std::distance(mine, open->end())));
            return {};
        }
        tell_waits(*open, told, tools.out);
        if (!busy) std::this_thread::sleep_for(kLook);
    }
}

}  // namespace verso::app
