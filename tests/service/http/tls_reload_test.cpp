// SPDX-License-Identifier: Apache-2.0
// New certificate files serve new connections while the server runs. tests/data/tls: two
// certificates of example.com with their keys, made for this test alone.
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "service/http/server.h"

namespace verso::service {
namespace {

namespace fs = std::filesystem;

const fs::path kData = VERSO_SOURCE_DIR "/tests/data/tls";

std::string content(const fs::path& file) {
    std::ifstream in(file);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

/// What a client is shown, by Python's ssl.
std::string shown_by(std::uint16_t port) {
    const std::string command =
        "python3 -c 'import ssl,sys; sys.stdout.write(ssl.get_server_certificate((\"127.0.0.1\", " +
        std::to_string(port) + ")))' 2>&1";
    std::string out;
    FILE* pipe = ::popen(command.c_str(), "r");
    EXPECT_NE(pipe, nullptr);
    std::array<char, 4096> bytes{};
    while (const auto got = std::fread(bytes.data(), 1, bytes.size(), pipe)) {
        out.append(bytes.data(), got);
    }
    ::pclose(pipe);
    return out;
}

class TlsReload : public ::testing::Test {
  protected:
    void SetUp() override {
        folder_ = fs::path(::testing::TempDir()) / ("verso-tls-" + std::to_string(::getpid()));
        fs::create_directories(folder_);
        use("one", "one");
        ServerOptions options;
        options.tls = {folder_ / "crt", folder_ / "key", std::chrono::milliseconds(0)};
        auto server = Server::start(
            std::move(options),
            {&router_, [](const HttpRequest&, int status) { return text_response("", status); },
             [](const HttpRequest&, HttpResponse&) {}, [](const Served&) {}});
        ASSERT_TRUE(server) << server.error().text();
        server_ = *std::move(server);
    }
    void TearDown() override {
        server_.reset();
        fs::remove_all(folder_);
    }
    void use(const std::string& certificate, const std::string& key) {
        // Another moment than before, whatever the file system's clock counts in.
        ++age_;
        for (const auto& [name, from] :
             {std::pair{"crt", certificate + ".crt"}, std::pair{"key", key + ".key"}}) {
            fs::copy_file(kData / from, folder_ / name, fs::copy_options::overwrite_existing);
            fs::last_write_time(folder_ / name,
                                fs::file_time_type::clock::now() + std::chrono::seconds(age_));
        }
    }

    fs::path folder_;
    int age_ = 0;
    Router router_;
    std::unique_ptr<Server> server_;
};

TEST_F(TlsReload, NewFilesServeNewConnectionsAndBrokenOnesDoNot) {
    EXPECT_EQ(shown_by(server_->port()), content(kData / "one.crt"));
    use("two", "two");
    EXPECT_EQ(shown_by(server_->port()), content(kData / "two.crt"));
    // One of the two was replaced already, the other not yet: the last good pair goes on.
    use("one", "two");
    EXPECT_EQ(shown_by(server_->port()), content(kData / "two.crt"));
    use("one", "one");
    EXPECT_EQ(shown_by(server_->port()), content(kData / "one.crt"));
    std::ofstream(folder_ / "crt") << "no certificate";
    EXPECT_EQ(shown_by(server_->port()), content(kData / "one.crt"));
}

}  // namespace
}  // namespace verso::service
