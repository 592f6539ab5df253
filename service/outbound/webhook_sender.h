// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/util/time.h"
#include "records/hooks/hook.h"
#include "service/http/message.h"
#include "service/outbound/http_post.h"

namespace verso::service {

/// The headers of a message (standardwebhooks.com, "Webhook signature" 1.0): webhook-id,
/// webhook-timestamp, and webhook-signature: v1, HMAC-SHA256 over "id.timestamp.body" with the
/// secret's bytes, in base64. Pure.
std::vector<HeaderField> signed_headers(const std::string& secret, const std::string& id,
                                        const std::string& body, Instant now);

/// Tells one hook. A 2xx is done. FileUnwritable: not taken, worth another try. NotAllowed: 410
/// (Gone), or an address that the terms forbid: given up at once. Any thread; it waits.
Result<void> send_webhook(const records::Hook& hook, const std::string& id, const std::string& body,
                          const PostTerms& terms, Instant now);

}  // namespace verso::service
