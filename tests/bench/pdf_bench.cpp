// SPDX-License-Identifier: Apache-2.0
// The PDF writer alone, on ready draw lists of invented inserts of two pages.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <vector>

#include "generator/barcode/barcode.h"
#include "generator/pdf/pdf_writer.h"
#include "tests/generator/engine/sample_page.h"

namespace verso::generator {
namespace {

std::shared_ptr<const FontBook> fonts() {
    static const auto loaded = FontBook::load(VERSO_BINARY_DIR "/share/verso/fonts");
    return loaded.value();
}

const std::vector<DrawList>& pages() {
    static const std::vector<DrawList> made = [] {
        std::vector<DrawList> list;
        for (int i = 0; i < 1000; ++i) {
            list.push_back(sample_front(i));
            list.push_back(sample_back(i));
        }
        return list;
    }();
    return made;
}

void count_inserts(benchmark::State& state, std::size_t inserts, std::size_t bytes) {
    const auto done = static_cast<double>(state.iterations()) * static_cast<double>(inserts);
    state.counters["inserts/s"] = benchmark::Counter(done, benchmark::Counter::kIsRate);
    state.counters["bytes/insert"] = static_cast<double>(bytes) / static_cast<double>(inserts);
}

void BM_OneFileOf1000(benchmark::State& state) {
    pages();
    std::size_t bytes = 0;
    for (auto _ : state) {
        PdfWriter writer(fonts(), {static_cast<int>(state.range(0)), ""});
        for (const DrawList& page : pages()) {
            if (!writer.add_page(page)) return state.SkipWithError("page refused");
        }
        bytes = writer.finish().value().size();
    }
    count_inserts(state, pages().size() / 2, bytes);
}
BENCHMARK(BM_OneFileOf1000)->Arg(1)->Arg(4)->Arg(6)->Unit(benchmark::kMillisecond);

void BM_FileEach(benchmark::State& state) {
    pages();
    std::size_t bytes = 0;
    std::size_t next = 0;
    for (auto _ : state) {
        PdfWriter writer(fonts(), {static_cast<int>(state.range(0)), ""});
        for (int side = 0; side < 2; ++side) {
            if (!writer.add_page(pages()[next++ % pages().size()]))
                return state.SkipWithError("page refused");
        }
        bytes = writer.finish().value().size();
    }
    count_inserts(state, 1, bytes);
}
BENCHMARK(BM_FileEach)->Arg(1)->Arg(6)->Unit(benchmark::kMicrosecond);

void BM_FileEachSaved(benchmark::State& state) {
    pages();
    const std::string path =
        (std::filesystem::temp_directory_path() / "verso_pdf_bench.pdf").string();
    std::size_t next = 0;
    for (auto _ : state) {
        PdfWriter writer(fonts(), {});
        for (int side = 0; side < 2; ++side) {
            if (!writer.add_page(pages()[next++ % pages().size()]))
                return state.SkipWithError("page refused");
        }
        if (!writer.save(path)) return state.SkipWithError("not saved");
    }
    std::filesystem::remove(path);
    count_inserts(state, 1, 0);
}
BENCHMARK(BM_FileEachSaved)->Unit(benchmark::kMicrosecond);

// What an insert costs with its symbols: marks made afresh, two QR Codes, Data Matrix, Code 128.
void BM_OneFileOf1000WithSymbols(benchmark::State& state) {
    for (auto _ : state) {
        PdfWriter writer(fonts(), {});
        for (int i = 0; i < 1000; ++i) {
            if (!writer.add_page(sample_front(i)) || !writer.add_page(sample_back(i))) {
                return state.SkipWithError("page refused");
            }
        }
        benchmark::DoNotOptimize(writer.finish());
    }
    count_inserts(state, 1000, 0);
}
BENCHMARK(BM_OneFileOf1000WithSymbols)->Unit(benchmark::kMillisecond);

void BM_Qr(benchmark::State& state) {
    for (auto _ : state) {
        benchmark::DoNotOptimize(encode_qr(
            "HTTPS://RATE.EXAMPLE.COM/C/014K7M2Q9XW3HTBB9ZK3T5V7X1Y2W4R6P8QN", QrLevel::M));
    }
}
BENCHMARK(BM_Qr)->Unit(benchmark::kMicrosecond);

void BM_DataMatrix(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(encode_data_matrix("014K7M2Q9XW3HTB"));
}
BENCHMARK(BM_DataMatrix)->Unit(benchmark::kMicrosecond);

void BM_Code128(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(encode_code128("RMA-2026-000123"));
}
BENCHMARK(BM_Code128)->Unit(benchmark::kMicrosecond);

void BM_Measure(benchmark::State& state) {
    const auto book = fonts();
    for (auto _ : state) {
        benchmark::DoNotOptimize(
            book->measure(FontFace::Regular, Pt{9},
                          "Rückgabe innerhalb von 30 Tagen: Ware mit diesem Blatt zurück"));
    }
}
BENCHMARK(BM_Measure)->Unit(benchmark::kNanosecond);

}  // namespace
}  // namespace verso::generator
