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

/// Takes each file's readings: judged by the records, without recording them.
class Reader {
  public:
    Reader(OpenHome& home, std::size_t files, Output& out)
        : home_(home), out_(out), table_(reading_headings()) {
        tally.files = files;
    }

    /// DatabaseFailed alone ends the run.
    Result<void> take(Result<FileReadings> found) {
        if (!found) {
            out_.fail(found.error());
            tally.fail(found.error());
            return {};
        }
        for (const auto& fault : found->faults) out_.fail(fault);
        tally.pages_failed += found->faults.size();
        for (auto& reading : found->readings) {
            auto checked = records::check_identity(
                reading, *home_.store,
                {home_.shop, home_.config.shop.link_host, home_.config.life.cards, now_});
            if (!checked) return checked.error();
            tally.count(reading);
            out_.line(to_json(reading));
            table_.add(reading_cells(reading));
        }
        return {};
    }

    void show() {
        out_.show(table_);
        out_.say(std::to_string(tally.accepted) + " accepted, " + std::to_string(tally.review) +
                 " for review, " + std::to_string(tally.unreadable) + " without a card" +
                 (tally.empty_sides > 0
                      ? ", " + std::to_string(tally.empty_sides) + " blank or address sides"
                      : "") +
                 "; nothing was recorded");
    }

    ReadingTally tally;

  private:
    OpenHome& home_;
    Output& out_;
    Table table_;
    Instant now_ = system_clock().now();
};

Result<ExitCode> read(const ReadingOptions& options, Call& call) {
    ImageReader images;
    auto home = open_home(call);
    if (!home) return home.error();
    auto files = files_of(options.names);
    if (!files) return files.error();
    auto request = reading_request(options, files->size(), *home);
    if (!request) return request.error();
    auto book = LayoutBook::load(*home->store);
    if (!book) return book.error();

    Reader reader(*home, files->size(), call.out);
    {
        Progress progress = call.out.progress("files read", files->size());
        auto done = images.read(*files, *request, *book, home->config.reading, options.workers,
                                call.out, [&](const std::string&, Result<FileReadings> found) {
                                    progress.advance();
                                    return reader.take(std::move(found));
                                });
        if (!done) return done.error();
    }
    reader.show();
    return reader.tally.exit_code();
}

}  // namespace

void add_read_command(Program& program) {
    auto options = std::make_shared<ReadingOptions>();
    CLI::App* command = declare(program.parser, "read",
                                "Read the cards on pictures and PDF files of scanners and phones "
                                "and show what was seen. Records nothing.",
                                "verso read --json scan.tif");
    command->add_option("FILE", options->names, "Scanned pictures, or folders of them")->required();
    declare_reading_options(*command, *options);
    command->callback([options, &program] {
        program.chosen = [options](Call& call) { return read(*options, call); };
    });
}

}  // namespace verso::app
