// SPDX-License-Identifier: Apache-2.0
#include "records/access/role.h"

#include <algorithm>

#include "records/lifecycle/transition.h"

namespace verso::records {

namespace {

using P = Permission;

constexpr EnumNames<Role, 4> kRoles{{{Role::Packer, "packer"},
                                     {Role::Reviewer, "reviewer"},
                                     {Role::Merchant, "merchant"},
                                     {Role::Admin, "admin"}}};
constexpr EnumNames<Permission, 13> kPermissions{{{P::ReadOrders, "read-orders"},
                                                  {P::Print, "print"},
                                                  {P::Scan, "scan"},
                                                  {P::Review, "review"},
                                                  {P::TakeReturns, "take-returns"},
                                                  {P::EditOrders, "edit-orders"},
                                                  {P::ReadRatings, "read-ratings"},
                                                  {P::Moderate, "moderate"},
                                                  {P::Export, "export"},
                                                  {P::ErasePerson, "erase-person"},
                                                  {P::Configure, "configure"},
                                                  {P::ReadAudit, "read-audit"},
                                                  {P::ManageUsers, "manage-users"}}};
constexpr EnumNames<KeyScope, 10> kScopes{{{KeyScope::OrdersRead, "orders:read"},
                                           {KeyScope::OrdersWrite, "orders:write"},
                                           {KeyScope::Print, "print"},
                                           {KeyScope::ScansWrite, "scans:write"},
                                           {KeyScope::RatingsRead, "ratings:read"},
                                           {KeyScope::ReturnsRead, "returns:read"},
                                           {KeyScope::ReturnsWrite, "returns:write"},
                                           {KeyScope::EventsWrite, "events:write"},
                                           {KeyScope::FiguresRead, "figures:read"},
                                           {KeyScope::HooksWrite, "hooks:write"}}};
constexpr auto kEveryRole = enumerators(kRoles);
constexpr auto kEveryPermission = enumerators(kPermissions);
constexpr auto kEveryScope = enumerators(kScopes);

}  // namespace

std::span<const Role> all_roles() { return kEveryRole; }
std::span<const Permission> all_permissions() { return kEveryPermission; }
std::span<const KeyScope> all_scopes() { return kEveryScope; }
std::string_view to_string(Role role) { return name_in(kRoles, role); }
std::string_view to_string(Permission permission) { return name_in(kPermissions, permission); }
std::string_view to_string(KeyScope scope) { return name_in(kScopes, scope); }
Result<Role> parse_role(std::string_view text) { return value_in(kRoles, text, "a role"); }

bool may(Role role, Permission permission) {
    switch (role) {
        case Role::Packer:
            return permission == P::ReadOrders || permission == P::Print || permission == P::Scan ||
                   permission == P::TakeReturns;
        case Role::Reviewer:
            return permission == P::ReadOrders || permission == P::Scan ||
                   permission == P::Review || permission == P::ReadRatings;
        case Role::Merchant:
            return permission != P::ManageUsers;
        case Role::Admin:
            return true;
    }
    return false;
}

Result<std::vector<KeyScope>> parse_scopes(std::string_view text) {
    constexpr std::string_view kBetween = " ,\t\n";
    std::vector<KeyScope> found;
    for (std::size_t from = 0; (from = text.find_first_not_of(kBetween, from)) != text.npos;) {
        const std::size_t end = std::min(text.find_first_of(kBetween, from), text.size());
        auto scope = value_in(kScopes, text.substr(from, end - from), "a scope");
        if (!scope) return scope.error();
        found.push_back(*scope);
        from = end;
    }
    if (found.empty()) {
        return Error{ErrorCode::ValueInvalid, "there is no scope", "",
                     "name one or more: orders:read, ratings:read …"};
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

std::string format_scopes(std::span<const KeyScope> scopes) {
    std::string text;
    for (const KeyScope scope : scopes)
        text += (text.empty() ? "" : " ") + std::string(to_string(scope));
    return text;
}

}  // namespace verso::records
