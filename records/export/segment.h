// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/domain/answer.h"
#include "core/domain/order.h"
#include "core/util/result.h"
#include "records/lifecycle/return_life.h"

namespace verso::records {

// Segments of buyers, by what they answered and sent back. Pure.

/// In which segment of buyers an order is: how happy, or why nobody knows.
enum class Segment { Happy, Neutral, Unhappy, NotReceived, Cancelled, Silent };
/// "happy", "neutral" …
std::string_view to_string(Segment segment);
/// ValueInvalid names the known ones.
Result<Segment> parse_segment(std::string_view text);
/// Of an answer: 4 and 5 happy, 3 neutral, 1 and 2 unhappy. Without one: silent.
Segment segment_of(const std::optional<Rating>& rating);

/// One order that was asked, and what became of it.
struct SegmentRow {
    Order order;
    Segment segment = Segment::Silent;
    std::optional<Rating> rating;
    int returns = 0;                      ///< that were not cancelled
    std::vector<ReturnReason> reasons{};  ///< of their lines, each once
};

/// Which rows are asked for; what is not set takes all.
struct SegmentRule {
    std::vector<Segment> segments{};  ///< one of these
    std::optional<int> lowest{},
        highest{};                         ///< overall answer, both included; silent ones have none
    std::optional<ReturnReason> reason{};  ///< a return with this reason
    std::optional<bool> returned{};        ///< with, or without, a return
    std::optional<int> placed_days{};      ///< placed within so many days
    std::optional<int> answered_days{};    ///< answered within so many days
    friend bool operator==(const SegmentRule&, const SegmentRule&) = default;
};

/// Whether the rule takes the row, now.
bool takes(const SegmentRule& rule, const SegmentRow& row, Instant now);

/// "1-2" or "3": the overall answers of a rule. ValueInvalid.
Result<void> read_scores(std::string_view text, SegmentRule& into);

}  // namespace verso::records
