// SPDX-License-Identifier: Apache-2.0
// Whole inserts of the shipped template: a new card, its QR, layout and PDF. CPU time of one core.
#include <benchmark/benchmark.h>

#include <vector>

#include "core/crypto/crypto.h"
#include "generator/pdf/pdf_writer.h"
#include "specimens.h"

namespace verso::generator {
namespace {

/// Orders of one to six lines in three languages, as a shop has them.
const std::vector<Order>& orders() {
    static const std::vector<Order> made = [] {
        std::vector<Order> list;
        for (int i = 0; i < 999; ++i) {
            list.push_back(specimen_order(i % 3 == 0 ? "fr" : i % 3 == 1 ? "de" : "en", 1 + i % 6));
            list.back().number = OrderNumber("#" + std::to_string(1001 + i));
        }
        return list;
    }();
    return made;
}

InsertPages lay_out(const Order& order, const Shop& shop, RandomSource& random) {
    const CardIdentity card = make_card(LayoutNumber(1), random);
    return a4_fold()->lay_out({order, 1, shop, card, make_rma(random.bits())}).value();
}

void add_all(PdfWriter& writer, const InsertPages& insert, benchmark::State& state) {
    for (const auto& page : insert.pages) {
        if (!writer.add_page(page)) state.SkipWithError("page refused");
    }
}

void count_inserts(benchmark::State& state, std::size_t inserts, std::size_t bytes) {
    const auto done = static_cast<double>(state.iterations()) * static_cast<double>(inserts);
    state.counters["inserts/s"] = benchmark::Counter(done, benchmark::Counter::kIsRate);
    state.counters["bytes/insert"] = static_cast<double>(bytes) / static_cast<double>(inserts);
}

void BM_LayOut(benchmark::State& state) {
    const Shop shop = specimen_shop();
    SeededRandom random(7);
    std::size_t next = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(lay_out(orders()[next++ % orders().size()], shop, random));
    }
    count_inserts(state, 1, 0);
}
BENCHMARK(BM_LayOut)->Unit(benchmark::kMicrosecond);

void BM_OneFileOf1000Inserts(benchmark::State& state) {
    const Shop shop = specimen_shop();
    SeededRandom random(7);
    std::size_t bytes = 0;
    for (auto _ : state) {
        PdfWriter writer(specimen_fonts(), {});
        for (std::size_t i = 0; i < 1000; ++i) {
            add_all(writer, lay_out(orders()[i % orders().size()], shop, random), state);
        }
        bytes = writer.finish().value().size();
    }
    count_inserts(state, 1000, bytes);
}
BENCHMARK(BM_OneFileOf1000Inserts)->Unit(benchmark::kMillisecond);

void BM_InsertInItsOwnFile(benchmark::State& state) {
    const Shop shop = specimen_shop();
    SeededRandom random(7);
    std::size_t next = 0, bytes = 0;
    for (auto _ : state) {
        PdfWriter writer(specimen_fonts(), {});
        add_all(writer, lay_out(orders()[next++ % orders().size()], shop, random), state);
        bytes = writer.finish().value().size();
    }
    count_inserts(state, 1, bytes);
}
BENCHMARK(BM_InsertInItsOwnFile)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace verso::generator
