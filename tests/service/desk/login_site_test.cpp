// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "core/crypto/password.h"
#include "records/access/login.h"
#include "service_fixture.h"

namespace verso::service {
namespace {

using records::LinkPurpose;
using records::Role;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

class LoginSiteTest : public testing::ServiceTest {
  protected:
    static constexpr char kPassword[] = "a sentence is long";

    void add_user(const std::string& login) {
        records::User user;
        user.login = login;
        user.name = login;
        auto& book = store().access();
        id_ = book.add_user(user, clock_.at).value();
        ASSERT_TRUE(book.set_password(id_, hash_password(kPassword).value(), clock_.at));
        ASSERT_TRUE(book.set_role(id_, ShopId{1}, Role::Packer, clock_.at));
    }
    HttpResponse log_in(const std::string& login, const std::string& password,
                        const std::string& rest = "") {
        return post("/desk/login", "login=" + login + "&password=" + password + rest);
    }
    /// The session that a response opened.
    static Staff opened(const HttpResponse& response) {
        const std::string cookie(response.header("Set-Cookie"));
        const auto begin = cookie.find('=') + 1;
        Staff who;
        who.token = cookie.substr(begin, cookie.find(';') - begin);
        who.csrf = csrf_token(who.token);
        return who;
    }
    records::UserId id_{0};
};

TEST_F(LoginSiteTest, TheRightPasswordOpensASessionThatScriptsCannotRead) {
    add_user("emma");
    const auto response = log_in("Emma", "a+sentence+is+long", "&to=/desk/main/bench");
    EXPECT_EQ(response.status, 303);
    EXPECT_EQ(response.header("Location"), "/desk/main/bench");
    const std::string cookie(response.header("Set-Cookie"));
    EXPECT_THAT(cookie, HasSubstr("; Path=/desk; HttpOnly; SameSite=Strict"));
    EXPECT_THAT(cookie, Not(HasSubstr("Secure"))) << "the request came without TLS";
    EXPECT_EQ(get_as(opened(response), "/desk/main/bench").status, 200);
    EXPECT_EQ(get_as(opened(response), "/desk").header("Location"), "/desk/main/bench");
}

TEST_F(LoginSiteTest, AStrangerAndAWrongPasswordAreToldTheSame) {
    add_user("emma");
    const auto wrong = log_in("emma", "another");
    const auto stranger = log_in("nobody", "another");
    EXPECT_EQ(wrong.status, 403);
    EXPECT_EQ(stranger.status, 403);
    EXPECT_TRUE(wrong.header("Set-Cookie").empty());
    const auto without_name = [](std::string page, const std::string& name) {
        for (auto at = page.find(name); at != std::string::npos; at = page.find(name)) {
            page.erase(at, name.size());
        }
        return page;
    };
    EXPECT_EQ(without_name(*wrong.body, "emma"), without_name(*stranger.body, "nobody"));
}

TEST_F(LoginSiteTest, GuessingIsSlowedDown) {
    int refused = 0;
    for (int i = 0; i < 12; ++i) refused += log_in("x" + std::to_string(i), "guess").status == 429;
    EXPECT_EQ(refused, 4) << "eight at once from one address";
}

TEST_F(LoginSiteTest, NobodyIsLedToAnotherSite) {
    add_user("emma");
    for (const char* place : {"https://evil.example/desk/", "//evil.example", "/desk//evil.example",
                              "/desk/%5C%5Cevil", "/elsewhere"}) {
        const auto response = log_in("emma", "a+sentence+is+long", std::string("&to=") + place);
        EXPECT_EQ(response.header("Location"), "/desk") << place;
    }
}

TEST_F(LoginSiteTest, LoggingOutEndsTheSession) {
    const Staff emma = staff(Role::Packer);
    EXPECT_EQ(post_as({emma.login, emma.token, "no token"}, "/desk/logout", "").status, 403);
    EXPECT_EQ(get_as(emma, "/desk/main/bench").status, 200);
    const auto out = post_as(emma, "/desk/logout", "");
    EXPECT_EQ(out.header("Location"), "/desk/login");
    EXPECT_THAT(std::string(out.header("Set-Cookie")), HasSubstr("Max-Age=0"));
    EXPECT_EQ(get_as(emma, "/desk/main/bench").header("Location"),
              "/desk/login?to=%2Fdesk%2Fmain%2Fbench");
    EXPECT_EQ(get_as(emma, "/desk/main/bench", "application/json").status, 401);
}

TEST_F(LoginSiteTest, ASessionEndsWhenItIsNotUsedAndWhenItsUserIsDisabled) {
    const Staff emma = staff(Role::Packer);
    const Staff otto = staff(Role::Reviewer);
    clock_.at += std::chrono::hours(7);
    EXPECT_EQ(get_as(emma, "/desk/main/bench").status, 200);
    clock_.at += std::chrono::hours(7);
    EXPECT_EQ(get_as(emma, "/desk/main/bench").status, 200) << "used seven hours ago";
    EXPECT_EQ(get_as(otto, "/desk/account").status, 303) << "not used for fourteen";
    const auto id = store().access().find_user(emma.login).value()->id;
    ASSERT_TRUE(store().access().set_disabled(id, true, clock_.at));
    EXPECT_EQ(get_as(emma, "/desk/main/bench").status, 303);
}

TEST_F(LoginSiteTest, TheFirstAdminComesByALinkThatWorksOnce) {
    const std::string token(32, 'A');
    ASSERT_TRUE(store().access().add_link(token, LinkPurpose::FirstAdmin, std::nullopt,
                                          clock_.at + std::chrono::hours(24), clock_.at));
    const std::string place = "/desk/link/" + token;
    EXPECT_THAT(*get(place).body, HasSubstr("name=\"login\""));
    const auto weak = post(place, "login=alix&password=short");
    EXPECT_EQ(weak.status, 422);
    const auto made = post(place, "login=alix&name=Alix&password=a+sentence+is+long");
    ASSERT_EQ(made.status, 303) << *made.body;
    const auto alix = store().access().find_user("alix").value();
    ASSERT_TRUE(alix);
    EXPECT_EQ(alix->role_in(ShopId{1}), Role::Admin);
    EXPECT_EQ(alix->role_in(ShopId{2}), Role::Admin);
    EXPECT_EQ(get_as(opened(made), "/desk/other/bench").status, 200);
    EXPECT_EQ(post(place, "login=eve&password=a+sentence+is+long").status, 404);
    EXPECT_EQ(get(place).status, 404);
    EXPECT_FALSE(store().access().find_user("eve").value());
}

TEST_F(LoginSiteTest, ALinkForAPasswordEndsOldSessions) {
    const Staff emma = staff(Role::Packer);
    const auto id = store().access().find_user(emma.login).value()->id;
    const std::string token(32, 'B');
    ASSERT_TRUE(store().access().add_link(token, LinkPurpose::Reset, id,
                                          clock_.at + std::chrono::hours(1), clock_.at));
    const std::string place = "/desk/link/" + token;
    EXPECT_THAT(*get(place).body, Not(HasSubstr("name=\"login\"")));
    const auto done = post(place, "login=somebody-else&password=a+sentence+is+long");
    ASSERT_EQ(done.status, 303);
    EXPECT_EQ(get_as(emma, "/desk/account").status, 303) << "the old session";
    EXPECT_EQ(get_as(opened(done), "/desk/account").status, 200);
    EXPECT_EQ(log_in(emma.login, "a+sentence+is+long").status, 303);
}

TEST_F(LoginSiteTest, OnesOwnPasswordIsChangedWithTheOldOne) {
    add_user("emma");
    const Staff emma = opened(log_in("emma", "a+sentence+is+long"));
    EXPECT_EQ(post_as(emma, "/desk/account", "old=wrong&password=another+long+sentence").status,
              403);
    const auto done =
        post_as(emma, "/desk/account", "old=a+sentence+is+long&password=another+long+sentence");
    ASSERT_EQ(done.status, 303);
    EXPECT_EQ(get_as(emma, "/desk/account").status, 303);
    EXPECT_EQ(get_as(opened(done), "/desk/account").status, 200);
}

TEST_F(LoginSiteTest, APostFromAnotherSiteLogsNobodyIn) {
    add_user("emma");
    HttpRequest request;
    request.method = Method::Post;
    request.path = "/desk/login";
    request.body = "login=emma&password=a+sentence+is+long";
    request.headers = {{"Sec-Fetch-Site", "cross-site"}};
    const auto response = call(std::move(request));
    EXPECT_EQ(response.status, 403);
    EXPECT_TRUE(response.header("Set-Cookie").empty());
}

}  // namespace
}  // namespace verso::service
