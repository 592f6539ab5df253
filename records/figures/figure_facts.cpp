// SPDX-License-Identifier: Apache-2.0
#include "records/figures/figure_facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>

#include "core/crypto/crypto.h"
#include "records/import/csv_dialect.h"

namespace verso::records {

namespace {

constexpr std::size_t kLongestKey = 96;
constexpr std::size_t kHashDigits = 8;
constexpr int kMostDays = 999;

FigureKey keyed(std::string_view dimension, std::string_view key) {
    return {std::string(dimension), figure_key(key)};
}

/// Every dimension that a card of this order and parcel counts in; insiders in one alone.
std::vector<FigureKey> keys_of(const FigureFacts& facts) {
    if (facts.insider) return {{"insider", ""}};
    const std::string service =
        facts.service.empty() ? facts.carrier : facts.carrier + " / " + facts.service;
    std::vector<FigureKey> keys{{"all", ""},
                                keyed("carrier", facts.carrier),
                                keyed("country", facts.country),
                                keyed("service", service),
                                keyed("template", facts.template_name)};
    if (!facts.packer.empty()) keys.push_back(keyed("packer", facts.packer));
    if (!facts.buyer.empty()) keys.push_back(keyed("buyer", facts.buyer));
    for (const std::string& sku : facts.skus) keys.push_back(keyed("sku", sku));
    return keys;
}

FigureMeasure counted(std::string_view measure, DayNumber day) {
    return {std::string(measure), 0, day};
}

FigureEntry entry_of(const FigureFacts& facts, FigureMeasure measure) {
    return {keys_of(facts), {std::move(measure)}, {}, 1};
}

FigureMeasure days(std::string_view measure, DayNumber from, DayNumber to, DayNumber day) {
    return {std::string(measure), std::clamp(to - from, -kMostDays, kMostDays), day};
}

std::vector<FigureMeasure> measures_of(const Rating& rating, DayNumber printed, Fault fault,
                                       bool before_delivery) {
    const DayNumber day = day_of(rating.recorded_at);
    std::vector<FigureMeasure> measures;
    if (fault != Fault::None) {
        measures.push_back({std::string(kFault), static_cast<int>(fault), day});
    }
    switch (rating.kind) {
        case ResponseKind::NotReceived:
            measures.push_back(counted(kNotReceived, day));
            break;
        case ResponseKind::Cancelled:
            measures.push_back(counted(kCancelled, day));
            break;
        case ResponseKind::Scores:
            measures.push_back(counted(kResponded, printed));
            if (before_delivery) measures.push_back(counted(kBeforeDelivery, day));
            for (const auto& [question, value] : rating.answers) {
                measures.push_back({measure_of(figure_key(question)), value, day});
            }
            break;
    }
    return measures;
}

/// The stars of single articles count for the article and for all, never for the parcel's others.
void add_products(FigureEntry& entry, const FigureFacts& facts, const Rating& rating) {
    if (rating.kind != ResponseKind::Scores) return;
    for (const auto& [line, stars] : rating.products) {
        const FigureMeasure measure{std::string(kProductStars), stars, day_of(rating.recorded_at)};
        if (facts.insider) {
            entry.own.emplace_back(FigureKey{"insider", ""}, measure);
            continue;
        }
        entry.own.emplace_back(FigureKey{"all", ""}, measure);
        const auto article = facts.articles.find(line);
        if (article != facts.articles.end() && !article->second.empty()) {
            entry.own.emplace_back(keyed("sku", article->second), measure);
        }
    }
}

}  // namespace

FigureFacts facts_of(const Order& order, int parcel, std::string_view template_name,
                     std::string_view packer) {
    FigureFacts facts;
    facts.insider = order.insider;
    facts.country = order.ship_to.country;
    facts.template_name = template_name;
    facts.packer = packer;
    for (const Parcel& each : order.parcels) {
        if (each.number != parcel) continue;
        facts.carrier = each.carrier;
        facts.service = each.service;
    }
    std::set<std::string, std::less<>> skus;
    for (const OrderLine& line : order.lines) {
        facts.articles[line.line] = line.sku;
        if (line.parcel == parcel && !line.sku.empty()) skus.insert(line.sku);
    }
    facts.skus.assign(skus.begin(), skus.end());
    return facts;
}

DayNumber day_of(Instant instant) {
    return static_cast<DayNumber>(
        std::chrono::floor<std::chrono::days>(instant).time_since_epoch().count());
}

DayNumber day_of(std::chrono::year_month_day day) {
    return static_cast<DayNumber>(std::chrono::sys_days{day}.time_since_epoch().count());
}

FigureEntry entry_of_print(const FigureFacts& facts, DayNumber printed) {
    return entry_of(facts, counted(kPrinted, printed));
}

FigureEntry entry_of_void(const FigureFacts& facts, DayNumber printed) {
    return entry_of(facts, counted(kVoided, printed));
}

FigureEntry entry_of_undelivered(const FigureFacts& facts, DayNumber printed) {
    return entry_of(facts, counted(kUndelivered, printed));
}

FigureEntry entry_of_refusal(const FigureFacts& facts, Channel channel, DayNumber day) {
    FigureEntry entry = entry_of(facts, counted(kRefused, day));
    if (!facts.insider) entry.keys.push_back(keyed("channel", to_string(channel)));
    return entry;
}

FigureEntry entry_of_response(const FigureFacts& facts, const Rating& rating, DayNumber printed,
                              Fault fault, bool before_delivery) {
    FigureEntry entry{keys_of(facts), measures_of(rating, printed, fault, before_delivery), {}, 1};
    if (!facts.insider) {
        entry.keys.push_back(keyed("channel", to_string(rating.channel)));
        if (fault != Fault::None) entry.keys.push_back(keyed("fault", to_string(fault)));
    }
    add_products(entry, facts, rating);
    return entry;
}

FigureEntry entry_of_delivery(const FigureFacts& facts, DayNumber placed,
                              std::optional<DayNumber> promised, DayNumber delivered) {
    FigureEntry entry = entry_of(facts, days(kActualDays, placed, delivered, delivered));
    if (promised) {
        entry.measures.push_back(days(kPromisedDays, placed, *promised, delivered));
        entry.measures.push_back(days(kDelayDays, *promised, delivered, delivered));
    }
    return entry;
}

std::string figure_key(std::string_view text) {
    std::string key;
    key.reserve(text.size());
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        key += byte < 0x20 || byte == 0x7F ? ' ' : c;
    }
    if (!is_utf8(key)) {
        for (char& c : key) {
            if (static_cast<unsigned char>(c) >= 0x80) c = '?';
        }
    }
    if (key.size() <= kLongestKey) return key;
    const std::string hash = sha256_hex(text).substr(0, kHashDigits);
    std::size_t end = kLongestKey - hash.size() - 1;
    while (end > 0 && (static_cast<unsigned char>(key[end]) & 0xC0) == 0x80) --end;
    return key.substr(0, end) + "~" + hash;
}

}  // namespace verso::records
