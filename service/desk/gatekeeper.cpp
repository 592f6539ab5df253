// SPDX-License-Identifier: Apache-2.0
#include "service/desk/gatekeeper.h"

#include "core/crypto/message_code.h"
#include "core/crypto/password.h"
#include "records/access/login.h"
#include "records/store/desk_book.h"
#include "service/http/body_view.h"
#include "service/http/multipart.h"
#include "service/http/web_text.h"

namespace verso::service {

namespace {

using records::LoggedIn;
using records::User;

std::string cookie_of(std::string_view token, bool secure, std::chrono::seconds age) {
    std::string text(kSessionCookie);
    text += '=';
    text += token;
    text += "; Path=/desk; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(age.count());
    if (secure) text += "; Secure";
    return text;
}

bool changes_something(Method method) {
    return method != Method::Get && method != Method::Head && method != Method::Options;
}

HttpResponse refusal(const HttpRequest& request, int status) {
    if (status == 401 && !wants_json(request)) {
        return see_other("/desk/login?to=" + encode_segment(request.path));
    }
    const std::string_view text = status == 401   ? "you are not logged in"
                                  : status == 403 ? "your role may not do this"
                                                  : "the records cannot be reached";
    if (wants_json(request)) {
        return json_response(R"({"error":{"message":")" + std::string(text) + "\"}}", status);
    }
    return text_response(std::string(text) + "\n", status);
}

}  // namespace

std::string csrf_token(std::string_view session_token) {
    return encode_hex(hmac_sha256(session_token, "verso csrf v1")).substr(0, 32);
}

std::string form_value(const HttpRequest& request, std::string_view name) {
    const auto type = request.header("Content-Type");
    if (type.starts_with("multipart/form-data")) {
        // Of a large one the first fields alone are looked at: files stand behind them.
        const std::string head = first_fields(request);
        if (const auto parts = parse_multipart(type, head.empty() ? request.body : head)) {
            for (const auto& part : *parts) {
                if (part.name == name) return std::string(part.content);
            }
        }
        return {};
    }
    for (const auto& [key, value] : parse_form(request.body)) {
        if (key == name) return value;
    }
    return {};
}

bool wants_json(const HttpRequest& request) {
    return request.header("Accept").find("application/json") != std::string_view::npos;
}

bool is_foreign(const HttpRequest& request) {
    if (!changes_something(request.method)) return false;
    // Fetch Metadata: browsers say themselves whether another site began the request.
    const auto site = request.header("Sec-Fetch-Site");
    if (!site.empty()) return !same_word(site, "same-origin") && !same_word(site, "none");
    // RFC 6454 section 7, by those who send no metadata. Programs send neither.
    const auto origin = request.header("Origin");
    if (origin.empty()) return false;
    const auto mark = origin.find("://");
    return mark == std::string_view::npos ||
           !same_word(origin.substr(mark + 3), request.header("Host"));
}

bool is_forged(const HttpRequest& request, std::string_view csrf) {
    if (!changes_something(request.method)) return false;
    if (is_foreign(request)) return true;
    const std::string_view by_header = request.header("X-Verso-Csrf");
    const std::string token =
        by_header.empty() ? form_value(request, "csrf") : std::string(by_header);
    return !same_bytes(token, csrf);
}

Gatekeeper::Gatekeeper(RecordsGate& gate, const ShopFaces& faces, const Clock& clock, Terms terms)
    : gate_(gate),
      faces_(faces),
      clock_(clock),
      terms_(terms),
      attempts_({.burst = 8, .per_minute = 4, .all_burst = 200, .all_per_minute = 100}) {}

bool Gatekeeper::may_try(const HttpRequest& request, std::string_view login) {
    const auto now = RateLimit::Clock::now();
    const bool by_address = attempts_.take("a " + request.peer.address, now);
    const bool by_name = login.empty() || attempts_.take("n " + std::string(login), now);
    return by_address && by_name;
}

Result<std::optional<LoggedIn>> Gatekeeper::session_of(const HttpRequest& request) const {
    const auto token = request.cookie(kSessionCookie);
    if (token.empty()) return std::optional<LoggedIn>();
    return gate_.reader(request.lane).access().use_session(token, terms_.idle, clock_.now());
}

Handler Gatekeeper::guard(records::Permission permission, DeskHandler handler) const {
    return [this, permission, handler = std::move(handler)](const HttpRequest& request,
                                                            const PathValues& path) -> Reply {
        const auto session = session_of(request);
        if (!session) return refusal(request, 503);
        if (!*session) return refusal(request, 401);
        const auto named = path.find("shop");
        const ShopFace* face = named == path.end() ? nullptr : faces_.find(named->second);
        const auto role = face != nullptr ? (*session)->user.role_in(face->id) : std::nullopt;
        if (!role || !records::may(*role, permission)) return refusal(request, 403);
        const std::string csrf = csrf_token(request.cookie(kSessionCookie));
        if (is_forged(request, csrf)) return refusal(request, 403);
        Visitor visitor{(*session)->user, face->id, face, *role, csrf};
        if (visitor.may(records::Permission::Review)) {
            auto waiting =
                records::desk_of(gate_.reader(request.lane)).reviews_waiting(visitor.shop);
            if (!waiting) return refusal(request, 503);
            visitor.reviews = *waiting;
        }
        return handler(request, path, visitor);
    };
}

Handler Gatekeeper::admit(records::Permission permission) const {
    return [this, permission](const HttpRequest& request, const PathValues& path) -> Reply {
        const auto session = session_of(request);
        if (!session) return refusal(request, 503);
        if (!*session) return refusal(request, 401);
        const auto named = path.find("shop");
        const ShopFace* face = named == path.end() ? nullptr : faces_.find(named->second);
        const auto role = face != nullptr ? (*session)->user.role_in(face->id) : std::nullopt;
        const bool may = role && records::may(*role, permission) && !is_foreign(request);
        if (!may) return refusal(request, 403);
        return HttpResponse{.status = 204, .headers = {}};
    };
}

Handler Gatekeeper::guard_any(DeskHandler handler) const {
    return [this, handler = std::move(handler)](const HttpRequest& request,
                                                const PathValues& path) -> Reply {
        const auto session = session_of(request);
        if (!session) return refusal(request, 503);
        if (!*session) return refusal(request, 401);
        const User& user = (*session)->user;
        const std::string csrf = csrf_token(request.cookie(kSessionCookie));
        if (is_forged(request, csrf)) return refusal(request, 403);
        for (const auto& place : user.places) {
            // A home may be served for one of its shops alone.
            const ShopFace* face = faces_.find(place.shop);
            if (face == nullptr) continue;
            return handler(request, path, {user, place.shop, face, place.role, csrf});
        }
        return refusal(request, 403);
    };
}

Result<std::optional<User>> Gatekeeper::check(records::Store& store, std::string_view login,
                                              std::string_view password) const {
    auto user = store.access().find_user(login);
    if (!user && user.error().code != ErrorCode::ValueInvalid) return user.error();
    const bool is_known = user && *user && !(*user)->disabled;
    // A stranger's name costs as much time as a real one with a wrong password.
    const std::string hash = is_known ? (*user)->password_hash : "";
    const PasswordMatch match = match_password(password, hash);
    if (!is_known || match == PasswordMatch::Wrong) return std::optional<User>();
    if (match == PasswordMatch::RightButWeak) {
        if (auto better = hash_password(password)) {
            auto renewed = store.access().renew_hash((*user)->id, hash, *better);
            if (!renewed) return renewed.error();
        }
    }
    return *user;
}

Result<void> Gatekeeper::let_in(records::Store& store, records::UserId user,
                                const HttpRequest& request, HttpResponse& response) const {
    const Instant now = clock_.now();
    const std::string token = records::make_token(system_random());
    auto opened = store.access().open_session(user, token, now + terms_.longest, now);
    if (!opened) return opened;
    if (const auto before = request.cookie(kSessionCookie); !before.empty()) {
        auto ended = store.access().end_session(before);
        if (!ended) return ended.error();
    }
    response.with("Set-Cookie", cookie_of(token, request.peer.is_secure, terms_.longest));
    return {};
}

Reply Gatekeeper::let_out(const HttpRequest& request) const {
    const std::string token(request.cookie(kSessionCookie));
    const bool secure = request.peer.is_secure;
    return gate_.write(
        [token](records::Store& store) -> Result<void> {
            auto ended = store.access().end_session(token);
            return ended ? Result<void>() : ended.error();
        },
        [secure](const Result<void>&) {
            return see_other("/desk/login")
                .with("Set-Cookie", cookie_of("", secure, std::chrono::seconds(0)));
        });
}

}  // namespace verso::service
