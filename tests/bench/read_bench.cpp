// SPDX-License-Identifier: Apache-2.0
// Reading a clean card against decoding the same JPEG to gray, in one run: the last benchmark
// reports the ratio of the two, which is what docs/benchmarks.md promises.
#include <benchmark/benchmark.h>
#include <turbojpeg.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "scanner/pipeline/read_card.h"
#include "tests/support/card_raster.h"

namespace {

using verso::scanner::GrayImage;

std::vector<unsigned char> as_jpeg(const GrayImage& image, int quality) {
    tjhandle encoder = tjInitCompress();
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    // three equal channels: what a scanner set to colour sends
    std::vector<unsigned char> rgb;
    for (auto v : image.pixels) rgb.insert(rgb.end(), 3, v);
    if (tjCompress2(encoder, rgb.data(), image.width, 0, image.height, TJPF_RGB, &bytes, &size,
                    TJSAMP_420, quality, 0) != 0) {
        throw std::runtime_error(tjGetErrorStr2(encoder));
    }
    std::vector<unsigned char> out(bytes, bytes + size);
    tjFree(bytes);
    tjDestroy(encoder);
    return out;
}

/// The file that VERSO_BENCH_JPEG names, a card of the shipped layout; else a drawn card.
const std::vector<unsigned char>& sample_jpeg() {
    static const auto jpeg = [] {
        if (const char* path = std::getenv("VERSO_BENCH_JPEG")) {
            std::ifstream file(path, std::ios::binary);
            return std::vector<unsigned char>(std::istreambuf_iterator<char>(file), {});
        }
        verso::test::CardPicture card(300);
        card.mark("overall", 4).mark("described", 5).mark("again", 3);
        card.mark("delivery", 1).mark("complete", 1).write_comment();
        return as_jpeg(card.scanned({0.8, 1, 0, 255, 0, 0.6, 2}), 85);
    }();
    return jpeg;
}

GrayImage decoded(const std::vector<unsigned char>& jpeg) {
    static tjhandle decoder = tjInitDecompress();
    GrayImage out;
    int subsampling = 0, space = 0;
    tjDecompressHeader3(decoder, jpeg.data(), jpeg.size(), &out.width, &out.height, &subsampling,
                        &space);
    out.pixels.resize(std::size_t(out.width) * std::size_t(out.height));
    tjDecompress2(decoder, jpeg.data(), jpeg.size(), out.pixels.data(), out.width, 0, out.height,
                  TJPF_GRAY, 0);
    return out;
}

std::vector<verso::Reading> read(const GrayImage& image) {
    const auto layouts = [](verso::LayoutNumber) { return &verso::test::sample_layout(); };
    verso::scanner::ReadOptions options;
    options.known = {&verso::test::sample_layout()};
    return read_page(image, layouts, options);
}

void decode_only(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(decoded(sample_jpeg()));
}
BENCHMARK(decode_only)->Unit(benchmark::kMillisecond);

void read_only(benchmark::State& state) {
    const GrayImage image = decoded(sample_jpeg());
    for (auto _ : state) benchmark::DoNotOptimize(read(image));
}
BENCHMARK(read_only)->Unit(benchmark::kMillisecond);

void decode_and_read(benchmark::State& state) {
    using Clock = std::chrono::steady_clock;
    Clock::duration decoding{}, all{};
    std::size_t accepted = 0, cards = 0;
    for (auto _ : state) {
        const auto start = Clock::now();
        const GrayImage image = decoded(sample_jpeg());
        decoding += Clock::now() - start;
        const auto readings = read(image);
        all += Clock::now() - start;
        cards += readings.size();
        for (const auto& r : readings) accepted += r.verdict == verso::Verdict::Accepted;
    }
    state.counters["ratio_to_decode"] = double(all.count()) / double(decoding.count());
    state.counters["accepted"] = double(accepted) / double(cards);
    state.counters["cards_per_s"] = benchmark::Counter(double(cards), benchmark::Counter::kIsRate);
}
BENCHMARK(decode_and_read)->Unit(benchmark::kMillisecond);

}  // namespace
