// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "records/import/byte_source.h"
#include "records/import/order_sink.h"

namespace verso::records::testing {

/// Gives its bytes in pieces of random size, as a slow disk or a pipe may.
class DribblingSource final : public ByteSource {
  public:
    DribblingSource(std::string bytes, unsigned seed, std::size_t most)
        : bytes_(std::move(bytes)), random_(seed), most_(most) {}
    Result<std::size_t> read(std::span<char> to) override {
        const std::size_t wanted = std::min(to.size(), 1 + random_() % most_);
        const std::size_t count = std::min(wanted, bytes_.size() - at_);
        bytes_.copy(to.data(), count, at_);
        at_ += count;
        return count;
    }
    Result<void> rewind() override {
        at_ = 0;
        return {};
    }
    bool unchanged() override { return true; }

  private:
    std::string bytes_;
    std::mt19937 random_;
    std::size_t most_, at_ = 0;
};

/// Keeps all that comes.
struct KeepingSink : OrderSink {
    bool take(Order order, std::size_t line) override {
        orders.push_back(std::move(order));
        lines.push_back(line);
        return orders.size() < most;
    }
    bool take(OrderUpdate update) override {
        updates.push_back(std::move(update));
        return true;
    }
    void refuse(RejectedRow row) override { rejected.push_back(std::move(row)); }
    void count_refused_order() override { ++refused_orders; }
    void remark(std::string sentence) override { remarks.push_back(std::move(sentence)); }

    std::vector<Order> orders;
    std::vector<std::size_t> lines;
    std::vector<OrderUpdate> updates;
    std::vector<RejectedRow> rejected;
    std::size_t refused_orders = 0;
    std::vector<std::string> remarks;
    std::size_t most = static_cast<std::size_t>(-1);
};

}  // namespace verso::records::testing
