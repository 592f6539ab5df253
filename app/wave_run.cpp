// SPDX-License-Identifier: Apache-2.0
#include "app/wave_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "app/print_file.h"
#include "app/print_plan.h"
#include "app/print_separator.h"
#include "app/wave_labels.h"
#include "records/lifecycle/pick_order.h"

namespace verso::app {

namespace fs = std::filesystem;

namespace {

using records::WavePosition;
using records::WavePositionState;

/// One run over a wave's files.
class WaveRun {
  public:
    WaveRun(OpenHome& home, const Press& press, const records::WaveRecord& wave,
            const WaveRequest& request, const PrintTools& tools, const PrintSink& sink)
        : home_(home),
          press_(press),
          wave_(wave),
          request_(request),
          tools_(tools),
          sink_(sink),
          progress_(tools.out.progress("inserts set", static_cast<std::size_t>(wave.waiting()))) {}

    Result<WaveReport> run();

  private:
    int files() const { return (wave_.positions + request_.per_file - 1) / request_.per_file; }
    int last_of(int file) const { return std::min(wave_.positions, file * request_.per_file); }
    Result<std::vector<WavePosition>> waiting(int first, int last) const;
    InsertSetter::Source source(int first) const;
    PaperTarget paper_of_file(int number) const;
    Result<void> print_file(int number);
    Result<void> take(std::vector<WavePosition>& places, PrintFile& file,
                      std::vector<SkippedParcel>& skipped);
    Result<void> add_with_separators(std::vector<SetInsert> inserts, PrintFile& file, int number);
    Result<void> add_separator(const SetInsert* first, const SetInsert* last, PrintFile& file,
                               int number);
    Result<void> close();

    OpenHome& home_;
    const Press& press_;
    const records::WaveRecord& wave_;
    const WaveRequest& request_;
    const PrintTools& tools_;
    const PrintSink& sink_;
    Progress progress_;
    Instant now_{};
    Layout layout_;  ///< frozen
    std::unique_ptr<ReturnLabelSource> labels_;
    std::optional<InsertSetter> setter_;
    std::uint64_t manifest_end_ = 0;
    WaveReport report_;
};

/// What the report says of a wave as it stands now.
Result<WaveReport> with_totals(WaveReport report, OpenHome& home) {
    auto wave = home.store->find_wave(home.shop, report.name);
    if (!wave) return wave.error();
    if (*wave) {
        report.positions = (*wave)->positions;
        report.left_out = (*wave)->left_out;
    }
    return report;
}

Result<std::vector<WavePosition>> WaveRun::waiting(int first, int last) const {
    auto places = home_.store->wave_positions(home_.shop, wave_.id, first, last);
    if (!places) return places.error();
    std::erase_if(*places, [](const WavePosition& place) {
        return place.state != WavePositionState::Waiting;
    });
    return places;
}

/// The places that wait, a few at a time.
InsertSetter::Source WaveRun::source(int first) const {
    return [this, next = first]() mutable -> Result<std::vector<ParcelToPrint>> {
        std::vector<ParcelToPrint> parcels;
        while (parcels.empty() && next <= wave_.positions) {
            const int last = std::min(wave_.positions, next + InsertSetter::kChunk - 1);
            auto places = waiting(next, last);
            if (!places) return places.error();
            for (auto& place : *places) {
                parcels.push_back({std::move(place.order), place.parcel, place.position});
            }
            next = last + 1;
        }
        return parcels;
    };
}

/// Sets the places into the file and notes what became of each.
Result<void> WaveRun::take(std::vector<WavePosition>& places, PrintFile& file,
                           std::vector<SkippedParcel>& skipped) {
    std::vector<SetInsert> held;  // a separator stands before what it tells of
    for (auto& place : places) {
        auto set = setter_->next();
        if (!set) return set.error();
        if (!*set)
            return Error{ErrorCode::Internal, "a wave ended before its plan", wave_.name, ""};
        progress_.advance();
        SetInsert& insert = **set;
        place.state = insert.skipped ? WavePositionState::LeftOut : WavePositionState::Printed;
        for (const auto& warning : insert.warnings) sink_.warned(warning);
        if (insert.skipped) {
            skipped.push_back(std::move(*insert.skipped));
        } else if (request_.separators) {
            held.push_back(std::move(insert));
        } else if (auto added = file.add(std::move(insert)); !added) {
            return added;
        }
    }
    return add_with_separators(std::move(held), file, places.front().file);
}

Result<void> WaveRun::add_with_separators(std::vector<SetInsert> inserts, PrintFile& file,
                                          int number) {
    const bool grouped = request_.sequence == PrintSequence::Pick;
    for (std::size_t first = 0; first < inserts.size();) {
        const std::string group = records::pick_group(inserts.at(first).bin);
        std::size_t end = first + 1;
        while (end < inserts.size() &&
               (!grouped || records::pick_group(inserts.at(end).bin) == group)) {
            ++end;
        }
        auto added = add_separator(&inserts.at(first), &inserts.at(end - 1), file, number);
        if (!added) return added;
        for (; first < end; ++first) {
            if (auto put = file.add(std::move(inserts.at(first))); !put) return put;
        }
    }
    return {};
}

/// Requires: both are in one array, with the sheets between them.
Result<void> WaveRun::add_separator(const SetInsert* first, const SetInsert* last, PrintFile& file,
                                    int number) {
    SeparatorFacts facts;
    facts.wave = wave_.name;
    facts.shop = home_.config.shop.name;
    facts.language = home_.config.shop.language;
    facts.file = number;
    facts.files = files();
    facts.first = first->insert.position;
    facts.last = last->insert.position;
    facts.first_order = first->insert.record.order.get();
    facts.last_order = last->insert.record.order.get();
    if (request_.sequence == PrintSequence::Pick) {
        facts.first_bin = first->bin;
        facts.last_bin = last->bin;
        facts.group = records::pick_group(first->bin);
    }
    facts.inserts = static_cast<int>(last - first) + 1;
    const auto& pages = press_.insert->layout().pages;
    auto added = file.add_page(separator_page(facts, pages.front(), *press_.fonts));
    // Inserts for both sides of the paper must begin on a front.
    const bool paper = request_.print.format == PrintFormat::Pdf;
    if (added && paper && pages.size() % 2 == 0) added = file.add_page({pages.back(), {}});
    return added;
}

PaperTarget WaveRun::paper_of_file(int number) const {
    PaperTarget paper = request_.print.paper;
    paper.wave = wave_.name;
    paper.title = fmt::format("wave {}, file {} of {}", wave_.name, number, files());
    return paper;
}

Result<void> WaveRun::print_file(int number) {
    auto places = waiting((number - 1) * request_.per_file + 1, last_of(number));
    if (!places) return places.error();
    if (places->empty()) return {};
    const fs::path path = request_.file(number);
    if (auto is_free = check_free(path); !is_free) return is_free;
    PrintFile file(press_, home_.config.shop,
                   {path, request_.print.manifest, manifest_end_, request_.print.reprint,
                    request_.print.format, request_.print.dpi, request_.print.verify_dpi,
                    paper_of_file(number)});
    std::vector<SkippedParcel> skipped;
    if (auto taken = take(*places, file, skipped); !taken) return taken;
    const auto mark = [&] { return home_.store->mark_positions(home_.shop, wave_.id, *places); };
    if (file.empty()) {
        if (auto marked = mark(); !marked) return marked;
        tools_.step("places left out");
    } else {
        if (auto done = file.deliver(home_, tools_, now_, mark); !done) return done;
        manifest_end_ = file.manifest_end();
        report_.files += 1;
        report_.pages += file.pages();
        report_.inserts += static_cast<int>(file.inserts().size());
    }
    for (const auto& insert : file.inserts()) sink_.printed(insert);
    for (const auto& parcel : skipped) sink_.skipped(parcel);
    return {};
}

/// The manifest gets its name, then the wave is closed: a crash in between is seen as an open wave
/// in which nothing waits.
Result<void> WaveRun::close() {
    const fs::path& manifest = request_.print.manifest;
    if (!manifest.empty() && (report_.inserts > 0 || wave_.printed > 0)) {
        if (!put_in_place(manifest)) {
            return Error{ErrorCode::FileUnwritable,
                         "the wave is printed, but its manifest could not get its name",
                         manifest.string(),
                         "look for " + PrintIntent::unfinished(manifest).string() +
                             ", then: verso print --resume " + wave_.name};
        }
        tools_.step("manifest in place");
    }
    forget_wave_labels(home_.home, wave_.name);
    if (auto closed = home_.store->close_wave(home_.shop, wave_.id); !closed) return closed;
    tools_.step("wave closed");
    return {};
}

Result<WaveReport> WaveRun::run() {
    report_.name = wave_.name;
    auto first = home_.store->first_waiting(home_.shop, wave_.id);
    if (!first) return first.error();
    if (*first > 0) {
        auto layout = home_.store->freeze_layout(press_.insert->layout());
        if (!layout) return layout.error();
        for (const auto& gap : gaps_of(home_.config.shop, press_.insert->plan()))
            tools_.out.warn(gap);
        layout_ = std::move(*layout);
        report_.layout = layout_.number;
        now_ = tools_.clock.now();
        const fs::path manifest = PrintIntent::unfinished(request_.print.manifest);
        std::error_code missing;
        if (wave_.printed > 0 && !manifest.empty()) {
            manifest_end_ = fs::file_size(manifest, missing);
            if (missing) {
                manifest_end_ = 0;
                sink_.warned("the manifest of the files printed before is gone: " +
                             manifest.string());
            }
        }
        auto labels = open_wave_labels(home_, wave_, *first);
        if (!labels) return labels.error();
        labels_ = std::move(*labels);
        const SettingJob job{*home_.store,
                             home_.shop,
                             press_,
                             home_.config.shop,
                             layout_,
                             tools_.random,
                             now_,
                             !request_.print.reprint.empty(),
                             request_.print.format,
                             request_.print.dpi,
                             request_.print.verify_dpi > 0,
                             labels_.get(),
                             request_.print.packer};
        setter_.emplace(job, request_.print.threads, source(*first));
        for (int file = (*first - 1) / request_.per_file + 1; file <= files(); ++file) {
            if (sink_.go_on && !sink_.go_on()) return with_totals(std::move(report_), home_);
            if (auto printed = print_file(file); !printed) return printed.error();
        }
    }
    if (wave_.is_open) {
        if (auto closed = close(); !closed) return closed.error();
    }
    return with_totals(std::move(report_), home_);
}

}  // namespace

Result<WaveReport> run_wave(OpenHome& home, const Press& press, const records::WaveRecord& wave,
                            const WaveRequest& request, const PrintTools& tools,
                            const PrintSink& sink, bool resumed) {
    auto report = WaveRun(home, press, wave, request, tools, sink).run();
    if (report) report->resumed = resumed;
    return report;
}

}  // namespace verso::app
