// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

#include "records/store/access_book.h"
#include "tests/contract/any_store.h"

namespace verso::records::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const ShopId kShop{1};
constexpr std::chrono::seconds kIdle{3600};

/// Two shops; people are added by name.
class AccessContract : public AnyStore {
  protected:
    void SetUp() override {
        AnyStore::SetUp();
        if (!store_) return;
        auto other = store_->create_shop("other");
        ASSERT_TRUE(other);
        other_ = *other;
    }
    AccessBook& book() { return store_->access(); }
    UserId add(const std::string& login, std::optional<Role> role = std::nullopt) {
        User user;
        user.login = login;
        user.name = "Exemple " + login;
        user.password_hash = "hash of " + login;
        auto id = book().add_user(user, at(1));
        EXPECT_TRUE(id) << id.error().text();
        if (!id) return {};
        if (role) {
            EXPECT_TRUE(book().set_role(*id, kShop, role, at(1)));
        }
        return *id;
    }
    bool is_open(const std::string& token, Instant now) {
        auto found = book().use_session(token, kIdle, now);
        EXPECT_TRUE(found);
        return found && found->has_value();
    }

    ShopId other_;
};

TEST_P(AccessContract, AUserIsKeptWithRolesInSeveralShops) {
    const UserId id = add("Emma");
    ASSERT_TRUE(book().set_role(id, other_, Role::Merchant, at(5)));
    ASSERT_TRUE(book().set_role(id, kShop, Role::Packer, at(6)));
    ASSERT_TRUE(book().set_role(id, kShop, Role::Reviewer, at(7)));
    if (!is_memory()) reopen();
    const User user = book().find_user("EMMA").value().value();
    EXPECT_EQ(user.id, id);
    EXPECT_EQ(user.login, "emma");
    EXPECT_EQ(user.name, "Exemple Emma");
    EXPECT_EQ(user.password_hash, "hash of Emma");
    EXPECT_EQ(user.created_at, at(1));
    EXPECT_EQ(user.changed_at, at(7));
    EXPECT_THAT(user.places, ElementsAre(User::Place{kShop, Role::Reviewer},
                                         User::Place{other_, Role::Merchant}));
    EXPECT_EQ(user.role_in(other_), Role::Merchant);
    EXPECT_EQ(book().find_user(id).value(), user);
    ASSERT_TRUE(book().set_role(id, other_, std::nullopt, at(8)));
    EXPECT_EQ(book().find_user(id).value()->role_in(other_), std::nullopt);
    EXPECT_THAT(book().users(other_).value(), IsEmpty());
    EXPECT_THAT(book().users(kShop).value(), SizeIs(1));
}

TEST_P(AccessContract, ALogInNameIsUniqueInTheHome) {
    add("emma");
    add("zoe");
    User again;
    again.login = "EMMA";
    again.name = "x";
    EXPECT_EQ(book().add_user(again, at(1)).error().code, ErrorCode::AlreadyExists);
    again.login = "not a name";
    EXPECT_EQ(book().add_user(again, at(1)).error().code, ErrorCode::ValueInvalid);
    EXPECT_EQ(book().find_user("nobody").value(), std::nullopt);
    EXPECT_EQ(book().find_user(UserId{77}).value(), std::nullopt);
    const auto all = book().users(std::nullopt).value();
    ASSERT_THAT(all, SizeIs(2));
    EXPECT_EQ(all[0].login, "emma");
}

TEST_P(AccessContract, WhatIsNotThereIsNotFound) {
    const UserId id = add("emma");
    EXPECT_EQ(book().set_role(UserId{9}, kShop, Role::Packer, at(1)).error().code,
              ErrorCode::NotFound);
    EXPECT_EQ(book().set_role(id, ShopId{9}, Role::Packer, at(1)).error().code,
              ErrorCode::NotFound);
    EXPECT_EQ(book().set_password(UserId{9}, "h", at(1)).error().code, ErrorCode::NotFound);
    EXPECT_EQ(book().set_password(id, "", at(1)).error().code, ErrorCode::ValueInvalid);
    EXPECT_EQ(book().set_disabled(UserId{9}, true, at(1)).error().code, ErrorCode::NotFound);
    EXPECT_EQ(book().open_session(UserId{9}, "t", at(9), at(1)).error().code, ErrorCode::NotFound);
    EXPECT_FALSE(book().rotate_session("a", "b").value());
    EXPECT_FALSE(book().end_session("a").value());
}

TEST_P(AccessContract, TheLastAdminStays) {
    const UserId first = add("emma", Role::Admin);
    const UserId second = add("zoe");
    EXPECT_EQ(book().admins().value(), 1);
    EXPECT_EQ(book().set_disabled(first, true, at(2)).error().code, ErrorCode::NotAllowed);
    EXPECT_EQ(book().set_role(first, kShop, Role::Packer, at(2)).error().code,
              ErrorCode::NotAllowed);
    EXPECT_EQ(book().set_role(first, kShop, std::nullopt, at(2)).error().code,
              ErrorCode::NotAllowed);
    EXPECT_EQ(book().find_user(first).value()->role_in(kShop), Role::Admin);
    ASSERT_TRUE(book().set_role(second, other_, Role::Admin, at(3)));
    EXPECT_TRUE(book().set_disabled(first, true, at(4)));
    EXPECT_EQ(book().admins().value(), 1);
}

TEST_P(AccessContract, ASessionOpensUntilItExpiresOrRests) {
    const UserId id = add("emma", Role::Packer);
    ASSERT_TRUE(book().open_session(id, "token", at(10'000), at(100)));
    EXPECT_EQ(book().open_session(id, "token", at(10'000), at(100)).error().code,
              ErrorCode::AlreadyExists);
    const auto in = book().use_session("token", kIdle, at(130)).value().value();
    EXPECT_EQ(in.user.login, "emma");
    EXPECT_EQ(in.user.role_in(kShop), Role::Packer);
    EXPECT_EQ(in.session, (Session{id, at(100), at(100), at(10'000), 0})) << "used a moment ago";
    EXPECT_EQ(book().use_session("token", kIdle, at(160)).value()->session.used_at, at(160));
    EXPECT_FALSE(is_open("Token", at(161)));
    EXPECT_TRUE(is_open("token", at(160 + 3599)));
    EXPECT_FALSE(is_open("token", at(160 + 3599 + 3600))) << "nobody was there for an hour";
    EXPECT_FALSE(is_open("token", at(10'000))) << "expired";
}

TEST_P(AccessContract, ARotatedSessionIsTheSameUnderAnotherToken) {
    const UserId id = add("emma");
    ASSERT_TRUE(book().open_session(id, "one", at(10'000), at(100)));
    ASSERT_TRUE(book().rotate_session("one", "two").value());
    EXPECT_FALSE(is_open("one", at(110)));
    EXPECT_EQ(book().use_session("two", kIdle, at(110)).value()->session.rotated, 1);
    EXPECT_TRUE(book().end_session("two").value());
    EXPECT_FALSE(is_open("two", at(110)));
}

TEST_P(AccessContract, ANewPasswordAndDisablingEndWhatIsOpen) {
    const UserId id = add("emma");
    const auto open = [&] {
        ASSERT_TRUE(book().open_session(id, "one", at(10'000), at(100)));
        ASSERT_TRUE(book().open_session(id, "two", at(10'000), at(101)));
        ASSERT_TRUE(book().add_link("link", LinkPurpose::Reset, id, at(10'000), at(100)));
    };
    const auto nothing_opens = [&] {
        EXPECT_FALSE(is_open("one", at(110)));
        EXPECT_THAT(book().sessions(id).value(), IsEmpty());
        EXPECT_EQ(book().look_at_link("link", at(110)).value(), std::nullopt);
    };
    open();
    EXPECT_THAT(book().sessions(id).value(), SizeIs(2));
    ASSERT_TRUE(book().renew_hash(id, "hash of emma", "better").value());
    EXPECT_FALSE(book().renew_hash(id, "hash of emma", "late").value());
    EXPECT_TRUE(is_open("one", at(110)));
    ASSERT_TRUE(book().set_password(id, "new", at(105)));
    EXPECT_EQ(book().find_user(id).value()->password_hash, "new");
    nothing_opens();
    open();
    ASSERT_TRUE(book().set_disabled(id, true, at(106)));
    nothing_opens();
    EXPECT_FALSE(book().open_session(id, "three", at(10'000), at(107)));
    ASSERT_TRUE(book().set_disabled(id, false, at(108)));
    open();
    EXPECT_EQ(book().end_sessions(id).value(), 2);
}

TEST_P(AccessContract, ALinkOpensOnce) {
    const UserId id = add("emma");
    ASSERT_TRUE(book().add_link("first", LinkPurpose::FirstAdmin, std::nullopt, at(500), at(1)));
    EXPECT_EQ(book().add_link("x", LinkPurpose::Reset, std::nullopt, at(500), at(1)).error().code,
              ErrorCode::ValueInvalid);
    ASSERT_TRUE(book().add_link("old", LinkPurpose::Reset, id, at(500), at(1)));
    ASSERT_TRUE(book().add_link("new", LinkPurpose::Reset, id, at(500), at(2)));
    EXPECT_EQ(book().use_link("old", at(3)).value(), std::nullopt) << "another took its place";
    EXPECT_TRUE(book().look_at_link("new", at(3)).value().has_value());
    const LinkUse use = book().use_link("new", at(3)).value().value();
    EXPECT_EQ(use.purpose, LinkPurpose::Reset);
    EXPECT_EQ(use.user, id);
    EXPECT_EQ(book().use_link("new", at(4)).value(), std::nullopt);
    EXPECT_EQ(book().use_link("first", at(500)).value(), std::nullopt) << "expired";
    EXPECT_EQ(book().use_link("first", at(499)).value()->purpose, LinkPurpose::FirstAdmin);
}

TEST_P(AccessContract, AnApiKeyIsOneShopsUntilItIsRevoked) {
    const std::vector scopes{KeyScope::OrdersRead, KeyScope::Print};
    const ApiKeyId id = book().add_key(kShop, "till", "secret", scopes, at(1)).value();
    EXPECT_EQ(book().add_key(kShop, "till", "b", scopes, at(1)).error().code,
              ErrorCode::AlreadyExists);
    EXPECT_EQ(book().add_key(kShop, "", "b", scopes, at(1)).error().code, ErrorCode::ValueInvalid);
    EXPECT_EQ(book().add_key(kShop, "c", "b", {}, at(1)).error().code, ErrorCode::ValueInvalid);
    ASSERT_TRUE(book().add_key(other_, "till", "theirs", scopes, at(1)));
    const ApiKey key = book().use_key("secret", at(70)).value().value();
    EXPECT_EQ(key, (ApiKey{id, kShop, "till", scopes, at(1), at(70), std::nullopt}));
    EXPECT_EQ(book().use_key("secret", at(80)).value()->used_at, at(70)) << "once a minute";
    EXPECT_EQ(book().use_key("Secret", at(80)).value(), std::nullopt);
    EXPECT_EQ(book().revoke_key(other_, id, at(90)).error().code, ErrorCode::NotFound);
    ASSERT_TRUE(book().revoke_key(kShop, id, at(90)));
    EXPECT_EQ(book().revoke_key(kShop, id, at(90)).error().code, ErrorCode::NotFound);
    EXPECT_EQ(book().use_key("secret", at(91)).value(), std::nullopt);
    EXPECT_EQ(book().keys(kShop).value().at(0).revoked_at, at(90));
    EXPECT_THAT(book().keys(other_).value(), SizeIs(1));
    EXPECT_TRUE(book().add_key(kShop, "till", "anew", scopes, at(92)));
}

TEST_P(AccessContract, ARepeatedRequestGetsTheKeptAnswer) {
    const ApiKeyId key{4};
    const auto claim = [&](ShopId shop, ApiKeyId by, Instant now) {
        return book().claim_request(shop, by, "abc", "sha", now + kIdle, now).value();
    };
    EXPECT_EQ(book().claim_request(kShop, key, "", "sha", at(9), at(1)).error().code,
              ErrorCode::ValueInvalid);
    EXPECT_EQ(book().keep_answer(kShop, key, "abc", 200, "x").error().code, ErrorCode::NotFound);
    EXPECT_EQ(claim(kShop, key, at(1)), std::nullopt);
    EXPECT_EQ(claim(kShop, key, at(2)), (KeptAnswer{"sha", 0, ""})) << "under way";
    ASSERT_TRUE(book().keep_answer(kShop, key, "abc", 201, "{}"));
    EXPECT_EQ(claim(kShop, key, at(3)), (KeptAnswer{"sha", 201, "{}"}));
    EXPECT_EQ(claim(kShop, ApiKeyId{5}, at(3)), std::nullopt);
    EXPECT_EQ(claim(other_, key, at(3)), std::nullopt);
    EXPECT_EQ(claim(kShop, key, at(1) + kIdle), std::nullopt) << "expired: it is new again";
}

TEST_P(AccessContract, AClaimIsTakenBackWithItsTransaction) {
    {
        auto transaction = store_->begin().value();
        ASSERT_EQ(book().claim_request(kShop, {}, "abc", "sha", at(99), at(1)).value(),
                  std::nullopt);
    }
    EXPECT_EQ(book().claim_request(kShop, {}, "abc", "sha", at(99), at(1)).value(), std::nullopt);
}

TEST_P(AccessContract, AnErasureEmptiesTheAnswersOfItsShop) {
    for (const ShopId shop : {kShop, other_}) {
        ASSERT_TRUE(store_->save_order(shop, sample_order("#1"), at(1)));
        ASSERT_TRUE(book().claim_request(shop, {}, "abc", "sha", at(99), at(1)));
        ASSERT_TRUE(book().keep_answer(shop, {}, "abc", 201, "Éloïse Exemple"));
    }
    const OrderNumber order{"#1"};
    ASSERT_TRUE(store_->erasure().erase(kShop, std::span(&order, 1), "emma", "asked", at(5)));
    const auto kept = [&](ShopId shop) {
        return book().claim_request(shop, {}, "abc", "sha", at(99), at(6)).value().value();
    };
    EXPECT_EQ(kept(kShop), (KeptAnswer{"sha", 201, ""})) << "that it was done is known still";
    EXPECT_EQ(kept(other_).body, "Éloïse Exemple");
}

TEST_P(AccessContract, TheAuditGrowsAndIsReadOnFromACursor) {
    for (int i = 0; i < 5; ++i) {
        const ShopId shop = i % 2 == 0 ? kShop : i == 1 ? other_ : ShopId{0};
        ASSERT_TRUE(book().note({0, shop, at(i), "emma", "print", "#" + std::to_string(i), "a4"}));
    }
    EXPECT_EQ(book().note({0, kShop, at(1), "", "print", "", ""}).error().code,
              ErrorCode::ValueInvalid);
    const auto ours = book().audit({kShop, at(0), 0, 2}).value();
    ASSERT_THAT(ours, SizeIs(2));
    EXPECT_EQ(ours[0], (AuditEntry{ours[0].id, kShop, at(0), "emma", "print", "#0", "a4"}));
    const auto rest = book().audit({kShop, at(0), ours[1].id, 2}).value();
    ASSERT_THAT(rest, SizeIs(1));
    EXPECT_EQ(rest[0].subject, "#4");
    EXPECT_THAT(book().audit({other_, at(0), 0, 9}).value(), SizeIs(1));
    EXPECT_THAT(book().audit({std::nullopt, at(3), 0, 9}).value(), SizeIs(2));
}

TEST_P(AccessContract, AMessageOfAWebhookIsNewOnce) {
    const std::string giant(100'000, 'x');
    for (const std::string& id : {std::string("1"), giant}) {
        EXPECT_TRUE(book().note_delivery(kShop, "shopify", id, at(5)).value());
        EXPECT_FALSE(book().note_delivery(kShop, "shopify", id, at(6)).value());
        EXPECT_TRUE(book().note_delivery(kShop, "easypost", id, at(6)).value());
        EXPECT_TRUE(book().note_delivery(other_, "shopify", id, at(6)).value());
    }
    EXPECT_EQ(book().note_delivery(kShop, "shopify", "", at(5)).error().code,
              ErrorCode::ValueInvalid);
    EXPECT_EQ(book().forget(at(9), at(6)).value(), 2);
    EXPECT_TRUE(book().note_delivery(kShop, "shopify", "1", at(9)).value());
}

TEST_P(AccessContract, WhatRanOutIsForgotten) {
    const UserId id = add("emma");
    ASSERT_TRUE(book().open_session(id, "old", at(50), at(1)));
    ASSERT_TRUE(book().open_session(id, "new", at(500), at(1)));
    ASSERT_TRUE(book().add_link("l", LinkPurpose::Reset, id, at(50), at(1)));
    ASSERT_TRUE(book().claim_request(kShop, {}, "abc", "sha", at(50), at(1)));
    EXPECT_EQ(book().forget(at(50), at(0)).value(), 3);
    EXPECT_TRUE(is_open("new", at(51)));
}

TEST_P(AccessContract, NoTokenIsInTheRows) {
    const UserId id = add("emma");
    const std::string token = "TOKEN-THAT-OPENS-SOMETHING";
    ASSERT_TRUE(book().open_session(id, token, at(50), at(1)));
    ASSERT_TRUE(book().add_link(token, LinkPurpose::Reset, id, at(50), at(1)));
    ASSERT_TRUE(book().add_key(kShop, "k", token, std::vector{KeyScope::Print}, at(1)));
    if (GetParam() != "file") GTEST_SKIP() << "the bytes of a file are looked at";
    store_.reset();
    for (const std::string ending : {"", "-wal"}) {
        std::ifstream file(place_ + ending, std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(file), {}};
        EXPECT_EQ(bytes.find(token), std::string::npos);
    }
}

VERSO_ON_EVERY_STORE(AccessContract);

}  // namespace
}  // namespace verso::records::testing
