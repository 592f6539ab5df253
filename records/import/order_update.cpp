// SPDX-License-Identifier: Apache-2.0
#include "records/import/order_update.h"

namespace verso::records {

Order updated(Order order, const OrderUpdate& update) {
    if (update.payment) order.payment = *update.payment;
    if (update.status &&
        (order.status != OrderStatus::Delivered || *update.status == OrderStatus::Cancelled)) {
        order.status = *update.status;
    }
    if (order.external_id.empty()) order.external_id = update.external_id;
    return order;
}

}  // namespace verso::records
