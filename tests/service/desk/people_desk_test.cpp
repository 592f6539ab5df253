// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "core/crypto/password.h"
#include "service_fixture.h"

namespace verso::service {
namespace {

using records::Role;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

class PeopleDeskTest : public testing::ServiceTest {
  protected:
    void SetUp() override {
        ServiceTest::SetUp();
        admin_ = staff(Role::Admin);
    }
    HttpResponse users(const std::string& body) {
        return post_as(admin_, "/desk/main/users", body);
    }
    std::optional<records::User> find(const std::string& login) {
        return store().access().find_user(login).value();
    }
    /// The path of the link that a page shows.
    static std::string link_in(const HttpResponse& page) {
        const auto at = page.body->find("/desk/link/");
        return at == std::string::npos ? "" : page.body->substr(at, 11 + 32);
    }
    Staff admin_;
};

TEST_F(PeopleDeskTest, SomebodyNewChoosesTheirPasswordByALink) {
    const auto page = users("act=add&login=emma&name=Emma&role=packer");
    ASSERT_EQ(page.status, 200);
    const std::string link = link_in(page);
    ASSERT_FALSE(link.empty());
    EXPECT_EQ(find("emma")->role_in(ShopId{1}), Role::Packer);
    EXPECT_EQ(post(link, "password=a+sentence+is+long").status, 303);
    EXPECT_EQ(post("/desk/login", "login=emma&password=a+sentence+is+long").status, 303);
    EXPECT_THAT(audit(), Contains(admin_.login + " user add emma"));
}

TEST_F(PeopleDeskTest, RolesChangeAndTheLastAdminStays) {
    ASSERT_EQ(users("act=add&login=emma&role=packer").status, 200);
    EXPECT_EQ(users("act=role&login=emma&role=reviewer").status, 303);
    EXPECT_EQ(find("emma")->role_in(ShopId{1}), Role::Reviewer);
    EXPECT_EQ(users("act=role&login=emma&role=king").status, 422);
    const auto refused = users("act=role&login=" + admin_.login + "&role=packer");
    EXPECT_NE(refused.status, 303);
    EXPECT_EQ(find(admin_.login)->role_in(ShopId{1}), Role::Admin);
    EXPECT_EQ(users("act=role&login=emma&role=none").status, 303);
    EXPECT_FALSE(find("emma")->role_in(ShopId{1}));
}

TEST_F(PeopleDeskTest, AnAdminOfOneShopIsNobodyToThePeopleOfAnother) {
    const Staff foreign = staff(Role::Packer, ShopId{2});
    for (const char* act : {"disable", "link", "role"}) {
        EXPECT_EQ(users(std::string("act=") + act + "&role=none&login=" + foreign.login).status,
                  404)
            << act;
    }
    // With a role here as well, their password and their account stay the operator's.
    ASSERT_EQ(users("act=add&login=" + foreign.login + "&role=packer").status, 303);
    EXPECT_EQ(users("act=link&login=" + foreign.login).status, 409);
    EXPECT_EQ(users("act=disable&login=" + foreign.login).status, 409);
    EXPECT_FALSE(find(foreign.login)->disabled);
    EXPECT_EQ(users("act=role&role=none&login=" + foreign.login).status, 303);
    EXPECT_EQ(find(foreign.login)->role_in(ShopId{2}), Role::Packer);
}

TEST_F(PeopleDeskTest, WhoIsDisabledIsOutAtOnce) {
    const Staff emma = staff(Role::Packer);
    EXPECT_EQ(get_as(emma, "/desk/main/bench").status, 200);
    EXPECT_EQ(users("act=disable&login=" + emma.login).status, 303);
    EXPECT_EQ(get_as(emma, "/desk/main/bench").status, 303);
    EXPECT_EQ(users("act=enable&login=" + emma.login).status, 303);
    EXPECT_FALSE(find(emma.login)->disabled);
}

TEST_F(PeopleDeskTest, AKeyIsShownOnceAndOpensUntilItIsRevoked) {
    EXPECT_EQ(post_as(admin_, "/desk/main/keys", "act=add&name=till").status, 422)
        << "without a scope";
    const auto made =
        post_as(admin_, "/desk/main/keys", "act=add&name=till&scope=orders:read&scope=print");
    ASSERT_EQ(made.status, 200);
    const auto at = made.body->find("readonly value=\"") + 16;
    const std::string key = made.body->substr(at, 32);
    auto& book = store().access();
    const auto known = book.use_key(key, clock_.at).value();
    ASSERT_TRUE(known);
    EXPECT_EQ(records::format_scopes(known->scopes), "orders:read print");
    EXPECT_THAT(*get_as(admin_, "/desk/main/keys").body, Not(HasSubstr(key)));
    EXPECT_EQ(
        post_as(admin_, "/desk/main/keys", "act=revoke&key=" + std::to_string(known->id.get()))
            .status,
        303);
    EXPECT_FALSE(book.use_key(key, clock_.at).value());
    EXPECT_THAT(audit(), Contains(admin_.login + " revoke key till"));
}

TEST_F(PeopleDeskTest, TheAuditShowsWhatWasDoneHereAndNotElsewhere) {
    ASSERT_TRUE(store().access().note({.shop = ShopId{2},
                                       .at = clock_.at,
                                       .who = "otto",
                                       .what = "secret act",
                                       .subject = "",
                                       .detail = ""}));
    users("act=add&login=emma&role=packer");
    const std::string page = *get_as(admin_, "/desk/main/audit").body;
    EXPECT_THAT(page, HasSubstr("user add"));
    EXPECT_THAT(page, Not(HasSubstr("secret act")));
}

}  // namespace
}  // namespace verso::service
