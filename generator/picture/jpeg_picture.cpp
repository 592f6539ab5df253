// SPDX-License-Identifier: Apache-2.0
#include "generator/picture/jpeg_picture.h"

#include <fmt/format.h>

namespace verso::generator {
namespace {

enum Marker : unsigned { kSof0 = 0xC0, kSof2 = 0xC2, kScan = 0xDA, kApp0 = 0xE0, kApp14 = 0xEE };

struct Header {
    PictureFacts facts;
    unsigned components = 0;
    bool is_adobe = false;
    bool has_jfif_density = false;
};

constexpr bool is_frame(unsigned marker) {
    // C4 tables, C8 reserved and CC conditioning lie between the frame headers.
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

void read_jfif(std::string_view segment, Header& header) {
    if (!segment.starts_with(std::string_view("JFIF\0", 5))) return;
    const unsigned unit = byte_at(segment, 7);
    const double factor = unit == 1 ? 1 : unit == 2 ? 2.54 : 0;
    header.facts.dpi_x = word_at(segment, 8) * factor;
    header.facts.dpi_y = word_at(segment, 10) * factor;
    header.has_jfif_density = factor != 0;
}

// The TIFF directory of Exif, of either byte order; only resolution and its unit.
class ExifDirectory {
  public:
    explicit ExifDirectory(std::string_view tiff)
        : tiff_(tiff), little_(tiff.starts_with("II")), at_(long_value(4)) {}

    /// A rational or short by tag; 0 when missing.
    double value(unsigned tag) const {
        const unsigned entries = word_value(at_);
        for (unsigned i = 0; i < entries && i < 200; ++i) {
            const std::size_t entry = at_ + 2 + std::size_t{12} * i;
            if (word_value(entry) != tag) continue;
            if (word_value(entry + 2) == 3) return word_value(entry + 8);
            const std::size_t place = long_value(entry + 8);
            const unsigned below = long_value(place + 4);
            return below == 0 ? 0 : static_cast<double>(long_value(place)) / below;
        }
        return 0;
    }

  private:
    unsigned word_value(std::size_t at) const {
        return little_ ? byte_at(tiff_, at) | byte_at(tiff_, at + 1) << 8 : word_at(tiff_, at);
    }
    unsigned long_value(std::size_t at) const {
        return little_ ? word_value(at) | word_value(at + 2) << 16 : long_at(tiff_, at);
    }

    std::string_view tiff_;
    bool little_;
    std::size_t at_;
};

void read_exif(std::string_view segment, Header& header) {
    if (!segment.starts_with(std::string_view("Exif\0\0", 6)) || header.has_jfif_density) return;
    constexpr unsigned kXResolution = 0x11A, kYResolution = 0x11B, kUnit = 0x128;
    const ExifDirectory directory(segment.substr(6));
    const double factor = directory.value(kUnit) == 3 ? 2.54 : 1;
    header.facts.dpi_x = directory.value(kXResolution) * factor;
    header.facts.dpi_y = directory.value(kYResolution) * factor;
}

Result<void> read_frame(unsigned marker, std::string_view segment, const std::string& name,
                        Header& header) {
    header.facts.pixels = {static_cast<int>(word_at(segment, 3)),
                           static_cast<int>(word_at(segment, 1))};
    header.components = byte_at(segment, 5);
    const bool is_known =
        marker <= kSof2 && byte_at(segment, 0) == 8 &&
        (header.components == 1 || header.components == 3 || header.components == 4);
    if (!is_known) return damaged_picture("this kind of JPEG cannot be printed", name);
    if (header.facts.pixels.width == 0 || header.facts.pixels.height == 0) {
        return damaged_picture("the JPEG has no size", name);
    }
    return {};
}

Result<Header> read_header(std::string_view bytes, const std::string& name) {
    Header header;
    std::size_t at = 2;
    while (byte_at(bytes, at) == 0xFF && at + 4 <= bytes.size()) {
        const unsigned marker = byte_at(bytes, at + 1);
        if (marker == 0xFF) {  // padding
            ++at;
            continue;
        }
        const std::size_t length = word_at(bytes, at + 2);
        if (length < 2 || at + 2 + length > bytes.size()) break;
        const std::string_view segment = bytes.substr(at + 4, length - 2);
        if (marker == kApp0) read_jfif(segment, header);
        if (marker == kApp0 + 1) read_exif(segment, header);
        if (marker == kApp14) header.is_adobe = header.is_adobe || segment.starts_with("Adobe");
        if (is_frame(marker)) {
            if (auto read = read_frame(marker, segment, name, header); !read) return read.error();
        }
        at += 2 + length;
        if (marker != kScan) continue;
        if (header.components == 0 || bytes.find("\xFF\xD9", at) == std::string_view::npos) break;
        return header;
    }
    return damaged_picture("the JPEG is damaged or cut short", name);
}

}  // namespace

Result<PictureFacts> read_jpeg_facts(std::string_view bytes, const std::string& name) {
    const auto header = read_header(bytes, name);
    if (!header) return header.error();
    return header->facts;
}

Result<PdfObjects> jpeg_objects(std::string_view bytes, const std::string& name) {
    const auto header = read_header(bytes, name);
    if (!header) return header.error();
    const char* space = header->components == 1   ? "DeviceGray"
                        : header->components == 3 ? "DeviceRGB"
                                                  : "DeviceCMYK";
    // Adobe's programs write the four inks inverted.
    const bool is_inverted = header->components == 4 && header->is_adobe;
    return PdfObjects{{fmt::format("/Type /XObject /Subtype /Image /Width {} /Height {}\n"
                                   "/ColorSpace /{} /BitsPerComponent 8 /Filter /DCTDecode{}\n",
                                   header->facts.pixels.width, header->facts.pixels.height, space,
                                   is_inverted ? " /Decode [1 0 1 0 1 0 1 0]" : ""),
                       {},
                       std::string(bytes)}};
}

}  // namespace verso::generator
