// SPDX-License-Identifier: Apache-2.0
#include "service/desk/gatekeeper.h"

#include <gtest/gtest.h>

namespace verso::service {
namespace {

HttpRequest posted(std::vector<HeaderField> headers, std::string body = "") {
    HttpRequest request;
    request.method = Method::Post;
    request.headers = std::move(headers);
    request.body = std::move(body);
    return request;
}

TEST(Forgery, APostNeedsTheTokenOfItsSession) {
    const std::string csrf = csrf_token("a session's secret");
    EXPECT_TRUE(is_forged(posted({}), csrf));
    EXPECT_TRUE(is_forged(posted({{"X-Verso-Csrf", csrf_token("another secret")}}), csrf));
    EXPECT_FALSE(is_forged(posted({{"X-Verso-Csrf", csrf}}), csrf));
    EXPECT_FALSE(is_forged(posted({}, "scan=1&csrf=" + csrf), csrf));
    EXPECT_TRUE(is_forged(posted({}, "scan=1&csrf="), csrf));
}

TEST(Forgery, TheTokenOfAFormWithFilesIsFound) {
    const std::string csrf = csrf_token("a session's secret");
    const std::string body =
        "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n" + csrf + "\r\n--x--\r\n";
    EXPECT_FALSE(
        is_forged(posted({{"Content-Type", "multipart/form-data; boundary=x"}}, body), csrf));
    EXPECT_TRUE(
        is_forged(posted({{"Content-Type", "multipart/form-data; boundary=y"}}, body), csrf));
}

TEST(Forgery, AnotherSiteIsRefusedEvenWithTheToken) {
    const std::string csrf = csrf_token("a session's secret");
    const auto with = [&](std::vector<HeaderField> headers) {
        headers.emplace_back("X-Verso-Csrf", csrf);
        headers.emplace_back("Host", "desk.example:8443");
        return is_forged(posted(std::move(headers)), csrf);
    };
    EXPECT_TRUE(with({{"Sec-Fetch-Site", "cross-site"}}));
    EXPECT_TRUE(with({{"Sec-Fetch-Site", "same-site"}}));
    EXPECT_FALSE(with({{"Sec-Fetch-Site", "same-origin"}}));
    EXPECT_TRUE(with({{"Origin", "https://evil.example"}}));
    EXPECT_TRUE(with({{"Origin", "null"}}));
    EXPECT_FALSE(with({{"Origin", "https://desk.example:8443"}}));
}

TEST(Forgery, LookingChangesNothing) {
    HttpRequest request;
    request.headers = {{"Sec-Fetch-Site", "cross-site"}};
    EXPECT_FALSE(is_forged(request, "token"));
}

}  // namespace
}  // namespace verso::service
