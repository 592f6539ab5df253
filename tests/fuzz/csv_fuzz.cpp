// SPDX-License-Identifier: Apache-2.0
// Any bytes as an order export, as far as orders: no store is involved.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "records/import/order_formats.h"

namespace {

struct CountingSink final : verso::records::OrderSink {
    bool take(verso::Order order, std::size_t) override {
        rows += order.lines.size();
        return true;
    }
    bool take(verso::records::OrderUpdate) override {
        ++rows;
        return true;
    }
    void refuse(verso::records::RejectedRow) override { ++rows; }
    void count_refused_order() override {}
    void remark(std::string) override {}
    std::size_t rows = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verso::records;
    const auto source = memory_source(std::string_view(reinterpret_cast<const char*>(data), size));
    CountingSink sink;
    auto read = read_orders(*source, ImportFormat::Auto, sink);
    return read && read->rows > sink.rows ? 1 : 0;
}
