// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace verso::records {

/// Numbers that a contract allotted to a shop. The name says what makes them unique: service and
/// country, extension and company prefix.
struct NumberRange {
    std::string name;
    std::uint64_t from = 0, to = 0;  ///< both belong to it; at most 2^62
};

/// Numbers from `first` to `last`, both in it.
struct NumberBlock {
    std::uint64_t first = 0, last = 0;
    std::uint64_t count() const { return last - first + 1; }
    friend bool operator==(const NumberBlock&, const NumberBlock&) = default;
};

/// Numbers that were taken, and what the range has left.
struct TakenNumbers {
    std::vector<std::uint64_t> numbers;  ///< ascending
    std::uint64_t left = 0;
};

/// What of a range was not given yet: `given` by their first number, apart from each other. Pure.
std::vector<NumberBlock> free_blocks(const NumberRange& range, std::span<const NumberBlock> given);

/// The first `count` numbers of the free blocks, as blocks; nothing when there are not as many.
std::optional<std::vector<NumberBlock>> first_of(std::span<const NumberBlock> free,
                                                 std::uint64_t count);

}  // namespace verso::records
