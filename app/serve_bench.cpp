// SPDX-License-Identifier: Apache-2.0
#include "app/serve_bench.h"

#include <unistd.h>

#include <chrono>

#include "app/insert_setter.h"
#include "app/print_plan.h"
#include "app/print_to.h"
#include "app/print_wave.h"
#include "app/printer_choice.h"
#include "service/desk/desk_frame.h"

namespace verso::app {

namespace fs = std::filesystem;

namespace {

using service::BenchAsk;
using service::BenchDone;
using service::BenchStop;

constexpr std::chrono::seconds kPatience{3};
constexpr std::chrono::milliseconds kPause{20};
/// For so long a printer that had the paper is believed to have it.
constexpr std::chrono::seconds kBelieved{30};

/// "bench-1-20261122T101500Z-K7Q2M9.pdf": the shop, the moment and a bit of chance; no order
/// number, for those hold what file names cannot.
std::string sheet_name(ShopId shop, Instant now) {
    std::string moment = format_utc(now);
    std::erase_if(moment, [](char c) { return c == '-' || c == ':'; });
    std::uint64_t chance = system_random().bits();
    std::string mark;
    for (int i = 0; i < 8; ++i, chance >>= 4U) mark += "0123456789abcdef"[chance & 15U];
    return "bench-" + std::to_string(shop.get()) + "-" + moment + "-" + mark + ".pdf";
}

/// Another process prints: it is waited for, not for ever, for a packer stands there.
Result<PrintLock> patient_lock(OpenHome& home, const PrintTools& tools) {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    for (;;) {
        auto lock = begin_print(home, tools);
        if (lock || lock.error().code != ErrorCode::NotAllowed) return lock;
        if (std::chrono::steady_clock::now() > end) return lock;
        std::this_thread::sleep_for(kPause);
    }
}

BenchStop::Why why_of(SkippedParcel::Why why) {
    switch (why) {
        case SkippedParcel::Why::AlreadyPrinted:
            return BenchStop::Why::AlreadyPrinted;
        case SkippedParcel::Why::Forbidden:
            return BenchStop::Why::Forbidden;
        case SkippedParcel::Why::Unprintable:
            break;
    }
    return BenchStop::Why::Unprintable;
}

void add_stops(const std::vector<SkippedParcel>& skipped, std::optional<int> only,
               BenchDone& done) {
    for (const auto& parcel : skipped) {
        if (only && parcel.parcel != *only) continue;
        done.stops.push_back({parcel.parcel, why_of(parcel.why), parcel.error.message});
    }
}

BenchDone done_of(const PrintedSheets& sheets, const PrintRequest& request) {
    BenchDone done;
    for (const auto& insert : sheets.inserts) {
        done.sheets.push_back({insert.record.parcel, insert.record.insert, insert.record.pages});
    }
    add_stops(sheets.skipped, std::nullopt, done);
    if (!done.sheets.empty() && request.paper.printers.empty())
        done.file = request.file.filename().string();
    return done;
}

service::PrinterState state_of(const records::PrinterRecord& printer,
                               const records::PrinterLoad& load) {
    return {.name = printer.name,
            .is_ready = !printer.is_paused && printer.trouble.empty() && load.need_person == 0,
            .trouble = printer.trouble,
            .is_printer = true,
            .is_paused = printer.is_paused,
            .waiting = load.jobs,
            .need_person = load.need_person};
}

/// Packers need no path of the server's; who chose a folder knows it by its own.
service::PrinterState state_of_folder(const OpenHome& home) {
    auto folder = bench_folder(home);
    if (!folder) return {.name = "/", .trouble = folder.error().message};
    service::PrinterState state;
    state.name = home.config.serve.bench_folder.empty()
                     ? folder->lexically_relative(home.home.root()).string()
                     : folder->string();
    state.is_ready = ::access(folder->c_str(), W_OK | X_OK) == 0;
    if (!state.is_ready) state.trouble = "the folder cannot be written: [bench] folder";
    return state;
}

}  // namespace

Result<std::optional<records::PrinterRecord>> bench_printer(OpenHome& home,
                                                            const std::string& chosen) {
    using Found = std::optional<records::PrinterRecord>;
    if (chosen.find('/') != std::string::npos) return Found{};
    auto& spool = records::spool_of(*home.store);
    const std::string& name = chosen.empty() ? home.config.serve.bench_printer : chosen;
    if (!name.empty()) {
        auto record = spool.find_printer(name);
        return record ? Result<Found>(*std::move(record)) : Result<Found>(record.error());
    }
    auto all = spool.printers();
    if (!all) return all.error();
    return all->size() == 1 ? Found(all->front()) : Found{};
}

Result<fs::path> bench_folder(const OpenHome& home) {
    const auto& chosen = home.config.serve.bench_folder;
    if (!chosen.empty()) return fs::path(chosen);
    // With the sheets of print jobs: what retention and an erasure take away is looked for there.
    const fs::path own = home.home.spool() / "jobs";
    std::error_code failed;
    fs::create_directories(own, failed);
    if (!failed) return own;
    return Error{ErrorCode::FileUnwritable, "cannot be made: " + failed.message(), own.string(),
                 "see the permissions of the home"};
}

ServeBench::~ServeBench() {
    {
        const std::lock_guard lock(state_);
        if (running_) running_->pause = true;
    }
    if (wave_thread_.joinable()) wave_thread_.join();
}

Result<const Press*> ServeBench::press_for(OpenHome& home) {
    const auto it = presses_.find(home.shop);
    if (it != presses_.end()) return &it->second;
    auto press = open_press(home.home, home.config.serve.bench_template, &home.config.shop);
    if (!press) return press.error();
    return &presses_.emplace(home.shop, *std::move(press)).first->second;
}

Result<BenchDone> ServeBench::print(const BenchAsk& ask) {
    auto home = homes_.lend(ask.shop);
    if (!home) return home.error();
    const PrintTools print_tools = tools();
    PrintRequest request;
    request.orders = {ask.order.get()};
    request.template_name = (*home)->config.serve.bench_template;
    request.reprint = ask.reprint;
    request.packer = ask.who;
    request.paper.is_urgent = true;
    request.paper.title = "order " + ask.order.get();
    const std::lock_guard printing(printing_);
    auto press = press_for(**home);
    if (!press) return press.error();
    if (auto aimed = aim(**home, **press, ask.printer, request); !aimed) return aimed.error();
    auto lock = patient_lock(**home, print_tools);
    if (!lock) return lock.error();
    std::vector<SkippedParcel> skipped;
    auto parcels = plan_parcels(**home, request, PrintSequence::Store,
                                [&](const SkippedParcel& parcel) { skipped.push_back(parcel); });
    if (!parcels) return parcels.error();
    if (ask.parcel) {
        std::erase_if(*parcels, [&](const auto& parcel) { return parcel.parcel != *ask.parcel; });
    }
    auto sheets = print_on(**press, **home, request, *parcels, print_tools, {});
    if (!sheets) return sheets.error();
    BenchDone done = done_of(*sheets, request);
    add_stops(skipped, ask.parcel, done);
    if (!request.paper.printers.empty()) wake_();
    return done;
}

/// Settles where the sheets go and in what form; a printer is asked whether it has the paper,
/// before anything is recorded. Requires: printing_ is held.
Result<void> ServeBench::aim(OpenHome& home, const Press& press, const std::string& chosen,
                             PrintRequest& request) {
    const Instant now = system_clock().now();
    auto printer = bench_printer(home, chosen);
    if (!printer) return printer.error();
    if (!*printer) {
        auto folder = bench_folder(home);
        if (!folder) return folder.error();
        request.file = *folder / sheet_name(home.shop, now);
        return {};
    }
    auto ready = ready_printer(**printer);
    if (!ready) return ready.error();
    const PrinterSettings& settings = ready->settings;
    const std::string question = request.template_name + "\n" + (*printer)->uri + "\n" +
                                 (*printer)->settings + "\n" + std::to_string(home.shop.get());
    const auto moment = std::chrono::steady_clock::now();
    const auto asked = asked_.find(question);
    if (asked == asked_.end() || moment - asked->second > kBelieved) {
        auto fits =
            check_paper(*ready, paper_need(press.insert->layout(), settings.format, settings.dpi));
        if (!fits) return fits;
        asked_[question] = moment;
    }
    request.format = settings.format;
    request.dpi = settings.dpi;
    request.paper.printers = {(*printer)->id};
    request.paper.who = request.packer;
    auto file = spool_file(home.home, settings.format, now);
    if (!file) return file.error();
    request.file = *file;
    return {};
}

Result<fs::path> ServeBench::sheet_file(ShopId shop, const std::string& name) {
    const Error gone{ErrorCode::NotFound, "this sheet is not kept any more", name,
                     "print it again, with a reason"};
    // Names of ours alone, and of this shop alone.
    const std::string start = "bench-" + std::to_string(shop.get()) + "-";
    const bool is_ours =
        name.starts_with(start) && name.ends_with(".pdf") && name.find('/') == std::string::npos;
    if (!is_ours) return gone;
    auto home = homes_.lend(shop);
    if (!home) return home.error();
    auto folder = bench_folder(**home);
    if (!folder) return folder.error();
    std::error_code failed;
    if (!fs::is_regular_file(*folder / name, failed)) return gone;
    return *folder / name;
}

std::vector<service::PrinterState> ServeBench::printers(ShopId shop) {
    auto home = homes_.lend(shop);
    if (!home) return {{.name = "", .trouble = home.error().message}};
    std::vector<service::PrinterState> states{state_of_folder(**home)};
    auto own = bench_printer(**home, "");
    auto& spool = records::spool_of(*(*home)->store);
    auto all = spool.printers();
    if (!all) return states;
    for (const auto& printer : *all) {
        auto load = spool.load(printer.id);
        if (!load) continue;
        const bool is_own = own && *own && (*own)->id == printer.id;
        states.insert(is_own ? states.begin() : states.end(), state_of(printer, *load));
    }
    return states;
}

Result<BenchDone> ServeBench::reprint_range(ShopId shop, const std::string& name, int first,
                                            int last, const std::string& reason,
                                            const std::string& printer) {
    auto home = homes_.lend(shop);
    if (!home) return home.error();
    const PrintTools print_tools = tools();
    PrintRequest request;
    request.reprint = reason;
    request.template_name = (*home)->config.serve.bench_template;
    request.paper.is_urgent = true;
    request.paper.title =
        "wave " + name + ", places " + std::to_string(first) + "-" + std::to_string(last);
    const std::lock_guard printing(printing_);
    auto press = press_for(**home);
    if (!press) return press.error();
    if (auto aimed = aim(**home, **press, printer, request); !aimed) return aimed.error();
    request.template_name.clear();  // the wave's own
    auto sheets = app::reprint_range(**home, name, first, last, request, print_tools);
    if (!sheets) return sheets.error();
    if (!request.paper.printers.empty()) wake_();
    return done_of(*sheets, request);
}

}  // namespace verso::app
