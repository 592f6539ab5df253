// SPDX-License-Identifier: Apache-2.0
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <map>
#include <memory>

#include "app/printer_crew.h"
#include "app/stop_signals.h"
#include "app/work_loop.h"

extern char** environ;

namespace verso::app {

namespace {

struct WorkCall {
    WorkOptions options;
    std::vector<std::string> kinds, limits;
    int jobs = 1;
};

constexpr int kMostWorkers = 64;

/// "scan=2" to its parts.
Result<std::map<std::string, int>> parse_limits(const std::vector<std::string>& texts) {
    std::map<std::string, int> limits;
    for (const auto& text : texts) {
        const auto sign = text.find('=');
        int most = 0;
        const char* end = text.data() + text.size();
        const bool sound = sign != std::string::npos &&
                           std::from_chars(text.data() + sign + 1, end, most).ptr == end &&
                           most > 0;
        if (!sound) {
            return Error{ErrorCode::Usage, "\"" + text + "\" is no limit", "--limit",
                         "write it as scan=2"};
        }
        limits[text.substr(0, sign)] = most;
    }
    return limits;
}

/// Printers' queues are worked off beside the jobs, unless other kinds were asked for or it shall
/// end when nothing is due (verso printer run --once).
std::unique_ptr<PrinterCrew> work_printers(const WorkCall& asked, Call& call) {
    const auto& kinds = asked.options.kinds;
    if (asked.options.once || (!kinds.empty() && std::find(kinds.begin(), kinds.end(),
                                                           records::kPrintJobKind) == kinds.end()))
        return nullptr;
    return std::make_unique<PrinterCrew>(call);
}

Result<ExitCode> work_alone(const WorkCall& asked, Call& call) {
    const auto& stop_asked = hear_stop_signals();  // a worker ends when its job is done
    ImageReader images;
    auto home = open_home(call);
    if (!home) return home.error();
    const auto printers = work_printers(asked, call);
    auto report = work(*home, images, asked.options, call, stop_asked);
    if (!report) return report.error();
    call.out.say(std::to_string(report->done) + " jobs done, " + std::to_string(report->retried) +
                 " to be tried again, " + std::to_string(report->dead) + " given up");
    return report->dead > 0 || report->retried > 0 ? ExitCode::Partly : ExitCode::Ok;
}

/// The arguments of one of several workers.
std::vector<std::string> words_of(const WorkCall& asked, const Home& home, Call& call) {
    std::vector<std::string> words{"verso", "--home", home.root().string()};
    if (!call.shop.empty()) words.insert(words.end(), {"--shop", call.shop});
    if (call.out.is_json()) words.emplace_back("--json");
    words.insert(words.end(), {"work", "--jobs", "1"});
    for (const auto& kind : asked.kinds) words.insert(words.end(), {"--kinds", kind});
    for (const auto& limit : asked.limits) words.insert(words.end(), {"--limit", limit});
    words.insert(words.end(), {"--lease", std::to_string(asked.options.lease.count())});
    if (asked.options.once) words.emplace_back("--once");
    return words;
}

Result<pid_t> start_worker(std::vector<std::string> words) {
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_t process = 0;
    const int failure =
        ::posix_spawn(&process, "/proc/self/exe", nullptr, nullptr, arguments.data(), environ);
    if (failure == 0) return process;
    return Error{ErrorCode::Internal,
                 std::string("no worker can be started: ") + std::strerror(failure), "work",
                 "use fewer: --jobs"};
}

/// Several workers, each a process of its own: one that crashes takes nobody with it, and another
/// is started in its place.
Result<ExitCode> work_together(const WorkCall& asked, Call& call) {
    auto home = existing_home(call.home);
    if (!home) return home.error();
    const auto& stop_asked = hear_stop_signals();
    const auto words = words_of(asked, *home, call);
    std::map<pid_t, bool> running;
    ExitCode worst = ExitCode::Ok;
    bool told = false;
    for (int i = 0; i < asked.jobs; ++i) {
        auto started = start_worker(words);
        if (!started && running.empty()) return started.error();
        if (started) running[*started] = true;
    }
    while (!running.empty()) {
        if (stop_asked && !told) {
            for (const auto& [process, is_running] : running) ::kill(process, SIGTERM);
            told = true;
        }
        int status = 0;
        const pid_t ended = ::waitpid(-1, &status, WNOHANG);
        if (ended <= 0) {
            ::usleep(50'000);
            continue;
        }
        if (running.erase(ended) == 0) continue;
        if (WIFEXITED(status)) {
            if (WEXITSTATUS(status) != 0) worst = static_cast<ExitCode>(WEXITSTATUS(status));
            continue;
        }
        if (told) continue;
        call.out.warn("a worker was ended by signal " + std::to_string(WTERMSIG(status)) +
                      "; its job will be taken up again");
        ::sleep(1);
        if (auto started = start_worker(words)) running[*started] = true;
    }
    return worst;
}

Result<ExitCode> run(WorkCall& asked, Call& call) {
    asked.options.kinds = asked.kinds;
    auto limits = parse_limits(asked.limits);
    if (!limits) return limits.error();
    asked.options.most_at_once = *limits;
    return asked.jobs > 1 ? work_together(asked, call) : work_alone(asked, call);
}

}  // namespace

void add_work_command(Program& program) {
    auto asked = std::make_shared<WorkCall>();
    auto lease = std::make_shared<int>(60);
    CLI::App* command = declare(program.parser, "work",
                                "Do the jobs that wait in the queue. Any number of workers, with "
                                "PostgreSQL on any number of machines, share them.",
                                "verso work --kinds scan --jobs 4");
    command->add_option("--kinds", asked->kinds, "print, scan, retention, webhook (all)")
        ->delimiter(',');
    command->add_flag("--once", asked->options.once, "End when nothing is due");
    command->add_option("--jobs", asked->jobs, "Workers, each a process (1)")
        ->check(CLI::Range(1, kMostWorkers))
        ->type_name("N");
    command
        ->add_option("--limit", asked->limits,
                     "No more jobs of a kind at once, by all workers of the store together")
        ->delimiter(',')
        ->type_name("KIND=N");
    command
        ->add_option("--lease", *lease,
                     "Seconds until a worker that does not answer is thought dead (60)")
        ->check(CLI::Range(3, 3600))
        ->type_name("SECONDS");
    command->callback([asked, lease, &program] {
        asked->options.lease = std::chrono::seconds(*lease);
        program.chosen = [asked](Call& call) { return run(*asked, call); };
    });
}

}  // namespace verso::app
