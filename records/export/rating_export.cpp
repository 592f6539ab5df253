// SPDX-License-Identifier: Apache-2.0
#include "records/export/rating_export.h"

#include "core/card/card_layout.h"
#include "core/domain/card_link.h"
#include "core/domain/reading_json.h"
#include "records/export/export_source.h"

namespace verso::records {

namespace {

Error unwritable() {
    return {ErrorCode::FileUnwritable, "the ratings could not be written", "",
            "see that the disk has room"};
}

std::string csv_row(const Rating& rating, const std::vector<std::string>& questions) {
    std::string row = csv_cell(rating.order.get()) + ',' + format_card(rating.card) + ',' +
                      std::string(to_string(rating.channel));
    for (const std::string& question : questions) {
        const auto answer = rating.answers.find(question);
        row += ',';
        if (answer != rating.answers.end()) row += std::to_string(answer->second);
    }
    return row + ',' + csv_cell(rating.comment) + (rating.publish ? ",true," : ",false,") +
           format_utc(rating.recorded_at) + "\r\n";
}

/// Writes a line per rating and counts them.
template <class Line>
Result<std::size_t> write_all(Store& store, ShopId shop, std::ostream& out, Line&& line) {
    std::size_t count = 0;
    auto visited = store.ratings(shop, [&](const Rating& rating) -> Result<void> {
        out << line(rating);
        ++count;
        if (!out) return unwritable();
        return {};
    });
    if (!visited) return visited.error();
    if (!out.flush()) return unwritable();
    return count;
}

}  // namespace

std::string csv_cell(std::string_view value) {
    constexpr std::string_view kRuns = "=+-@\t\r";
    std::string cell;
    if (!value.empty() && kRuns.find(value.front()) != std::string_view::npos) cell += '\'';
    cell += value;
    if (cell.find_first_of(",;\t\"\r\n") == std::string::npos) return cell;
    std::string quoted = "\"";
    for (char c : cell) {
        quoted += c;
        if (c == '"') quoted += '"';
    }
    return quoted + '"';
}

Result<std::size_t> export_ratings_csv(Store& store, ShopId shop, std::ostream& out) {
    auto questions = questions_of(store, shop);
    if (!questions) return questions.error();
    out << "order,card,channel";
    for (const std::string& question : *questions) out << ',' << csv_cell(question);
    out << ",comment,publish,recorded_at\r\n";
    return write_all(store, shop, out,
                     [&](const Rating& rating) { return csv_row(rating, *questions); });
}

Result<std::size_t> export_ratings_json_lines(Store& store, ShopId shop, std::ostream& out) {
    return write_all(store, shop, out, [](const Rating& rating) { return to_json(rating) + "\n"; });
}

}  // namespace verso::records
