// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/geometry/shapes.h"
#include "core/util/result.h"
#include "generator/pdf/face_subset.h"
#include "generator/pdf/pdf_object.h"

namespace verso::generator {

/// A PDF file's objects, pages and cross references, by libharu. Contents and fonts come ready
/// made: libharu 2.3.0 compresses slowly, cuts fonts wrongly (lost accents) and writes a broken
/// ToUnicode. An error of libharu sticks: every later call gives it. One thread at a time.
class HaruDocument {
  public:
    HaruDocument();
    ~HaruDocument();
    HaruDocument(const HaruDocument&) = delete;
    HaruDocument& operator=(const HaruDocument&) = delete;

    /// UTF-8.
    Result<void> set_title(std::string_view title);
    /// Adds a zlib-deflated content stream that pages may share and gives its number.
    Result<std::size_t> add_ground(std::string_view deflated);
    /// Adds a page with a zlib-deflated content stream of its own, after that ground if one is
    /// given.
    Result<void> add_page(PageSize size, std::string_view deflated,
                          std::optional<std::size_t> ground);
    /// Gives a font to all pages under a resource name. `subset` must outlive the document.
    Result<void> add_font(std::string_view resource, const FontBook::Face& face,
                          const FaceSubset& subset);
    /// Gives a picture to all pages under a resource name.
    Result<void> add_picture(std::string_view resource, const PdfObjects& objects);
    /// The file. Call once, last.
    Result<std::string> bytes();

  private:
    struct Handle;
    std::unique_ptr<Handle> handle_;
};

}  // namespace verso::generator
