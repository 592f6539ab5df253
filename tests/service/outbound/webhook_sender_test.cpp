// SPDX-License-Identifier: Apache-2.0
#include "service/outbound/webhook_sender.h"

#include <gmock/gmock.h>

#include <future>
#include <mutex>
#include <thread>

#include "core/crypto/message_code.h"
#include "service/http/server.h"

namespace verso::service {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

const std::string kSecret = "whsec_" + encode_base64(std::string(24, 's'));
const Instant kNow{std::chrono::seconds{1'790'000'000}};

TEST(SignedHeaders, AreThoseOfTheStandard) {
    // The example of standard-webhooks/standard-webhooks, spec/standard-webhooks.md.
    const auto headers =
        signed_headers("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek",
                       R"({"test": 2432232314})", Instant{std::chrono::seconds{1614265330}});
    ASSERT_THAT(headers, SizeIs(5));
    EXPECT_EQ(headers[2].second, "msg_p5jXN8AQM9LWM0D4loKWxJek");
    EXPECT_EQ(headers[3].second, "1614265330");
    EXPECT_EQ(headers[4].second, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

/// A receiver on this machine, by the project's own server.
class WebhookSender : public ::testing::Test {
  protected:
    void SetUp() override {
        const auto answer = [this](int status, std::string place = "") {
            return [this, status, place](const HttpRequest& request, const PathValues&) -> Reply {
                const std::lock_guard lock(mutex_);
                seen_.push_back(request);
                HttpResponse response = text_response(std::string(200'000, 'x'), status);
                if (!place.empty()) response.with("Location", place);
                return response;
            };
        };
        router_.add({Method::Post, "/ok", answer(204), 65536});
        router_.add({Method::Post, "/long", answer(200), 65536});
        router_.add({Method::Post, "/broken", answer(500), 65536});
        router_.add({Method::Post, "/gone", answer(410), 65536});
        router_.add({Method::Post, "/moved", answer(307, "/ok"), 65536});
        router_.add({Method::Post, "/slow",
                     [](const HttpRequest&, const PathValues&) -> Reply {
                         std::this_thread::sleep_for(std::chrono::milliseconds(1500));
                         return text_response("late");
                     },
                     65536});
        auto server = Server::start(
            {}, {&router_, [](const HttpRequest&, int status) { return text_response("", status); },
                 [](const HttpRequest&, HttpResponse&) {}, [](const Served&) {}});
        ASSERT_TRUE(server);
        server_ = *std::move(server);
    }
    Result<void> send(const std::string& path, PostTerms terms = {.allow_private = true}) {
        const records::Hook hook{records::HookId{1},
                                 "http://127.0.0.1:" + std::to_string(server_->port()) + path,
                                 kSecret,
                                 {},
                                 {}};
        return send_webhook(hook, "msg_1", R"({"type":"test"})", terms, kNow);
    }

    Router router_;
    std::unique_ptr<Server> server_;
    std::mutex mutex_;
    std::vector<HttpRequest> seen_;
};

TEST_F(WebhookSender, SendsTheBodySigned) {
    ASSERT_TRUE(send("/ok"));
    ASSERT_THAT(seen_, SizeIs(1));
    EXPECT_EQ(seen_[0].body, R"({"type":"test"})");
    EXPECT_EQ(seen_[0].header("Content-Type"), "application/json");
    const std::string text = "msg_1.1790000000." + seen_[0].body;
    EXPECT_EQ(seen_[0].header("webhook-signature"),
              "v1," + encode_base64(hmac_sha256(std::string(24, 's'), text)));
}

TEST_F(WebhookSender, KeepsNothingOfALongAnswer) { EXPECT_TRUE(send("/long")); }

TEST_F(WebhookSender, WhatIsNotTakenIsTriedAgain) {
    EXPECT_EQ(send("/broken").error().code, ErrorCode::FileUnwritable);
    EXPECT_THAT(send("/broken").error().message, HasSubstr("500"));
    EXPECT_EQ(send("/nowhere").error().code, ErrorCode::FileUnwritable);
    server_->stop();
    EXPECT_EQ(send("/ok").error().code, ErrorCode::FileUnwritable);
}

TEST_F(WebhookSender, GoneIsGivenUp) {
    EXPECT_EQ(send("/gone").error().code, ErrorCode::NotAllowed);
}

TEST_F(WebhookSender, ARedirectIsNotFollowed) {
    EXPECT_EQ(send("/moved").error().code, ErrorCode::FileUnwritable);
    EXPECT_THAT(seen_, SizeIs(1));
}

TEST_F(WebhookSender, WaitsForNobodyLong) {
    const auto begin = std::chrono::steady_clock::now();
    PostTerms terms{.allow_private = true, .whole = std::chrono::milliseconds(300)};
    EXPECT_EQ(send("/slow", terms).error().code, ErrorCode::FileUnwritable);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(1400));
}

TEST_F(WebhookSender, LeadsNowhereInsideUnlessItMay) {
    EXPECT_EQ(send("/ok", {}).error().code, ErrorCode::NotAllowed);
    for (const char* url : {"https://127.0.0.1:1/x", "https://localhost:1/x", "https://[::1]:1/x",
                            "https://0x7f000001:1/x", "https://2130706433:1/x"}) {
        const records::Hook hook{records::HookId{1}, url, kSecret, {}, {}};
        EXPECT_EQ(send_webhook(hook, "msg_1", "{}", {}, kNow).error().code, ErrorCode::NotAllowed)
            << url;
    }
    EXPECT_TRUE(seen_.empty());
}

}  // namespace
}  // namespace verso::service
