// SPDX-License-Identifier: Apache-2.0
#include "app/print_wave.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "app/printer_hand.h"
#include "app/wave_labels.h"
#include "app/wave_run.h"
#include "records/store/spool_book.h"

namespace verso::app {

namespace fs = std::filesystem;

namespace {

WaveRequest with_absolute_paths(WaveRequest request) {
    request.folder = fs::absolute(request.folder).lexically_normal();
    if (!request.print.manifest.empty()) {
        request.print.manifest = fs::absolute(request.print.manifest).lexically_normal();
    }
    return request;
}

Error no_wave(const std::string& name) {
    return {ErrorCode::NotFound, "there is no wave of this name", name,
            "verso print --wave tells the name that it gave"};
}

/// The open wave that the request means; none: it is a new one.
Result<std::optional<records::WaveRecord>> find_same(OpenHome& home, const WaveRequest& request) {
    using Found = std::optional<records::WaveRecord>;
    const std::string asked = format_wave_request(request);
    if (request.name.empty()) {
        auto waves = home.store->waves(home.shop);
        if (!waves) return waves.error();
        const auto same = std::find_if(waves->begin(), waves->end(), [&](const auto& wave) {
            return wave.is_open && wave.request == asked;
        });
        return same != waves->end() ? Found(*same) : Found();
    }
    auto wave = home.store->find_wave(home.shop, request.name);
    if (!wave || !*wave || ((*wave)->is_open && (*wave)->request == asked)) return wave;
    if ((*wave)->is_open) {
        return Error{ErrorCode::AlreadyExists,
                     "a wave of this name is under way and was asked for in other words",
                     request.name, "go on with it: verso print --resume " + request.name};
    }
    return Error{ErrorCode::AlreadyExists, "a wave of this name was printed", request.name,
                 "give another name; sheets are printed again with --range and --reprint"};
}

/// The day, then the day with a number.
Result<std::string> fresh_name(OpenHome& home, Instant now) {
    const std::string day = format_utc(now).substr(0, 10);
    std::string name = day;
    for (int number = 2;; ++number) {
        auto known = home.store->find_wave(home.shop, name);
        if (!known) return known.error();
        if (!*known) return name;
        name = fmt::format("{}-{}", day, number);
    }
}

/// The folder is there, or is made; nothing of this name is in it.
Result<void> check_place(const WaveRequest& request) {
    std::error_code failed;
    fs::create_directory(request.folder, failed);
    if (!fs::is_directory(request.folder, failed)) {
        return Error{ErrorCode::FileUnwritable, "is no folder and cannot be made one",
                     request.folder.string(), "name a folder, or make the one above it first"};
    }
    const std::string start = "wave-" + request.name + "-";
    for (const auto& entry : fs::directory_iterator(request.folder, failed)) {
        if (entry.path().filename().string().starts_with(start)) {
            return Error{ErrorCode::AlreadyExists, "a file of a wave of this name is there",
                         entry.path().string(), "give another name or another folder"};
        }
    }
    const fs::path& manifest = request.print.manifest;
    if (auto is_free = check_free(manifest); !is_free) return is_free;
    return check_free(PrintIntent::unfinished(manifest));
}

/// Keeps the plan. Nothing when there is no parcel to print.
Result<std::optional<records::WaveRecord>> plan_wave(OpenHome& home, const WaveRequest& request,
                                                     const PrintTools& tools,
                                                     const PrintSink& sink) {
    auto parcels = plan_parcels(home, request.print, request.sequence, sink.skipped);
    if (!parcels) return parcels.error();
    if (parcels->empty()) return std::optional<records::WaveRecord>{};
    if (auto place = check_place(request); !place) return place.error();
    records::WaveRecord wave;
    wave.name = request.name;
    wave.template_name = request.print.template_name;
    wave.request = format_wave_request(request);
    wave.created_at = tools.clock.now();
    std::vector<records::WavePosition> places;
    places.reserve(parcels->size());
    for (auto& parcel : *parcels) {
        const int position = static_cast<int>(places.size()) + 1;
        places.push_back({position, std::move(parcel.order), parcel.parcel,
                          (position - 1) / request.per_file + 1,
                          records::WavePositionState::Waiting});
    }
    auto warnings = set_wave_labels_aside(home, wave.name, static_cast<int>(places.size()));
    if (!warnings) return warnings.error();
    for (const auto& warning : *warnings) sink.warned(warning);
    auto id = home.store->create_wave(home.shop, wave, places);
    if (!id) return id.error();
    tools.step("wave planned");
    return home.store->find_wave(home.shop, wave.name);
}

}  // namespace

Result<WaveReport> print_wave(OpenHome& home, const WaveRequest& given, const PrintTools& tools,
                              const PrintSink& sink) {
    WaveRequest request = with_absolute_paths(given);
    if (auto sound = check_wave_request(request); !sound) return sound.error();
    auto lock = begin_print(home, tools);
    if (!lock) return lock.error();
    auto press = open_press(home.home, request.print.template_name, &home.config.shop);
    if (!press) return press.error();
    auto wave = find_same(home, request);
    if (!wave) return wave.error();
    const bool resumed = wave->has_value();
    if (resumed) {
        request.name = (*wave)->name;
    } else {
        if (request.name.empty()) {
            auto name = fresh_name(home, tools.clock.now());
            if (!name) return name.error();
            request.name = *name;
        }
        wave = plan_wave(home, request, tools, sink);
        if (!wave) return wave.error();
        if (!*wave) return WaveReport{};
    }
    return run_wave(home, *press, **wave, request, tools, sink, resumed);
}

Result<WaveReport> resume_wave(OpenHome& home, const std::string& name, int threads,
                               const PrintTools& tools, const PrintSink& sink) {
    auto lock = begin_print(home, tools);
    if (!lock) return lock.error();
    auto wave = home.store->find_wave(home.shop, name);
    if (!wave) return wave.error();
    if (!*wave) return no_wave(name);
    auto request = parse_wave_request((*wave)->request, name);
    if (!request) return request.error();
    request->print.threads = threads;
    auto press = open_press(home.home, request->print.template_name, &home.config.shop);
    if (!press) return press.error();
    return run_wave(home, *press, **wave, *request, tools, sink, true);
}

Result<CancelledWave> cancel_wave(OpenHome& home, const std::string& name,
                                  const std::string& reason, const PrintTools& tools) {
    using State = records::WavePositionState;
    auto lock = begin_print(home, tools);
    if (!lock) return lock.error();
    auto transaction = home.store->begin();
    if (!transaction) return transaction.error();
    auto wave = home.store->find_wave(home.shop, name);
    if (!wave) return wave.error();
    if (!*wave) return no_wave(name);
    CancelledWave done;
    records::PrintJobFilter filter;
    filter.shop = home.shop;
    filter.wave = name;
    auto jobs = records::spool_of(*home.store).print_jobs(filter);
    if (!jobs) return jobs.error();
    std::vector<std::string> files;
    for (const auto& job : *jobs) {
        // What is on its way, or waits for a person's word, is settled as any document.
        if (job.state != records::PrintState::Queued) continue;
        auto cancelled = cancel_print_job(home, job.id, reason, tools.clock.now());
        if (!cancelled) continue;  // its printer took it a moment ago
        files.push_back(job.what.file);
        ++done.documents;
    }
    if ((*wave)->is_open) {
        auto places = home.store->wave_positions(home.shop, (*wave)->id, 1, (*wave)->positions);
        if (!places) return places.error();
        std::erase_if(*places, [](const auto& place) { return place.state != State::Waiting; });
        done.places = static_cast<int>(places->size());
        for (auto& place : *places) place.state = State::LeftOut;
        auto marked = home.store->mark_positions(home.shop, (*wave)->id, *places);
        if (!marked) return marked.error();
        forget_wave_labels(home.home, name);
        auto closed = home.store->close_wave(home.shop, (*wave)->id);
        if (!closed) return closed.error();
    } else if (done.documents == 0) {
        return Error{ErrorCode::NotAllowed, "nothing of this wave waits", name,
                     "its sheets are printed"};
    }
    if (auto kept = (*transaction)->commit(); !kept) return kept.error();
    std::error_code ignored;
    for (const auto& file : files) fs::remove(file, ignored);
    return done;
}

Result<PrintedSheets> reprint_range(OpenHome& home, const std::string& name, int first, int last,
                                    PrintRequest request, const PrintTools& tools) {
    using State = records::WavePositionState;
    auto lock = begin_print(home, tools);
    if (!lock) return lock.error();
    auto wave = home.store->find_wave(home.shop, name);
    if (!wave) return wave.error();
    if (!*wave) return no_wave(name);
    if (first < 1 || last < first || last > (*wave)->positions) {
        return Error{ErrorCode::ValueInvalid, fmt::format("there are no places {}-{}", first, last),
                     name, fmt::format("the wave has places 1-{}", (*wave)->positions)};
    }
    const records::WaveId id = (*wave)->id;
    auto places = home.store->wave_positions(home.shop, id, first, last);
    if (!places) return places.error();
    std::vector<ParcelToPrint> parcels;
    for (const auto& place : *places) {
        if (place.state == State::Waiting) {
            return Error{ErrorCode::NotAllowed,
                         fmt::format("place {} was not printed yet", place.position), name,
                         "go on with the wave first: verso print --resume " + name};
        }
        parcels.push_back({place.order, place.parcel, place.position});
    }
    if (request.template_name.empty()) request.template_name = (*wave)->template_name;
    // A parcel that was left out and can be set now has its sheet.
    const auto mark = [&](const std::vector<FinishedInsert>& inserts) -> Result<void> {
        std::vector<records::WavePosition> printed;
        for (const auto& insert : inserts) {
            auto place = places->at(static_cast<std::size_t>(insert.position - first));
            if (place.state == State::Printed) continue;
            place.state = State::Printed;
            printed.push_back(std::move(place));
        }
        return home.store->mark_positions(home.shop, id, printed);
    };
    return print_parcels(home, request, parcels, tools, mark);
}

}  // namespace verso::app
