// SPDX-License-Identifier: Apache-2.0
#include "records/hooks/hook.h"

#include <gmock/gmock.h>

#include "core/crypto/message_code.h"

namespace verso::records {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

TEST(HookKinds, AreReadInAnyOrderEachOnce) {
    auto kinds = parse_hook_kinds("return.received, rating.recorded return.received");
    ASSERT_TRUE(kinds);
    EXPECT_THAT(*kinds, ElementsAre(HookKind::RatingRecorded, HookKind::ReturnReceived));
    EXPECT_EQ(format_hook_kinds(*kinds), "rating.recorded return.received");
    EXPECT_THAT(parse_hook_kinds("all").value(), SizeIs(all_hook_kinds().size()));
    EXPECT_EQ(parse_hook_kinds(" ,").error().code, ErrorCode::ValueInvalid);
    EXPECT_EQ(parse_hook_kinds("rating.praised").error().code, ErrorCode::ValueInvalid);
}

TEST(HookUrl, LeadsToAHostAndHidesNothing) {
    for (const char* good : {"https://shop.example.com", "https://shop.example.com/a?b=c",
                             "http://127.0.0.1:9000/x", "https://[2001:db8::1]/x"}) {
        EXPECT_TRUE(check_hook_url(good)) << good;
    }
    for (const char* bad :
         {"", "shop.example.com", "ftp://shop.example.com", "https://", "https:///x",
          "https://:80/", "https://user:word@shop.example.com", "https://shop.example.com/#x",
          "https://shop.example.com/a b", "https://shop.example.com/\r\nX: y", "HTTPS//x",
          "https://shop.example.com\\@evil.example.com", "file:///etc/passwd",
          "https://x/\xC3\xA9"}) {
        EXPECT_EQ(check_hook_url(bad).error().code, ErrorCode::ValueInvalid) << bad;
    }
    EXPECT_FALSE(check_hook_url("https://x.example/" + std::string(500, 'a')));
}

TEST(HookSecret, IsLongEnough) {
    EXPECT_TRUE(check_hook_secret("whsec_" + encode_base64(std::string(24, 'a'))));
    EXPECT_FALSE(check_hook_secret("whsec_" + encode_base64(std::string(23, 'a'))));
    EXPECT_FALSE(check_hook_secret("whsec_" + encode_base64(std::string(65, 'a'))));
    EXPECT_FALSE(check_hook_secret(encode_base64(std::string(24, 'a'))));
    EXPECT_FALSE(check_hook_secret("whsec_***"));
}

TEST(HookMessage, ComesOutOfItsJobAsItWentIn) {
    HookMessage message{HookId{7}, "msg_1", HookKind::ReturnReceived,
                        Instant{std::chrono::seconds{1'790'000'000}}, R"({"rma":"7QF2M4KD9"})"};
    const NewJob job = webhook_job(message);
    ASSERT_TRUE(check_job(job));
    auto back = parse_webhook_job(job.payload);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->hook, message.hook);
    EXPECT_EQ(back->id, message.id);
    EXPECT_EQ(back->kind, message.kind);
    EXPECT_EQ(back->at, message.at);
    EXPECT_EQ(message_body(*back),
              R"({"type":"return.received","timestamp":"2026-09-21T14:13:20Z",)"
              R"("data":{"rma":"7QF2M4KD9"}})");
    for (const char* foreign : {"", "{}", "[]", R"({"hook":"7","id":"m","type":"x","data":{}})"}) {
        EXPECT_EQ(parse_webhook_job(foreign).error().code, ErrorCode::FormatInvalid) << foreign;
    }
}

}  // namespace
}  // namespace verso::records
