// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "records/import/batch_queue.h"
#include "records/import/order_sink.h"

namespace verso::records {

/// What goes into the store in one transaction.
struct OrderBatch {
    std::vector<Order> orders;
    std::vector<std::size_t> order_lines;  ///< of the file, by order
    std::vector<OrderUpdate> updates;      ///< after the orders
    std::size_t weight = 0;                ///< orders, updates and lines of orders
    bool empty() const { return weight == 0; }
};

/// The sink of the reading thread: packs what comes into batches for the writing one, and keeps
/// account of what was refused.
class BatchingSink final : public OrderSink {
  public:
    using Queue = BatchQueue<OrderBatch>;
    explicit BatchingSink(Queue& queue) : queue_(queue) {}

    bool take(Order order, std::size_t line) override {
        batch_.weight += 1 + order.lines.size();
        // An update is applied after the orders of its batch: those that came before it.
        const bool in_turn = batch_.updates.empty() || flush();
        batch_.orders.push_back(std::move(order));
        batch_.order_lines.push_back(line);
        return in_turn && flush_when_full();
    }
    bool take(OrderUpdate update) override {
        ++batch_.weight;
        batch_.updates.push_back(std::move(update));
        return flush_when_full();
    }
    void refuse(RejectedRow row) override { rejected_.add(std::move(row)); }
    void count_refused_order() override { ++refused_orders_; }
    void remark(std::string sentence) override { remarks_.push_back(std::move(sentence)); }

    /// Hands over what is left.
    bool flush() {
        if (batch_.empty()) return true;
        return queue_.put(std::exchange(batch_, {}));
    }

    // For the writing thread, once the reading one has ended.
    const RejectedRows& rejected() const { return rejected_; }
    std::size_t refused_orders() const { return refused_orders_; }
    std::vector<std::string>& remarks() { return remarks_; }

  private:
    static constexpr std::size_t kFull = 8000;  ///< 2,000 orders of three lines
    bool flush_when_full() { return batch_.weight < kFull || flush(); }

    Queue& queue_;
    OrderBatch batch_;
    RejectedRows rejected_;
    std::size_t refused_orders_ = 0;
    std::vector<std::string> remarks_;
};

}  // namespace verso::records
