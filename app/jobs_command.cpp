// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/job_handlers.h"
#include "app/uploads.h"

namespace verso::app {

namespace {

using records::JobId;
using records::JobRecord;
using records::JobState;

struct JobsOptions {
    std::string state = "dead";
    int most = 100;
    std::vector<std::int64_t> ids;
    bool all = false;
    std::vector<std::string> files, orders;
    std::string template_name, reprint;
};

std::string dump(const nlohmann::ordered_json& json) {
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string json_of(const JobRecord& job) {
    return dump({{"job", job.id.get()},
                 {"kind", job.kind},
                 {"key", job.key},
                 {"state", records::to_string(job.state)},
                 {"attempts", job.attempts},
                 {"max_attempts", job.max_attempts},
                 {"run_at", format_utc(job.run_at)},
                 {"created_at", format_utc(job.created_at)},
                 {"owner", job.owner},
                 {"last_error", job.last_error}});
}

Result<ExitCode> list(const JobsOptions& options, Call& call) {
    auto state = records::parse_job_state(options.state);
    if (!state) return state.error();
    auto home = open_home(call);
    if (!home) return home.error();
    auto jobs = home->store->jobs().list(home->shop, *state, options.most);
    if (!jobs) return jobs.error();
    auto counts = home->store->jobs().count(home->shop);
    if (!counts) return counts.error();
    Table table({">job", "kind", "key", "state", ">attempts", "due", "last error"});
    for (const auto& job : *jobs) {
        table.add({std::to_string(job.id.get()), job.kind, job.key,
                   std::string(records::to_string(job.state)), std::to_string(job.attempts),
                   format_utc(job.run_at), job.last_error});
        call.out.line(json_of(job));
    }
    call.out.show(table);
    std::string sums;
    for (const auto& count : *counts) {
        sums += (sums.empty() ? "" : ", ") + count.kind + " " +
                std::string(records::to_string(count.state)) + " " + std::to_string(count.jobs);
    }
    call.out.say(sums.empty() ? "the queue is empty" : "in the queue: " + sums);
    return ExitCode::Ok;
}

/// The jobs that were named, or with --all every dead one.
Result<std::vector<JobId>> chosen(const JobsOptions& options, OpenHome& home) {
    if (options.all == options.ids.empty()) {
        std::vector<JobId> ids(options.ids.begin(), options.ids.end());
        if (!options.all) return ids;
        constexpr int kEvery = 1'000'000;
        auto dead = home.store->jobs().list(home.shop, JobState::Dead, kEvery);
        if (!dead) return dead.error();
        for (const auto& job : *dead) ids.push_back(job.id);
        return ids;
    }
    return Error{ErrorCode::Usage, "which jobs?", "jobs", "name them, or say --all"};
}

template <class Act>
Result<ExitCode> act_on(const JobsOptions& options, Call& call, const char* what, Act act) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto ids = chosen(options, *home);
    if (!ids) return ids.error();
    int done = 0;
    std::optional<Error> last;
    for (const JobId id : *ids) {
        const Result<void> acted = act(*home, id);
        if (acted) {
            ++done;
            continue;
        }
        call.out.fail(acted.error());
        last = acted.error();
    }
    call.out.say(std::to_string(done) + " jobs " + what);
    if (!last) return ExitCode::Ok;
    return done > 0 ? ExitCode::Partly : exit_code(last->code);
}

Result<ExitCode> retry(const JobsOptions& options, Call& call) {
    return act_on(options, call, "wait again", [](OpenHome& home, JobId id) {
        return home.store->jobs().retry(home.shop, id, system_clock().now());
    });
}

Result<ExitCode> drop(const JobsOptions& options, Call& call) {
    return act_on(options, call, "dropped",
                  [](OpenHome& home, JobId id) { return drop_with_upload(home, id); });
}

Result<void> put_in(OpenHome& home, const records::NewJob& job, const std::string& what,
                    Call& call) {
    auto is_new = home.store->jobs().enqueue(home.shop, job, system_clock().now());
    if (!is_new) return is_new.error();
    call.out.say(what + (*is_new ? ": put in" : ": is there already, or was done"));
    call.out.line(dump({{"kind", job.kind}, {"key", job.key}, {"new", *is_new}}));
    return {};
}

Result<ExitCode> add_scans(const JobsOptions& options, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto files = files_of(options.files);
    if (!files) return files.error();
    bool failed = false;
    for (const auto& file : *files) {
        auto job = scan_job(file, pile_of(*home));
        auto put = job ? put_in(*home, *job, file, call) : Result<void>(job.error());
        if (put) continue;
        call.out.fail(put.error());
        failed = true;
    }
    return failed ? ExitCode::Partly : ExitCode::Ok;
}

Result<ExitCode> add_prints(const JobsOptions& options, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    bool failed = false;
    for (const auto& order : options.orders) {
        auto known = home->store->find_order(home->shop, OrderNumber(order));
        const auto job =
            print_job(order, options.template_name, options.reprint, system_clock().now());
        auto put = known ? put_in(*home, job, order, call) : Result<void>(known.error());
        if (put) continue;
        call.out.fail(put.error());
        failed = true;
    }
    return failed ? ExitCode::Partly : ExitCode::Ok;
}

void declare_add(CLI::App& jobs, const std::shared_ptr<JobsOptions>& options, Program& program) {
    CLI::App* add = declare(jobs, "add", "Put work into the queue.", "verso jobs add scan inbox/");
    add->require_subcommand(1);
    CLI::App* scan = declare(*add, "scan", "Files of pictures, to be read and recorded.",
                             "verso jobs add scan inbox/");
    scan->add_option("FILE|FOLDER", options->files,
                     "Pictures that the workers can reach by this "
                     "path")
        ->required();
    scan->callback([options, &program] {
        program.chosen = [options](Call& call) { return add_scans(*options, call); };
    });
    CLI::App* print = declare(*add, "print", "Orders whose inserts are to be printed.",
                              "verso jobs add print --order '#1001' --template a4-fold");
    print->add_option("--order", options->orders, "Their numbers")->required()->type_name("NUMBER");
    print->add_option("--template", options->template_name, "See: verso template list")->required();
    print->add_option("--reprint", options->reprint, "Print again what was printed, and why")
        ->type_name("REASON");
    print->callback([options, &program] {
        program.chosen = [options](Call& call) { return add_prints(*options, call); };
    });
}

}  // namespace

void add_jobs_command(Program& program) {
    CLI::App* jobs = declare(program.parser, "jobs",
                             "The queue of work: list it, put work in, try again what was given "
                             "up, or drop it.",
                             "verso jobs list");
    jobs->require_subcommand(1);
    auto options = std::make_shared<JobsOptions>();
    CLI::App* listed = declare(*jobs, "list", "Show the jobs that were given up, or others.",
                               "verso jobs list --state waiting");
    listed->add_option("--state", options->state, "waiting, leased, done or dead (dead)");
    listed->add_option("--most", options->most, "Show at most so many (100)")
        ->check(CLI::Range(1, 1'000'000))
        ->type_name("N");
    listed->callback([options, &program] {
        program.chosen = [options](Call& call) { return list(*options, call); };
    });
    using Act = Result<ExitCode> (*)(const JobsOptions&, Call&);
    for (const auto& [name, sentence, act] :
         {std::tuple{"retry", "Let jobs that were given up be tried again.", Act{retry}},
          std::tuple{"drop", "Take jobs that were given up or wait out of the queue.",
                     Act{drop}}}) {
        CLI::App* command =
            declare(*jobs, name, sentence, std::string("verso jobs ") + name + " 17");
        command->add_option("JOB", options->ids, "Their numbers, as verso jobs list shows them");
        command->add_flag("--all", options->all, "All that were given up");
        command->callback([options, act = act, &program] {
            program.chosen = [options, act](Call& call) { return act(*options, call); };
        });
    }
    declare_add(*jobs, options, program);
}

}  // namespace verso::app
