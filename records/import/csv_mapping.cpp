// SPDX-License-Identifier: Apache-2.0
#include "records/import/csv_mapping.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>

#include "core/domain/order.h"
#include "records/import/neutral_csv.h"

namespace verso::records {

namespace {

constexpr std::string_view kMust[] = {"order",    "placed_at", "status", "payment",
                                      "currency", "country",   "title",  "quantity"};
constexpr std::string_view kAmounts[] = {"shipping", "total", "unit_price", "line_total"};
constexpr std::string_view kTimes[] = {"placed_at", "paid_at", "cancelled_at"};
constexpr std::string_view kPieces[] = {"quantity", "line", "parcel", "backordered", "revision"};

template <std::size_t N>
bool is_one_of(std::string_view field, const std::string_view (&fields)[N]) {
    return std::find(std::begin(fields), std::end(fields), field) != std::end(fields);
}

bool is_field(std::string_view name) {
    const auto known = neutral_columns();
    return std::any_of(known.begin(), known.end(),
                       [&](const KnownColumn& column) { return column.name == name; });
}

Error wrong(std::string message, std::string cure) {
    return {ErrorCode::ValueInvalid, std::move(message), "", std::move(cure)};
}

/// "2,00" and "2.0" are two.
std::string whole_of(std::string_view text) {
    const auto mark = text.find_first_of(".,");
    const bool only_zeros = mark != text.npos && text.find_first_not_of('0', mark + 1) == text.npos;
    return std::string(only_zeros ? text.substr(0, mark) : text);
}

/// What the mapping says about one field, worked out for one header.
struct Source {
    std::string field;
    std::vector<std::size_t> positions;
    std::string fallback;
    bool is_fact = false;  ///< of the order, not of a line or a parcel
};

class MappedRows {
  public:
    MappedRows(CsvMapping mapping, std::vector<Source> sources)
        : mapping_(std::move(mapping)), sources_(std::move(sources)) {
        std::vector<std::string_view> header;
        for (const Source& source : sources_) header.push_back(source.field);
        identity_ = ColumnMap::match(header, neutral_columns()).value_or(ColumnMap{});
    }

    void take(const CsvRecord& record, std::size_t width, OrderCollector& orders) const {
        std::vector<std::string> values(sources_.size());
        CsvRecord neutral;
        neutral.line = record.line;
        neutral.fault = record.fault;
        neutral.has_controls = record.has_controls;
        if (record.fault.empty() && record.fields.size() < width) {
            neutral.fault = "the row has fewer values than the header";
        }
        bool any_fact = false;
        for (std::size_t i = 0; i < sources_.size(); ++i) {
            values[i] = joined(record, sources_[i]);
            any_fact = any_fact || (sources_[i].is_fact && !values[i].empty());
        }
        for (std::size_t i = 0; i < sources_.size(); ++i) {
            // A row with nothing but a line belongs to the facts of another row.
            const bool stays_empty = sources_[i].is_fact && !any_fact;
            if (values[i].empty() && !stays_empty) values[i] = sources_[i].fallback;
            values[i] = meant(sources_[i].field, values[i]);
            neutral.fields.push_back(values[i]);
        }
        take_neutral_row(neutral, identity_, orders);
    }

  private:
    static std::string joined(const CsvRecord& record, const Source& source) {
        std::string out;
        for (std::size_t position : source.positions) {
            if (position >= record.fields.size()) continue;
            const std::string_view value = unguarded(record.fields[position]);
            if (value.empty()) continue;
            if (!out.empty()) out += ' ';
            out += value;
        }
        return out;
    }
    std::string meant(const std::string& field, const std::string& value) const {
        if (value.empty()) return value;
        if (is_one_of(field, kTimes)) return neutral_time(value, mapping_.day_order);
        if (is_one_of(field, kAmounts)) return neutral_amount(value, mapping_.decimal_mark);
        if (is_one_of(field, kPieces)) return whole_of(value);
        if (field == "promised_on") return neutral_day(value, mapping_.day_order);
        if (field == "country") return neutral_country(value);
        if (field == "status") return word(mapping_.status, value);
        if (field == "payment") return word(mapping_.payment, value);
        return value;
    }
    static std::string word(const std::map<std::string, std::string>& words,
                            const std::string& value) {
        const auto found = words.find(value);
        return found == words.end() || found->second.empty() ? value : found->second;
    }

    CsvMapping mapping_;
    std::vector<Source> sources_;
    ColumnMap identity_;
};

bool is_fact(std::string_view field) {
    constexpr std::string_view kOfTheLine[] = {
        "order",      "carrier", "service",    "parcel",     "tracking", "line",
        "sku",        "ean",     "title",      "variant",    "quantity", "unit_price",
        "line_total", "bin",     "product_id", "backordered"};
    return !is_one_of(field, kOfTheLine);
}

std::size_t position_of(std::span<const std::string_view> header, std::string_view column) {
    for (std::size_t i = 0; i < header.size(); ++i) {
        if (unguarded(header[i]) == column) return i;
    }
    return header.size();
}

}  // namespace

Result<void> check_mapping(const CsvMapping& mapping) {
    const auto no_field = [](std::string_view field) {
        return wrong(fmt::format("'{}' is no field", field), "see docs/formats/neutral-csv.md");
    };
    for (const auto& [field, value] : mapping.values) {
        if (!is_field(field)) return no_field(field);
    }
    for (const auto& [field, columns] : mapping.columns) {
        if (!is_field(field)) return no_field(field);
    }
    if (!mapping.columns.contains("order") || mapping.columns.at("order").empty()) {
        return wrong("the field order has no column", "name it under [columns]");
    }
    for (const auto& [word, meaning] : mapping.status) {
        if (meaning.empty()) continue;
        if (auto known = parse_order_status(meaning); !known) return known.error();
    }
    for (const auto& [word, meaning] : mapping.payment) {
        if (meaning.empty()) continue;
        if (auto known = parse_payment_status(meaning); !known) return known.error();
    }
    for (std::string_view field : kMust) {
        const std::string key(field);
        const auto columns = mapping.columns.find(key);
        const auto value = mapping.values.find(key);
        const bool has_column = columns != mapping.columns.end() && !columns->second.empty();
        if (has_column || (value != mapping.values.end() && !value->second.empty())) continue;
        return wrong(fmt::format("the field {} has neither a column nor a value", field),
                     "name its column under [columns], or one value for all orders under [values]");
    }
    return {};
}

bool fits(const CsvMapping& mapping, std::span<const std::string_view> header) {
    for (const auto& [field, columns] : mapping.columns) {
        for (const std::string& column : columns) {
            if (position_of(header, column) == header.size()) return false;
        }
    }
    return !mapping.columns.empty();
}

Result<CsvForm> mapped_csv_form(const CsvMapping& mapping,
                                std::span<const std::string_view> header) {
    if (auto sound = check_mapping(mapping); !sound) return sound.error();
    std::vector<Source> sources;
    std::vector<std::string> missing;
    for (const KnownColumn& known : neutral_columns()) {
        Source source{std::string(known.name), {}, "", is_fact(known.name)};
        if (const auto columns = mapping.columns.find(source.field);
            columns != mapping.columns.end()) {
            for (const std::string& column : columns->second) {
                source.positions.push_back(position_of(header, column));
                if (source.positions.back() == header.size()) missing.push_back(column);
            }
        }
        const auto value = mapping.values.find(source.field);
        if (value != mapping.values.end()) source.fallback = value->second;
        if (source.fallback.empty() && is_one_of(known.name, kAmounts)) {
            if (known.name != "line_total" && known.name != "shipping") source.fallback = "0";
        }
        sources.push_back(std::move(source));
    }
    if (!missing.empty()) {
        return Error{ErrorCode::FormatInvalid,
                     fmt::format("missing in the header: {}; found: {}", fmt::join(missing, ", "),
                                 fmt::join(header, ", ")),
                     "", "make a mapping for this file: verso orders map FILE"};
    }
    const auto rows = std::make_shared<const MappedRows>(mapping, std::move(sources));
    // The key of an order is its number's column; the other columns are known to the rows alone.
    const auto names = std::make_shared<std::string>(mapping.columns.at("order").front());
    const auto known = std::make_shared<std::vector<KnownColumn>>(1, KnownColumn{*names, true});
    CsvForm form;
    form.format = ImportFormat::MappedCsv;
    form.columns = *known;
    form.take_row = [rows, names, known](const CsvRecord& record, const ColumnMap& columns,
                                         OrderCollector& orders) {
        rows->take(record, columns.width(), orders);
    };
    return form;
}

}  // namespace verso::records
