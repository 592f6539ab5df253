// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "records/desk/counter.h"
#include "service/desk/gatekeeper.h"

namespace verso::service {

/// Where the visitor acts. Who may do what was asked by role, not by the names in verso.toml.
inline records::Counter counter_for(records::Store& store, const Visitor& visitor) {
    static const std::vector<std::string> kByRole;
    const ShopFace& face = *visitor.face;
    return {store, visitor.shop, face.cards, face.actions, kByRole, face.two_looks};
}

/// Writes down in the audit what the visitor did; inside the scope of what was done.
inline Result<void> note_act(records::Store& store, const Visitor& visitor, Instant at,
                             std::string what, std::string subject, std::string detail = "") {
    return store.access().note({.shop = visitor.shop,
                                .at = at,
                                .who = visitor.user.login,
                                .what = std::move(what),
                                .subject = std::move(subject),
                                .detail = std::move(detail)});
}

}  // namespace verso::service
