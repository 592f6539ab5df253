// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/store_fill.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <stdexcept>

#include "core/domain/card_link.h"
#include "records/figures/figure_facts.h"
#include "records/figures/figures.h"
#include "tests/records/builders.h"

namespace verso::records::bench {

using namespace verso::records::testing;

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::int64_t kDay = 86'400;
constexpr std::int64_t kTwoYears = 2 * 365 * kDay;

double since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

template <class Value>
Value taken(Result<Value> result) {
    if (!result) throw std::runtime_error(result.error().text());
    return std::move(*result);
}

Order made_order(int i, int count, std::mt19937& random) {
    static const char* kFirst[] = {"Ada", "Bruno", "Clara", "Denis", "Elsa", "Fabio", "Greta"};
    static const char* kCarriers[] = {"Colissimo", "Example Post", "Specimen Express",
                                      "Sample Parcel"};
    static const char* kCountries[] = {"FR", "DE", "ES", "IT", "BE", "NL"};
    Order order = sample_order(number_of(i), 1);
    order.placed_at.utc = at(kTwoYears * i / count - kTwoYears);
    order.ship_to.name = fmt::format("{} Exemple{}", kFirst[random() % 7], random() % 200'000);
    order.ship_to.country = kCountries[random() % 6];
    order.email = email_of(i);
    order.parcels[0].tracking = tracking_of(i);
    order.parcels[0].carrier = kCarriers[random() % 4];
    for (int line = 2; line <= 3; ++line) {
        order.lines.push_back(order.lines[0]);
        order.lines.back().line = line;
        order.lines.back().sku = fmt::format("SKU-{}", random() % 2000);
    }
    return order;
}

double median_of(int runs, const std::function<void()>& work) {
    std::vector<double> ms;
    for (int i = 0; i < runs; ++i) {
        const auto start = Clock::now();
        work();
        ms.push_back(since(start) * 1000);
    }
    std::sort(ms.begin(), ms.end());
    return ms[ms.size() / 2];
}

}  // namespace

std::unique_ptr<Store> open(const std::string& place) { return taken(open_store(place)); }

std::string number_of(int order) { return "#" + std::to_string(1'000'000 + order); }
std::string email_of(int order) {
    return fmt::format("buyer{}@example.com", static_cast<unsigned>(order) * 2'654'435'761U);
}
std::string tracking_of(int order) { return fmt::format("TEST{}", 10'000'000'000 + order); }

void make_orders(Store& store, int count, std::mt19937& random) {
    constexpr int kBatch = 2000;
    const auto start = Clock::now();
    std::vector<Order> batch;
    for (int i = 0; i < count; ++i) {
        batch.push_back(made_order(i, count, random));
        if (static_cast<int>(batch.size()) == kBatch || i + 1 == count) {
            taken(store.save_orders(kShop, batch, at(0)));
            batch.clear();
        }
        if ((i + 1) % 1'000'000 == 0) {
            fmt::print("  {} orders after {:.0f} s\n", i + 1, since(start));
            std::fflush(stdout);
        }
    }
    fmt::print("orders            {:>9} {:>10.0f} a second\n", count, count / since(start));
}

std::vector<PrintedInsert> print_some(Store& store, int orders, int count) {
    const auto layout = taken(store.freeze_layout(sample_layout())).number;
    const CardProof proof = sample_print(OrderNumber{"#1"}, layout, 1).insert.proof;
    std::mt19937_64 ids(7);
    std::vector<PrintedInsert> inserts;
    inserts.reserve(static_cast<std::size_t>(count));
    const auto start = Clock::now();
    for (int i = 0; i < count; ++i) {
        const auto which = static_cast<int>((static_cast<long long>(i) * orders) / count);
        PrintedInsert insert;
        insert.insert = InsertId{"I" + std::to_string(i)};
        insert.order = OrderNumber{number_of(which)};
        insert.revision = insert.parcel = insert.first_page = 1;
        insert.card = CardId{ids() >> 4};
        insert.proof = proof;
        insert.layout = layout;
        insert.template_name = "a4-fold";
        insert.rma = make_rma(ids());
        insert.file = "wave.pdf";
        insert.pages = 2;
        insert.printed_at = at(kTwoYears * i / count - kTwoYears);
        inserts.push_back(std::move(insert));
    }
    for (std::size_t from = 0; from < inserts.size(); from += 1000) {
        const auto some = std::min<std::size_t>(1000, inserts.size() - from);
        if (auto kept = store.record_prints(kShop, std::span(inserts).subspan(from, some)); !kept) {
            throw std::runtime_error(kept.error().text());
        }
    }
    fmt::print("prints            {:>9} {:>10.0f} a second\n", count, count / since(start));
    return inserts;
}

Response answer_to(const PrintedInsert& insert, int i) {
    Response response = sample_response(insert, 1 + i % 5, Channel::Qr);
    response.recorded_at = insert.printed_at + std::chrono::seconds{7 * kDay};
    return response;
}

void time_look_ups(Store& store, int orders, const std::vector<PrintedInsert>& inserts,
                   std::mt19937& random, int each) {
    const auto sample = [&](const char* what, const std::function<std::string(int)>& text) {
        std::vector<double> ms;
        int found = 0;
        for (int i = 0; i < each; ++i) {
            const std::string typed = text(static_cast<int>(random() % unsigned(orders)));
            const auto start = Clock::now();
            found += taken(store.search_orders(kShop, typed, 20)).empty() ? 0 : 1;
            ms.push_back(since(start) * 1000);
        }
        std::sort(ms.begin(), ms.end());
        fmt::print(
            "look-up {:<14} p50 {:.2f} ms, p99 {:.2f} ms, longest {:.2f} ms, {} of {} found\n",
            what, ms[ms.size() / 2], ms[ms.size() * 99 / 100], ms.back(), found, each);
        std::fflush(stdout);
    };
    const auto insert = [&](int i) { return inserts[std::size_t(i) % inserts.size()]; };
    const auto name = [&](int i) {
        return taken(store.find_order(kShop, OrderNumber{number_of(i)})).ship_to.name;
    };
    sample("order", [&](int i) { return number_of(i); });
    sample("card", [&](int i) { return format_card(insert(i).card); });
    sample("RMA", [&](int i) { return format_rma(insert(i).rma); });
    sample("tracking", tracking_of);
    sample("e-mail", email_of);
    sample("name", name);
    sample("name, first 5", [&](int i) { return name(i).substr(0, 5); });
    sample("nobody", [&](int i) { return fmt::format("nobody{}", i); });
}

void time_figures(Store& store) {
    const auto folding = Clock::now();
    taken(store.figure_cells(kShop, FigureQuery{}));
    fmt::print("folding what waits  {:.2f} s\n", since(folding));
    const CellSource source = [&](const FigureQuery& query) {
        return store.figure_cells(kShop, query);
    };
    const DayNumber today = day_of(at(0));
    const auto ask = [&](const std::string& what, const FiguresRequest& request) {
        const double ms = median_of(9, [&] { taken(read_figures(source, request, {})); });
        fmt::print("figures {:<24} {:.1f} ms\n", what, ms);
    };
    for (const char* by : {"", "carrier", "country", "sku", "week"}) {
        ask(fmt::format("{} all time", by), {by, {}, {}, today});
        ask(fmt::format("{} 13 weeks", by), {by, today - 91, {}, today});
        ask(fmt::format("{} two years", by), {by, today - 730, {}, today});
    }
}

}  // namespace verso::records::bench
