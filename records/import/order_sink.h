// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "core/domain/order.h"
#include "records/import/import_report.h"

namespace verso::records {

/// What an export without order lines says about an order that is known already.
struct OrderUpdate {
    OrderNumber number;
    std::string external_id;  ///< empty when the export has none
    std::optional<OrderStatus> status;
    std::optional<PaymentStatus> payment;
    std::size_t line = 0;  ///< of the file
};

/// Where a format hands what it reads, order by order. One thread at a time.
class OrderSink {
  public:
    virtual ~OrderSink() = default;
    /// A sound order, of which nothing more comes; it stands in `line`. False when no more is
    /// wanted: the format then ends as if the file did.
    [[nodiscard]] virtual bool take(Order order, std::size_t line) = 0;
    /// The same for an update.
    [[nodiscard]] virtual bool take(OrderUpdate update) = 0;
    virtual void refuse(RejectedRow row) = 0;
    /// An order was refused, for whichever of its rows.
    virtual void count_refused_order() = 0;
    /// A sentence for the report.
    virtual void remark(std::string sentence) = 0;
};

}  // namespace verso::records
