// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/util/result.h"

namespace verso::tests {

struct PostgresOptions {
    /// Whether a commit waits for the disk. Default on, as a shop's server; the contract suite,
    /// which asks for results and not for times or power cuts, may do without.
    bool fsync = true;
    /// More settings, "name=value", as in postgresql.conf.
    std::vector<std::string> settings;
};

/// A real PostgreSQL for tests: Debian's package, a cluster in a temporary folder, reached through
/// a socket in that folder and nothing else, so that it meets no other server. It is kept by
/// tests/support/postgres_keeper.sh, which stops it and removes the folder when this object goes
/// and also when the test program dies. As root it runs as `postgres`, or `nobody`.
///
/// Threads: create_database() from one thread at a time, the rest from any.
class PostgresServer {
  public:
    /// Whether initdb and postgres are there: /usr/lib/postgresql/*/bin, or on the PATH.
    static bool installed();
    /// The sentence for GTEST_SKIP(); empty when tests with a server are to run. On the CI machine
    /// (environment CI) it is always empty: there a missing server is a failure.
    static std::string reason_to_skip();

    /// Makes and starts one; takes about a second. DependencyMissing when it is not installed,
    /// Internal with the end of the server's log when it does not come up.
    static Result<std::unique_ptr<PostgresServer>> start(const PostgresOptions& options = {});
    /// The one that all tests of this program share, without fsync, started at the first call and
    /// stopped at exit. A failure to start is an exception with its reason.
    static PostgresServer& shared();

    ~PostgresServer();
    PostgresServer(const PostgresServer&) = delete;
    PostgresServer& operator=(const PostgresServer&) = delete;

    /// A fresh database, empty or a copy of `like` (to which nobody may be connected): its URL,
    /// "postgresql://verso@/verso_1?host=%2Ftmp%2F…". Databases go with the server.
    Result<std::string> create_database(const std::string& like = "template1");
    void drop_database(const std::string& url);

    /// The URL of a database by name.
    std::string url(const std::string& database) const;
    /// The server's first process, and the folder of its socket.
    pid_t pid() const { return server_; }
    const std::filesystem::path& folder() const { return folder_; }

  private:
    PostgresServer() = default;
    Result<void> keep(const std::filesystem::path& bin, const PostgresOptions& options);
    Result<void> wait_until_ready();
    Result<void> run(const std::string& statement) const;
    std::string log_end() const;

    std::filesystem::path folder_;
    pid_t keeper_ = 0;
    pid_t server_ = 0;
    int leash_ = -1;  ///< the keeper's standard input: closed, it stops the server
    int made_ = 0;
};

}  // namespace verso::tests
