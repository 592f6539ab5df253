// SPDX-License-Identifier: Apache-2.0
#include <charconv>

#include "core/crypto/message_code.h"
#include "records/store/hook_book.h"
#include "service/api/api_routes.h"

namespace verso::service {

namespace {

using records::Hook;
using records::KeyScope;

constexpr std::size_t kHookBytes = 16 * 1024;

/// Without its secret: that is shown once.
Json hook_json(const Hook& hook) {
    Json kinds = Json::array();
    for (const auto kind : hook.kinds) kinds.push_back(records::to_string(kind));
    return {{"id", hook.id.get()},
            {"url", hook.url},
            {"kinds", std::move(kinds)},
            {"created_at", format_utc(hook.created_at)}};
}

Result<ApiAnswer> list_hooks(const ApiCall& call) {
    auto hooks = records::hooks_of(call.store).hooks(call.shop());
    if (!hooks) return hooks.error();
    Json data = Json::array();
    for (const Hook& hook : *hooks) data.push_back(hook_json(hook));
    return answer_json({{"data", std::move(data)}});
}

Result<Hook> hook_of(const ApiCall& call) {
    auto json = parse_body(call.request.body);
    if (!json) return json.error();
    BodyReader body(*json);
    Hook hook;
    hook.url = body.text("url");
    hook.secret = body.text_if_any("secret", 100).value_or(records::make_hook_secret());
    std::string kinds;
    for (const std::string& kind : body.texts("kinds", 20)) kinds += kind + " ";
    if (auto sound = body.end(); !sound) return sound.error();
    if (auto sound = records::check_hook_url(hook.url); !sound) return sound.error().at("/url");
    auto parsed = records::parse_hook_kinds(kinds);
    if (!parsed) return parsed.error().at("/kinds");
    hook.kinds = *std::move(parsed);
    hook.created_at = call.now;
    return hook;
}

Result<ApiAnswer> add_hook(const ApiCall& call) {
    auto hook = hook_of(call);
    if (!hook) return hook.error();
    auto id = records::hooks_of(call.store).add_hook(call.shop(), *hook, call.now);
    if (!id) return id.error();
    hook->id = *id;
    Json json = hook_json(*hook);
    json["secret"] = hook->secret;
    ApiAnswer answer = answer_json(json, 201);
    answer.what = "add hook";
    answer.subject = "hook " + std::to_string(id->get());
    return answer;
}

Result<ApiAnswer> remove_hook(const ApiCall& call) {
    const std::string& text = call.path.at("id");
    std::int64_t id = 0;
    const char* end = text.data() + text.size();
    const auto [stop, fault] = std::from_chars(text.data(), end, id);
    if (fault != std::errc{} || stop != end) {
        return Error{ErrorCode::NotFound, "there is no such hook", text, ""};
    }
    auto removed = records::hooks_of(call.store).remove_hook(call.shop(), records::HookId{id});
    if (!removed) return removed.error();
    return ApiAnswer{204, "", "remove hook", "hook " + text};
}

}  // namespace

void add_hook_routes(ApiDoor& door, Router& router) {
    door.read(router, "/api/v1/hooks", KeyScope::HooksWrite, {}, list_hooks);
    door.change(router, Method::Post, "/api/v1/hooks", KeyScope::HooksWrite, kHookBytes, add_hook);
    door.change(router, Method::Delete, "/api/v1/hooks/{id}", KeyScope::HooksWrite, 0, remove_hook);
}

}  // namespace verso::service
