// SPDX-License-Identifier: Apache-2.0
#include "service/http/server.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <thread>

namespace verso::service {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::StartsWith;

/// A client that sends bytes as they are and shows what came back.
class Wire {
  public:
    explicit Wire(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in place{};
        place.sin_family = AF_INET;
        place.sin_port = htons(port);
        place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(::connect(socket_, reinterpret_cast<sockaddr*>(&place), sizeof place), 0);
        const timeval patience{5, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    }
    ~Wire() { ::close(socket_); }
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;

    void send(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return;
            bytes.remove_prefix(std::size_t(sent));
        }
    }
    /// Until the text was seen, the other side ends, or five seconds went by.
    std::string until(std::string_view text) {
        while (seen_.find(text) == std::string::npos && more()) {
        }
        return std::exchange(seen_, {});
    }
    /// All until the other side ends.
    std::string rest() {
        while (more()) {
        }
        return std::exchange(seen_, {});
    }
    bool ended() {
        char byte = 0;
        return ::recv(socket_, &byte, 1, 0) == 0;
    }

  private:
    bool more() {
        char bytes[4096];
        const auto got = ::recv(socket_, bytes, sizeof bytes, 0);
        if (got <= 0) return false;
        seen_.append(bytes, std::size_t(got));
        return true;
    }
    int socket_;
    std::string seen_;
};

class ServerTest : public ::testing::Test {
  protected:
    void SetUp() override {
        const auto add = [&](Method method, const std::string& pattern, Handler handler,
                             std::size_t most = 0, bool to_file = false) {
            router_.add({method, pattern, std::move(handler), most, to_file});
        };
        Route guarded;
        guarded.method = Method::Put;
        guarded.pattern = "/guarded";
        guarded.handler = [](const HttpRequest&, const PathValues&) {
            return text_response("taken");
        };
        guarded.most_body = 100;
        guarded.body_to_file = true;
        guarded.admit = [](const HttpRequest& request, const PathValues&) {
            return text_response("", request.header("X-Known").empty() ? 401 : 204);
        };
        router_.add(std::move(guarded));
        add(Method::Get, "/hello",
            [](const HttpRequest&, const PathValues&) -> Reply { return text_response("hello"); });
        add(Method::Get, "/who", [](const HttpRequest& request, const PathValues&) -> Reply {
            return text_response(request.peer.address);
        });
        add(Method::Get, "/throws", [](const HttpRequest&, const PathValues&) -> Reply {
            throw std::runtime_error("inside");
        });
        add(Method::Get, "/later", [this](const HttpRequest&, const PathValues&) -> Reply {
            return [this](const Respond& respond) {
                threads_.emplace_back([respond] {
                    std::this_thread::sleep_for(milliseconds(30));
                    respond(text_response("later"));
                });
            };
        });
        add(
            Method::Post, "/echo",
            [](const HttpRequest& request, const PathValues&) -> Reply {
                return text_response(request.body);
            },
            1000);
        add(
            Method::Post, "/file",
            [this](const HttpRequest& request, const PathValues&) -> Reply {
                std::ifstream in(request.body_file);
                kept_ = request.body_file;
                return text_response(std::to_string(std::filesystem::file_size(request.body_file)));
            },
            1'000'000, true);
        options_.spool = ::testing::TempDir();
        options_.limits.idle = milliseconds(300);
        options_.limits.head = milliseconds(300);
        options_.limits.body = milliseconds(300);
        options_.limits.farewell = milliseconds(2000);
    }
    void TearDown() override {
        server_.reset();
        for (auto& thread : threads_) thread.join();
    }
    void start() {
        auto server = Server::start(
            options_,
            {.router = &router_,
             .refuse =
                 [](const HttpRequest&, int status) {
                     return text_response("refused " + std::to_string(status), status);
                 },
             .finish = [](const HttpRequest&, HttpResponse& r) { r.with("X-Finished", "1"); },
             .served = [this](const Served&) { ++served_; }});
        ASSERT_TRUE(server) << server.error().text();
        server_ = *std::move(server);
    }
    std::string ask(std::string_view bytes) {
        Wire wire(server_->port());
        wire.send(bytes);
        return wire.rest();
    }

    ServerOptions options_;
    Router router_;
    std::atomic<int> served_{0};
    std::filesystem::path kept_;
    std::vector<std::thread> threads_;
    std::unique_ptr<Server> server_;
};

TEST_F(ServerTest, AnswersSeveralRequestsOnOneConnection) {
    start();
    Wire wire(server_->port());
    for (int i = 0; i < 3; ++i) {
        wire.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
        const std::string answer = wire.until("hello");
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
        EXPECT_THAT(answer, HasSubstr("Content-Length: 5\r\n"));
        EXPECT_THAT(answer, HasSubstr("X-Finished: 1\r\n"));
    }
    for (int i = 0; i < 500 && served_ < 3; ++i) std::this_thread::sleep_for(milliseconds(10));
    EXPECT_EQ(served_, 3);
}

TEST_F(ServerTest, RequestsThatComeTogetherAreAnsweredInTheirOrder) {
    start();
    const std::string answers = ask(
        "GET /hello HTTP/1.1\r\nHost: x\r\n\r\nPOST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: "
        "3\r\n\r\nabcGET /later HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const auto hello = answers.find("hello");
    const auto echo = answers.find("\r\n\r\nabc");
    const auto later = answers.find("\r\n\r\nlater");
    ASSERT_NE(later, std::string::npos) << answers;
    EXPECT_LT(hello, echo);
    EXPECT_LT(echo, later);
}

TEST_F(ServerTest, HeadHasTheLengthAndNoBody) {
    start();
    const std::string answer = ask("HEAD /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(answer, HasSubstr("Content-Length: 5\r\n"));
    EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
}

TEST_F(ServerTest, WhatIsNotThereOrNotAllowedOrBrokenIsRefused) {
    start();
    EXPECT_THAT(ask("GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
                StartsWith("HTTP/1.1 404"));
    const auto not_allowed = ask("DELETE /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(not_allowed, StartsWith("HTTP/1.1 405"));
    EXPECT_THAT(not_allowed, HasSubstr("Allow: GET, HEAD\r\n"));
    EXPECT_THAT(ask("OPTIONS /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
                StartsWith("HTTP/1.1 204"));
    EXPECT_THAT(ask("GET /throws HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
                StartsWith("HTTP/1.1 500"));
    EXPECT_THAT(ask("nonsense\r\n\r\n"), StartsWith("HTTP/1.1 400"));
    EXPECT_THAT(ask("GET hello HTTP/1.1\r\nHost: x\r\n\r\n"), StartsWith("HTTP/1.1 400"));
    EXPECT_THAT(ask("GET /hello HTTP/1.1\r\nHost: x\r\nA B: c\r\n\r\n"),
                StartsWith("HTTP/1.1 400"));
}

TEST_F(ServerTest, TwoLengthsAreNoLength) {
    start();
    for (const char* fields : {"Content-Length: 3\r\nContent-Length: 4\r\n",
                               "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
                               "Content-Length: -1\r\n", "Content-Length: 3x\r\n"}) {
        const auto answer =
            ask("POST /echo HTTP/1.1\r\nHost: x\r\n" + std::string(fields) + "\r\nabc");
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 400")) << fields;
    }
}

TEST_F(ServerTest, GiantHeadersAreCut) {
    start();
    EXPECT_THAT(ask("GET /hello HTTP/1.1\r\nHost: x\r\nX: " + std::string(100'000, 'a')),
                StartsWith("HTTP/1.1 431"));
    EXPECT_THAT(ask("GET /" + std::string(100'000, 'a')), StartsWith("HTTP/1.1 431"));
}

TEST_F(ServerTest, ABodyMayBeAsLongAsItsRouteSays) {
    start();
    const auto with = [&](const std::string& head, const std::string& body) {
        return ask("POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + head + "\r\n" +
                   body);
    };
    EXPECT_THAT(with("Content-Length: 1000\r\n", std::string(1000, 'b')), HasSubstr("200 OK"));
    EXPECT_THAT(with("Content-Length: 1001\r\n", std::string(1001, 'b')), HasSubstr(" 413 "));
    EXPECT_THAT(with("Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n0\r\n\r\n"),
                HasSubstr("\r\n\r\nabc"));
    EXPECT_THAT(with("Transfer-Encoding: chunked\r\n",
                     "7d0\r\n" + std::string(2000, 'c') + "\r\n0\r\n\r\n"),
                HasSubstr(" 413 "));
    EXPECT_THAT(ask("GET /hello HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n12345"),
                StartsWith("HTTP/1.1 413"))
        << "a body that nobody asked for";
}

TEST_F(ServerTest, ALargeBodyGoesToAFileThatIsGoneAfterwards) {
    start();
    const std::string body(700'000, 'x');
    const auto answer =
        ask("POST /file HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: " +
            std::to_string(body.size()) + "\r\n\r\n" + body);
    EXPECT_THAT(answer, HasSubstr("\r\n\r\n700000"));
    EXPECT_FALSE(std::filesystem::exists(kept_));
}

TEST_F(ServerTest, AStrangersBodyIsNotEvenRead) {
    start();
    Wire stranger(server_->port());
    stranger.send("PUT /guarded HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n");
    EXPECT_THAT(stranger.rest(), StartsWith("HTTP/1.1 401")) << "before a byte of it came";
    Wire known(server_->port());
    known.send("PUT /guarded HTTP/1.1\r\nHost: x\r\nX-Known: 1\r\nContent-Length: 9\r\n\r\n");
    known.send("some bits");
    EXPECT_THAT(known.until("taken"), StartsWith("HTTP/1.1 200"));
}

TEST_F(ServerTest, WhoWaitsForAWordGetsIt) {
    start();
    Wire wire(server_->port());
    wire.send(
        "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    EXPECT_THAT(wire.until("\r\n\r\n"), StartsWith("HTTP/1.1 100 Continue"));
    wire.send("ok");
    EXPECT_THAT(wire.until("\r\n\r\nok"), HasSubstr("200 OK"));
}

TEST_F(ServerTest, WhoDripsHeadersIsCutOff) {
    start();
    const auto began = std::chrono::steady_clock::now();
    Wire wire(server_->port());
    wire.send("GET /hello HT");
    EXPECT_EQ(wire.rest(), "");
    Wire silent(server_->port());
    EXPECT_TRUE(silent.ended());
    Wire slow_body(server_->port());
    slow_body.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
    EXPECT_EQ(slow_body.rest(), "");
    EXPECT_LT(std::chrono::steady_clock::now() - began, milliseconds(4000));
}

TEST_F(ServerTest, AClientThatGoesAwayInTheMiddleHarmsNobody) {
    start();
    {
        Wire wire(server_->port());
        wire.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    {
        Wire wire(server_->port());
        wire.send("POST /file HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\nabc");
    }
    EXPECT_THAT(ask("GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
                HasSubstr("hello"));
}

TEST_F(ServerTest, StoppingAnswersWhatIsUnderWay) {
    options_.limits.idle = milliseconds(60'000);
    start();
    Wire resting(server_->port());
    resting.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
    resting.until("hello");
    Wire working(server_->port());
    working.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
    std::this_thread::sleep_for(milliseconds(10));
    const auto began = std::chrono::steady_clock::now();
    server_->stop();
    EXPECT_LT(std::chrono::steady_clock::now() - began, milliseconds(1500));
    EXPECT_THAT(working.rest(), HasSubstr("later"));
    EXPECT_TRUE(resting.ended());
}

TEST_F(ServerTest, AProxyThatIsNamedMaySpeakForItsClient) {
    options_.proxy_protocol = true;
    options_.proxies = TrustedPeers::parse({"127.0.0.1"}).value();
    start();
    EXPECT_THAT(ask("PROXY TCP4 192.0.2.7 198.51.100.1 5000 80\r\nGET /who HTTP/1.1\r\nHost: "
                    "x\r\nConnection: close\r\n\r\n"),
                HasSubstr("\r\n\r\n192.0.2.7"));
    EXPECT_EQ(ask("GET /who HTTP/1.1\r\nHost: x\r\n\r\n"), "");
}

TEST_F(ServerTest, AnAddressThatIsTakenIsNamed) {
    start();
    options_.port = server_->port();
    const auto second = Server::start(options_, Application{});
    ASSERT_FALSE(second);
    EXPECT_THAT(second.error().text(), HasSubstr("--listen"));
}

TEST_F(ServerTest, NoiseNeverStopsTheService) {
    start();
    constexpr unsigned kSeed = 20261122;
    SCOPED_TRACE(kSeed);
    std::mt19937 random(kSeed);
    const std::string sound =
        "POST /echo?x=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc";
    for (int round = 0; round < 300; ++round) {
        std::string bytes = sound;
        for (int i = 0; i < 4; ++i) bytes.at(random() % bytes.size()) = static_cast<char>(random());
        Wire wire(server_->port());
        wire.send(bytes);
    }
    EXPECT_THAT(ask("GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
                HasSubstr("hello"));
}

}  // namespace
}  // namespace verso::service
