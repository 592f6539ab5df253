// SPDX-License-Identifier: Apache-2.0
// The server is a real one; that it is gone afterwards is read from /proc and from the disk.
#include "tests/support/postgres_server.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <thread>

namespace verso::tests {
namespace {

namespace fs = std::filesystem;

class PostgresServerTest : public ::testing::Test {
  protected:
    void SetUp() override {
        const std::string reason = PostgresServer::reason_to_skip();
        if (!reason.empty()) GTEST_SKIP() << reason;
    }
    static bool alive(pid_t process) { return fs::exists(fmt::format("/proc/{}", process)); }
    static int ask(const std::string& url, const std::string& question) {
        soci::session session(soci::postgresql, url);
        int answer = 0;
        session << question, soci::into(answer);
        return answer;
    }
    static std::string show(const std::string& url, const std::string& setting) {
        soci::session session(soci::postgresql, url);
        std::string answer;
        session << "SHOW " << setting, soci::into(answer);
        return answer;
    }
};

TEST_F(PostgresServerTest, AnswersAndLeavesNothingBehind) {
    auto started = PostgresServer::start({.fsync = true, .settings = {"work_mem=5MB"}});
    ASSERT_TRUE(started) << started.error().text();
    auto server = std::move(started).value();
    const std::string url = server->create_database().value();
    EXPECT_EQ(ask(url, "SELECT 1"), 1);
    EXPECT_EQ(show(url, "fsync"), "on");
    EXPECT_EQ(show(url, "work_mem"), "5MB");
    EXPECT_EQ(show(url, "server_encoding"), "UTF8");
    const fs::path folder = server->folder();
    const pid_t process = server->pid();
    EXPECT_TRUE(alive(process));
    server.reset();
    EXPECT_FALSE(alive(process));
    EXPECT_FALSE(fs::exists(folder));
}

TEST_F(PostgresServerTest, DatabasesAreFreshOrCopies) {
    PostgresServer& server = PostgresServer::shared();
    const std::string first = server.create_database().value();
    {
        soci::session session(soci::postgresql, first);
        session << "CREATE TABLE kept (n INTEGER)";
        session << "INSERT INTO kept VALUES (7)";
    }
    const std::string fresh = server.create_database().value();
    EXPECT_EQ(ask(fresh, "SELECT COUNT(*) FROM pg_tables WHERE tablename = 'kept'"), 0);
    EXPECT_EQ(ask(server.create_database("verso_1").value(), "SELECT n FROM kept"), 7);
    EXPECT_EQ(show(fresh, "fsync"), "off");
    server.drop_database(fresh);
    EXPECT_ANY_THROW(ask(fresh, "SELECT 1"));
}

TEST_F(PostgresServerTest, ABadSettingIsToldWithTheServersWords) {
    const auto refused = PostgresServer::start({.fsync = true, .settings = {"no_such_thing=1"}});
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("no_such_thing"), std::string::npos)
        << refused.error().message;
}

// The program that started it is killed: the keeper alone is left, and cleans up.
TEST_F(PostgresServerTest, GoesWithAProgramThatIsKilled) {
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe(pipe.data()), 0);
    const pid_t program = ::fork();
    if (program == 0) {
        auto server = PostgresServer::start({.fsync = false, .settings = {}});
        const pid_t process = server ? (*server)->pid() : -1;
        (void)!::write(pipe[1], &process, sizeof process);
        ::raise(SIGKILL);
    }
    pid_t process = -1;
    ASSERT_EQ(::read(pipe[0], &process, sizeof process), static_cast<ssize_t>(sizeof process));
    ASSERT_GT(process, 0);
    ::waitpid(program, nullptr, 0);
    ::close(pipe[0]);
    ::close(pipe[1]);
    for (int tries = 0; alive(process) && tries < 1000; ++tries)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    EXPECT_FALSE(alive(process));
}

}  // namespace
}  // namespace verso::tests
