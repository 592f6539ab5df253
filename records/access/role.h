// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/util/result.h"

namespace verso::records {

// What people and programs may do in a shop: docs/access.md shows the tables. Pure.

/// A person's part in one shop. There is no order between them: ask may().
enum class Role {
    Packer,    ///< at the bench: prints, scans, takes returns in
    Reviewer,  ///< settles what the reader doubted
    Merchant,  ///< runs the shop
    Admin,     ///< runs the installation: users and keys besides
};

enum class Permission {
    ReadOrders,   ///< search and see orders, parcels, cards, returns
    Print,        ///< inserts and waves, reprints with a reason
    Scan,         ///< put pictures in
    Review,       ///< settle, key, want a rescan, discard
    TakeReturns,  ///< receive and inspect
    EditOrders,   ///< change, cancel, refund; announce a return for a buyer
    ReadRatings,  ///< ratings, comments, figures
    Moderate,     ///< hide a comment for a listed reason, reply
    Export,       ///< take data out, put orders in
    ErasePerson,  ///< privacy: erase, give out
    Configure,    ///< settings, templates, printers, webhooks
    ReadAudit,    ///< who did what
    ManageUsers,  ///< users, roles, API keys
};

/// All of them, in their order.
std::span<const Role> all_roles();
std::span<const Permission> all_permissions();
/// "packer", "reviewer", "merchant", "admin".
std::string_view to_string(Role role);
/// ValueInvalid with the words that there are.
Result<Role> parse_role(std::string_view text);
/// "read-orders", "print" …
std::string_view to_string(Permission permission);

/// May somebody with this role do that in the shop of the role?
bool may(Role role, Permission permission);

/// What an API key may do.
enum class KeyScope {
    OrdersRead,
    OrdersWrite,
    Print,
    ScansWrite,
    RatingsRead,
    ReturnsRead,
    ReturnsWrite,
    EventsWrite,  ///< carriers' events
    FiguresRead,
    HooksWrite,  ///< webhooks out: see, add and remove them
};
std::span<const KeyScope> all_scopes();
/// "orders:read" …
std::string_view to_string(KeyScope scope);

/// "orders:read orders:write", commas are taken too. ValueInvalid for an unknown word, or none.
/// Sorted, each once.
Result<std::vector<KeyScope>> parse_scopes(std::string_view text);
/// Words with a space between; parse_scopes gives the same back.
std::string format_scopes(std::span<const KeyScope> scopes);

}  // namespace verso::records
