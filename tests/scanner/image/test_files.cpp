// SPDX-License-Identifier: Apache-2.0
#include "tests/scanner/image/test_files.h"

#include <fmt/format.h>
#include <libdeflate.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace verso::scanner::test {

namespace {

constexpr int kWidth = 120, kHeight = 80;

int gray_at(int x, int y) {
    if (x >= 10 && x < 40 && y >= 10 && y < 30) return 0;
    return x >= 80 && x < 110 && y >= 40 && y < 70 ? 127 : 255;
}

void append(std::string& out, std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
}

}  // namespace

std::string data_path(const std::string& name) {
    return std::string(VERSO_SOURCE_DIR) + "/tests/data/images/" + name;
}

std::string read_bytes(const std::string& name) {
    std::ifstream in(data_path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

Pages load_all(std::string_view bytes, const std::string& name, const LoadLimits& limits) {
    Pages pages;
    const auto count = load_pages(bytes, name, limits, [&](int page, Result<GrayImage> image) {
        pages.push_back(std::move(image));
        return page == static_cast<int>(pages.size());
    });
    if (!count) return {count.error()};
    return pages;
}

Result<GrayImage> load_one(std::string_view bytes, const std::string& name,
                           const LoadLimits& limits) {
    Pages pages = load_all(bytes, name, limits);
    if (pages.size() == 1) return pages.front();
    return Error{ErrorCode::Internal, fmt::format("{} pages instead of one", pages.size()), name,
                 ""};
}

std::string picture_fault(const GrayImage& image, bool bilevel) {
    constexpr int kSlack = 12;  // JPEG, and libtiff's CMYK
    for (int y = 4; y < kHeight; y += 4) {
        for (int x = 4; x < kWidth; x += 4) {
            const bool edge =
                gray_at(x - 3, y - 3) != gray_at(x, y) || gray_at(x, y) != gray_at(x + 3, y + 3) ||
                gray_at(x - 3, y + 3) != gray_at(x, y) || gray_at(x + 3, y - 3) != gray_at(x, y);
            if (edge) continue;
            const int expected = bilevel && gray_at(x, y) == 127 ? 0 : gray_at(x, y);
            const int got = image.row(y * image.height / kHeight)[x * image.width / kWidth];
            if (std::abs(got - expected) > kSlack) {
                return fmt::format("at ({}, {}) it is {} instead of {}", x, y, got, expected);
            }
        }
    }
    return "";
}

std::string picture_samples(int components) {
    std::string out;
    for (int y = 0; y < kHeight; ++y) {
        for (int x = 0; x < kWidth; ++x)
            out.append(static_cast<std::size_t>(components), char(gray_at(x, y)));
    }
    return out;
}

std::string make_tiff(std::vector<TiffEntry> entries, std::string_view strip) {
    const auto count = static_cast<std::uint32_t>(entries.size() + 2);
    std::uint32_t extra = 8 + 2 + count * 12 + 4;
    std::uint32_t data_at = extra;
    for (const auto& entry : entries) data_at += entry.type == 5 ? 8 : 0;
    entries.push_back({273, 4, data_at});
    entries.push_back({279, 4, static_cast<std::uint32_t>(strip.size())});
    std::sort(entries.begin(), entries.end(),
              [](const TiffEntry& a, const TiffEntry& b) { return a.tag < b.tag; });
    std::string out("II*\0\x08\0\0\0", 8), fractions;
    append(out, count, 2);
    for (const auto& entry : entries) {
        append(out, entry.tag, 2);
        append(out, entry.type, 2);
        append(out, 1, 4);
        append(out, entry.type == 5 ? extra : entry.value, 4);
        if (entry.type != 5) continue;
        append(fractions, entry.value, 4);
        append(fractions, 1, 4);
        extra += 8;
    }
    append(out, 0, 4);
    return out + fractions + std::string(strip);
}

std::vector<TiffEntry> gray_entries(std::uint32_t width, std::uint32_t height) {
    return {{256, 4, width}, {257, 4, height}, {258, 3, 8},     {259, 3, 1},
            {262, 3, 1},     {277, 3, 1},      {278, 4, height}};
}

std::string strip_of_tiff(const std::string& bytes) {
    const auto number = [&](std::size_t at, int size) {
        std::uint32_t value = 0;
        for (int i = size - 1; i >= 0; --i)
            value = value << 8 | static_cast<std::uint8_t>(bytes.at(at + std::size_t(i)));
        return value;
    };
    std::uint32_t from = 0, size = 0;
    const std::size_t directory = number(4, 4);
    for (std::uint32_t i = 0; i < number(directory, 2); ++i) {
        const std::size_t entry = directory + 2 + i * 12;
        const bool is_short = number(entry + 2, 2) == 3;
        if (number(entry, 2) == 273) from = number(entry + 8, is_short ? 2 : 4);
        if (number(entry, 2) == 279) size = number(entry + 8, is_short ? 2 : 4);
    }
    return bytes.substr(from, size);
}

std::string make_pdf(const std::vector<std::string>& objects) {
    std::string out = "%PDF-1.5\n";
    std::vector<std::size_t> offsets;
    for (std::size_t i = 0; i < objects.size(); ++i) {
        offsets.push_back(out.size());
        out += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
    }
    const std::size_t table = out.size();
    out += fmt::format("xref\n0 {}\n0000000000 65535 f \n", objects.size() + 1);
    for (std::size_t offset : offsets) out += fmt::format("{:010} 00000 n \n", offset);
    return out + fmt::format("trailer\n<</Root 1 0 R/Size {}>>\nstartxref\n{}\n%%EOF\n",
                             objects.size() + 1, table);
}

std::string pdf_stream(const std::string& entries, std::string_view data) {
    return fmt::format("<<{}/Length {}>>\nstream\n{}\nendstream", entries, data.size(), data);
}

std::string flate_zeros(std::size_t size) {
    std::string out(2 * size / 1000 + 1000, '\0');
    libdeflate_compressor* compressor = libdeflate_alloc_compressor(6);
    const std::string zeros(size, '\0');
    out.resize(libdeflate_zlib_compress(compressor, zeros.data(), size, out.data(), out.size()));
    libdeflate_free_compressor(compressor);
    return out;
}

std::string make_page_pdf(const std::string& content, const std::vector<std::string>& images,
                          const std::string& page_entries) {
    std::string names;
    for (std::size_t i = 0; i < images.size(); ++i) names += fmt::format("/I{} {} 0 R", i, 5 + i);
    std::vector<std::string> objects{
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        fmt::format("<</Type/Page/Parent 2 0 R/MediaBox[0 0 120 80]/Contents 4 0 R"
                    "/Resources<</XObject<<{}>>>>{}>>",
                    names, page_entries),
        pdf_stream("", content)};
    objects.insert(objects.end(), images.begin(), images.end());
    return make_pdf(objects);
}

}  // namespace verso::scanner::test
