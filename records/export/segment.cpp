// SPDX-License-Identifier: Apache-2.0
#include "records/export/segment.h"

#include <algorithm>
#include <charconv>

#include "core/card/card_layout.h"

namespace verso::records {

namespace {

using S = Segment;

constexpr EnumNames<Segment, 6> kNames{{{S::Happy, "happy"},
                                        {S::Neutral, "neutral"},
                                        {S::Unhappy, "unhappy"},
                                        {S::NotReceived, "not-received"},
                                        {S::Cancelled, "cancelled"},
                                        {S::Silent, "silent"}}};

constexpr std::chrono::hours kDay{24};

std::optional<int> overall_of(const SegmentRow& row) {
    if (!row.rating) return std::nullopt;
    const auto found = row.rating->answers.find(kOverallQuestion);
    return found == row.rating->answers.end() ? std::nullopt : std::optional<int>(found->second);
}

bool is_within(Instant moment, const std::optional<int>& days, Instant now) {
    return !days || moment >= now - kDay * *days;
}

}  // namespace

std::string_view to_string(Segment segment) { return name_in(kNames, segment); }

Result<Segment> parse_segment(std::string_view text) {
    return value_in(kNames, text, "a segment of buyers");
}

Segment segment_of(const std::optional<Rating>& rating) {
    if (!rating) return S::Silent;
    if (rating->kind == ResponseKind::NotReceived) return S::NotReceived;
    if (rating->kind == ResponseKind::Cancelled) return S::Cancelled;
    const auto overall = rating->answers.find(kOverallQuestion);
    if (overall == rating->answers.end()) return S::Silent;
    if (overall->second >= 4) return S::Happy;
    return overall->second == 3 ? S::Neutral : S::Unhappy;
}

bool takes(const SegmentRule& rule, const SegmentRow& row, Instant now) {
    const auto& wanted = rule.segments;
    if (!wanted.empty() && std::ranges::find(wanted, row.segment) == wanted.end()) return false;
    const auto overall = overall_of(row);
    if (rule.lowest && (!overall || *overall < *rule.lowest)) return false;
    if (rule.highest && (!overall || *overall > *rule.highest)) return false;
    if (rule.returned && *rule.returned != (row.returns > 0)) return false;
    if (rule.reason && std::ranges::find(row.reasons, *rule.reason) == row.reasons.end()) {
        return false;
    }
    if (!is_within(row.order.placed_at.utc, rule.placed_days, now)) return false;
    if (!rule.answered_days) return true;
    return row.rating && is_within(row.rating->recorded_at, rule.answered_days, now);
}

Result<void> read_scores(std::string_view text, SegmentRule& into) {
    const auto number = [](std::string_view part) -> std::optional<int> {
        int value = 0;
        const auto [end, fault] = std::from_chars(part.data(), part.data() + part.size(), value);
        const bool sound =
            fault == std::errc{} && end == part.data() + part.size() && !part.empty();
        return sound && value >= 0 ? std::optional<int>(value) : std::nullopt;
    };
    const std::size_t dash = text.find('-');
    const auto low = number(text.substr(0, dash));
    const auto high = dash == std::string_view::npos ? low : number(text.substr(dash + 1));
    if (!low || !high || *low > *high) {
        return Error{ErrorCode::ValueInvalid, "'" + std::string(text) + "' are no scores",
                     "--score", "write 1-2, or 5"};
    }
    into.lowest = low;
    into.highest = high;
    return {};
}

}  // namespace verso::records
