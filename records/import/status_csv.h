// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "core/util/result.h"
#include "records/import/byte_source.h"
#include "records/import/order_sink.h"
#include "records/import/text_source.h"

namespace verso::records {

// The back offices' lists of orders: PrestaShop's export and Magento's grid. They have no lines, no
// e-mail and no address, so that no order comes of them; an order that is known already takes its
// status and payment from them. docs/formats/orders.md has the words.

/// Which of the two a header is; Auto when neither.
ImportFormat status_csv_format(std::span<const std::string_view> header);

/// What a word of PrestaShop's status column says, in English or French as PrestaShop delivers it.
/// ValueInvalid: merchants may name states as they like, and a name that is not known says nothing.
struct StatusChange {
    std::optional<OrderStatus> status;
    std::optional<PaymentStatus> payment;
};
Result<StatusChange> status_from_prestashop_label(std::string_view label);

/// Hands an update on for each row. Gives how many rows there were. FormatInvalid when number or
/// status have no column; FileUnreadable.
Result<std::size_t> read_status_csv(ByteSource& source, TextEncoding encoding, ImportFormat format,
                                    OrderSink& sink);

}  // namespace verso::records
