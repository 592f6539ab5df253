// SPDX-License-Identifier: Apache-2.0
#include "records/export/return_table.h"

#include <algorithm>

namespace verso::records {

ExportRecord return_record(const Return& made, const ReturnLine& line, const Order& order,
                           Instant opened_at) {
    const auto bought = std::ranges::find(order.lines, line.line, &OrderLine::line);
    const bool known = bought != order.lines.end();
    return {{"rma", made.rma.get()},
            {"order", made.order.get()},
            {"parcel", std::int64_t{made.parcel}},
            {"state", std::string(to_string(made.state))},
            {"channel", std::string(to_string(made.channel))},
            {"wish", std::string(to_string(made.wish))},
            {"label", made.label},
            {"line", std::int64_t{line.line}},
            {"sku", known ? bought->sku : std::string()},
            {"title", known ? bought->title : std::string()},
            {"expected", std::int64_t{line.expected}},
            {"received", std::int64_t{line.received}},
            {"reason", std::string(to_string(line.reason))},
            {"condition", std::string(to_string(line.condition))},
            {"note", line.note},
            {"comment", made.comment},
            {"opened_at", format_utc(opened_at)}};
}

}  // namespace verso::records
