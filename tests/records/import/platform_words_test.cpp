// SPDX-License-Identifier: Apache-2.0
#include "records/import/platform_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace verso::records {
namespace {

using S = OrderStatus;
using P = PaymentStatus;

struct Case {
    const char* word;
    S status;
    P payment;
};

TEST(PlatformWords, EachOfWooCommerce) {
    for (const auto& [word, status, payment] :
         std::vector<Case>{{"pending", S::Open, P::Unpaid},
                           {"processing", S::Open, P::Paid},
                           {"on-hold", S::OnHold, P::Unpaid},
                           {"completed", S::Shipped, P::Paid},
                           {"cancelled", S::Cancelled, P::Unpaid},
                           {"refunded", S::Cancelled, P::Refunded},
                           {"failed", S::Open, P::Unpaid},
                           {"trash", S::Cancelled, P::Unpaid},
                           {"checkout-draft", S::Open, P::Unpaid},
                           {"draft", S::Open, P::Unpaid},
                           {"auto-draft", S::Open, P::Unpaid},
                           {"wc-processing", S::Open, P::Paid}}) {
        EXPECT_EQ(status_from_woocommerce(word).value(), (PlatformStatus{status, payment})) << word;
    }
}

TEST(PlatformWords, EachOfMagento) {
    for (const auto& [word, status, payment] :
         std::vector<Case>{{"new", S::Open, P::Unpaid},
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
                           {"fraud", S::OnHold, P::Unpaid}}) {
        EXPECT_EQ(status_from_magento(word).value(), (PlatformStatus{status, payment})) << word;
    }
}

TEST(PlatformWords, AnUnknownWordIsRefusedWithTheWord) {
    for (const char* word : {"", "Processing", "shipped"}) {
        EXPECT_THAT(status_from_woocommerce(word).error().message, ::testing::HasSubstr(word));
        EXPECT_FALSE(status_from_magento(word)) << word;
    }
}

}  // namespace
}  // namespace verso::records
