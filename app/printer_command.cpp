// SPDX-License-Identifier: Apache-2.0
#include "app/printer_command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <thread>

#include "app/print_to.h"
#include "app/printer_desk.h"
#include "app/printer_hand.h"
#include "app/printer_view.h"
#include "app/stop_signals.h"

namespace verso::app {

namespace {

/// Who acts from the terminal, in the audit.
constexpr const char* kTerminal = "command line";
constexpr std::chrono::milliseconds kLook{200};

struct PrinterCall {
    PrinterToAdd add;
    std::string name, to, says, reason, template_name = "a4-fold";
    std::int64_t job = 0;
    int up_to = 0;
    bool all = false, once = false;
};

Result<ExitCode> add(const PrinterCall& asked, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto printer = add_printer(*home, asked.add, kTerminal);
    if (!printer) return printer.error();
    const std::string& name = printer->record.name;
    const std::string& trouble = printer->record.trouble;
    call.out.say(trouble.empty() ? name + " is added. Try it: verso printer test \"" + name + "\""
                                 : name + " is added, but now: " + trouble);
    call.out.line(printer_json(printer->record, {}));
    return ExitCode::Ok;
}

Result<ExitCode> list(Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto& spool = records::spool_of(*home->store);
    auto printers = spool.printers();
    if (!printers) return printers.error();
    Table table({"printer", "address", "is", ">pages waiting"});
    for (const auto& printer : *printers) {
        auto load = spool.load(printer.id);
        if (!load) return load.error();
        table.add({printer.name, printer.uri, printer_in_words(printer, *load),
                   std::to_string(load->pages)});
        call.out.line(printer_json(printer, *load));
    }
    call.out.show(table);
    for (const auto& printer : *printers) {
        if (!printer.trouble.empty()) call.out.say(printer.name + ": " + printer.trouble);
    }
    if (printers->empty()) call.out.say("No printer yet: verso printer add NAME URI");
    return ExitCode::Ok;
}

Result<ExitCode> status(const PrinterCall& asked, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto record = records::spool_of(*home->store).find_printer(asked.name);
    if (!record) return record.error();
    auto printer = ready_printer(*record);
    if (!printer) return printer.error();
    auto state = printer->device->state();
    if (!state) return state.error().at(record->name);
    auto abilities = printer->device->capabilities();
    if (!abilities) return abilities.error().at(record->name);
    show_printer_status(*record, *state, *abilities, call.out);
    return state->is_ready ? ExitCode::Ok : ExitCode::PrinterFailed;
}

Result<ExitCode> jobs(const PrinterCall& asked, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto& spool = records::spool_of(*home->store);
    records::PrintJobFilter filter;
    filter.shop = home->shop;
    filter.only_open = !asked.all;
    if (!asked.name.empty()) {
        auto record = spool.find_printer(asked.name);
        if (!record) return record.error();
        filter.printer = record->id;
    }
    auto found = spool.print_jobs(filter);
    if (!found) return found.error();
    show_print_jobs(*found, call.out);
    if (found->empty()) call.out.say("Nothing is on its way to paper.");
    return ExitCode::Ok;
}

Result<ExitCode> settle(const PrinterCall& asked, Call& call) {
    auto says = records::parse_person_says(asked.says);
    if (!says) return says.error();
    auto home = open_home(call);
    if (!home) return home.error();
    auto job = settle_print_job(*home, records::JobId{asked.job},
                                {*says, asked.up_to, asked.reason}, kTerminal);
    if (!job) return job.error();
    call.out.say(fmt::format("{}: {}", job->what.title, records::to_string(job->state)));
    call.out.line(print_job_json(*job));
    return ExitCode::Ok;
}

Result<ExitCode> move(const PrinterCall& asked, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto moved = move_print_jobs(*home, asked.name, asked.to, kTerminal);
    if (!moved) return moved.error();
    call.out.say(fmt::format("{} documents wait for {} now.", *moved, asked.to));
    call.out.line(fmt::format(R"({{"moved":{}}})", *moved));
    return ExitCode::Ok;
}

Result<ExitCode> pause_or_resume(const PrinterCall& asked, bool is_paused, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto done = pause_printer(*home, asked.name, is_paused, kTerminal);
    if (!done) return done.error();
    call.out.say(asked.name + (is_paused ? " is paused." : " goes on."));
    return ExitCode::Ok;
}

Result<ExitCode> remove(const PrinterCall& asked, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto done = remove_printer(*home, asked.name, kTerminal);
    if (!done) return done.error();
    call.out.say(asked.name + " is no printer of this home any more.");
    return ExitCode::Ok;
}

Result<ExitCode> test(const PrinterCall& asked, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto record = records::spool_of(*home->store).find_printer(asked.name);
    if (!record) return record.error();
    auto id = print_test_page(*home, asked.name, asked.template_name, kTerminal);
    if (!id) return id.error();
    const auto& stop = hear_stop_signals();
    const PrintTools tools{system_random(), system_clock(), call.out, {}};
    auto done = see_it_printed(*home, {record->id}, *id, tools, [&] { return stop.load(); });
    if (!done) return done.error();
    return ExitCode::Ok;
}

/// Works off all queues, until it is stopped or, with --once, until nothing is due.
Result<ExitCode> run(const PrinterCall& asked, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    const auto& stop = hear_stop_signals();
    std::map<records::PrinterId, PrinterHand> hands;
    while (!stop) {
        auto printers = records::spool_of(*home->store).printers();
        if (!printers) return printers.error();
        bool busy = false;
        for (const auto& printer : *printers) {
            const auto [hand, is_new] = hands.try_emplace(
                printer.id, *home, printer.id,
                HandTools{system_clock(), call.out, [&] { return stop.load(); }, {}});
            auto turn = hand->second.turn();
            if (!turn) return turn.error();
            if (!*turn) continue;
            busy = busy || (*turn)->state != records::PrintState::Queued;
            call.out.say(fmt::format(
                "{}: {}: {}{}", printer.name, (*turn)->job.what.title,
                (*turn)->state == records::PrintState::Queued ? "waits" : to_string((*turn)->state),
                (*turn)->reason.message.empty() ? "" : ": " + (*turn)->reason.text()));
            call.out.flush();
        }
        if (!busy && asked.once) break;
        if (!busy) std::this_thread::sleep_for(kLook);
    }
    return ExitCode::Ok;
}

using PrinterAct = Result<ExitCode> (*)(const PrinterCall&, Call&);

CLI::App* add_leaf(CLI::App& parent, Program& program, const std::shared_ptr<PrinterCall>& asked,
                   const char* name, const char* sentence, const char* example, PrinterAct body) {
    CLI::App* command = declare(parent, name, sentence, example);
    command->callback([asked, body, &program] {
        program.chosen = [asked, body](Call& call) { return body(*asked, call); };
    });
    return command;
}

void declare_add(CLI::App& printers, Program& program, const std::shared_ptr<PrinterCall>& asked) {
    CLI::App* command =
        add_leaf(printers, program, asked, "add",
                 "Add a printer: ipp://, ipps://, cups:QUEUE, socket://HOST:9100, file:DIR or "
                 "command:PROGRAM. It is asked what it can do.",
                 "verso printer add bench ipp://192.168.1.20/ipp/print", add);
    PrinterToAdd& wanted = asked->add;
    command->add_option("NAME", wanted.name, "For people, as \"bench 1\"")->required();
    command->add_option("URI", wanted.uri, "Where it is")->required();
    command->add_option("--format", wanted.format, "pdf, or zpl for label printers (socket: zpl)")
        ->check(CLI::IsMember({"pdf", "zpl"}));
    command->add_option("--dpi", wanted.dpi, "Of a label printer (203)")
        ->check(CLI::IsMember({203, 300, 600}));
    command->add_option("--tray", wanted.tray,
                        "The tray to take paper from, as the printer names "
                        "it: verso printer status");
    command
        ->add_option("--accept-certificate", wanted.certificate,
                     "SHA-256 of its certificate, for ipps://; the error without it tells which "
                     "one it shows")
        ->type_name("FINGERPRINT");
    command
        ->add_option("--labels-ahead", wanted.labels_ahead,
                     "Labels that a label printer may hold at once (2): what becomes unknown when "
                     "its power fails")
        ->check(CLI::Range(1, 100));
    command
        ->add_option("--patience", wanted.patience_s,
                     "Seconds without progress until a person is asked (600)")
        ->check(CLI::Range(10, 86400));
    command->add_flag("--unchecked", wanted.is_unchecked, "Add it though it cannot be reached now");
}

void declare_jobs(CLI::App& printers, Program& program, const std::shared_ptr<PrinterCall>& asked) {
    CLI::App* listed = add_leaf(printers, program, asked, "jobs",
                                "What is on its way to paper, and what waits for your word.",
                                "verso printer jobs", jobs);
    listed->add_option("NAME", asked->name, "Of this printer alone");
    listed->add_flag("--all", asked->all, "Also what was printed or cancelled");
    CLI::App* settled =
        add_leaf(printers, program, asked, "settle",
                 "Say of a document that waits for your word whether it is on paper: printed; "
                 "again, to print it (again); cancel, to void its cards.",
                 "verso printer settle 17 printed", settle);
    settled->add_option("JOB", asked->job, "Its number: verso printer jobs")->required();
    settled->add_option("ANSWER", asked->says, "printed, again or cancel")
        ->required()
        ->check(CLI::IsMember({"printed", "again", "cancel"}));
    settled
        ->add_option("--up-to", asked->up_to,
                     "With printed: the last label that is on paper, when not all are")
        ->type_name("LABEL");
    settled->add_option("--reason", asked->reason, "Why it is cancelled; kept with the void cards");
    CLI::App* moved =
        add_leaf(printers, program, asked, "move", "Give what waits for one printer to another.",
                 "verso printer move bench attic", move);
    moved->add_option("FROM", asked->name, "A printer")->required();
    moved->add_option("TO", asked->to, "Another one of the same format")->required();
    add_leaf(printers, program, asked, "run",
             "Work off the queues of all printers; verso serve and verso work do it too.",
             "verso printer run --once", run)
        ->add_flag("--once", asked->once, "End when nothing is due");
}

}  // namespace

void add_printer_command(Program& program) {
    CLI::App* printers = declare(program.parser, "printer",
                                 "Printers, and what is on its way to them.", "verso printer list");
    printers->require_subcommand(1);
    auto asked = std::make_shared<PrinterCall>();
    declare_add(*printers, program, asked);
    add_leaf(*printers, program, asked, "list", "The printers of the home.", "verso printer list",
             [](const PrinterCall&, Call& call) { return list(call); });
    const std::tuple<const char*, const char*, const char*, PrinterAct> named[]{
        {"status", "Ask a printer how it is and what is loaded.", "verso printer status bench",
         status},
        {"test", "Print a test page.", "verso printer test bench", test},
        {"pause", "Hand nothing to a printer until it is resumed.", "verso printer pause bench",
         [](const PrinterCall& one, Call& call) { return pause_or_resume(one, true, call); }},
        {"resume", "Let a paused printer go on.", "verso printer resume bench",
         [](const PrinterCall& one, Call& call) { return pause_or_resume(one, false, call); }},
        {"remove", "Take a printer out of the home.", "verso printer remove bench", remove},
    };
    for (const auto& [name, sentence, example, body] : named) {
        CLI::App* command = add_leaf(*printers, program, asked, name, sentence, example, body);
        command->add_option("NAME", asked->name, "verso printer list")->required();
        if (std::string_view(name) == "test") {
            command->add_option("--template", asked->template_name,
                                "Whose paper it is printed on (a4-fold)");
        }
    }
    declare_jobs(*printers, program, asked);
    add_printer_calibrate_command(*printers, program);
}

}  // namespace verso::app
