// SPDX-License-Identifier: Apache-2.0
#include "records/hooks/hook.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/crypto/crypto.h"
#include "core/crypto/message_code.h"
#include "records/lifecycle/transition.h"

namespace verso::records {

namespace {

using Json = nlohmann::ordered_json;

constexpr EnumNames<HookKind, 8> kKinds{{{HookKind::RatingRecorded, "rating.recorded"},
                                         {HookKind::RatingAmended, "rating.amended"},
                                         {HookKind::RatingWithdrawn, "rating.withdrawn"},
                                         {HookKind::ReturnAnnounced, "return.announced"},
                                         {HookKind::ReturnReceived, "return.received"},
                                         {HookKind::OrderDelivered, "order.delivered"},
                                         {HookKind::ReviewWaiting, "review.waiting"},
                                         {HookKind::PrintDone, "print.done"}}};
constexpr auto kEveryKind = enumerators(kKinds);
/// With the queue's waits of half a minute to half an hour: about four hours.
constexpr int kAttempts = 14;

Error bad_url(const std::string& why) {
    return {ErrorCode::ValueInvalid, "the address " + why, "url",
            "write it as https://shop.example.com/verso"};
}

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::span<const HookKind> all_hook_kinds() { return kEveryKind; }
std::string_view to_string(HookKind kind) { return name_in(kKinds, kind); }
Result<HookKind> parse_hook_kind(std::string_view text) {
    return value_in(kKinds, text, "a kind of message");
}

Result<std::vector<HookKind>> parse_hook_kinds(std::string_view text) {
    constexpr std::string_view kBetween = " ,\t\n";
    std::vector<HookKind> found;
    for (std::size_t from = 0; (from = text.find_first_not_of(kBetween, from)) != text.npos;) {
        const std::size_t end = std::min(text.find_first_of(kBetween, from), text.size());
        const auto word = text.substr(from, end - from);
        from = end;
        if (word == "all") {
            found.insert(found.end(), kEveryKind.begin(), kEveryKind.end());
            continue;
        }
        auto kind = parse_hook_kind(word);
        if (!kind) return kind.error();
        found.push_back(*kind);
    }
    if (found.empty()) {
        return Error{ErrorCode::ValueInvalid, "no kind of message is named", "kinds",
                     "name one or more: rating.recorded, return.announced …, or all"};
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

std::string format_hook_kinds(std::span<const HookKind> kinds) {
    std::string text;
    for (const HookKind kind : kinds) {
        text += (text.empty() ? "" : " ") + std::string(to_string(kind));
    }
    return text;
}

Result<void> check_hook_url(std::string_view url) {
    constexpr std::size_t kLongest = 500;
    if (url.size() > kLongest) return bad_url("is longer than 500 bytes");
    const bool printable =
        std::all_of(url.begin(), url.end(), [](unsigned char c) { return c > 0x20 && c < 0x7f; });
    if (!printable) return bad_url("holds a blank or a character beyond ASCII");
    const auto scheme = url.find("://");
    const auto name = url.substr(0, std::min(scheme, url.size()));
    if (name != "https" && name != "http") return bad_url("does not begin with https://");
    const auto rest = url.substr(scheme + 3);
    const auto host = rest.substr(0, rest.find_first_of("/?#"));
    if (host.empty() || host.front() == ':') return bad_url("names no host");
    if (host.find('@') != host.npos) return bad_url("holds a name or a password");
    if (rest.find('#') != rest.npos || rest.find('\\') != rest.npos) {
        return bad_url("holds a # or a \\");
    }
    return {};
}

Result<void> check_hook_secret(std::string_view secret) {
    constexpr std::string_view kBegin = "whsec_";
    constexpr std::size_t kShortest = 24, kLongest = 64;
    if (secret.starts_with(kBegin)) {
        const auto bytes = decode_base64(secret.substr(kBegin.size()));
        if (bytes && bytes->size() >= kShortest && bytes->size() <= kLongest) return {};
    }
    return Error{ErrorCode::ValueInvalid, "the secret is none", "secret",
                 "leave it out to be given one, or write whsec_ and 24 to 64 bytes in base64"};
}

std::string make_hook_secret() {
    std::array<std::uint8_t, 24> bytes{};
    system_random().fill(bytes);
    return "whsec_" + encode_base64({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

NewJob webhook_job(const HookMessage& message) {
    NewJob job;
    job.kind = kWebhookJob;
    job.key = std::to_string(message.hook.get()) + " " + message.id;
    job.max_attempts = kAttempts;
    job.run_at = message.at;
    job.payload = dump({{"hook", message.hook.get()},
                        {"id", message.id},
                        {"type", to_string(message.kind)},
                        {"at", format_utc(message.at)},
                        {"data", Json::parse(message.data, nullptr, false)}});
    return job;
}

Result<HookMessage> parse_webhook_job(std::string_view payload) {
    const Error foreign{ErrorCode::FormatInvalid, "the job carries no message", "webhook",
                        "drop it: verso jobs drop"};
    const auto json = Json::parse(payload, nullptr, false);
    if (!json.is_object()) return foreign;
    const auto text = [&](const char* name) {
        const auto found = json.find(name);
        return found != json.end() && found->is_string() ? found->get<std::string>() : "";
    };
    HookMessage message;
    message.id = text("id");
    auto kind = parse_hook_kind(text("type"));
    auto at = parse_time(text("at"));
    const auto hook = json.find("hook"), data = json.find("data");
    const bool sound = kind && at && !message.id.empty() && hook != json.end() &&
                       hook->is_number_integer() && data != json.end() && data->is_object();
    if (!sound) return foreign;
    message.hook = HookId{hook->get<std::int64_t>()};
    message.kind = *kind;
    message.at = at->utc;
    message.data = dump(*data);
    return message;
}

std::string message_body(const HookMessage& message) {
    return dump({{"type", to_string(message.kind)},
                 {"timestamp", format_utc(message.at)},
                 {"data", Json::parse(message.data, nullptr, false)}});
}

}  // namespace verso::records
