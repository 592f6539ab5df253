// SPDX-License-Identifier: Apache-2.0
#include "records/figures/figure_cell.h"

#include <fmt/compile.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <tuple>

#include "core/util/json_text.h"

namespace verso::records {

namespace {

using Json = nlohmann::json;

constexpr DayNumber kDaysOfWeek = 7;
constexpr DayNumber kFirstMonday = 4;  // 1970-01-05

auto place_of(const FigureCell& cell) {
    return std::tie(cell.dimension, cell.key, cell.measure, cell.value, cell.period);
}

Error no_entry() {
    return {ErrorCode::FormatInvalid, "this is no figure entry", "", "restore the last backup"};
}

void append(std::string& to, const FigureKey& key) {
    to += '[';
    append_json_text(to, key.dimension);
    to += ',';
    append_json_text(to, key.key);
    to += ']';
}

void append(std::string& to, const FigureMeasure& measure) {
    to += '[';
    append_json_text(to, measure.measure);
    to += fmt::format(FMT_COMPILE(",{},{}]"), measure.value, measure.day);
}

void append(std::string& to, const std::pair<FigureKey, FigureMeasure>& own) {
    to += '[';
    append(to, own.first);
    to += ',';
    append(to, own.second);
    to += ']';
}

template <class Item>
void append_list(std::string& to, const std::vector<Item>& items) {
    to += '[';
    for (const Item& item : items) {
        if (to.back() != '[') to += ',';
        append(to, item);
    }
    to += ']';
}

FigureKey key_at(const Json& list) {
    return {list.at(0).get<std::string>(), list.at(1).get<std::string>()};
}

FigureMeasure measure_at(const Json& list) {
    return {list.at(0).get<std::string>(), list.at(1).get<int>(), list.at(2).get<DayNumber>()};
}

template <class Visit>
void each_delta(const FigureEntry& entry, Visit&& visit) {
    for (const FigureKey& key : entry.keys) {
        for (const FigureMeasure& measure : entry.measures) visit(key, measure);
    }
    for (const auto& [key, measure] : entry.own) visit(key, measure);
}

}  // namespace

DayNumber week_of(DayNumber day) {
    const DayNumber past = ((day - kFirstMonday) % kDaysOfWeek + kDaysOfWeek) % kDaysOfWeek;
    return day - past;
}

std::string measure_of(std::string_view question) {
    return std::string(kQuestionPrefix) + std::string(question);
}

FigureEntry FigureEntry::reversed() const {
    FigureEntry turned = *this;
    turned.n = -n;
    return turned;
}

std::string to_text(const FigureEntry& entry) {
    // By hand: one is written for each answer, in the transaction that all others wait for.
    std::string text = "{\"k\":";
    append_list(text, entry.keys);
    text += ",\"m\":";
    append_list(text, entry.measures);
    text += fmt::format(FMT_COMPILE(",\"n\":{}"), entry.n);
    if (!entry.own.empty()) {
        text += ",\"o\":";
        append_list(text, entry.own);
    }
    return text + "}";
}

Result<FigureEntry> parse_entry(std::string_view text) try {
    const Json json = Json::parse(text);
    FigureEntry entry;
    entry.n = json.at("n").get<int>();
    for (const Json& key : json.at("k")) entry.keys.push_back(key_at(key));
    for (const Json& measure : json.at("m")) entry.measures.push_back(measure_at(measure));
    if (json.contains("o")) {
        for (const Json& pair : json.at("o")) {
            entry.own.emplace_back(key_at(pair.at(0)), measure_at(pair.at(1)));
        }
    }
    return entry;
} catch (const Json::exception&) {
    return no_entry();
}

std::vector<FigureDelta> deltas_of(const FigureEntry& entry) {
    std::vector<FigureDelta> deltas;
    deltas.reserve(entry.keys.size() * entry.measures.size() + entry.own.size());
    each_delta(entry, [&](const FigureKey& key, const FigureMeasure& measure) {
        deltas.push_back(
            {key.dimension, key.key, measure.measure, measure.value, measure.day, entry.n});
    });
    return deltas;
}

bool FigureQuery::wants(const FigureCell& cell) const {
    return cell.dimension == dimension && (!key || cell.key == *key) && cell.period >= from &&
           cell.period <= to && (is_all_time() || cell.period != kAllTime);
}

bool FigureFold::ByPlace::operator()(const FigureCell& a, const FigureCell& b) const {
    return place_of(a) < place_of(b);
}

void FigureFold::add(const FigureKey& key, const FigureMeasure& measure, std::int64_t n) {
    FigureCell cell{key.dimension, key.key, measure.measure, measure.value, kAllTime, n};
    add(cell);
    cell.period = week_of(measure.day);
    add(std::move(cell));
}

void FigureFold::add(const FigureEntry& entry) {
    each_delta(entry, [&](const FigureKey& key, const FigureMeasure& measure) {
        add(key, measure, entry.n);
    });
}

void FigureFold::add(FigureCell cell) {
    const std::int64_t n = std::exchange(cell.n, 0);
    sums_[std::move(cell)] += n;
}

std::vector<FigureCell> FigureFold::cells() const {
    std::vector<FigureCell> cells;
    for (const auto& [cell, n] : sums_) {
        if (n == 0) continue;
        cells.push_back(cell);
        cells.back().n = n;
    }
    return cells;
}

std::vector<FigureCell> cells_of(std::span<const FigureEntry> entries) {
    FigureFold fold;
    for (const FigureEntry& entry : entries) fold.add(entry);
    return fold.cells();
}

std::vector<FigureCell> add_cells(std::vector<FigureCell> cells) {
    FigureFold fold;
    for (FigureCell& cell : cells) fold.add(std::move(cell));
    return fold.cells();
}

}  // namespace verso::records
