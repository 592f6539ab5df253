// SPDX-License-Identifier: Apache-2.0
#include "app/hook_delivery.h"

#include "records/access/login.h"
#include "records/store/hook_book.h"
#include "service/outbound/webhook_sender.h"

namespace verso::app {

namespace {

service::PostTerms terms_of(const OpenHome& home) {
    service::PostTerms terms;
    terms.allow_private = home.config.serve.private_hooks;
    return terms;
}

}  // namespace

Result<void> deliver_webhook(OpenHome& home, const records::LeasedJob& job) {
    auto message = records::parse_webhook_job(job.payload);
    if (!message) return message.error();
    if (auto entered = enter_shop(home, job.shop); !entered) return entered;
    auto hook = records::hooks_of(*home.store).find_hook(job.shop, message->hook);
    if (!hook) return hook.error();
    if (!*hook) return {};
    return service::send_webhook(**hook, message->id, records::message_body(*message),
                                 terms_of(home), system_clock().now());
}

Result<void> try_hook(const OpenHome& home, const records::Hook& hook, Instant now) {
    const std::string id = "msg_" + records::make_token(system_random());
    const std::string body = R"({"type":"test","timestamp":")" + format_utc(now) +
                             R"(","data":{"hook":)" + std::to_string(hook.id.get()) + "}}";
    return service::send_webhook(hook, id, body, terms_of(home), now);
}

}  // namespace verso::app
