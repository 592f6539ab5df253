// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/util/time.h"
#include "records/store/access_book.h"
#include "service/http/router.h"
#include "service/site/rate_limit.h"
#include "service/site/records_gate.h"
#include "service/site/shop_face.h"

namespace verso::service {

/// Somebody of the staff who is logged in, in one shop.
struct Visitor {
    records::User user;
    ShopId shop;
    const ShopFace* face = nullptr;  ///< of that shop; never null
    records::Role role = records::Role::Packer;
    std::string csrf;          ///< every form and script of theirs sends it back
    std::int64_t reviews = 0;  ///< that wait in the shop, for those who settle them

    bool may(records::Permission permission) const { return records::may(role, permission); }
};

using DeskHandler = std::function<Reply(const HttpRequest&, const PathValues&, const Visitor&)>;

/// Lets the staff in and keeps everybody else out: sessions in a cookie that scripts cannot read,
/// tokens against forged requests, one permission for each route. Thread-safe.
class Gatekeeper {
  public:
    struct Terms {
        std::chrono::seconds idle{8 * 3600};          ///< not used for so long, a session is over
        std::chrono::seconds longest{7 * 24 * 3600};  ///< whatever its use
    };
    /// Requires: all outlive it.
    Gatekeeper(RecordsGate& gate, const ShopFaces& faces, const Clock& clock, Terms terms);
    Gatekeeper(RecordsGate& gate, const ShopFaces& faces, const Clock& clock)
        : Gatekeeper(gate, faces, clock, Terms()) {}

    /// A handler for those who may do this in the shop that the path's {shop} names; others get 303
    /// to the log-in (a page), 401 (a script) or 403. A shop that is not there is as forbidden as
    /// one of others. Requests that change something must bring the token.
    Handler guard(records::Permission permission, DeskHandler handler) const;
    /// For Route::admit of such a handler: 204 for who may do this, before the body is read. The
    /// token may stand in the body, so it is the handler's to ask for.
    Handler admit(records::Permission permission) const;
    /// The same for whoever is logged in; Visitor::shop is the first that they have a part in.
    Handler guard_any(DeskHandler handler) const;

    /// The user whose name and password these are; nothing when not. Slow on purpose: for
    /// RecordsGate::slow. Takes the same time for a name that is not there.
    Result<std::optional<records::User>> check(records::Store& store, std::string_view login,
                                               std::string_view password) const;
    /// Opens a session, ends the one that the request came with, and puts the new one's cookie into
    /// the response.
    Result<void> let_in(records::Store& store, records::UserId user, const HttpRequest& request,
                        HttpResponse& response) const;
    /// Ends the session of the request and takes its cookie away.
    Reply let_out(const HttpRequest& request) const;
    /// One attempt to log in, by address and by name; by address alone for an empty one.
    bool may_try(const HttpRequest& request, std::string_view login);

  private:
    Result<std::optional<records::LoggedIn>> session_of(const HttpRequest& request) const;

    RecordsGate& gate_;
    const ShopFaces& faces_;
    const Clock& clock_;
    Terms terms_;
    RateLimit attempts_;
};

/// The name of the session's cookie.
inline constexpr std::string_view kSessionCookie = "verso_session";

/// The token against forged requests of a session: made from its secret, so nothing is kept.
std::string csrf_token(std::string_view session_token);

/// True for a request that may change something and names another origin than its host. Pure.
bool is_foreign(const HttpRequest& request);

/// True for a request that may change something and did not come from our own pages: it is foreign,
/// or the token is missing or wrong. Pure.
bool is_forged(const HttpRequest& request, std::string_view csrf);

/// Whether the answer is for a script instead of a page.
bool wants_json(const HttpRequest& request);

/// The first value of that name in a form's body, whichever way it was sent; empty when there is
/// none.
std::string form_value(const HttpRequest& request, std::string_view name);

}  // namespace verso::service
