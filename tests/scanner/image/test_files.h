// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/image/image_loader.h"

// The files of tests/data/images all show one picture of 120 x 80 pixels at 300 dpi: white, a black
// block over (10,10)-(39,29), a mid-gray one over (80,40)-(109,69). Here are it, its files, and
// builders for TIFFs and PDFs that no program would write.

namespace verso::scanner::test {

/// The page's image or its error, as the sink got it.
using Pages = std::vector<Result<GrayImage>>;

std::string data_path(const std::string& name);
std::string read_bytes(const std::string& name);

/// All pages; a failure of the whole file becomes a single page with that error.
Pages load_all(std::string_view bytes, const std::string& name = "test",
               const LoadLimits& limits = {});
/// The only page.
Result<GrayImage> load_one(std::string_view bytes, const std::string& name = "test",
                           const LoadLimits& limits = {});

/// Empty when the image shows the picture (scaled to its size), else what is wrong. Bilevel files
/// show the gray block black.
std::string picture_fault(const GrayImage& image, bool bilevel = false);

/// The picture's raw samples: `components` bytes a pixel.
std::string picture_samples(int components);

struct TiffEntry {
    std::uint16_t tag, type;  ///< type 3: 16 bits, 4: 32 bits, 5: a fraction over 1
    std::uint32_t value;
};
/// A little-endian TIFF of one directory and one strip; tag 273 and 279 are added.
std::string make_tiff(std::vector<TiffEntry> entries, std::string_view strip);
/// The entries of a gray picture of that size.
std::vector<TiffEntry> gray_entries(std::uint32_t width, std::uint32_t height);

/// The strip of a single-strip little-endian TIFF made by another program.
std::string strip_of_tiff(const std::string& bytes);

/// A PDF from its objects 1, 2, 3 … (bodies without "obj"); object 1 is the catalogue.
std::string make_pdf(const std::vector<std::string>& objects);
/// A stream object: dictionary entries without << >>, and the data.
std::string pdf_stream(const std::string& entries, std::string_view data);
/// One page of 120 x 80 points that runs `content` with the image objects /I0, /I1, … in turn.
std::string make_page_pdf(const std::string& content, const std::vector<std::string>& images,
                          const std::string& page_entries = "");

/// So many zero bytes as zlib data, about a thousandth of their size.
std::string flate_zeros(std::size_t size);

}  // namespace verso::scanner::test
