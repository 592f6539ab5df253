// SPDX-License-Identifier: Apache-2.0
#include "service/outbound/webhook_sender.h"

#include "core/crypto/message_code.h"

namespace verso::service {

std::vector<HeaderField> signed_headers(const std::string& secret, const std::string& id,
                                        const std::string& body, Instant now) {
    constexpr std::string_view kBegin = "whsec_";
    const std::string time = std::to_string(now.time_since_epoch().count());
    const std::string key =
        decode_base64(std::string_view(secret).substr(kBegin.size())).value_or("");
    const std::string code = encode_base64(hmac_sha256(key, id + "." + time + "." + body));
    return {{"Content-Type", "application/json"},
            {"User-Agent", "Verso-Webhooks/1"},
            {"webhook-id", id},
            {"webhook-timestamp", time},
            {"webhook-signature", "v1," + code}};
}

Result<void> send_webhook(const records::Hook& hook, const std::string& id, const std::string& body,
                          const PostTerms& terms, Instant now) {
    constexpr int kGone = 410;
    auto status = post_once(hook.url, signed_headers(hook.secret, id, body, now), body, terms);
    if (!status) return status.error();
    if (*status >= 200 && *status < 300) return {};
    if (*status == kGone) {
        return Error{ErrorCode::NotAllowed, "the address answered 410: it is wanted no more",
                     hook.url, "remove the hook: verso hooks remove"};
    }
    return Error{ErrorCode::FileUnwritable, "the address answered " + std::to_string(*status),
                 hook.url, "it must answer 2xx"};
}

}  // namespace verso::service
