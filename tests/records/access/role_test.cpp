// SPDX-License-Identifier: Apache-2.0
#include "records/access/role.h"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "records/access/login.h"

namespace verso::records {
namespace {

using ::testing::ElementsAre;

std::string page() {
    std::ifstream file(VERSO_SOURCE_DIR "/docs/access.md");
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

TEST(AccessPage, ShowsTheTableOfTheCode) {
    std::string table = "| may |", rule = "|---|";
    for (const Role role : all_roles()) {
        table += " " + std::string(to_string(role)) + " |";
        rule += "---|";
    }
    table += "\n" + rule + "\n";
    for (const Permission permission : all_permissions()) {
        table += "| `" + std::string(to_string(permission)) + "` |";
        for (const Role role : all_roles()) table += may(role, permission) ? " yes |" : " |";
        table += "\n";
    }
    EXPECT_NE(page().find(table), std::string::npos) << "docs/access.md must have:\n" << table;
}

TEST(AccessPage, NamesEveryScope) {
    const std::string text = page();
    for (const KeyScope scope : all_scopes()) {
        EXPECT_NE(text.find("| `" + std::string(to_string(scope)) + "` |"), std::string::npos)
            << to_string(scope);
    }
}

TEST(Role, NobodyButAnAdminMakesUsers) {
    for (const Role role : all_roles()) {
        EXPECT_EQ(may(role, Permission::ManageUsers), role == Role::Admin);
        EXPECT_EQ(parse_role(to_string(role)).value(), role);
    }
    EXPECT_FALSE(may(static_cast<Role>(99), Permission::ReadOrders));
    EXPECT_EQ(parse_role("owner").error().code, ErrorCode::ValueInvalid);
    EXPECT_FALSE(may(Role::Packer, Permission::ReadRatings));
    EXPECT_FALSE(may(Role::Reviewer, Permission::Export));
}

TEST(Scope, ListsAreReadSortedAndWrittenBack) {
    EXPECT_THAT(parse_scopes(" print,orders:read print ").value(),
                ElementsAre(KeyScope::OrdersRead, KeyScope::Print));
    EXPECT_EQ(format_scopes(parse_scopes("print orders:read").value()), "orders:read print");
    EXPECT_EQ(parse_scopes("").error().code, ErrorCode::ValueInvalid);
    EXPECT_EQ(parse_scopes("orders:read all").error().code, ErrorCode::ValueInvalid);
}

TEST(Login, NamesAreFoldedOrRefused) {
    EXPECT_EQ(fold_login("Emma.Exemple@Example.com").value(), "emma.exemple@example.com");
    for (const std::string name : {"", "-a", "a b", "é", "a/b", "a\n", ".."}) {
        EXPECT_EQ(fold_login(name).error().code, ErrorCode::ValueInvalid) << name;
    }
    EXPECT_FALSE(fold_login(std::string(65, 'a')));
}

TEST(Login, ShortPasswordsAreRefused) {
    EXPECT_TRUE(check_password("correct horse", "emma"));
    EXPECT_FALSE(check_password("short", "emma"));
    EXPECT_FALSE(check_password(std::string(1001, 'x'), "emma"));
    EXPECT_FALSE(check_password("emma.exemple", "emma.exemple"));
}

TEST(Token, IsLongAndKeptByItsHash) {
    const std::string one = make_token(system_random()), two = make_token(system_random());
    EXPECT_EQ(one.size(), 32U);
    EXPECT_NE(one, two);
    EXPECT_EQ(token_hash("abc"),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace verso::records
