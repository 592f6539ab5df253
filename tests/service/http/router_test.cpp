// SPDX-License-Identifier: Apache-2.0
#include "service/http/router.h"

#include <gtest/gtest.h>

namespace verso::service {
namespace {

class RouterTest : public ::testing::Test {
  protected:
    void add(Method method, const std::string& pattern) {
        router_.add({method, pattern, [](const HttpRequest&, const PathValues&) -> Reply {
                         return text_response("");
                     }});
    }
    std::string matched(Method method, std::string_view path) {
        const auto match = router_.match(method, path);
        return match.route == nullptr ? "" : match.route->pattern;
    }
    Router router_;
};

TEST_F(RouterTest, ANameTakesOneSegmentAndIsDecoded) {
    add(Method::Get, "/C/{link}");
    add(Method::Get, "/C/{link}/order");
    const auto match = router_.match(Method::Get, "/C/4K%207/order");
    ASSERT_NE(match.route, nullptr);
    EXPECT_EQ(match.route->pattern, "/C/{link}/order");
    EXPECT_EQ(match.values.at("link"), "4K 7");
    EXPECT_EQ(matched(Method::Get, "/C/4K7"), "/C/{link}");
    EXPECT_EQ(matched(Method::Get, "/C/"), "");
    EXPECT_EQ(matched(Method::Get, "/C"), "");
    EXPECT_EQ(matched(Method::Get, "/C/4K7/"), "");
    EXPECT_EQ(matched(Method::Get, "/C/a/b"), "");
}

TEST_F(RouterTest, ALiteralWinsAndTheNameIsStillThereForTheRest) {
    add(Method::Get, "/orders/new");
    add(Method::Get, "/orders/{number}");
    add(Method::Get, "/orders/{number}/print");
    EXPECT_EQ(matched(Method::Get, "/orders/new"), "/orders/new");
    EXPECT_EQ(matched(Method::Get, "/orders/1001"), "/orders/{number}");
    EXPECT_EQ(matched(Method::Get, "/orders/new/print"), "/orders/{number}/print");
}

TEST_F(RouterTest, HeadIsAnsweredByGetAndOtherMethodsAreNamed) {
    add(Method::Get, "/a");
    add(Method::Post, "/a");
    add(Method::Put, "/b");
    EXPECT_EQ(matched(Method::Head, "/a"), "/a");
    EXPECT_EQ(matched(Method::Head, "/b"), "");
    const auto match = router_.match(Method::Delete, "/a");
    EXPECT_EQ(match.route, nullptr);
    EXPECT_EQ(match.allowed, (std::vector<Method>{Method::Get, Method::Head, Method::Post}));
    EXPECT_TRUE(router_.match(Method::Get, "/c").allowed.empty());
}

TEST_F(RouterTest, WhatIsNoPathIsNotFound) {
    add(Method::Get, "/");
    add(Method::Get, "/{x}");
    for (const char* path : {"", "a", "//", "/%2F", "/%00", "/%", "/a/../b"}) {
        EXPECT_EQ(matched(Method::Get, path), "") << path;
    }
    EXPECT_EQ(matched(Method::Get, "/"), "/");
}

TEST_F(RouterTest, EveryRouteIsListed) {
    add(Method::Get, "/a");
    add(Method::Post, "/a");
    add(Method::Get, "/{x}/b");
    EXPECT_EQ(router_.routes().size(), 3U);
}

}  // namespace
}  // namespace verso::service
