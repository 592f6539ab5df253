// SPDX-License-Identifier: Apache-2.0
#include "generator/picture/png_picture.h"

#include <fmt/format.h>
#include <png.h>

#include <iterator>

#include "generator/pdf/deflate.h"

namespace verso::generator {
namespace {

constexpr std::size_t kSignature = 8;
constexpr unsigned kGray = 0, kColour = 2, kPalette = 3;
constexpr int kDeflateLevel = 9;  // once a picture

struct Chunks {
    PictureFacts facts;
    unsigned bits = 0, kind = 0, interlace = 0;
    bool transparent = false;
    std::string palette, data;
};

void read_density(std::string_view chunk, PictureFacts& facts) {
    constexpr double kInchesPerMetre = 1 / 0.0254;
    if (chunk.size() < 9 || byte_at(chunk, 8) != 1) return;
    facts.dpi_x = long_at(chunk, 0) / kInchesPerMetre;
    facts.dpi_y = long_at(chunk, 4) / kInchesPerMetre;
}

// Checksums are libpng's affair; this only walks.
Result<Chunks> read_chunks(std::string_view bytes, const std::string& name) {
    Chunks chunks;
    for (std::size_t at = kSignature; at + 12 <= bytes.size();) {
        const std::size_t length = long_at(bytes, at);
        const std::string_view type = bytes.substr(at + 4, 4);
        if (length > bytes.size() - at - 12) break;
        const std::string_view chunk = bytes.substr(at + 8, length);
        if (type == "IHDR") {
            const unsigned width = long_at(chunk, 0), height = long_at(chunk, 4);
            if (width == 0 || height == 0 || width > 0x7FFFFFFF || height > 0x7FFFFFFF) break;
            chunks.facts.pixels = {static_cast<int>(width), static_cast<int>(height)};
            chunks.bits = byte_at(chunk, 8);
            chunks.kind = byte_at(chunk, 9);
            chunks.interlace = byte_at(chunk, 12);
        }
        if (type == "pHYs") read_density(chunk, chunks.facts);
        if (type == "PLTE") chunks.palette = chunk;
        if (type == "tRNS") chunks.transparent = true;
        if (type == "IDAT") chunks.data += chunk;
        at += 12 + length;
        if (type != "IEND") continue;
        if (chunks.facts.pixels.width == 0 || chunks.data.empty()) break;
        return chunks;
    }
    return damaged_picture("the PNG is damaged or cut short", name);
}

// libpng's simple interface: no longjmp passes through our frames.
class Decoded {
  public:
    Decoded(std::string_view bytes) {
        image_.version = PNG_IMAGE_VERSION;
        if (png_image_begin_read_from_memory(&image_, bytes.data(), bytes.size()) == 0) return;
        is_gray_ = (image_.format & PNG_FORMAT_FLAG_COLOR) == 0;
        image_.format = is_gray_ ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
        pixels_.resize(PNG_IMAGE_SIZE(image_));
        const png_color white{255, 255, 255};
        is_sound_ = png_image_finish_read(&image_, &white, pixels_.data(), 0, nullptr) != 0;
    }
    ~Decoded() { png_image_free(&image_); }
    Decoded(const Decoded&) = delete;
    Decoded& operator=(const Decoded&) = delete;

    bool is_sound() const { return is_sound_; }
    bool is_gray() const { return is_gray_; }
    const std::string& pixels() const { return pixels_; }
    std::string reason() const { return &image_.message[0]; }

  private:
    png_image image_{};
    std::string pixels_;
    bool is_gray_ = false, is_sound_ = false;
};

Error undecodable(const Decoded& decoded, const std::string& name) {
    return damaged_picture("the PNG is damaged: " + decoded.reason(), name);
}

bool can_stay(const Chunks& chunks) {
    const bool has_kind = chunks.kind == kGray || chunks.kind == kColour || chunks.kind == kPalette;
    return has_kind && chunks.bits <= 8 && chunks.interlace == 0 && !chunks.transparent;
}

std::string colour_space(const Chunks& chunks) {
    if (chunks.kind == kGray) return "/DeviceGray";
    if (chunks.kind == kColour) return "/DeviceRGB";
    std::string text = fmt::format("[/Indexed /DeviceRGB {} <", chunks.palette.size() / 3 - 1);
    for (const char c : chunks.palette) {
        fmt::format_to(std::back_inserter(text), "{:02X}", static_cast<unsigned char>(c));
    }
    return text + ">]";
}

PdfObjects image(PixelSize size, std::string_view space, unsigned bits, std::string_view parameters,
                 std::string data) {
    return {{fmt::format("/Type /XObject /Subtype /Image /Width {} /Height {}\n"
                         "/ColorSpace {} /BitsPerComponent {} /Filter /FlateDecode{}\n",
                         size.width, size.height, space, bits, parameters),
             {},
             std::move(data)}};
}

}  // namespace

Result<PictureFacts> read_png_facts(std::string_view bytes, const std::string& name) {
    const auto chunks = read_chunks(bytes, name);
    if (!chunks) return chunks.error();
    return chunks->facts;
}

Result<void> check_png(std::string_view bytes, const std::string& name) {
    const Decoded decoded(bytes);
    if (!decoded.is_sound()) return undecodable(decoded, name);
    const auto chunks = read_chunks(bytes, name);
    if (!chunks) return chunks.error();
    if (chunks->kind == kPalette && chunks->palette.size() < 3) {
        return damaged_picture("the PNG has no palette", name);
    }
    return {};
}

Result<PdfObjects> png_objects(std::string_view bytes, const std::string& name) {
    auto chunks = read_chunks(bytes, name);
    if (!chunks) return chunks.error();
    if (can_stay(*chunks)) {
        const std::string parameters = fmt::format(
            "\n/DecodeParms <</Predictor 15 /Colors {} /BitsPerComponent {} "
            "/Columns {}>>",
            chunks->kind == kColour ? 3 : 1, chunks->bits, chunks->facts.pixels.width);
        return image(chunks->facts.pixels, colour_space(*chunks), chunks->bits, parameters,
                     std::move(chunks->data));
    }
    const Decoded decoded(bytes);
    if (!decoded.is_sound()) return undecodable(decoded, name);
    return image(chunks->facts.pixels, decoded.is_gray() ? "/DeviceGray" : "/DeviceRGB", 8, "",
                 deflate(decoded.pixels(), kDeflateLevel));
}

}  // namespace verso::generator
