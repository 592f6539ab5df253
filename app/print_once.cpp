// SPDX-License-Identifier: Apache-2.0
#include "app/print_once.h"

#include "app/print_file.h"
#include "app/print_plan.h"

namespace verso::app {

namespace fs = std::filesystem;

namespace {

PrintRequest with_absolute_paths(PrintRequest request) {
    request.file = fs::absolute(request.file);
    if (!request.manifest.empty()) request.manifest = fs::absolute(request.manifest);
    return request;
}

/// Gives the parcels in pieces.
InsertSetter::Source source_of(const std::vector<ParcelToPrint>& parcels) {
    return [&parcels, next = std::size_t{0}]() mutable -> Result<std::vector<ParcelToPrint>> {
        const std::size_t end =
            std::min(parcels.size(), next + static_cast<std::size_t>(InsertSetter::kChunk));
        const auto at = [&](std::size_t i) {
            return parcels.begin() + static_cast<std::ptrdiff_t>(i);
        };
        std::vector<ParcelToPrint> some(at(next), at(end));
        next = end;
        return some;
    };
}

/// Sets all parcels into the file; skipped ones and warnings go to the report.
Result<void> fill(PrintFile& file, InsertSetter& setter, Progress& progress,
                  PrintedSheets& report) {
    for (;;) {
        auto set = setter.next();
        if (!set) return set.error();
        if (!*set) return {};
        progress.advance();
        SetInsert& insert = **set;
        for (auto& warning : insert.warnings) report.warnings.push_back(std::move(warning));
        if (insert.skipped) {
            report.skipped.push_back(std::move(*insert.skipped));
            continue;
        }
        if (auto added = file.add(std::move(insert)); !added) return added;
    }
}

}  // namespace

Result<PrintLock> begin_print(OpenHome& home, const PrintTools& tools) {
    auto lock = PrintLock::take(home.home);
    if (!lock) return lock.error();
    auto settled = settle_intents(home.home, *home.store);
    if (!settled) return settled.error();
    for (const auto& sentence : *settled) tools.out.warn(sentence);
    return std::move(*lock);
}

Result<PrintedSheets> print_parcels(OpenHome& home, const PrintRequest& request,
                                    const std::vector<ParcelToPrint>& parcels,
                                    const PrintTools& tools, const AlsoRecorded& also) {
    auto press = open_press(home.home, request.template_name, &home.config.shop);
    if (!press) return press.error();
    return print_on(*press, home, request, parcels, tools, also);
}

Result<PrintedSheets> print_on(const Press& press, OpenHome& home, const PrintRequest& given,
                               const std::vector<ParcelToPrint>& parcels, const PrintTools& tools,
                               const AlsoRecorded& also) {
    const PrintRequest request = with_absolute_paths(given);
    if (parcels.empty()) return PrintedSheets{};
    for (const auto& file : {request.file, request.manifest}) {
        if (auto is_free = check_free(file); !is_free) return is_free.error();
    }
    auto layout = home.store->freeze_layout(press.insert->layout());
    if (!layout) return layout.error();
    for (const auto& gap : gaps_of(home.config.shop, press.insert->plan())) tools.out.warn(gap);

    auto labels = open_return_labels(home);
    if (!labels) return labels.error();
    if (auto kept = (*labels)->reserve(parcels.size()); !kept) return kept.error();
    PrintedSheets report;
    report.layout = layout->number;
    const SettingJob job{*home.store,
                         home.shop,
                         press,
                         home.config.shop,
                         *layout,
                         tools.random,
                         tools.clock.now(),
                         !request.reprint.empty(),
                         request.format,
                         request.dpi,
                         request.verify_dpi > 0,
                         labels->get(),
                         request.packer};
    PrintFile file(press, home.config.shop,
                   {request.file, request.manifest, std::nullopt, request.reprint, request.format,
                    request.dpi, request.verify_dpi, request.paper});
    {
        Progress progress = tools.out.progress("inserts set", parcels.size());
        InsertSetter setter(job, request.threads, source_of(parcels));
        if (auto filled = fill(file, setter, progress, report); !filled) return filled.error();
    }
    if (file.empty()) return report;
    const auto record_more = [&] { return also ? also(file.inserts()) : Result<void>{}; };
    if (auto done = file.deliver(home, tools, job.now, record_more); !done) return done.error();
    report.pages = file.pages();
    report.inserts = file.inserts();
    return report;
}

Result<PrintedSheets> print_once(OpenHome& home, const PrintRequest& request,
                                 const PrintTools& tools) {
    auto lock = begin_print(home, tools);
    if (!lock) return lock.error();
    std::vector<SkippedParcel> skipped;
    auto parcels = plan_parcels(home, request, PrintSequence::Store,
                                [&](const SkippedParcel& parcel) { skipped.push_back(parcel); });
    if (!parcels) return parcels.error();
    auto report = print_parcels(home, request, *parcels, tools, {});
    if (!report) return report.error();
    report->skipped.insert(report->skipped.begin(), std::make_move_iterator(skipped.begin()),
                           std::make_move_iterator(skipped.end()));
    return report;
}

}  // namespace verso::app
