// SPDX-License-Identifier: Apache-2.0
#include "records/import/platform_words.h"

#include <fmt/format.h>

#include <span>

#include "records/import/json_fields.h"

namespace verso::records {

namespace {

struct Word {
    std::string_view word;
    OrderStatus status;
    PaymentStatus payment;
};

using S = OrderStatus;
using P = PaymentStatus;

// WooCommerce, order statuses (woocommerce.com/document/managing-orders/order-statuses): there is
// none for delivered, and completed is what a shop sets when it has shipped.
constexpr Word kWooCommerce[] = {
    {"pending", S::Open, P::Unpaid},        {"processing", S::Open, P::Paid},
    {"on-hold", S::OnHold, P::Unpaid},      {"completed", S::Shipped, P::Paid},
    {"cancelled", S::Cancelled, P::Unpaid}, {"refunded", S::Cancelled, P::Refunded},
    {"failed", S::Open, P::Unpaid},         {"trash", S::Cancelled, P::Unpaid},
    {"checkout-draft", S::Open, P::Unpaid}, {"draft", S::Open, P::Unpaid},
    {"auto-draft", S::Open, P::Unpaid},
};

// Magento, states and default statuses of orders (experienceleague.adobe.com, order status).
constexpr Word kMagento[] = {
    {"new", S::Open, P::Unpaid},
    {"pending", S::Open, P::Unpaid},
    {"pending_payment", S::Open, P::Unpaid},
    {"pending_paypal", S::Open, P::Unpaid},
    {"processing", S::Open, P::Paid},
    {"complete", S::Shipped, P::Paid},
    {"closed", S::Cancelled, P::Refunded},
    {"canceled", S::Cancelled, P::Unpaid},
    {"paypal_canceled_reversal", S::Cancelled, P::Unpaid},
    {"paypal_reversed", S::OnHold, P::Unpaid},
    {"holded", S::OnHold, P::Unpaid},
    {"payment_review", S::OnHold, P::Unpaid},
    {"fraud", S::OnHold, P::Unpaid},
};

Result<PlatformStatus> lookup(std::string_view word, std::span<const Word> words,
                              std::string_view platform) {
    std::string known;
    for (const Word& candidate : words) {
        if (candidate.word == word) return PlatformStatus{candidate.status, candidate.payment};
        known += known.empty() ? "" : ", ";
        known += candidate.word;
    }
    return Error{ErrorCode::ValueInvalid,
                 fmt::format("{} is no order status of {}", shown_value(word), platform), "",
                 fmt::format("known are {}", known)};
}

}  // namespace

Result<PlatformStatus> status_from_woocommerce(std::string_view word) {
    if (word.starts_with("wc-")) word.remove_prefix(3);
    return lookup(word, kWooCommerce, "WooCommerce");
}

Result<PlatformStatus> status_from_magento(std::string_view word) {
    return lookup(word, kMagento, "Magento");
}

}  // namespace verso::records
