// SPDX-License-Identifier: Apache-2.0
// A reader process that misbehaves on demand: a file "abort@2.tif" makes it abort on its page 2.
// Every other page is "read" as an accepted card whose values the tests know.
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <stdexcept>
#include <thread>

#include "scanner/worker/worker_main.h"

namespace {

using namespace verso;

/// A forbidden call that comes back: refused is what it should be.
std::string judged(const char* call, bool worked) {
    return std::string(call) + (worked ? " worked" : " was refused");
}

std::string eat_memory() {
    std::vector<std::vector<char>> eaten;
    for (;;) eaten.emplace_back(std::size_t{16} << 20, 'x');
}

std::string hang() {
    std::atomic<int> never = 0;
    while (never.load() == 0) {
    }
    return "";
}

std::string make_process() {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(0);
    if (child > 0) ::waitpid(child, nullptr, 0);
    return judged("fork", child >= 0);
}

std::string make_thread() {
    int seen = 0;
    std::thread([&] { seen = 1; }).join();
    return judged("thread", seen == 1);
}

std::string lie() {
    const char nonsense[] = "\x03\x00\x00\x00\x08zz";
    return judged("lie", ::write(scanner::kWorkerSocket, nonsense, 7) == 7);
}

std::string run_program() {
    char program[] = "/bin/true";
    char* const arguments[] = {program, nullptr};
    ::execv(program, arguments);
    return judged("exec", false);
}

const std::map<std::string, std::function<std::string()>>& faults() {
    static const std::map<std::string, std::function<std::string()>> all{
        {"abort",
         [] {
             std::fputs("Assertion `whole' failed.\n", stderr);
             std::abort();
             return "";
         }},
        {"crash", [] { return judged("crash", ::raise(SIGSEGV) == 0); }},
        {"exit",
         [] {
             ::_exit(7);
             return "";
         }},
        {"hang", hang},
        {"memory", eat_memory},
        {"open", [] { return judged("open", ::open("/etc/hostname", O_RDONLY) >= 0); }},
        {"write", [] { return judged("write", ::creat("/tmp/verso-escaped", 0600) >= 0); }},
        {"socket", [] { return judged("socket", ::socket(AF_INET, SOCK_STREAM, 0) >= 0); }},
        {"kill", [] { return judged("kill", ::kill(::getppid(), 0) == 0); }},
        {"fork", make_process},
        {"exec", run_program},
        {"thread", make_thread},
        {"lie", lie},
        {"throw", []() -> std::string { throw std::runtime_error("thrown"); }},
    };
    return all;
}

std::vector<Reading> read_page_or_fail(const scanner::GrayImage& image,
                                       const scanner::LayoutLookup& layouts,
                                       const scanner::ReadOptions& options) {
    Reading reading;
    reading.verdict = Verdict::Accepted;
    reading.template_name = options.name;
    reading.dpi = image.width;
    reading.secret = CardSecret{"0123456789ABCDEFGHJK"};
    if (layouts(LayoutNumber{7}) != nullptr) reading.region = "knows layout 7";
    if (!options.crop_dir.empty()) {
        options.pictures.gray(options.crop_dir + "/" + options.name + ".png", image);
    }
    const auto at = options.name.find('@');
    const auto page = options.name.rfind("-p");
    if (at != std::string::npos &&
        options.name.substr(at + 1, page - at - 1) == options.name.substr(page + 2)) {
        reading.host = faults().at(options.name.substr(0, at))();
    }
    return {reading};
}

}  // namespace

int main(int argc, char** argv) {
    if (argc > 1 && std::string(argv[1]) == "dies") {
        std::fputs("no library today\n", stderr);
        return 5;
    }
    return scanner::worker_main(read_page_or_fail);
}
