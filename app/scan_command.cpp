// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "app/reading_options.h"
#include "app/reading_view.h"
#include "app/scan_intake.h"
#include "app/scan_watch.h"
#include "app/scanner_device.h"
#include "core/domain/reading_json.h"

namespace verso::app {

namespace {

/// What the table counts besides the verdicts.
struct ScanCounts {
    ReadingTally tally;
    std::size_t new_ratings = 0, merged = 0, seen_before = 0, elsewhere = 0;
};

void count(ScanCounts& counts, const records::Intake& card) {
    counts.tally.count(card.reading);
    counts.seen_before += card.seen_before ? 1 : 0;
    counts.new_ratings += card.outcome == records::ResponseOutcome::First ? 1 : 0;
    counts.merged += card.outcome == records::ResponseOutcome::Merged ? 1 : 0;
}

void show_counts(Output& out, const ScanCounts& counts, std::int64_t in_review) {
    Table table({"", ">"});
    table.add({"files", std::to_string(counts.tally.files)});
    table.add({"files that could not be read", std::to_string(counts.tally.files_failed)});
    table.add({"cards accepted", std::to_string(counts.tally.accepted)});
    if (counts.tally.returns > 0) {
        table.add({"return sheets among them", std::to_string(counts.tally.returns)});
    }
    table.add({"cards for review", std::to_string(counts.tally.review)});
    table.add({"pages without a card", std::to_string(counts.tally.unreadable)});
    if (counts.tally.empty_sides > 0) {
        table.add({"blank and address sides", std::to_string(counts.tally.empty_sides)});
    }
    table.add({"new ratings", std::to_string(counts.new_ratings)});
    table.add({"the same answer again", std::to_string(counts.merged)});
    table.add({"recorded before", std::to_string(counts.seen_before)});
    if (counts.elsewhere > 0) {
        table.add({"cards of other shops among them", std::to_string(counts.elsewhere)});
    }
    table.add({"waiting in review", std::to_string(in_review)});
    out.show(table);
}

/// Takes each file's readings into the records.
class Intaker {
  public:
    Intaker(OpenHome& home, Output& out) : home_(home), out_(out), table_(reading_headings()) {}

    /// Only what breaks the home ends the run: the next file would fail alike.
    Result<void> take(const std::string& file, Result<FileReadings> found) {
        auto taken =
            found ? take_in_scan(home_, file, std::move(*found), pile_of(home_), system_clock())
                  : Result<ScanIntake>(found.error());
        if (!taken) {
            if (taken.error().code == ErrorCode::DatabaseFailed) return taken.error();
            out_.fail(taken.error());
            counts.tally.fail(taken.error());
            return {};
        }
        for (const auto& fault : taken->faults) out_.fail(fault);
        counts.tally.pages_failed += taken->faults.size();
        counts.elsewhere += taken->elsewhere;
        for (const auto& card : taken->cards) {
            count(counts, card);
            out_.line(to_json(card.reading));
            if (card.reading.needs_person()) table_.add(reading_cells(card.reading));
        }
        return {};
    }

    void show() { out_.show(table_); }

    ScanCounts counts;

  private:
    OpenHome& home_;
    Output& out_;
    Table table_;
};

Result<ExitCode> scan(const ReadingOptions& options, Call& call) {
    ImageReader images;
    auto home = open_home(call);
    if (!home) return home.error();
    auto files = files_of(options.names);
    if (!files) return files.error();
    auto request = reading_request(options, files->size(), *home);
    if (!request) return request.error();
    auto book = LayoutBook::load(*home->store);
    if (!book) return book.error();
    Intaker intaker(*home, call.out);
    intaker.counts.tally.files = files->size();
    {
        Progress progress = call.out.progress("files scanned", files->size());
        auto done = images.read(*files, *request, *book, home->config.reading, options.workers,
                                call.out, [&](const std::string& file, Result<FileReadings> found) {
                                    progress.advance();
                                    return intaker.take(file, std::move(found));
                                });
        if (!done) return done.error();
    }
    intaker.show();
    auto all = home->store->counts(home->shop);
    if (!all) return all.error();
    show_counts(call.out, intaker.counts, all->in_review);
    return intaker.counts.tally.exit_code();
}

struct FromDevice {
    bool is_asked = false;
    DeviceWish wish;
};

/// A folder that is there while its pages are read.
class PageFolder {
  public:
    PageFolder() : path_(std::filesystem::temp_directory_path() / "verso-pages-XXXXXX") {
        is_there_ = ::mkdtemp(path_.data()) != nullptr;
    }
    ~PageFolder() {
        std::error_code ignored;
        if (is_there_) std::filesystem::remove_all(path_, ignored);
    }
    PageFolder(const PageFolder&) = delete;
    PageFolder& operator=(const PageFolder&) = delete;
    bool is_there() const { return is_there_; }
    const std::string& path() const { return path_; }

  private:
    std::string path_;
    bool is_there_ = false;
};

/// Scans a pile and takes it in.
Result<ExitCode> scan_device(ReadingOptions options, const FromDevice& device, Call& call) {
    if (!options.names.empty()) {
        return Error{ErrorCode::Usage, "a scanner and files are two things", "--scanner",
                     "leave the files out, or --scanner"};
    }
    const PageFolder folder;
    if (!folder.is_there()) {
        return Error{ErrorCode::FileUnwritable, "the pages have no place", folder.path(),
                     "see whether the disk is full"};
    }
    auto pages = scan_from_device(device.wish, folder.path());
    if (!pages) return pages.error();
    call.out.say(std::to_string(*pages) + " pages scanned");
    options.names = {folder.path()};
    return scan(options, call);
}

}  // namespace

void add_scan_command(Program& program) {
    auto options = std::make_shared<ReadingOptions>();
    CLI::App* command = declare(program.parser, "scan",
                                "Read scanned cards and record the ratings; what is doubtful waits "
                                "in review. The same file again changes nothing.",
                                "verso scan inbox/");
    command->add_option("FILE|FOLDER", options->names, "Scanned pictures, or folders of them");
    declare_reading_options(*command, *options);
    auto watch = std::make_shared<bool>(false);
    command->add_flag("--watch", *watch,
                      "Take in what comes into the folders until it is stopped; a file goes to "
                      "FOLDER/done, or to FOLDER/refused with the reason beside");
    auto device = std::make_shared<FromDevice>();
    command
        ->add_option_function<std::string>(
            "--scanner",
            [device](const std::string& name) {
                device->is_asked = true;
                device->wish.device = name == "first" ? "" : name;
            },
            "Scan from this scanner instead, as scanimage -L names it; first: whichever there is")
        ->type_name("DEVICE");
    command
        ->add_option("--scanner-source", device->wish.source,
                     "Where it takes the paper from, as it calls that: \"ADF Duplex\"; default "
                     "one page as it is set")
        ->type_name("SOURCE");
    command->add_option("--scanner-dpi", device->wish.dpi, "Pixels an inch (300)")
        ->check(CLI::Range(100, 1200));
    command->callback([options, watch, device, &program] {
        program.chosen = [options, watch, device](Call& call) -> Result<ExitCode> {
            if (device->is_asked) return scan_device(*options, *device, call);
            if (options->names.empty()) {
                return Error{ErrorCode::Usage, "there is nothing to scan", "FILE|FOLDER",
                             "name files or folders, or --scanner first"};
            }
            return *watch ? watch_folders(*options, call) : scan(*options, call);
        };
    });
}

}  // namespace verso::app
