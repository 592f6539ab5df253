// SPDX-License-Identifier: Apache-2.0
#include "tests/support/postgres_server.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <thread>

extern char** environ;

namespace verso::tests {

namespace fs = std::filesystem;

namespace {

bool is_bin(const fs::path& folder) {
    return ::access((folder / "initdb").c_str(), X_OK) == 0 &&
           ::access((folder / "postgres").c_str(), X_OK) == 0;
}

/// Debian keeps the server's programs by version and off the PATH; the newest version counts.
std::optional<fs::path> find_bin() {
    std::optional<fs::path> found;
    int newest = 0;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator("/usr/lib/postgresql", ignored)) {
        const int version = std::atoi(entry.path().filename().c_str());
        if (version > newest && is_bin(entry.path() / "bin")) {
            newest = version;
            found = entry.path() / "bin";
        }
    }
    if (found) return found;
    const char* path = std::getenv("PATH");
    std::istringstream folders(path != nullptr ? path : "");
    for (std::string one; std::getline(folders, one, ':');) {
        if (is_bin(one)) return one;
    }
    return std::nullopt;
}

/// A folder that other users may pass through. The socket's path must stay below 108 bytes, so a
/// long TMPDIR is not used.
Result<fs::path> make_folder() {
    constexpr std::size_t kLongest = 60;
    std::string name = fs::temp_directory_path().string();
    if (name.size() > kLongest) name = "/tmp";
    name += "/verso-postgres-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) {
        return Error{ErrorCode::FileUnwritable,
                     fmt::format("cannot make a folder: {}", std::strerror(errno)), name, ""};
    }
    return fs::path(name);
}

std::string read_text(const fs::path& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// The line of postmaster.pid that tells the server's state; "ready" is padded with spaces.
bool says_ready(const fs::path& folder) {
    constexpr int kStateLine = 8;  // LOCK_FILE_LINE_PM_STATUS of PostgreSQL 10 and later
    std::istringstream lines(read_text(folder / "data" / "postmaster.pid"));
    std::string line;
    for (int number = 1; std::getline(lines, line); ++number) {
        if (number == kStateLine) return line.starts_with("ready");
    }
    return false;
}

}  // namespace

bool PostgresServer::installed() { return find_bin().has_value(); }

std::string PostgresServer::reason_to_skip() {
    if (installed() || std::getenv("CI") != nullptr) return "";
    return "PostgreSQL is not installed: apt-get install postgresql";
}

Result<std::unique_ptr<PostgresServer>> PostgresServer::start(const PostgresOptions& options) {
    const auto bin = find_bin();
    if (!bin) {
        return Error{ErrorCode::DependencyMissing, "PostgreSQL is not installed",
                     "/usr/lib/postgresql", "apt-get install postgresql"};
    }
    std::unique_ptr<PostgresServer> server(new PostgresServer);
    if (auto kept = server->keep(*bin, options); !kept) return kept.error();
    if (auto ready = server->wait_until_ready(); !ready) return ready.error();
    return server;
}

PostgresServer& PostgresServer::shared() {
    static const std::unique_ptr<PostgresServer> server = [] {
        auto started = start({.fsync = false, .settings = {}});
        if (!started) throw std::runtime_error(started.error().text());
        return std::move(started).value();
    }();
    return *server;
}

Result<void> PostgresServer::keep(const fs::path& bin, const PostgresOptions& options) {
    auto folder = make_folder();
    if (!folder) return folder.error();
    folder_ = *folder;
    std::vector<std::string> words{"/bin/sh", VERSO_SOURCE_DIR "/tests/support/postgres_keeper.sh",
                                   bin.string(), folder_.string()};
    auto settings = options.settings;
    if (!options.fsync) {
        for (const char* off : {"fsync=off", "synchronous_commit=off", "full_page_writes=off"})
            settings.emplace_back(off);
    }
    for (const auto& setting : settings) words.insert(words.end(), {"-c", setting});
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0)
        return Error{ErrorCode::Internal, std::strerror(errno), "pipe", ""};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, pipe[0], STDIN_FILENO);
    // A pipe that a watcher of ours reads to its end must not stay open in the server.
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    const int failure =
        ::posix_spawn(&keeper_, "/bin/sh", &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(pipe[0]);
    leash_ = pipe[1];
    if (failure == 0) return {};
    keeper_ = 0;
    return Error{ErrorCode::DependencyMissing, std::strerror(failure), "/bin/sh", ""};
}

Result<void> PostgresServer::wait_until_ready() {
    using namespace std::chrono_literals;
    const auto deadline = std::chrono::steady_clock::now() + 60s;
    while (std::chrono::steady_clock::now() < deadline) {
        server_ = std::atoi(read_text(folder_ / "state").c_str());
        if (server_ > 0 && says_ready(folder_)) return {};
        const bool failed = read_text(folder_ / "state").starts_with("failed");
        // A server that ended takes its lock file with it or never wrote one: ask for the process.
        if (failed || (server_ > 0 && !fs::exists(fmt::format("/proc/{}", server_)))) break;
        std::this_thread::sleep_for(10ms);
    }
    return Error{ErrorCode::Internal, "PostgreSQL did not come up:\n" + log_end(), folder_.string(),
                 ""};
}

std::string PostgresServer::log_end() const {
    constexpr std::size_t kShown = 2000;
    const std::string log = read_text(folder_ / "log");
    return log.substr(log.size() - std::min(log.size(), kShown));
}

PostgresServer::~PostgresServer() {
    if (leash_ >= 0) ::close(leash_);
    if (keeper_ == 0) return;
    int status = 0;
    while (::waitpid(keeper_, &status, 0) < 0 && errno == EINTR) {
    }
}

std::string PostgresServer::url(const std::string& database) const {
    std::string host;
    for (const char letter : folder_.string()) {
        host += letter == '/' ? std::string("%2F") : std::string(1, letter);
    }
    return fmt::format("postgresql://verso@/{}?host={}", database, host);
}

Result<void> PostgresServer::run(const std::string& statement) const {
    try {
        soci::session session(soci::postgresql, url("postgres"));
        session << statement;
        return {};
    } catch (const std::exception& failure) {
        return Error{ErrorCode::DatabaseFailed, failure.what(), statement, ""};
    }
}

Result<std::string> PostgresServer::create_database(const std::string& like) {
    const std::string name = fmt::format("verso_{}", ++made_);
    if (auto done = run(fmt::format("CREATE DATABASE {} TEMPLATE {}", name, like)); !done)
        return done.error();
    return url(name);
}

void PostgresServer::drop_database(const std::string& url) {
    const auto start = url.rfind("@/") + 2;
    const std::string name = url.substr(start, url.find('?', start) - start);
    (void)run(fmt::format("DROP DATABASE {} WITH (FORCE)", name));
}

}  // namespace verso::tests
