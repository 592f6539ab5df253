// SPDX-License-Identifier: Apache-2.0
#include "core/domain/order.h"

#include <fmt/format.h>

#include <array>

namespace verso {

namespace {

template <class Enum, std::size_t N>
using Names = std::array<std::pair<Enum, std::string_view>, N>;

constexpr Names<OrderStatus, 6> kOrderStatus{{{OrderStatus::Open, "open"},
                                              {OrderStatus::OnHold, "on_hold"},
                                              {OrderStatus::PartlyShipped, "partly_shipped"},
                                              {OrderStatus::Shipped, "shipped"},
                                              {OrderStatus::Delivered, "delivered"},
                                              {OrderStatus::Cancelled, "cancelled"}}};

constexpr Names<PaymentStatus, 4> kPaymentStatus{
    {{PaymentStatus::Unpaid, "unpaid"},
     {PaymentStatus::Paid, "paid"},
     {PaymentStatus::PartlyRefunded, "partly_refunded"},
     {PaymentStatus::Refunded, "refunded"}}};

template <class Enum, std::size_t N>
std::string_view name_of(Enum value, const Names<Enum, N>& names) {
    for (const auto& [candidate, name] : names) {
        if (candidate == value) return name;
    }
    return "";
}

template <class Enum, std::size_t N>
Result<Enum> value_of(std::string_view text, const Names<Enum, N>& names, std::string_view what) {
    std::string known;
    for (const auto& [value, name] : names) {
        if (name == text) return value;
        known += known.empty() ? std::string(name) : ", " + std::string(name);
    }
    return Error{ErrorCode::ValueInvalid, fmt::format("'{}' is not {}", text, what), "",
                 fmt::format("use one of {}", known)};
}

}  // namespace

std::string_view to_string(OrderStatus status) { return name_of(status, kOrderStatus); }
std::string_view to_string(PaymentStatus status) { return name_of(status, kPaymentStatus); }

Result<OrderStatus> parse_order_status(std::string_view text) {
    return value_of(text, kOrderStatus, "an order status");
}

Result<PaymentStatus> parse_payment_status(std::string_view text) {
    return value_of(text, kPaymentStatus, "a payment status");
}

std::vector<OrderLine> Order::lines_of(int parcel) const {
    std::vector<OrderLine> out;
    for (const auto& line : lines) {
        if (line.parcel == parcel) out.push_back(line);
    }
    return out;
}

}  // namespace verso
