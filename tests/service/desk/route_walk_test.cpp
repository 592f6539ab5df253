// SPDX-License-Identifier: Apache-2.0
// Walks every route of the service as nobody, as each role and as another shop's merchant. A route
// that is new fails here until somebody writes down who may use it.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "service_fixture.h"

namespace verso::service {
namespace {

using records::Permission;
using records::Role;

/// What one needs for each route of the desk.
const std::map<std::string, Permission> kDesk{
    {"GET /desk/{shop}", Permission::ReadOrders},
    {"GET /desk/{shop}/bench", Permission::Print},
    {"POST /desk/{shop}/bench", Permission::Print},
    {"GET /desk/{shop}/bench/waves", Permission::Print},
    {"POST /desk/{shop}/bench/waves", Permission::Print},
    {"GET /desk/{shop}/bench/sheet/{name}", Permission::Print},
    {"GET /desk/{shop}/printers", Permission::Print},
    {"GET /desk/{shop}/printers/state", Permission::Print},
    {"POST /desk/{shop}/printers", Permission::Print},
    {"POST /desk/{shop}/printers/change", Permission::Configure},
    {"GET /desk/{shop}/customers", Permission::ReadOrders},
    {"POST /desk/{shop}/customers", Permission::EditOrders},
    {"GET /desk/{shop}/returns", Permission::TakeReturns},
    {"POST /desk/{shop}/returns", Permission::TakeReturns},
    {"GET /desk/{shop}/returns/{rma}", Permission::TakeReturns},
    {"POST /desk/{shop}/returns/{rma}", Permission::TakeReturns},
    {"GET /desk/{shop}/scans", Permission::Scan},
    {"POST /desk/{shop}/scans", Permission::Scan},
    {"GET /desk/{shop}/scans/state", Permission::Scan},
    {"PUT /desk/{shop}/scans/{name}", Permission::Scan},
    {"GET /desk/{shop}/review", Permission::Review},
    {"POST /desk/{shop}/review/undo", Permission::Review},
    {"GET /desk/{shop}/review/{item}", Permission::Review},
    {"POST /desk/{shop}/review/{item}", Permission::Review},
    {"GET /desk/{shop}/review/{item}/picture", Permission::Review},
    {"GET /desk/{shop}/ratings", Permission::ReadRatings},
    {"POST /desk/{shop}/ratings", Permission::Moderate},
    {"GET /desk/{shop}/ratings/writing/{order}", Permission::ReadRatings},
    {"GET /desk/{shop}/ratings/export", Permission::Export},
    // Which photos, their own test says.
    {"GET /desk/{shop}/photos/{photo}", Permission::ReadOrders},
    {"POST /desk/{shop}/disputes", Permission::Review},
    {"GET /desk/{shop}/import", Permission::EditOrders},
    {"POST /desk/{shop}/import", Permission::EditOrders},
    {"GET /desk/{shop}/import/{import}", Permission::EditOrders},
    {"GET /desk/{shop}/import/{import}/state", Permission::EditOrders},
    {"PUT /desk/{shop}/import/{import}", Permission::EditOrders},
    {"POST /desk/{shop}/import/{import}", Permission::EditOrders},
    {"GET /desk/{shop}/shop", Permission::Configure},
    {"POST /desk/{shop}/shop/settings", Permission::Configure},
    {"GET /desk/{shop}/shop/preview/{name}", Permission::Configure},
    {"GET /desk/{shop}/users", Permission::ManageUsers},
    {"POST /desk/{shop}/users", Permission::ManageUsers},
    {"GET /desk/{shop}/keys", Permission::ManageUsers},
    {"POST /desk/{shop}/keys", Permission::ManageUsers},
    {"GET /desk/{shop}/audit", Permission::ReadAudit},
};

/// Of whoever is logged in.
const std::set<std::string> kAnyStaff{"GET /desk", "POST /desk/logout", "GET /desk/account",
                                      "POST /desk/account"};

/// For everybody: what they show is guarded by the secret in their address, by a signature, by an
/// API key, or is no secret.
bool is_public(const std::string& route) {
    static const std::set<std::string> kOpen{"GET /",
                                             "POST /",
                                             "GET /healthz",
                                             "GET /readyz",
                                             "GET /metrics",
                                             "GET /desk/login",
                                             "POST /desk/login",
                                             "GET /desk/link/{token}",
                                             "POST /desk/link/{token}",
                                             "GET /desk/{shop}/shop.css"};
    static const std::set<std::string> kPlaces{"/scan-in/", "/C/",     "/K/",
                                               "/a/",       "/hooks/", "/api/v1/"};
    if (kOpen.contains(route)) return true;
    const std::string pattern = route.substr(route.find(' ') + 1);
    for (const auto& place : kPlaces) {
        if (pattern.starts_with(place)) return true;
    }
    return false;
}

class RouteWalkTest : public testing::ServiceTest {
  protected:
    HttpResponse walk(const Route& route, const Staff* who, const std::string& shop,
                      bool with_token = true) {
        HttpRequest request;
        request.method = route.method;
        request.path = filled(route.pattern, shop);
        request.headers = {{"Accept", "application/json"}};
        if (who != nullptr) {
            request.headers.emplace_back("Cookie", std::string(kSessionCookie) + "=" + who->token);
            if (with_token) request.headers.emplace_back("X-Verso-Csrf", who->csrf);
        }
        return call(std::move(request));
    }
    static std::string filled(std::string pattern, const std::string& shop) {
        for (auto open = pattern.find('{'); open != std::string::npos; open = pattern.find('{')) {
            const auto close = pattern.find('}', open);
            const std::string name = pattern.substr(open + 1, close - open - 1);
            pattern.replace(open, close - open + 1, name == "shop" ? shop : "1");
        }
        return pattern;
    }
    static std::string name_of(const Route& route) {
        return std::string(to_string(route.method)) + " " + route.pattern;
    }
};

TEST_F(RouteWalkTest, EveryRouteIsForThoseWhoMayUseItAndNobodyElse) {
    std::map<Role, Staff> ours;
    for (const Role role : records::all_roles()) ours.emplace(role, staff(role));
    const Staff foreign = staff(Role::Merchant, ShopId{2});
    std::set<std::string> seen;
    for (const Route* route : router().routes()) {
        const std::string name = name_of(*route);
        if (is_public(name) || kAnyStaff.contains(name)) continue;
        const auto needs = kDesk.find(name);
        ASSERT_NE(needs, kDesk.end()) << "write down who may use " << name;
        seen.insert(name);
        const bool changes = route->method != Method::Get;
        EXPECT_EQ(walk(*route, nullptr, "main").status, 401) << name << " as nobody";
        EXPECT_EQ(walk(*route, &foreign, "main").status, 403) << name << " as another's merchant";
        for (const auto& [role, who] : ours) {
            const std::string told = name + " as " + std::string(to_string(role));
            const int status = walk(*route, &who, "main").status;
            if (records::may(role, needs->second)) {
                EXPECT_NE(status, 401) << told;
                EXPECT_NE(status, 403) << told;
                if (changes) {
                    EXPECT_EQ(walk(*route, &who, "main", false).status, 403)
                        << told << " without the token";
                }
            } else {
                EXPECT_EQ(status, 403) << told;
            }
            EXPECT_EQ(walk(*route, &who, "other").status, 403) << told << ", in another shop";
            EXPECT_EQ(walk(*route, &who, "nowhere").status, 403) << told << ", in no shop";
        }
    }
    for (const auto& [name, permission] : kDesk) {
        EXPECT_TRUE(seen.contains(name)) << "there is no route " << name;
    }
}

TEST_F(RouteWalkTest, WhatIsForAnyStaffIsForNobodyElse) {
    std::set<std::string> seen;
    for (const Route* route : router().routes()) {
        if (!kAnyStaff.contains(name_of(*route))) continue;
        seen.insert(name_of(*route));
        EXPECT_EQ(walk(*route, nullptr, "main").status, 401) << name_of(*route);
    }
    EXPECT_EQ(seen, kAnyStaff);
}

}  // namespace
}  // namespace verso::service
