// SPDX-License-Identifier: Apache-2.0
#include "tests/support/cups_server.h"

#include <grp.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

namespace verso::tests {

namespace fs = std::filesystem;

namespace {

constexpr const char* kBackend = R"sh(#!/bin/sh
[ $# -eq 0 ] && exit 0
out="${DEVICE_URI#tofile:}/$1"
if [ -n "$6" ]; then cat "$6" >"$out.part"; else cat >"$out.part"; fi
mv "$out.part" "$out"
)sh";

constexpr const char* kServer = R"(Browsing Off
DefaultAuthType Basic
WebInterface No
PreserveJobHistory Yes
DirtyCleanInterval 0
ErrorPolicy stop-printer
<Location />
  Order allow,deny
  Allow localhost
</Location>
<Location /admin>
  Order allow,deny
  Allow localhost
</Location>
<Policy default>
  JobPrivateAccess default
  JobPrivateValues default
  <Limit Send-Document Close-Job Cancel-Job>
    Require user @OWNER @SYSTEM
    Order deny,allow
  </Limit>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
)";

void write(const fs::path& file, const std::string& text) { std::ofstream(file) << text; }

/// cupsd runs what it starts as lp, and trusts only programs that root alone can write.
void give_to_lp(const fs::path& folder) {
    const group* lp = ::getgrnam("lp");
    if (lp == nullptr || ::chown(folder.c_str(), 0, lp->gr_gid) != 0) return;
    fs::permissions(folder, fs::perms(0770));
}

}  // namespace

std::string CupsServer::reason_to_skip() {
    if (::geteuid() != 0) return "cupsd starts only as root";
    if (!find_program("cupsd").empty() && !find_program("lpadmin").empty()) return "";
    return std::getenv("CI") != nullptr
               ? ""
               : "cupsd is not installed: apt-get install cups-daemon cups-client";
}

CupsServer::CupsServer() : folder_(make_test_folder("cups")), port_(free_port()) {
    for (const char* one : {"etc", "etc/ppd", "run", "spool", "spool/tmp", "cache", "log", "out"}) {
        fs::create_directories(folder_ / one);
        give_to_lp(folder_ / one);
    }
    fs::create_directories(folder_ / "bin/backend");
    std::error_code ignored;
    for (const auto& one : fs::directory_iterator("/usr/lib/cups", ignored)) {
        if (one.path().filename() != "backend")
            fs::create_symlink(one.path(), folder_ / "bin" / one.path().filename());
    }
    write(folder_ / "bin/backend/tofile", kBackend);
    fs::permissions(folder_ / "bin/backend/tofile", fs::perms(0700));
    write(folder_ / "etc/cupsd.conf", "Listen 127.0.0.1:" + std::to_string(port_) + "\nListen " +
                                          (folder_ / "run/cups.sock").string() + "\n" + kServer);
    const auto at = [&](const char* key, const char* path) {
        return std::string(key) + " " + (folder_ / path).string() + "\n";
    };
    write(folder_ / "etc/cups-files.conf",
          at("ServerRoot", "etc") + at("ServerBin", "bin") + at("RequestRoot", "spool") +
              at("TempDir", "spool/tmp") + at("CacheDir", "cache") + at("StateDir", "run") +
              at("DocumentRoot", "run") + at("AccessLog", "log/access") +
              at("ErrorLog", "log/error") + at("PageLog", "log/page") +
              "User lp\nGroup lp\nSystemGroup lpadmin\n");
    start();
}

CupsServer::~CupsServer() {
    program_.kill();
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

void CupsServer::start() {
    program_ =
        ChildProgram({find_program("cupsd"), "-f", "-c", (folder_ / "etc/cupsd.conf").string(),
                      "-s", (folder_ / "etc/cups-files.conf").string()},
                     {}, folder_ / "stdout");
    if (!wait_for_port(port_)) throw std::runtime_error("cupsd did not start: " + log());
}

void CupsServer::kill() { program_.kill(); }

int CupsServer::run(const std::vector<std::string>& words) const {
    ChildProgram program(words, {}, folder_ / "stdout");
    for (int waited = 0; waited < 1000 && program.is_running(); ++waited)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return 0;
}

void CupsServer::add_queue(const std::string& name) const {
    const auto server = "127.0.0.1:" + std::to_string(port_);
    run({find_program("lpadmin"), "-h", server, "-p", name, "-E", "-v",
         "tofile:" + (folder_ / "out").string(), "-m", "raw"});
}

std::string CupsServer::socket_uri(const std::string& queue) const {
    return "cups:" + queue + "?server=" + (folder_ / "run/cups.sock").string();
}

void CupsServer::pause(const std::string& queue) const {
    run({find_program("cupsdisable"), "-h", "127.0.0.1:" + std::to_string(port_), queue});
}

void CupsServer::resume(const std::string& queue) const {
    run({find_program("cupsenable"), "-h", "127.0.0.1:" + std::to_string(port_), queue});
}

std::string CupsServer::uri(const std::string& queue) const {
    return "cups:" + queue + "?server=127.0.0.1:" + std::to_string(port_);
}

std::string CupsServer::document(int job) const {
    std::ifstream in(folder_ / "out" / std::to_string(job), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

int CupsServer::printed() const {
    int count = 0;
    for (const auto& one : fs::directory_iterator(folder_ / "out"))
        count += one.path().extension().empty() ? 1 : 0;
    return count;
}

std::string CupsServer::log() const {
    std::ifstream in(folder_ / "log/error");
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace verso::tests
