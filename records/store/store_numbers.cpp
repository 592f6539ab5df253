// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "records/store/statements.h"
#include "records/store/store_soci.h"

namespace verso::records {

namespace {

/// Beyond it the database's own integers would end, and sums of ours wrap.
constexpr std::uint64_t kLargest = std::uint64_t{1} << 62;

/// One call asks for a wave, not for the memory of the machine.
constexpr std::uint64_t kMostAtOnce = 10'000'000;

long long signed_of(std::uint64_t number) { return static_cast<long long>(number); }

Result<void> check(const NumberRange& range, std::uint64_t count) {
    if (range.name.empty() || range.from > range.to || range.to > kLargest) {
        return Error{ErrorCode::ValueInvalid,
                     fmt::format("{} to {} is no range of numbers", range.from, range.to),
                     range.name, ""};
    }
    if (count > kMostAtOnce) {
        return Error{ErrorCode::LimitExceeded,
                     fmt::format("{} numbers at once are too many", count), range.name,
                     "print in several waves"};
    }
    return {};
}

}  // namespace

long long SociStore::use_range(ShopId shop, const std::string& name) {
    const long long shop_id = shop.get();
    long long id = 0;
    before(sql::kUseRange);
    if (query(sql::kUseRange).in(shop_id, name).out(id).run()) return id;
    before(sql::kInsertRange);
    query(sql::kInsertRange).in(shop_id, name).out(id).run();
    return id;
}

std::vector<NumberBlock> SociStore::given_blocks(long long range_id, const NumberRange& range) {
    const long long from = signed_of(range.from), to = signed_of(range.to);
    long long first = 0, last = 0;
    std::vector<NumberBlock> given;
    Query blocks(db_.cache(), sql::kBlocks);
    blocks.in(range_id, from, to).out(first, last);
    for (bool more = blocks.first(); more; more = blocks.next()) {
        given.push_back({static_cast<std::uint64_t>(first), static_cast<std::uint64_t>(last)});
    }
    return given;
}

void SociStore::keep_block(long long range_id, const NumberBlock& block) {
    const long long first = signed_of(block.first), last = signed_of(block.last);
    const long long neighbour = first - 1;
    long long found = 0;
    if (query(sql::kBlockLast).in(range_id, neighbour).out(found).run()) {
        before(sql::kGrowBlock);
        query(sql::kGrowBlock).in(last, range_id, neighbour).run();
    } else {
        before(sql::kInsertBlock);
        query(sql::kInsertBlock).in(range_id, first, last).run();
    }
}

Result<TakenNumbers> SociStore::take_numbers(ShopId shop, const NumberRange& range,
                                             std::uint64_t count) {
    if (auto sound = check(range, count); !sound) return sound.error();
    return in_scope([&]() -> Result<TakenNumbers> {
        const long long range_id = use_range(shop, range.name);
        const auto free = free_blocks(range, given_blocks(range_id, range));
        std::uint64_t left = 0;
        for (const NumberBlock& block : free) left += block.count();
        const auto blocks = first_of(free, count);
        if (!blocks) {
            return Error{ErrorCode::NotAllowed,
                         fmt::format("{} numbers are needed, the range {} to {} has {} left", count,
                                     range.from, range.to, left),
                         range.name,
                         "get further numbers from who allotted these and extend the range"};
        }
        TakenNumbers taken;
        taken.left = left - count;
        taken.numbers.reserve(count);
        for (const NumberBlock& block : *blocks) {
            keep_block(range_id, block);
            for (std::uint64_t n = block.first; n <= block.last; ++n) taken.numbers.push_back(n);
        }
        return taken;
    });
}

Result<std::vector<OrderNumber>> SociStore::orders_of_label(ShopId shop, std::string_view label) {
    return in_safety([&]() -> Result<std::vector<OrderNumber>> {
        const long long shop_id = shop.get();
        const std::string text(label);
        std::string number;
        std::vector<OrderNumber> found;
        Query orders(db_.cache(), sql::kLabelOrders);
        orders.in(shop_id, text).out(number);
        for (bool more = orders.first(); more; more = orders.next()) found.emplace_back(number);
        return found;
    });
}

}  // namespace verso::records
