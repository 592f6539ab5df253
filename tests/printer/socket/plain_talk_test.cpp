// SPDX-License-Identifier: Apache-2.0
// A printer that takes bytes and tells nothing, played by a thread for each test.
#include "printer/socket/plain_talk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <functional>
#include <thread>

#include "label_file.h"
#include "tests/support/shared_notes.h"

namespace verso::printer {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;
using Kind = Outcome::Kind;

/// Listens on a free port and gives each connection to `serve`, one after another.
class Listener {
  public:
    using Serve = std::function<void(int fd, Listener& listener)>;
    explicit Listener(Serve serve) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto* any = reinterpret_cast<sockaddr*>(&address);
        socklen_t size = sizeof address;
        // Little room, so that a document does not fit into buffers alone.
        const int room = 4096;
        ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
        EXPECT_EQ(::bind(fd_, any, size), 0);
        EXPECT_EQ(::listen(fd_, 4), 0);
        ::getsockname(fd_, any, &size);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this, serve] {
            pollfd wait{fd_, POLLIN, 0};
            while (!done) {
                if (::poll(&wait, 1, 5) <= 0) continue;
                const int client = ::accept4(fd_, nullptr, nullptr, SOCK_CLOEXEC);
                serve(client, *this);
                ::close(client);
            }
        });
    }
    ~Listener() {
        done = true;
        thread_.join();
        ::close(fd_);
    }
    int port() const { return port_; }
    // Up to `most` bytes, or to the end.
    void take(int client, std::int64_t most = 1LL << 40) {
        std::array<char, 8192> piece{};
        while (most > 0 && !done) {
            pollfd wait{client, POLLIN, 0};
            if (::poll(&wait, 1, 5) == 0) continue;
            const auto size = static_cast<std::size_t>(std::min<std::int64_t>(most, 8192));
            const ssize_t got = ::recv(client, piece.data(), size, 0);
            if (got <= 0) return;
            bytes += got;
            most -= got;
        }
    }
    std::atomic<bool> done{false};
    std::atomic<std::int64_t> bytes{0};

  private:
    int fd_, port_ = 0;
    std::thread thread_;
};

constexpr std::int64_t kSize = 3'000'000;

class PlainTalkTest : public testing::Test {
  protected:
    PlainTalkTest() {
        std::ofstream(file_.root() / "wave.pdf", std::ios::binary) << std::string(kSize, 'p');
    }
    Outcome print(const Listener& printer) {
        Document document = file_.document();
        document.file = file_.root() / "wave.pdf";
        document.paper.format = DocumentFormat::Pdf;
        return device_at(printer.port(), options_)->hand_over(document, notes_.known(), notes_);
    }

    LabelFile file_{1};
    DeviceOptions options_ = quick_options();
    SharedNotes notes_;
};

TEST_F(PlainTalkTest, WholeDocumentAndOrderlyCloseIsDone) {
    Listener printer([](int client, Listener& self) { self.take(client); });
    EXPECT_EQ(print(printer).kind, Kind::Done);
    EXPECT_EQ(printer.bytes, kSize);
    EXPECT_EQ(notes_.known().step, HandOver::Step::Printing);
    EXPECT_EQ(print(printer).kind, Kind::Done);  // it had ended, nobody had written it down
    EXPECT_EQ(printer.bytes, kSize);
}

TEST_F(PlainTalkTest, WhatThePrinterSaysIsIgnored) {
    Listener printer([](int client, Listener& self) {
        ::send(client, "@PJL READY\r\n", 12, MSG_NOSIGNAL);
        self.take(client);
        ::send(client, "@PJL END\r\n", 10, MSG_NOSIGNAL);
    });
    EXPECT_EQ(print(printer).kind, Kind::Done);
}

TEST_F(PlainTalkTest, CutInTheMiddleIsUnknownAndStaysSo) {
    Listener printer([](int client, Listener& self) { self.take(client, 100000); });
    const Outcome outcome = print(printer);
    EXPECT_EQ(outcome.kind, Kind::Unknown);
    EXPECT_EQ(outcome.first_unknown, 0);
    EXPECT_THAT(outcome.reason.message, HasSubstr("in the middle"));
    EXPECT_EQ(print(printer).kind, Kind::Unknown);
    EXPECT_EQ(printer.bytes, 100000);
}

TEST_F(PlainTalkTest, ResetAtTheEndIsUnknown) {
    Listener printer([](int client, Listener& self) {
        self.take(client, kSize);
        const linger hard{1, 0};
        ::setsockopt(client, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    });
    EXPECT_EQ(print(printer).kind, Kind::Unknown);
}

TEST_F(PlainTalkTest, PrinterThatStopsReadingIsUnknownInTime) {
    options_.print_timeout = milliseconds(100);
    Listener printer([](int client, Listener& self) {
        self.take(client, 100000);
        while (!self.done) std::this_thread::sleep_for(milliseconds(2));
    });
    EXPECT_THAT(print(printer).reason.message, HasSubstr("no more bytes"));
}

TEST_F(PlainTalkTest, PrinterThatNeverClosesIsUnknownInTime) {
    // Small enough that nothing but the close is waited for.
    std::ofstream(file_.root() / "wave.pdf", std::ios::binary) << "%PDF-1.4 small";
    options_.print_timeout = milliseconds(150);
    Listener printer([](int client, Listener& self) {
        self.take(client);
        while (!self.done) std::this_thread::sleep_for(milliseconds(2));
    });
    const Outcome outcome = print(printer);
    EXPECT_EQ(outcome.kind, Kind::Unknown);
    EXPECT_THAT(outcome.reason.message, HasSubstr("never closed"));
}

TEST_F(PlainTalkTest, SlowPrinterIsWaitedFor) {
    options_.print_timeout = milliseconds(2000);
    Listener printer([](int client, Listener& self) {
        for (int i = 0; i < 20; ++i) {
            self.take(client, 20000);
            std::this_thread::sleep_for(milliseconds(3));
        }
        self.take(client);
    });
    EXPECT_EQ(print(printer).kind, Kind::Done);
}

TEST_F(PlainTalkTest, EndAtEachStepSendsNothingTwice) {
    constexpr int kSmall = 300'000;
    std::ofstream(file_.root() / "wave.pdf", std::ios::binary) << std::string(kSmall, 'p');
    int steps = 0;
    for (;; ++steps) {
        SharedNotes notes;
        Listener printer([](int client, Listener& self) { self.take(client); });
        Document document = file_.document();
        document.file = file_.root() / "wave.pdf";
        document.paper.format = DocumentFormat::Pdf;
        const pid_t child = ::fork();
        if (child == 0) {
            ::close_range(3, ~0U, 0);  // else it would hold the printer's end of the connection
            notes.die_at = steps;
            device_at(printer.port(), options_)->hand_over(document, {}, notes);
            ::_exit(0);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        if (WEXITSTATUS(status) == 0) break;
        for (int i = 0; i < 5; ++i) std::this_thread::sleep_for(milliseconds(2));
        const auto before = printer.bytes.load();
        const Kind kind =
            device_at(printer.port(), options_)->hand_over(document, notes.known(), notes).kind;
        const bool was_sending = notes.known().step == HandOver::Step::Sending;
        EXPECT_EQ(kind, was_sending ? Kind::Unknown : Kind::Done) << steps;
        // Either one of the two sent all of it, or what the first one sent stays as it is.
        EXPECT_EQ(printer.bytes, kind == Kind::Done ? kSmall : before) << steps;
    }
    EXPECT_GE(steps, 8);
}

}  // namespace
}  // namespace verso::printer
