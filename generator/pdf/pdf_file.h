// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/geometry/shapes.h"
#include "generator/pdf/face_subset.h"
#include "generator/pdf/pdf_object.h"

namespace verso::generator {

/// The bytes of a PDF file (1.4, ISO 32000-1 without its later parts): objects, pages and cross
/// references. Contents, fonts and pictures come ready made and are written at once, so that a
/// document takes little more memory than its file. docs/decisions/0005 tells why this is not
/// libharu. One thread at a time.
class PdfFile {
  public:
    PdfFile();

    /// UTF-8.
    void set_title(std::string_view title);
    /// Adds a zlib-deflated content stream that pages may share; gives its number.
    int add_ground(std::string_view deflated);
    /// Adds a page with a zlib-deflated content stream of its own, after that ground if one is
    /// given.
    void add_page(PageSize size, std::string_view deflated, std::optional<int> ground);
    /// Gives a font to all pages under a resource name.
    void add_font(std::string_view resource, const FontBook::Face& face, const FaceSubset& subset);
    /// Gives a picture to all pages under a resource name.
    void add_picture(std::string_view resource, const PdfObjects& objects);
    /// The file. Call once, last.
    std::string finish();

  private:
    int new_number();
    void begin(int number);
    int add_object(std::string_view entries);
    int add_stream(std::string_view entries, std::string_view bytes);
    void write_stream(int number, std::string_view entries, std::string_view bytes);
    void write_object(int number, std::string_view entries);
    void write_page_tree();
    void write_cross_references();

    struct Node {
        int number;
        std::string kids;
        int count = 0;
    };

    std::string file_;
    std::vector<std::size_t> offset_of_;  ///< by object number
    std::vector<Node> nodes_;             ///< of the page tree, each with many pages
    std::string fonts_, pictures_, title_;
};

}  // namespace verso::generator
