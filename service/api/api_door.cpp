// SPDX-License-Identifier: Apache-2.0
#include "service/api/api_door.h"

#include <algorithm>
#include <charconv>

#include "core/crypto/crypto.h"
#include "records/access/login.h"
#include "service/api/api_problem.h"
#include "service/http/web_text.h"

namespace verso::service {

namespace {

using records::ApiKey;
using records::Store;

constexpr std::chrono::hours kAnswersKept{24};
constexpr std::size_t kMostKnown = 10'000;
constexpr std::size_t kTokenLength = 32;
constexpr RateLimit::Terms kOfKey{
    .burst = 300, .per_minute = 1200, .all_burst = 3000, .all_per_minute = 60'000};
constexpr RateLimit::Terms kOfStranger{
    .burst = 30, .per_minute = 30, .all_burst = 600, .all_per_minute = 600};

/// The token of "Authorization: Bearer …"; empty for anything else.
std::string token_of(const HttpRequest& request) {
    const auto value = trimmed(request.header("Authorization"));
    const auto blank = std::min(value.find(' '), value.size());
    if (!same_word(value.substr(0, blank), "Bearer")) return "";
    const auto token = trimmed(value.substr(std::min(blank + 1, value.size())));
    return token.size() == kTokenLength ? std::string(token) : "";
}

HttpResponse unknown_key() {
    return problem(401, {ErrorCode::NotAllowed, "no key that is in use came with the request",
                         "Authorization", "send: Authorization: Bearer KEY"});
}

Result<void> check_query(const HttpRequest& request, const std::vector<std::string_view>& known) {
    std::vector<std::string> seen;
    for (const auto& [name, value] : parse_form(request.query)) {
        if (std::find(known.begin(), known.end(), name) == known.end()) {
            return Error{ErrorCode::Usage, "there is no parameter " + name.substr(0, 60), "query",
                         "leave it out; see /api/v1/openapi.json"};
        }
        if (std::find(seen.begin(), seen.end(), name) != seen.end()) {
            return Error{ErrorCode::Usage, "the parameter stands twice", name, "say it once"};
        }
        seen.push_back(name);
    }
    return {};
}

bool is_json(std::string_view type) {
    const auto word = trimmed(type.substr(0, std::min(type.find(';'), type.size())));
    return word.empty() || same_word(word, "application/json");
}

HttpResponse response_of(const ApiAnswer& answer) {
    if (answer.status == 204) {
        HttpResponse empty;
        empty.status = 204;
        return empty;
    }
    return json_response(answer.body, answer.status);
}

/// An idempotency key that was seen before: its answer again, or why not.
HttpResponse again(const records::KeptAnswer& kept, const std::string& digest) {
    if (kept.request_sha256 != digest) {
        return problem(422, {ErrorCode::NotAllowed, "this key came with another request before",
                             "Idempotency-Key", "give each request a key of its own"});
    }
    if (kept.status == 0) {
        return problem(409, {ErrorCode::NotAllowed, "the first request of this key is under way",
                             "Idempotency-Key", "wait a second and send it again"});
    }
    if (kept.body.empty() && kept.status != 204) {
        return problem(409,
                       {ErrorCode::NotAllowed, "this was done before; its answer was erased since",
                        "Idempotency-Key", "look at the thing itself"});
    }
    return response_of({kept.status, kept.body}).with("Idempotency-Replayed", "true");
}

/// In one transaction: what the work does, that it was done, and what was answered.
HttpResponse change_whole(const ApiCall& call, const ApiWork& work, bool takes_file) {
    const std::string text(takes_file ? std::string_view()
                                      : trimmed(call.request.header("Idempotency-Key")));
    const std::string digest =
        sha256_hex(std::string(to_string(call.request.method)) + " " + call.request.path + "?" +
                   call.request.query + "\n" + call.request.body);
    auto scope = call.store.begin();
    if (!scope) return problem(scope.error());
    auto& book = call.store.access();
    if (!text.empty()) {
        auto kept = book.claim_request(call.shop(), call.key.id, text, digest,
                                       call.now + kAnswersKept, call.now);
        if (!kept) return problem(kept.error().at("Idempotency-Key"));
        if (*kept) return again(**kept, digest);
    }
    auto done = work(call);
    if (!done) return problem(done.error());
    if (!done->what.empty()) {
        auto noted =
            book.note({0, call.shop(), call.now, call.who(), done->what, done->subject, ""});
        if (!noted) return problem(noted.error());
    }
    if (!text.empty()) {
        auto kept = book.keep_answer(call.shop(), call.key.id, text, done->status, done->body);
        if (!kept) return problem(kept.error());
    }
    if (auto kept = (*scope)->commit(); !kept) return problem(kept.error());
    return response_of(*done);
}

}  // namespace

records::Counter ApiCall::counter() const {
    static const std::vector<std::string> kNoReviewers;
    return {store, key.shop, face.cards, face.actions, kNoReviewers};
}

ApiAnswer answer_json(const Json& json, int status) {
    return {status, json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"};
}

Result<int> limit_of(const ApiCall& call) {
    constexpr int kMost = 200, kUsual = 50;
    const std::string text = call.request.query_value("limit");
    if (text.empty()) return kUsual;
    int limit = 0;
    const char* end = text.data() + text.size();
    const auto [stop, fault] = std::from_chars(text.data(), end, limit);
    if (fault == std::errc{} && stop == end && limit >= 1 && limit <= kMost) return limit;
    return Error{ErrorCode::Usage, "limit is no whole number from 1 to " + std::to_string(kMost),
                 "limit", ""};
}

ApiDoor::ApiDoor(Parts parts) : parts_(parts), keys_(kOfKey), strangers_(kOfStranger) {}

void ApiDoor::read(Router& router, const char* pattern, records::KeyScope scope,
                   std::vector<std::string_view> query, ApiWork work) {
    router.add({Method::Get, pattern,
                [this, entry = Entry{scope, std::move(query), std::move(work), false}](
                    const HttpRequest& request, const PathValues& path) {
                    return enter(entry, request, path);
                }});
}

void ApiDoor::change(Router& router, Method method, const char* pattern, records::KeyScope scope,
                     std::size_t most_body, ApiWork work) {
    router.add({method, pattern,
                [this, entry = Entry{scope, {}, std::move(work), true}](const HttpRequest& request,
                                                                        const PathValues& path) {
                    return enter(entry, request, path);
                },
                most_body});
}

void ApiDoor::take_file(Router& router, const char* pattern, records::KeyScope scope,
                        std::vector<std::string_view> query, std::size_t most_body, ApiWork work) {
    router.add({Method::Post, pattern,
                [this, entry = Entry{scope, std::move(query), std::move(work), true, true}](
                    const HttpRequest& request, const PathValues& path) {
                    return enter(entry, request, path);
                },
                most_body, true});
}

bool ApiDoor::may_ask(const HttpRequest& request, const std::string& token_hash) {
    const auto now = RateLimit::Clock::now();
    bool is_known = false;
    {
        const std::lock_guard lock(mutex_);
        is_known = known_.contains(token_hash);
    }
    return is_known ? keys_.take(token_hash, now) : strangers_.take(request.peer.address, now);
}

void ApiDoor::note_known(const std::string& token_hash, bool is_known) {
    const std::lock_guard lock(mutex_);
    if (!is_known) {
        known_.erase(token_hash);
        return;
    }
    if (known_.size() >= kMostKnown) known_.clear();
    known_.insert(token_hash);
}

Reply ApiDoor::enter(const Entry& entry, const HttpRequest& request, const PathValues& path) {
    const std::string token = token_of(request);
    if (token.empty()) return unknown_key();
    if (!may_ask(request, records::token_hash(token))) {
        return problem(429, {ErrorCode::LimitExceeded, "this key asks too often", "",
                             "wait as Retry-After says"});
    }
    if (auto sound = check_query(request, entry.query); !sound) return problem(sound.error());
    if (!entry.takes_file && !request.body.empty() && !is_json(request.header("Content-Type"))) {
        return problem(415, {ErrorCode::Usage, "the body is not said to be JSON", "Content-Type",
                             "send application/json"});
    }
    return parts_.gate.slow([this, &entry, request, path, token](Store& store) {
        return answer(entry, request, path, token, store);
    });
}

HttpResponse ApiDoor::answer(const Entry& entry, const HttpRequest& request, const PathValues& path,
                             const std::string& token, Store& store) {
    const Instant now = parts_.clock.now();
    auto key = store.access().use_key(token, now);
    if (!key) return problem(key.error());
    const ShopFace* face = *key ? parts_.faces.find((*key)->shop) : nullptr;
    note_known(records::token_hash(token), face != nullptr);
    if (face == nullptr) return unknown_key();
    const auto& scopes = (*key)->scopes;
    if (std::find(scopes.begin(), scopes.end(), entry.scope) == scopes.end()) {
        return problem(403,
                       {ErrorCode::NotAllowed, "this key may not do that",
                        std::string(records::to_string(entry.scope)), "use a key with this scope"});
    }
    const ApiCall call{request, path, **key, *face, store, now};
    if (entry.changes) return change_whole(call, entry.work, entry.takes_file);
    auto done = entry.work(call);
    return done ? response_of(*done) : problem(done.error());
}

}  // namespace verso::service
