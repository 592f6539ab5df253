// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/return_sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

namespace verso::records {

namespace {

constexpr std::string_view kRow = "line-", kQuantity = "-quantity", kWish = "wish";

/// A question about one row of the sheet.
struct RowQuestion {
    int row = 0;
    bool is_quantity = false;
};

/// "line-3" and "line-3-quantity"; nothing for other questions.
std::optional<RowQuestion> parse_question(std::string_view id) {
    if (!id.starts_with(kRow)) return std::nullopt;
    id.remove_prefix(kRow.size());
    RowQuestion question;
    const auto [end, code] = std::from_chars(id.data(), id.data() + id.size(), question.row);
    if (code != std::errc{} || question.row < 1) return std::nullopt;
    const std::string_view rest = id.substr(static_cast<std::size_t>(end - id.data()));
    question.is_quantity = rest == kQuantity;
    if (!rest.empty() && !question.is_quantity) return std::nullopt;
    return question;
}

int rows_of(const ReadRegion& region) {
    int rows = 0;
    for (const Question& question : region.questions) {
        if (const auto found = parse_question(question.id)) rows = std::max(rows, found->row);
    }
    return rows;
}

/// How many articles stand on the sheets before this one.
std::size_t rows_before(const Layout& layout, int sheet) {
    if (sheet <= 1 || layout.returns.empty()) return 0;
    return static_cast<std::size_t>(rows_of(layout.returns.front()) +
                                    (sheet - 2) * rows_of(layout.returns.back()));
}

/// What was marked in one row.
struct RowMarks {
    std::optional<int> reason, quantity;
};

ReturnReason reason_of(std::optional<int> value) {
    const auto reasons = all_return_reasons();
    const bool known = value && *value > 0 && *value < static_cast<int>(reasons.size()) - 1;
    if (!value) return ReturnReason::NotSaid;
    return known ? reasons[static_cast<std::size_t>(*value)] : ReturnReason::Other;
}

ReturnWish wish_of(int value) {
    if (value == 1) return ReturnWish::Refund;
    return value == 2 ? ReturnWish::Exchange : ReturnWish::NotSaid;
}

Error not_a_return(const Reading& reading, std::string_view why) {
    return {ErrorCode::NotAllowed, fmt::format("the reading announces no return: {}", why),
            reading.source, "settle it in review"};
}

}  // namespace

Result<SheetReturn> read_return_sheet(const Reading& reading, const Layout& layout,
                                      const Order& printed, int parcel) {
    if (reading.verdict != Verdict::Accepted) return not_a_return(reading, "it was not accepted");
    if (reading.side != SheetSide::Return) return not_a_return(reading, "it is no return sheet");
    SheetReturn out;
    std::map<int, RowMarks> rows;
    for (const AnswerReading& answer : reading.answers) {
        if (answer.state == AnswerState::Blank) continue;
        if (answer.state == AnswerState::Ambiguous || !answer.value) {
            return not_a_return(reading, fmt::format("'{}' is doubtful", answer.question));
        }
        if (answer.question == kWish) out.wish = wish_of(*answer.value);
        const auto question = parse_question(answer.question);
        if (!question) continue;
        RowMarks& marks = rows[question->row];
        (question->is_quantity ? marks.quantity : marks.reason) = *answer.value;
    }
    const auto articles = printed.lines_of(parcel);
    const std::size_t before = rows_before(layout, reading.sheet);
    for (const auto& [row, marks] : rows) {
        const std::size_t index = before + static_cast<std::size_t>(row) - 1;
        if (index >= articles.size()) {
            return Error{ErrorCode::ValueInvalid,
                         fmt::format("row {} of sheet {} names no article of parcel {}", row,
                                     reading.sheet, parcel),
                         reading.source, "settle it in review"};
        }
        const OrderLine& article = articles[index];
        if (!marks.quantity && article.quantity > 1) {
            out.remarks.push_back(
                fmt::format("how many of line {} come back is not said", article.line));
        }
        out.lines.push_back(
            {article.line, marks.quantity.value_or(article.quantity), 0, reason_of(marks.reason)});
    }
    return out;
}

}  // namespace verso::records
