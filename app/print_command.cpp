// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <memory>
#include <thread>

#include "app/print_report.h"
#include "app/print_to.h"
#include "app/stop_signals.h"
#include "records/store/spool_book.h"

namespace verso::app {

namespace {

struct PrintOptions {
    WaveRequest wave;
    bool all = false, is_wave = false;
    std::string out, manifest, resume, range, sort = "pick", format = "pdf";
    std::vector<std::string> to;
    std::string cancel, reason = "cancelled";
    bool no_wait = false;
    std::string wave_name;  ///< behind --wave; the same as --name
    int verify = 300;
    int threads = 0;  ///< 0: as many as the machine has
};

constexpr int kMostThreads = 64;

int thread_count(const PrintOptions& options) {
    const int wanted = options.threads > 0 ? options.threads
                                           : static_cast<int>(std::thread::hardware_concurrency());
    return std::clamp(wanted, 1, kMostThreads);
}

Error wrong_call(const std::string& message, const std::string& cure) {
    return {ErrorCode::Usage, message, "print", cure + "; see: verso print --help"};
}

/// What the options must not say together, beyond what the parser knows.
Result<void> check_options(const PrintOptions& options) {
    const bool chosen = options.all || !options.wave.print.orders.empty();
    const bool verify = options.wave.print.verify_dpi > 0;
    if (verify && !options.resume.empty()) {
        return wrong_call("--resume goes on as the wave was asked for", "leave --verify out");
    }
    if (verify && options.format == "zpl") {
        return wrong_call("--verify looks at a PDF", "leave --verify or --format zpl out");
    }
    if (!options.resume.empty() || !options.cancel.empty()) return {};
    if (!options.range.empty()) {
        if (chosen || options.wave.name.empty() || options.wave.print.reprint.empty()) {
            return wrong_call(
                "--range prints places of a wave again",
                "verso print --wave NAME --range 312-340 --reprint REASON --out FILE");
        }
    } else if (!chosen) {
        return wrong_call("which parcels?", "say --all or --order NUMBER");
    } else if (options.wave.print.template_name.empty()) {
        return wrong_call("which template?", "say --template NAME, one of: verso template list");
    }
    if (options.out.empty() && options.to.empty())
        return wrong_call("where to?", "say --out FILE or --to PRINTER");
    return {};
}

/// "312-340" or "312".
Result<std::pair<int, int>> parse_range(const std::string& text) {
    int first = 0, last = 0;
    const char* end = text.data() + text.size();
    auto read = std::from_chars(text.data(), end, first);
    bool sound = read.ec == std::errc();
    last = first;
    if (sound && read.ptr != end) {
        sound = *read.ptr == '-';
        if (sound) read = std::from_chars(read.ptr + 1, end, last);
    }
    if (sound && read.ec == std::errc() && read.ptr == end) return std::pair{first, last};
    return wrong_call("\"" + text + "\" is no range of places", "write it as 312-340, or 312");
}

/// What a document is called in its printer's queue.
std::string title_of(const PrintOptions& options) {
    const auto& orders = options.wave.print.orders;
    if (!options.range.empty()) return "wave " + options.wave.name + ", places " + options.range;
    if (orders.size() == 1) return "order " + orders.front();
    return orders.empty() ? "all orders that wait" : fmt::format("{} orders", orders.size());
}

/// The call with what follows from the printers that it names.
Result<PrintOptions> aimed(OpenHome& home, PrintOptions options) {
    PrintRequest& request = options.wave.print;
    if (request.template_name.empty() && !options.range.empty()) {
        auto wave = home.store->find_wave(home.shop, options.wave.name);
        if (!wave) return wave.error();
        if (*wave) request.template_name = (*wave)->template_name;
    }
    if (auto done = aim_at_printers(home, options.to, request); !done) return done.error();
    request.paper.who = request.packer;
    request.paper.title = title_of(options);
    auto file = spool_file(home.home, request.format, system_clock().now());
    if (!file) return file.error();
    request.file = *file;
    options.wave.folder = file->parent_path();
    options.out = request.file.string();
    return options;
}

/// What the spool had before; what comes after it is this call's, or somebody's at the same time.
Result<records::JobId> next_document(OpenHome& home) {
    records::PrintJobFilter filter;
    filter.shop = home.shop;
    filter.only_open = false;
    filter.most = 1;
    auto last = records::spool_of(*home.store).print_jobs(filter);
    if (!last) return last.error();
    return records::JobId{last->empty() ? 0 : last->back().id.get() + 1};
}

Result<ExitCode> print_in(OpenHome& home, const PrintOptions& options, std::pair<int, int> range,
                          Call& call);

/// The printers that the call names, or the wave that it goes on with.
Result<std::vector<records::PrinterId>> printers_of(OpenHome& home, const PrintOptions& options) {
    if (options.resume.empty()) return options.wave.print.paper.printers;
    auto wave = home.store->find_wave(home.shop, options.resume);
    if (!wave) return wave.error();
    if (!*wave) return std::vector<records::PrinterId>{};  // told by who resumes
    auto request = parse_wave_request((*wave)->request, options.resume);
    if (!request) return request.error();
    return request->print.paper.printers;
}

/// Prints into the printers' queues and sees that it comes to paper.
Result<ExitCode> print_to(OpenHome& home, const PrintOptions& given, std::pair<int, int> range,
                          Call& call) {
    auto options = given.to.empty() ? Result<PrintOptions>(given) : aimed(home, given);
    if (!options) return options.error();
    auto printers = printers_of(home, *options);
    if (!printers) return printers.error();
    auto first = next_document(home);
    if (!first) return first.error();
    auto made = print_in(home, *options, range, call);
    if (!made || options->no_wait || printers->empty()) return made;
    const auto& stop = hear_stop_signals();
    const PrintTools tools{system_random(), system_clock(), call.out, {}};
    auto seen = see_it_printed(home, *printers, *first, tools, [&] { return stop.load(); });
    if (!seen) return seen.error();
    return made;
}

Result<ExitCode> cancel(OpenHome& home, const PrintOptions& options, Call& call) {
    const PrintTools tools{system_random(), system_clock(), call.out, {}};
    auto done = cancel_wave(home, options.cancel, options.reason, tools);
    if (!done) return done.error();
    call.out.say(fmt::format("Wave {}: {} places get no sheet, {} documents taken out of queues.",
                             options.cancel, done->places, done->documents));
    call.out.line(fmt::format(R"({{"places":{},"documents":{}}})", done->places, done->documents));
    return ExitCode::Ok;
}

Result<ExitCode> print(const PrintOptions& options, Call& call) {
    if (auto sound = check_options(options); !sound) return sound.error();
    auto range = options.range.empty() ? std::pair{0, 0} : parse_range(options.range);
    if (!range) return range.error();
    auto home = open_home(call);
    if (!home) return home.error();
    if (!options.cancel.empty()) return cancel(*home, options, call);
    const bool to_paper = !options.to.empty() || !options.resume.empty();
    return to_paper ? print_to(*home, options, *range, call)
                    : print_in(*home, options, *range, call);
}

Result<ExitCode> print_in(OpenHome& home, const PrintOptions& options, std::pair<int, int> range,
                          Call& call) {
    const PrintTools tools{system_random(), system_clock(), call.out, {}};
    PrintReport report(call.out, options.all || options.is_wave || !options.resume.empty());
    if (!options.resume.empty()) {
        auto wave =
            resume_wave(home, options.resume, options.wave.print.threads, tools, report.sink());
        if (!wave) return wave.error();
        return report_wave(*wave, "", report, call.out);
    }
    if (options.is_wave && options.range.empty()) {
        auto wave = print_wave(home, options.wave, tools, report.sink());
        if (!wave) return wave.error();
        return report_wave(*wave, options.out, report, call.out);
    }
    auto sheets = options.range.empty() ? print_once(home, options.wave.print, tools)
                                        : reprint_range(home, options.wave.name, range.first,
                                                        range.second, options.wave.print, tools);
    if (!sheets) return sheets.error();
    return report_sheets(*sheets, options.out, report, call.out);
}

void add_wave_options(CLI::App& command, PrintOptions& options) {
    auto* wave = command.add_option_group("waves", "Thousands in pick order, in several files");
    wave->add_option("--wave", options.wave_name,
                     "Print a wave into the folder --out; a name may follow")
        ->expected(0, 1)
        ->type_name("[NAME]");
    wave->add_option("--name", options.wave.name, "The wave's name; else the day")
        ->type_name("NAME");
    wave->add_option("--per-file", options.wave.per_file, "Inserts in a file (500)")
        ->type_name("N");
    wave->add_option("--sort", options.sort,
                     "pick: by the bin of the first line, then by order number; order: as orders "
                     "are listed")
        ->check(CLI::IsMember({"pick", "order"}));
    wave->add_flag("--separators", options.wave.separators,
                   "A page in front of each file and each part of the warehouse");
    wave->add_option("--resume", options.resume, "Go on with a wave that was interrupted")
        ->type_name("NAME");
    wave->add_option("--cancel", options.cancel,
                     "Print nothing more of a wave; what waits for a printer is taken out")
        ->type_name("NAME");
    wave->add_option("--reason", options.reason, "Why it is cancelled; kept with the void cards");
    wave->add_option("--range", options.range, "Print these places of a wave again")
        ->type_name("312-340");
}

void add_options(CLI::App& command, PrintOptions& options) {
    PrintRequest& request = options.wave.print;
    auto* orders = command.add_option_group("orders", "Which parcels");
    auto* all =
        orders->add_flag("--all", options.all, "Every parcel that may have an insert and has none");
    orders->add_option("--order", request.orders, "The parcels of these orders")
        ->type_name("NUMBER")
        ->excludes(all);
    command.add_option("--template", request.template_name, "See: verso template list");
    auto* out = command
                    .add_option("--out", options.out,
                                "The PDF, or the folder of a wave; never written over")
                    ->type_name("FILE.pdf");
    command
        .add_option("--to", options.to,
                    "The printer, or several that share the work: verso printer list")
        ->delimiter(',')
        ->type_name("PRINTER")
        ->excludes(out);
    command.add_flag("--no-wait", options.no_wait,
                     "Come back as soon as the documents are in the printers' queues");
    command
        .add_option("--manifest", options.manifest,
                    "One JSON line per insert. It holds the cards' secret links: keep it as "
                    "you keep the sheets (made with mode 0600)")
        ->type_name("FILE");
    command
        .add_option("--reprint", request.reprint,
                    "Print again what was printed, and why; the old cards are voided")
        ->type_name("REASON");
    command.add_option("--packer", request.packer, "Who packs these parcels, for the figures")
        ->type_name("NAME");
    command.add_option("--format", options.format, "pdf, or zpl for label printers")
        ->check(CLI::IsMember({"pdf", "zpl"}));
    command.add_option("--dpi", request.dpi, "Of the label printer, for zpl (203)")
        ->check(CLI::IsMember({203, 300, 600}));
    command
        .add_option("--verify", options.verify,
                    "Before anything is recorded, rasterise the PDF at the printer's resolution, "
                    "read every code and compare every place")
        ->expected(0, 1)
        ->default_str("300")
        ->check(CLI::Range(72, 1200))
        ->type_name("[DPI]");
    command
        .add_option("--threads", options.threads,
                    "Threads that set sheets (all there are); the output is the same")
        ->check(CLI::Range(1, kMostThreads))
        ->type_name("N");
}

}  // namespace

void add_print_command(Program& program) {
    auto options = std::make_shared<PrintOptions>();
    CLI::App* command =
        declare(program.parser, "print",
                "Print the insert of each parcel. Unpaid and cancelled orders get none; parcels "
                "that have theirs are skipped.",
                "verso print --all --template a4-fold --out wave.pdf");
    add_options(*command, *options);
    add_wave_options(*command, *options);
    command->callback([options, command, &program] {
        options->is_wave = command->count("--wave") > 0;
        if (!options->wave_name.empty()) options->wave.name = options->wave_name;
        options->wave.print.format = options->format == "zpl" ? PrintFormat::Zpl : PrintFormat::Pdf;
        if (command->count("--verify") > 0) options->wave.print.verify_dpi = options->verify;
        options->wave.print.file = options->out;
        options->wave.print.manifest = options->manifest;
        options->wave.folder = options->out;
        options->wave.print.threads = thread_count(*options);
        options->wave.sequence =
            options->sort == "pick" ? PrintSequence::Pick : PrintSequence::Store;
        program.chosen = [options](Call& call) { return print(*options, call); };
    });
}

}  // namespace verso::app
