// SPDX-License-Identifier: Apache-2.0
#include "records/import/order_collector.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

namespace verso::records {

namespace {

constexpr std::size_t kMostRows = 100'000;

}  // namespace

CollectedOrder& OrderCollector::take_row(std::string_view number, std::size_t line) {
    if (orders_.empty() || orders_[last_].order.number.get() != number) {
        std::string key(number);
        const auto [found, is_new] = by_number_.try_emplace(std::move(key), orders_.size());
        if (is_new) orders_.emplace_back().order.number = OrderNumber{found->first};
        last_ = found->second;
    }
    orders_[last_].rows.push_back(line);
    return orders_[last_];
}

CollectedOrder* OrderCollector::take_row(RowValues& row, std::size_t number) {
    constexpr std::size_t kLongest = 64;
    const std::string text = row.text(number);
    if (!text.empty() && text.size() <= kLongest) {
        CollectedOrder& order = take_row(text, row.line());
        if (order.rows.size() <= kMostRows) return &order;
        order.rows.pop_back();
        if (order.rows_beyond++ == 0) {
            refuse(&order, row.line(), "", "the order has more than 100,000 rows");
        }
        return nullptr;
    }
    row.refuse(number, text.empty() ? "the order number is empty"
                                    : "the order number is longer than 64 bytes");
    refuse(nullptr, row.line(), row.fault()->column, row.fault()->reason);
    return nullptr;
}

void OrderCollector::settle_row(CollectedOrder& order, const RowValues& row) {
    if (row.fault()) refuse(&order, row.line(), row.fault()->column, row.fault()->reason);
}

void OrderCollector::refuse(CollectedOrder* order, std::size_t line, std::string column,
                            std::string reason) {
    std::string number;
    if (order != nullptr) {
        number = order->order.number.get();
        if (order->bad_line == 0) order->bad_line = line;
    }
    refused_.push_back({line, std::move(number), std::move(column), std::move(reason)});
}

void OrderCollector::finish() {
    for (CollectedOrder& collected : orders_) {
        if (collected.bad_line != 0) continue;
        if (collected.facts_line == 0) {
            refuse(&collected, collected.rows.front(), "",
                   "no row of the order has its date, status and address");
            continue;
        }
        refuse_doubles(collected);
        Order& order = collected.order;
        const auto by_line = [](const OrderLine& a, const OrderLine& b) { return a.line < b.line; };
        if (!std::is_sorted(order.lines.begin(), order.lines.end(), by_line)) {
            std::sort(order.lines.begin(), order.lines.end(), by_line);
        }
        std::sort(order.parcels.begin(), order.parcels.end(),
                  [](const Parcel& a, const Parcel& b) { return a.number < b.number; });
    }
}

void OrderCollector::refuse_doubles(CollectedOrder& collected) {
    // Each sound row brought one line, so that rows and lines run in parallel here.
    const auto& lines = collected.order.lines;
    const auto not_after = [](const OrderLine& a, const OrderLine& b) { return a.line >= b.line; };
    if (std::adjacent_find(lines.begin(), lines.end(), not_after) == lines.end()) return;
    std::vector<std::pair<int, std::size_t>> places;
    for (std::size_t i = 0; i < collected.order.lines.size(); ++i) {
        places.emplace_back(collected.order.lines[i].line, collected.rows.at(i));
    }
    std::sort(places.begin(), places.end());
    for (std::size_t i = 1; i < places.size(); ++i) {
        if (places[i].first != places[i - 1].first) continue;
        refuse(&collected, places[i].second, "line",
               fmt::format("line {} of the order stands in line {} of the file already",
                           places[i].first, places[i - 1].second));
    }
}

void OrderCollector::clear() {
    orders_.clear();
    by_number_.clear();
    refused_.clear();
    last_ = 0;
}

std::vector<RejectedRow> OrderCollector::rejected() const {
    if (refused_.empty()) return {};
    std::vector<RejectedRow> all = refused_;
    std::unordered_set<std::size_t> told;
    for (const RejectedRow& row : refused_) told.insert(row.line);
    for (const CollectedOrder& collected : orders_) {
        if (collected.bad_line == 0) continue;
        for (std::size_t line : collected.rows) {
            if (told.contains(line)) continue;
            all.push_back(
                {line, collected.order.number.get(), "",
                 fmt::format("the order is not taken because of line {}", collected.bad_line)});
        }
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const RejectedRow& a, const RejectedRow& b) { return a.line < b.line; });
    return all;
}

}  // namespace verso::records
