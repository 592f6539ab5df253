// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/number_range.h"

#include <algorithm>

namespace verso::records {

std::vector<NumberBlock> free_blocks(const NumberRange& range, std::span<const NumberBlock> given) {
    std::vector<NumberBlock> free;
    std::uint64_t next = range.from;
    for (const NumberBlock& block : given) {
        if (block.last < next) continue;
        if (block.first > range.to) break;
        if (block.first > next) free.push_back({next, block.first - 1});
        next = block.last + 1;
    }
    if (next <= range.to) free.push_back({next, range.to});
    return free;
}

std::optional<std::vector<NumberBlock>> first_of(std::span<const NumberBlock> free,
                                                 std::uint64_t count) {
    std::vector<NumberBlock> out;
    for (const NumberBlock& block : free) {
        if (count == 0) break;
        const std::uint64_t part = std::min(count, block.count());
        out.push_back({block.first, block.first + part - 1});
        count -= part;
    }
    if (count > 0) return std::nullopt;
    return out;
}

}  // namespace verso::records
