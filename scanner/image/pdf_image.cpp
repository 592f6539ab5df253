// SPDX-License-Identifier: Apache-2.0
#include "scanner/image/pdf_image.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "scanner/image/decoders.h"
#include "scanner/image/fax_tiff.h"
#include "scanner/image/pdf_stream.h"
#include "scanner/image/pixels.h"

namespace verso::scanner {

namespace {

/// How samples become gray. ISO 32000-1, 8.6.
struct Colours {
    int components = 1;    ///< 1, 3 or 4 samples a pixel
    bool indexed = false;  ///< one sample, looked up in `table`
    GrayTable table{};
};

/// What the image's dictionary says.
struct Header {
    int width = 0, height = 0, bits = 8;
    bool inverted = false;  ///< Decode runs from 1 to 0
    Colours colours;
};

std::uint8_t gray_of_entry(const std::string& lookup, std::size_t index, int components) {
    const auto at = [&](int i) -> unsigned {
        const std::size_t from =
            index * static_cast<std::size_t>(components) + static_cast<std::size_t>(i);
        return from < lookup.size() ? static_cast<std::uint8_t>(lookup[from]) : 0;
    };
    if (components == 1) return static_cast<std::uint8_t>(at(0));
    if (components == 3) return luma(at(0), at(1), at(2));
    return luma_of_clear_cmyk(255 - at(0), 255 - at(1), 255 - at(2), 255 - at(3));
}

std::optional<Colours> colours_of(QPDFObjectHandle space, bool may_be_indexed = true) {
    const auto plain = [](int components) { return Colours{components, false, {}}; };
    QPDFObjectHandle family = space;
    if (space.isArray()) {
        if (space.getArrayNItems() == 0) return std::nullopt;
        family = space.getArrayItem(0);
    }
    if (!family.isName()) return std::nullopt;
    const std::string name = family.getName();
    if (name == "/DeviceGray" || name == "/CalGray") return plain(1);
    if (name == "/DeviceRGB" || name == "/CalRGB") return plain(3);
    if (name == "/DeviceCMYK") return plain(4);
    if (name == "/ICCBased" && space.isArray() && space.getArrayNItems() > 1 &&
        space.getArrayItem(1).isStream()) {
        QPDFObjectHandle count = space.getArrayItem(1).getDict().getKey("/N");
        const int components = count.isInteger() ? count.getIntValueAsInt() : 0;
        if (components == 1 || components == 3 || components == 4) return plain(components);
    }
    if (name == "/Indexed" && may_be_indexed && space.isArray() && space.getArrayNItems() > 3) {
        const auto base = colours_of(space.getArrayItem(1), false);
        QPDFObjectHandle entries = space.getArrayItem(3);
        constexpr std::size_t kLargestLookup = 4096;  // 256 entries of 4 bytes, and padding
        std::optional<std::string> lookup;
        if (entries.isString()) lookup = entries.getStringValue();
        if (entries.isStream()) lookup = unpack_stream(entries, kLargestLookup);
        if (!base || !lookup) return std::nullopt;
        Colours colours{1, true, {}};
        for (std::size_t i = 0; i < colours.table.size(); ++i) {
            colours.table.at(i) = gray_of_entry(*lookup, i, base->components);
        }
        return colours;
    }
    return std::nullopt;
}

bool is_inverted(QPDFObjectHandle decode) {
    return decode.isArray() && decode.getArrayNItems() >= 2 && decode.getArrayItem(0).isNumber() &&
           decode.getArrayItem(1).isNumber() &&
           decode.getArrayItem(0).getNumericValue() > decode.getArrayItem(1).getNumericValue();
}

bool is_true(QPDFObjectHandle flag) { return flag.isBool() && flag.getBoolValue(); }

int number_of(QPDFObjectHandle number, int otherwise) {
    return number.isInteger() ? number.getIntValueAsInt() : otherwise;
}

Result<Header> read_header(QPDFObjectHandle image, const std::string& where,
                           const LoadLimits& limits) {
    QPDFObjectHandle dictionary = image.getDict();
    Header header;
    header.width = number_of(dictionary.getKey("/Width"), 0);
    header.height = number_of(dictionary.getKey("/Height"), 0);
    const auto fits =
        check_size(static_cast<std::uint64_t>(std::max(header.width, 0)),
                   static_cast<std::uint64_t>(std::max(header.height, 0)), where, limits);
    if (!fits) return fits.error();
    header.inverted = is_inverted(dictionary.getKey("/Decode"));
    if (is_true(dictionary.getKey("/ImageMask"))) {  // paints black where its samples are 0
        header.bits = 1;
        return header;
    }
    const auto filters = filters_of(image);
    const bool jpeg = !filters.empty() && filters.back() == "/DCTDecode";
    const bool fax = !filters.empty() && filters.back() == "/CCITTFaxDecode";
    header.bits = number_of(dictionary.getKey("/BitsPerComponent"), fax ? 1 : 8);
    const auto colours = colours_of(dictionary.getKey("/ColorSpace"));
    if (!colours && !jpeg)
        return page_not_image(where, "the image has a colour space that is not read");
    if (colours) header.colours = *colours;
    const int bits = header.bits;
    if (bits != 1 && bits != 2 && bits != 4 && bits != 8 && bits != 16) {
        return damaged_page(where, fmt::format("the image has {} bits a sample", bits));
    }
    return header;
}

GrayTable table_of(const Header& header) {
    if (!header.colours.indexed) return ramp_table(header.bits, header.inverted);
    GrayTable table = header.colours.table;
    if (header.inverted && header.bits < 8) {
        std::reverse(table.begin(), table.begin() + (1 << header.bits));
    }
    return table;
}

/// One row of three or four samples a pixel.
void mix_row(const std::uint8_t* row, const Header& header, const GrayTable& table,
             std::uint8_t* out) {
    const int components = header.colours.components;
    std::array<unsigned, 4> sample{};
    for (int x = 0; x < header.width; ++x) {
        for (int i = 0; i < components; ++i) {
            const auto index = static_cast<std::size_t>(x * components + i);
            sample.at(static_cast<std::size_t>(i)) =
                table[sample_at(row, index, header.bits, ByteOrder::Big)];
        }
        out[x] = components == 3 ? luma(sample[0], sample[1], sample[2])
                                 : luma_of_clear_cmyk(255 - sample[0], 255 - sample[1],
                                                      255 - sample[2], 255 - sample[3]);
    }
}

Result<GrayImage> decode_plain(QPDFObjectHandle image, const Header& header,
                               const std::string& where) {
    constexpr std::size_t kSlack = 4096;  // writers pad
    const std::size_t stride = row_bytes(static_cast<std::size_t>(header.width) *
                                             static_cast<std::size_t>(header.colours.components),
                                         header.bits);
    const std::size_t size = stride * static_cast<std::size_t>(header.height);
    const auto bytes = unpack_stream(image, size + kSlack);
    if (!bytes || bytes->size() < size) {
        return damaged_page(where,
                            "the image's data is damaged, cut short or of an unknown filter");
    }
    const GrayTable table = table_of(header);
    GrayImage gray = make_image(header.width, header.height, 0);
    for (int y = 0; y < header.height; ++y) {
        const auto* row = reinterpret_cast<const std::uint8_t*>(bytes->data()) +
                          stride * static_cast<std::size_t>(y);
        if (header.colours.components == 1) {
            unpack_row(row, header.bits, ByteOrder::Big, table, header.width, gray.row(y));
        } else {
            mix_row(row, header, table, gray.row(y));
        }
    }
    return gray;
}

Result<GrayImage> decode_dct(QPDFObjectHandle image, const Header& header, const std::string& where,
                             const LoadLimits& limits) {
    if (header.colours.indexed) {
        return page_not_image(where, "the image is a JPEG with a palette, which is not read");
    }
    const auto bytes = unpack_to_last_filter(image, limits.file_bytes);
    if (!bytes) return damaged_page(where, "the JPEG inside is damaged");
    auto gray = decode_jpeg(*bytes, where, limits, {false, header.inverted});
    if (gray && header.inverted && header.colours.components != 4) {
        for (auto& pixel : gray->pixels) pixel = static_cast<std::uint8_t>(255 - pixel);
    }
    return gray;
}

Result<GrayImage> decode_fax(QPDFObjectHandle image, const Header& header, const std::string& where,
                             const LoadLimits& limits) {
    if (header.colours.components != 1 || header.bits != 1) {
        return damaged_page(where, "the fax image inside is not black and white");
    }
    const auto bytes = unpack_to_last_filter(image, limits.file_bytes);
    if (!bytes) return damaged_page(where, "the fax image inside is damaged");
    QPDFObjectHandle parameters = last_parameters(image);
    const auto key = [&](const char* name) {
        return parameters.isDictionary() ? parameters.getKey(name) : QPDFObjectHandle::newNull();
    };
    constexpr int kDefaultColumns = 1728;
    const FaxCoding coding{number_of(key("/K"), 0), number_of(key("/Columns"), kDefaultColumns),
                           header.height, is_true(key("/EncodedByteAlign"))};
    if (coding.columns != header.width) {
        return damaged_page(where,
                            fmt::format("the fax image inside is {} columns wide and claims {}",
                                        coding.columns, header.width));
    }
    auto gray = decode_fax_data(*bytes, coding, where, limits);
    if (!gray) return gray;
    // Fax data has black and white; the PDF says which of 0 and 1 they are, and what those show as.
    const GrayTable table = table_of(header);
    const bool black_is_one = is_true(key("/BlackIs1"));
    const std::uint8_t black = table.at(black_is_one ? 1 : 0),
                       white = table.at(black_is_one ? 0 : 1);
    for (auto& pixel : gray->pixels) pixel = pixel == 0 ? black : white;
    return gray;
}

Result<GrayImage> decode_by_filter(QPDFObjectHandle image, const std::string& where,
                                   const LoadLimits& limits) {
    const auto filters = filters_of(image);
    const std::string last = filters.empty() ? "" : filters.back();
    if (last == "/JBIG2Decode")
        return page_not_image(where, "the image is JBIG2, which is not read");
    if (last == "/JPXDecode")
        return page_not_image(where, "the image is JPEG 2000, which is not read");
    const auto header = read_header(image, where, limits);
    if (!header) return header.error();
    if (last == "/DCTDecode") return decode_dct(image, *header, where, limits);
    if (last == "/CCITTFaxDecode") return decode_fax(image, *header, where, limits);
    return decode_plain(image, *header, where);
}

}  // namespace

Result<GrayImage> decode_pdf_image(QPDFObjectHandle image, const std::string& where,
                                   const LoadLimits& limits) {
    QPDFObjectHandle dictionary = image.getDict();
    QPDFObjectHandle mask = dictionary.getKey("/Mask");
    if (mask.isStream() || mask.isArray()) {
        return page_not_image(where, "the image is cut out by a mask, which is not read");
    }
    auto gray = decode_by_filter(image, where, limits);
    QPDFObjectHandle soft = dictionary.getKey("/SMask");
    if (!gray || !soft.isStream()) return gray;
    const auto opacity = decode_by_filter(soft, where, limits);
    if (!opacity) return opacity;
    if (opacity->width != gray->width || opacity->height != gray->height) {
        return page_not_image(where, "the image has a mask of another size, which is not read");
    }
    for (std::size_t i = 0; i < gray->pixels.size(); ++i) {
        const int alpha = opacity->pixels[i];
        gray->pixels[i] = static_cast<std::uint8_t>(255 - (255 - gray->pixels[i]) * alpha / 255);
    }
    return gray;
}

}  // namespace verso::scanner
