// SPDX-License-Identifier: Apache-2.0
// The waves of the bench: file by file, in a thread of their own.
#include <chrono>

#include "app/insert_setter.h"
#include "app/print_to.h"
#include "app/print_wave.h"
#include "app/serve_bench.h"
#include "records/store/spool_book.h"
#include "service/desk/desk_frame.h"

namespace verso::app {

namespace fs = std::filesystem;

namespace {

/// Between two looks whether a printer has come nearer to the end of its queue.
constexpr std::chrono::milliseconds kRoomPause{200};
/// Files of a wave before each of its printers: enough that none stands still, and a pause is one.
constexpr std::size_t kFilesAhead = 2;
constexpr int kWaveThreads = 1;
/// Places in one file of a wave: what InsertSetter sets at a time, well under a second.
constexpr int kWaveFile = InsertSetter::kChunk;
/// A packer who waits for the press goes first.
constexpr std::chrono::milliseconds kPause{20};

}  // namespace

Result<std::vector<service::BenchWave>> ServeBench::waves(ShopId shop, records::Store& store) {
    auto known = store.waves(shop);
    if (!known) return known.error();
    const std::lock_guard lock(state_);
    std::vector<service::BenchWave> out;
    for (const auto& wave : *known) {
        const auto fault = faults_.find({shop, wave.name});
        out.push_back(
            {.name = wave.name,
             .created_at = wave.created_at,
             .positions = wave.positions,
             .printed = wave.printed,
             .left_out = wave.left_out,
             .is_open = wave.is_open,
             .is_running = running_ && running_->shop == shop && running_->name == wave.name,
             .fault = fault == faults_.end() ? "" : fault->second});
    }
    return out;
}

/// Every parcel that waits becomes a wave of which nothing is printed yet; gives its name.
Result<std::string> ServeBench::plan_wave(OpenHome& home, const std::string& who,
                                          const std::vector<std::string>& printers) {
    WaveRequest request;
    request.print.template_name = home.config.serve.bench_template;
    request.print.packer = who;
    request.print.threads = kWaveThreads;
    std::vector<std::string> names;
    for (const auto& name : printers.empty() ? std::vector<std::string>{""} : printers) {
        auto printer = bench_printer(home, name);
        if (!printer) return printer.error();
        if (*printer) names.push_back((*printer)->name);
    }
    auto folder = names.empty() ? bench_folder(home) : spool_folder(home.home);
    if (!folder) return folder.error();
    if (!names.empty()) {
        if (auto aimed = aim_at_printers(home, names, request.print); !aimed) return aimed.error();
    }
    request.folder = fs::absolute(*folder);
    request.per_file = kWaveFile;
    const PrintSink sink{.printed = [](const FinishedInsert&) {},
                         .skipped = [](const SkippedParcel&) {},
                         .warned = [](const std::string&) {},
                         .go_on = [] { return false; }};
    auto planned = print_wave(home, request, tools(), sink);
    if (!planned) return planned.error();
    if (!planned->name.empty()) return planned->name;
    return Error{ErrorCode::NotFound, "no parcel waits for a sheet", "", "import orders first"};
}

Result<void> ServeBench::run_wave(ShopId shop, const std::string& given, const std::string& who,
                                  const std::vector<std::string>& printers) {
    {
        const std::lock_guard lock(state_);
        if (running_) {
            return Error{ErrorCode::NotAllowed, "a wave is being printed", running_->name,
                         "wait for it, or pause it"};
        }
        running_ = RunningWave{shop, given};
    }
    const auto planned = [&]() -> Result<std::string> {
        if (!given.empty()) return given;
        auto home = homes_.lend(shop);
        if (!home) return home.error();
        const std::lock_guard printing(printing_);
        return plan_wave(**home, who, printers);
    }();
    const std::lock_guard lock(state_);
    if (!planned) {
        running_.reset();
        return planned.error();
    }
    running_->name = *planned;
    faults_.erase({shop, *planned});
    // The one before has ended: nothing runs.
    if (wave_thread_.joinable()) wave_thread_.join();
    wave_thread_ = std::thread([this] { print_wave_files(); });
    return {};
}

/// Whether the wave's printers have need of more of it; always so for a wave into a folder. A wave
/// is not put into queues as a whole: a pause would be none, and a packer would wait for hours.
Result<bool> ServeBench::has_room(ShopId shop, const std::string& name) {
    auto home = homes_.lend(shop);
    if (!home) return home.error();
    auto wave = (*home)->store->find_wave(shop, name);
    if (!wave) return wave.error();
    if (!*wave) return true;
    auto request = parse_wave_request((*wave)->request, name);
    if (!request) return request.error();
    const auto printers = request->print.paper.printers.size();
    if (printers == 0) return true;
    records::PrintJobFilter filter;
    filter.shop = shop;
    filter.wave = name;
    auto open = records::spool_of(*(*home)->store).print_jobs(filter);
    if (!open) return open.error();
    return open->size() < kFilesAhead * printers;
}

/// Whether there is more to print.
Result<bool> ServeBench::print_file_of_wave(ShopId shop, const std::string& name) {
    auto home = homes_.lend(shop);
    if (!home) return home.error();
    const PrintSink sink{
        .printed = [](const FinishedInsert&) {},
        .skipped = [](const SkippedParcel&) {},
        .warned = [this](const std::string& text) { out_.warn(text); },
        .go_on = [once = std::make_shared<bool>(true)] { return std::exchange(*once, false); }};
    const std::lock_guard printing(printing_);
    auto printed = resume_wave(**home, name, kWaveThreads, tools(), sink);
    if (!printed) return printed.error();
    auto wave = (*home)->store->find_wave(shop, name);
    if (!wave) return wave.error();
    return *wave && (*wave)->is_open;
}

void ServeBench::print_wave_files() {
    RunningWave wave;
    for (;;) {
        {
            const std::lock_guard lock(state_);
            wave = *running_;
            if (wave.pause) break;
        }
        auto room = has_room(wave.shop, wave.name);
        if (room && !*room) {
            std::this_thread::sleep_for(kRoomPause);
            continue;
        }
        auto more = room ? print_file_of_wave(wave.shop, wave.name) : room;
        wake_();
        if (!more) {
            out_.fail(more.error());
            const std::lock_guard lock(state_);
            faults_[{wave.shop, wave.name}] = service::sentence_of(more.error());
        }
        if (!more || !*more) break;
        std::this_thread::sleep_for(kPause);
    }
    const std::lock_guard lock(state_);
    running_.reset();
}

Result<void> ServeBench::pause_wave(ShopId shop, const std::string& name) {
    const std::lock_guard lock(state_);
    if (!running_ || running_->shop != shop || running_->name != name) {
        return Error{ErrorCode::NotFound, "this wave is not being printed", name,
                     "look at the list of waves"};
    }
    running_->pause = true;
    return {};
}

Result<void> ServeBench::cancel_wave(ShopId shop, const std::string& name,
                                     const std::string& reason) {
    {
        const std::lock_guard lock(state_);
        if (running_ && running_->shop == shop && running_->name == name) {
            return Error{ErrorCode::NotAllowed, "the wave is being printed", name,
                         "pause it first"};
        }
    }
    auto home = homes_.lend(shop);
    if (!home) return home.error();
    const std::lock_guard printing(printing_);
    auto cancelled = app::cancel_wave(**home, name, reason, tools());
    return cancelled ? Result<void>{} : Result<void>(cancelled.error());
}

}  // namespace verso::app
