// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>

#include "app/reading_options.h"
#include "app/reading_view.h"
#include "app/wiring.h"
#include "core/domain/reading_json.h"
#include "records/lifecycle/identity.h"

namespace verso::app {

namespace {

/// One file: its readings judged by the records, without recording them.
Result<std::vector<Reading>> read_one(OpenHome& home, const std::string& file,
                                      const LayoutBook& book, const ReadingRequest& request,
                                      ReadingTally& tally, Output& out) {
    auto found = read_image_file(file, book, request);
    if (!found) return found.error();
    for (const auto& fault : found->faults) out.fail(fault);
    tally.pages_failed += found->faults.size();
    for (auto& reading : found->readings) {
        auto checked =
            records::check_identity(reading, *home.store, kFirstShop, home.config.shop.link_host);
        if (!checked) return checked.error();
    }
    return std::move(found->readings);
}

Result<ExitCode> read(const ReadingOptions& options, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto files = files_of(options.names);
    if (!files) return files.error();
    auto request = reading_request(options, files->size(), *home->store);
    if (!request) return request.error();
    auto book = LayoutBook::load(*home->store);
    if (!book) return book.error();

    ReadingTally tally;
    tally.files = files->size();
    Table table(reading_headings());
    {
        Progress progress = call.out.progress("files read", files->size());
        for (const auto& file : *files) {
            auto readings = read_one(*home, file, *book, *request, tally, call.out);
            progress.advance();
            if (!readings) {
                if (readings.error().code == ErrorCode::DatabaseFailed) return readings.error();
                call.out.fail(readings.error());
                tally.fail(readings.error());
                continue;
            }
            for (const auto& reading : *readings) {
                tally.count(reading);
                call.out.line(to_json(reading));
                table.add(reading_cells(reading));
            }
        }
    }
    call.out.show(table);
    call.out.say(std::to_string(tally.accepted) + " accepted, " + std::to_string(tally.review) +
                 " for review, " + std::to_string(tally.unreadable) +
                 " without a card; nothing was recorded");
    return tally.exit_code();
}

}  // namespace

void add_read_command(Program& program) {
    auto options = std::make_shared<ReadingOptions>();
    CLI::App* command = declare(program.parser, "read",
                                "Read the cards on JPEG, PNG, TIFF or PDF files and show what was "
                                "seen. Records nothing.",
                                "verso read --json scan.tif");
    command->add_option("FILE", options->names, "Scanned pictures, or folders of them")->required();
    declare_reading_options(*command, *options);
    command->callback([options, &program] {
        program.chosen = [options](Call& call) { return read(*options, call); };
    });
}

}  // namespace verso::app
