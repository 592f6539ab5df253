// SPDX-License-Identifier: Apache-2.0
// Printers that are slow, silent or none at all: a server that does what a test tells it.
#include <algorithm>
#include <chrono>
#include <mutex>
#include <vector>

#include "device_fixture.h"
#include "tests/support/fake_ipp.h"

namespace verso::printer::tests {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using verso::tests::FakeIpp;
using verso::tests::FakeReply;
using verso::tests::FakeRequest;

constexpr int kCreate = 5, kSend = 6, kCancel = 8, kAskJob = 9, kList = 10, kAskPrinter = 11;

std::string job(int state, const std::string& more = "") {
    return FakeIpp::group(2) + FakeIpp::number(0x21, "job-id", 7) +
           FakeIpp::number(0x23, "job-state", state) + more;
}

/// A printer that does everything right.
FakeReply good(const FakeRequest& request) {
    FakeReply reply;
    std::string groups;
    if (request.operation == kAskPrinter)
        groups = FakeIpp::group(4) + FakeIpp::number(0x23, "printer-state", 3);
    if (request.operation == kCreate || request.operation == kSend) groups = job(3);
    if (request.operation == kAskJob) groups = job(9);
    reply.ipp = FakeIpp::message(0, groups);
    return reply;
}

/// The job that a request names; 0 for none.
int job_number(const FakeRequest& request) {
    const std::string head("job-id\0\4\0\0\0", 11);
    const auto at = request.body.find(head);
    if (at == std::string::npos) return 0;
    return static_cast<unsigned char>(request.body.at(at + head.size()));
}

FakeReply refusal(int status) {
    FakeReply reply;
    reply.ipp = FakeIpp::message(status);
    return reply;
}

FakeReply web_page() {
    FakeReply reply;
    reply.raw =
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>";
    return reply;
}

class IppBadPrinterTest : public DeviceTest {
  protected:
    IppBadPrinterTest() {
        options.answer_timeout = milliseconds(200);
        options.connect_timeout = milliseconds(500);
        options.print_timeout = milliseconds(600);
    }
    /// Hands one document over to a printer whose answer to one operation is another.
    Outcome print_with(int operation, const std::function<FakeReply(const FakeRequest&)>& bad,
                       std::size_t bytes = 20000) {
        fake = std::make_unique<FakeIpp>([=](const FakeRequest& request) {
            return request.operation == operation ? bad(request) : good(request);
        });
        const auto begin = Clock::now();
        const auto outcome = print(*open(fake->uri()), document("insert-1", bytes));
        took = std::chrono::duration_cast<milliseconds>(Clock::now() - begin);
        return outcome;
    }
    std::unique_ptr<FakeIpp> fake;
    milliseconds took{0};
};

TEST_F(IppBadPrinterTest, TheScriptItselfIsAGoodPrinter) {
    expect_end(print_with(0, good), End::Done);
    EXPECT_THAT(fake->operations(),
                ::testing::ElementsAre(kAskPrinter, kList, kList, kCreate, kSend, kAskJob));
}

TEST_F(IppBadPrinterTest, SilenceIsWaitedForAndNoLonger) {
    const auto silent = [](const FakeRequest&) {
        FakeReply reply;
        reply.is_silent = true;
        return reply;
    };
    for (const int operation : {kAskPrinter, kCreate}) {
        expect_end(print_with(operation, silent), End::Waiting, "said nothing for 0.2 s");
        EXPECT_LT(took, milliseconds(3000)) << operation;
        EXPECT_EQ(fake->count(kSend), 0);
    }
    expect_end(print_with(kSend, silent), End::Done);  // the job says that it has it
    EXPECT_EQ(fake->count(kSend), 1);
    expect_end(print_with(kAskJob, silent), End::Unknown, "said nothing");
    EXPECT_EQ(fake->count(kSend), 1);
}

TEST_F(IppBadPrinterTest, SingleBytesForEverAreNotWaitedFor) {
    const auto drip = [](const FakeRequest& request) {
        auto reply = good(request);
        reply.drip_ms = 20;
        return reply;
    };
    expect_end(print_with(kAskPrinter, drip), End::Waiting);
    EXPECT_LT(took, milliseconds(3000));
    const auto headers = [](const FakeRequest&) {
        FakeReply reply;
        reply.raw = "HTTP/1.1 200 OK\r\n";
        for (int line = 0; line < 500; ++line) reply.raw += "X-Header: and another one\r\n";
        reply.drip_ms = 5;
        return reply;
    };
    expect_end(print_with(kAskPrinter, headers), End::Waiting);
    EXPECT_LT(took, milliseconds(3000));
}

TEST_F(IppBadPrinterTest, AnswersThatAreCutOffAnywhere) {
    const auto whole = good({kCreate, 1, ""}).ipp.size() + 80;
    for (long cut = 0; cut < static_cast<long>(whole); cut += 13) {
        const auto outcome = print_with(kCreate, [&](const FakeRequest& request) {
            auto reply = good(request);
            if (fake->count(kCreate) <= 1) reply.cut_after = cut;
            return reply;
        });
        expect_end(outcome, End::Done);
        EXPECT_EQ(fake->count(kSend), 1) << "cut after " << cut;
    }
}

TEST_F(IppBadPrinterTest, ResetInTheDocumentIsNotSentAgainWhenItPrints) {
    fake = std::make_unique<FakeIpp>(
        [](const FakeRequest& request) {
            auto reply = good(request);
            if (request.operation == kSend) reply.cut_after = 0;
            return reply;
        },
        100000);
    expect_end(print(*open(fake->uri()), document("insert-1", 5000000)), End::Unknown, "completed");
    EXPECT_EQ(fake->count(kSend), 1);
}

TEST_F(IppBadPrinterTest, WhatIsNoPrinterIsSaidToBeNone) {
    expect_end(print_with(kAskPrinter, [](const FakeRequest&) { return web_page(); }), End::Waiting,
               "does not speak IPP");
    EXPECT_LT(took, milliseconds(2000));
    const auto raw = [&](const std::string& bytes) {
        return print_with(kAskPrinter, [=](const FakeRequest&) {
            FakeReply reply;
            reply.raw = bytes;
            return reply;
        });
    };
    expect_end(raw("SSH-2.0-OpenSSH_9.2\r\n"), End::Waiting);
    expect_end(raw("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"), End::Waiting,
               "no such printer");
    expect_end(raw("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"), End::Waiting,
               "password");
    expect_end(raw("HTTP/1.1 426 Upgrade Required\r\nContent-Length: 0\r\n\r\n"), End::Waiting,
               "ipps://");
    expect_end(raw("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"), End::Waiting, "HTTP 503");
    expect_end(raw("HTTP/1.1 301 Moved\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n"), End::Waiting,
               "does not speak IPP");
}

TEST_F(IppBadPrinterTest, AnswerWithoutEndIsLeft) {
    const auto outcome = print_with(kAskPrinter, [](const FakeRequest&) {
        FakeReply reply;
        const std::string many(6U << 20U, 'x');
        reply.raw =
            "HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\nContent-Length: "
            "99999999999\r\n\r\n" +
            many;
        return reply;
    });
    expect_end(outcome, End::Waiting, "no end");
}

TEST_F(IppBadPrinterTest, NonsenseInTheMessageIsLeft) {
    const auto outcome = print_with(kAskPrinter, [](const FakeRequest&) {
        FakeReply reply;
        reply.ipp = FakeIpp::message(0, FakeIpp::group(4) + std::string(500, '\x34'));
        return reply;
    });
    expect_end(outcome, End::Waiting, "no sound IPP message");
}

TEST_F(IppBadPrinterTest, PrinterOfAnOlderVersionIsSpokenToInItsOwn) {
    int modern = 0;
    fake = std::make_unique<FakeIpp>([&](const FakeRequest& request) {
        if (request.body.at(0) == 1) return good(request);
        ++modern;
        return refusal(0x0503);
    });
    expect_end(print(*open(fake->uri()), document("insert-1")), End::Done);
    EXPECT_EQ(modern, 1);
}

// It does not say that it will close, so a request may be lost on its way: only what it says of the
// job counts then.
TEST_F(IppBadPrinterTest, PrinterThatClosesAfterEachAnswerIsReachedAgain) {
    std::mutex mutex;
    std::vector<int> states{0};  // by number
    fake = std::make_unique<FakeIpp>([&](const FakeRequest& request) {
        const std::lock_guard lock(mutex);
        auto reply = good(request);
        reply.closes = true;
        const auto id = static_cast<std::size_t>(job_number(request));
        if (request.operation == kCreate) states.push_back(4);
        if (request.operation == kSend && states.at(id) == 4) states.at(id) = 9;
        if (request.operation == kCancel && states.at(id) == 4) states.at(id) = 7;
        if (request.operation == kCreate || id > 0)
            reply.ipp = FakeIpp::message(
                0, FakeIpp::group(2) +
                       FakeIpp::number(0x21, "job-id",
                                       static_cast<int>(id > 0 ? id : states.size() - 1)) +
                       FakeIpp::number(0x23, "job-state", states.at(id)) +
                       FakeIpp::number(0x21, "number-of-documents", states.at(id) == 9 ? 1 : 0));
        return reply;
    });
    const auto device = open(fake->uri());
    for (const std::string name : {"a", "b", "c", "d"})
        expect_end(print(*device, document(name)), End::Done);
    EXPECT_EQ(std::count(states.begin(), states.end(), 9), 4);
}

TEST_F(IppBadPrinterTest, FormatThatIsRefusedFails) {
    expect_end(print_with(kCreate, [](const FakeRequest&) { return refusal(0x040A); }), End::Failed,
               "does not take this format");
    EXPECT_EQ(fake->count(kSend), 0);
    fake = std::make_unique<FakeIpp>([](const FakeRequest& request) {
        if (request.operation == kSend) return refusal(0x040A);
        auto reply = good(request);
        if (request.operation == kAskJob) reply.ipp = FakeIpp::message(0, job(7));
        return reply;
    });
    expect_end(print(*open(fake->uri()), document("insert-1")), End::Failed,
               "does not take this format");
    EXPECT_EQ(fake->count(kCancel), 1);
}

TEST_F(IppBadPrinterTest, RefusalBeforeTheEndOfTheDocumentIsHeard) {
    fake = std::make_unique<FakeIpp>(
        [](const FakeRequest& request) {
            FakeReply reply = request.operation == kSend ? refusal(0x0408) : good(request);
            if (request.operation == kSend) reply.delay_ms = 20;
            if (request.operation == kAskJob)
                reply.ipp =
                    FakeIpp::message(0, job(8, FakeIpp::number(0x21, "number-of-documents", 0)));
            return reply;
        },
        100000);
    const auto outcome = print(*open(fake->uri()), document("insert-1", 30000000));
    expect_end(outcome, End::Failed, "too large");
    EXPECT_EQ(fake->count(kSend), 1);
}

TEST_F(IppBadPrinterTest, PrinterThatReadsNothingMoreIsLeftAndNotSentToAgain) {
    fake = std::make_unique<FakeIpp>(
        [](const FakeRequest& request) {
            auto reply = good(request);
            reply.is_silent = request.operation == kSend;
            if (request.operation == kAskJob) reply.ipp = FakeIpp::message(0, job(5));
            return reply;
        },
        100000);
    expect_end(print(*open(fake->uri()), document("insert-1", 30000000)), End::Unknown);
    EXPECT_EQ(fake->count(kSend), 1);
}

TEST_F(IppBadPrinterTest, StopIsHeardWhileNothingIsAnswered) {
    options.answer_timeout = milliseconds(20000);
    fake = std::make_unique<FakeIpp>([](const FakeRequest& request) {
        auto reply = good(request);
        reply.is_silent = request.operation == kAskJob;
        return reply;
    });
    SharedNotes notes;
    notes.stop = [&] { return fake->count(kAskJob) > 0; };
    const auto begin = Clock::now();
    expect_end(open(fake->uri())->hand_over(document("insert-1"), {}, notes), End::Stopped);
    EXPECT_LT(Clock::now() - begin, milliseconds(2000));
    EXPECT_EQ(notes.known().device_job, "7");
}

TEST_F(IppBadPrinterTest, NobodyThere) {
    const auto nobody = "ipp://127.0.0.1:" + std::to_string(verso::tests::free_port());
    expect_end(print(*open(nobody), document("insert-1")), End::Waiting, "switched on");
    expect_end(print(*open("ipp://no-such-host.invalid"), document("insert-1")), End::Waiting,
               "not known");
    for (const auto& result :
         {open(nobody)->capabilities().error(), open(nobody)->state().error(),
          shown_certificate(*parse_device_uri("ipps" + nobody.substr(3)), options).error()}) {
        EXPECT_EQ(result.code, ErrorCode::PrinterFailed);
        EXPECT_FALSE(result.cure.empty());
    }
}

}  // namespace
}  // namespace verso::printer::tests
