// SPDX-License-Identifier: Apache-2.0
#include "records/import/mapping_proposal.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/util/time.h"
#include "records/import/column_names.h"
#include "records/import/csv_stream.h"

namespace verso::records {

namespace {

constexpr std::size_t kRows = 200, kPreview = 3;

/// The first rows of a file, column by column.
struct Sample {
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> values;  ///< by column, those that are not empty
};

Result<Sample> read_sample(ByteSource& source, TextEncoding encoding) {
    auto header = read_csv_header(source, encoding);
    if (!header) return header.error();
    auto stream = CsvStream::open(source, encoding);
    if (!stream) return stream.error();
    Sample sample;
    for (const std::string& name : *header) sample.header.emplace_back(unguarded(name));
    sample.values.resize(header->size());
    CsvRecord record;
    for (std::size_t rows = 0; rows <= kRows; ++rows) {
        auto any = stream->next(record);
        if (!any) return any.error();
        if (!*any) break;
        if (rows == 0 || !record.fault.empty()) continue;
        for (std::size_t i = 0; i < std::min(record.fields.size(), sample.values.size()); ++i) {
            const std::string_view value = unguarded(record.fields[i]);
            if (!value.empty()) sample.values[i].emplace_back(value);
        }
    }
    return sample;
}

template <class Test>
bool most(const std::vector<std::string>& values, Test test) {
    const auto count = std::count_if(values.begin(), values.end(), test);
    return !values.empty() && static_cast<std::size_t>(count) * 10 >= values.size() * 8;
}

bool is_time(const std::string& value) {
    return parse_time(neutral_time(value, DayOrder::DayFirst)).has_value() ||
           parse_time(neutral_time(value, DayOrder::MonthFirst)).has_value();
}
bool is_email(const std::string& value) { return value.find('@') != value.npos; }
bool is_country(const std::string& value) {
    const std::string code = neutral_country(value);
    return code.size() == 2 &&
           std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

class Proposer {
  public:
    explicit Proposer(const Sample& sample) : sample_(sample), used_(sample.header.size()) {}

    MappingProposal propose(const std::string& country) {
        take_by_name();
        take_by_shape("email", is_email);
        take_by_shape("placed_at", is_time);
        take_by_shape("country", is_country);
        find_day_order();
        find_decimal_mark();
        take_words("status", status_of_word, proposal_.mapping.status);
        take_words("payment", payment_of_word, proposal_.mapping.payment);
        fill_gaps(country);
        for (std::size_t i = 0; i < used_.size(); ++i) {
            if (!used_[i]) proposal_.unused.push_back(sample_.header[i]);
        }
        return std::move(proposal_);
    }

  private:
    bool has(const std::string& field) const { return proposal_.mapping.columns.contains(field); }
    void use(std::size_t column, const std::string& field, const char* why) {
        used_[column] = true;
        proposal_.mapping.columns[field].push_back(sample_.header[column]);
        const auto& values = sample_.values[column];
        proposal_.guesses.push_back(
            {field, sample_.header[column], why, values.empty() ? "" : values.front()});
    }
    void take_by_name() {
        for (std::size_t i = 0; i < sample_.header.size(); ++i) {
            const std::string field(field_of_column(sample_.header[i]));
            if (!field.empty() && !has(field) && !is_double(i)) use(i, field, "by its name");
        }
        std::size_t first = used_.size(), last = used_.size();
        for (std::size_t i = 0; i < used_.size(); ++i) {
            if (is_first_name_column(sample_.header[i])) first = i;
            if (is_last_name_column(sample_.header[i])) last = i;
        }
        // "Nom" beside "Prénom" is the last name and not the whole.
        if (first == used_.size()) return;
        if (last < used_.size() && has("name")) return;
        auto& name = proposal_.mapping.columns["name"];
        name.insert(name.begin(), sample_.header[first]);
        used_[first] = true;
        proposal_.guesses.push_back({"name", sample_.header[first], "by its name", ""});
        if (last < used_.size()) use(last, "name", "by its name");
    }
    /// Two columns of one name cannot be told apart.
    bool is_double(std::size_t column) const {
        return std::count(sample_.header.begin(), sample_.header.end(), sample_.header[column]) > 1;
    }
    void take_by_shape(const std::string& field, bool (*test)(const std::string&)) {
        if (has(field)) return;
        for (std::size_t i = 0; i < used_.size(); ++i) {
            if (used_[i] || is_double(i) || !most(sample_.values[i], test)) continue;
            return use(i, field, "by its values");
        }
    }
    std::vector<std::string> values_of(const std::string& field) const {
        std::vector<std::string> out;
        const auto columns = proposal_.mapping.columns.find(field);
        if (columns == proposal_.mapping.columns.end()) return out;
        for (const std::string& column : columns->second) {
            const auto at = std::find(sample_.header.begin(), sample_.header.end(), column);
            const auto& values =
                sample_.values[static_cast<std::size_t>(at - sample_.header.begin())];
            out.insert(out.end(), values.begin(), values.end());
        }
        return out;
    }
    void find_day_order() {
        bool month_first = true, day_first = true, any = false;
        for (const char* field : {"placed_at", "paid_at", "cancelled_at", "promised_on"}) {
            for (const std::string& value : values_of(field)) {
                if (value.size() > 4 && value.find_first_of("/.-") == 4) continue;  // year first
                any = true;
                month_first &= parse_time(neutral_time(value, DayOrder::MonthFirst)).has_value();
                day_first &= parse_time(neutral_time(value, DayOrder::DayFirst)).has_value();
            }
        }
        if (month_first && !day_first) proposal_.mapping.day_order = DayOrder::MonthFirst;
        if (any && month_first && day_first) {
            ask("days like 05/10 are read day first: set days = \"month-first\" if they are not");
        }
    }
    void find_decimal_mark() {
        std::size_t commas = 0, points = 0;
        for (const char* field : {"total", "unit_price", "line_total", "shipping"}) {
            for (const std::string& value : values_of(field)) {
                const auto end = value.find_last_of("0123456789");
                const auto mark = end == value.npos ? end : value.find_last_of(".,", end);
                if (mark == value.npos || end - mark == 3) continue;  // 1.234 says nothing
                ++(value[mark] == ',' ? commas : points);
            }
        }
        if (commas > points) proposal_.mapping.decimal_mark = ',';
    }
    void take_words(const std::string& field, std::string_view (*meaning)(std::string_view),
                    std::map<std::string, std::string>& words) {
        for (const std::string& value : values_of(field)) {
            if (words.size() == 50 || value.size() > 60) break;
            words.emplace(value, meaning(value));
        }
        for (const auto& [word, means] : words) {
            if (means.empty()) ask(fmt::format("what does the {} '{}' mean?", field, word));
        }
    }
    void fill_gaps(const std::string& country) {
        auto& values = proposal_.mapping.values;
        for (const char* field : {"order", "placed_at", "title", "quantity"}) {
            if (!has(field)) ask(fmt::format("which column is the {}?", field));
        }
        if (!has("quantity")) values["quantity"] = "1";
        if (!has("status")) values["status"] = "open";
        if (!has("payment")) {
            values["payment"] = "unpaid";
            ask("no column says what is paid: set payment = \"paid\" under [values] if all is; "
                "unpaid orders get no insert");
        }
        if (!has("currency")) values["currency"] = currency();
        if (!has("country") && !country.empty()) values["country"] = country;
        if (!has("country") && country.empty()) ask("which country do the orders go to?");
    }
    std::string currency() {
        constexpr std::pair<const char*, const char*> kMarks[] = {
            {"€", "EUR"},   {"EUR", "EUR"}, {"£", "GBP"},   {"GBP", "GBP"}, {"$", "USD"},
            {"USD", "USD"}, {"zł", "PLN"},  {"PLN", "PLN"}, {"CHF", "CHF"}};
        for (const char* field : {"total", "unit_price"}) {
            for (const std::string& value : values_of(field)) {
                for (const auto& [mark, code] : kMarks) {
                    if (value.find(mark) != value.npos) return code;
                }
            }
        }
        ask("no column says the currency: EUR is taken");
        return "EUR";
    }
    void ask(std::string question) { proposal_.questions.push_back(std::move(question)); }

    const Sample& sample_;
    std::vector<bool> used_;
    MappingProposal proposal_;
};

/// Keeps the first orders, and ends the reading.
class PreviewSink final : public OrderSink {
  public:
    explicit PreviewSink(MappingProposal& proposal) : proposal_(proposal) {}
    bool take(Order order, std::size_t) override {
        proposal_.preview.push_back(std::move(order));
        return proposal_.preview.size() < kPreview;
    }
    bool take(OrderUpdate) override { return false; }
    void refuse(RejectedRow row) override {
        if (proposal_.rejected.size() < kPreview) proposal_.rejected.push_back(std::move(row));
    }
    void count_refused_order() override {}
    void remark(std::string) override {}

  private:
    MappingProposal& proposal_;
};

}  // namespace

Result<MappingProposal> propose_mapping(ByteSource& source, const std::string& country) {
    auto encoding = find_encoding(source);
    if (!encoding) return encoding.error();
    auto sample = read_sample(source, *encoding);
    if (!sample) return sample.error();
    if (sample->header.size() < 2) {
        return Error{ErrorCode::FormatInvalid,
                     "the file has one column only: it is no CSV of orders", "",
                     "export the orders as CSV"};
    }
    MappingProposal proposal = Proposer(*sample).propose(country);
    const std::vector<std::string_view> header(sample->header.begin(), sample->header.end());
    auto form = mapped_csv_form(proposal.mapping, header);
    if (!form) return proposal;  // what lacks is among the questions
    PreviewSink sink(proposal);
    auto read = read_csv_orders(source, *encoding, *form, sink);
    if (!read) return read.error();
    return proposal;
}

}  // namespace verso::records
