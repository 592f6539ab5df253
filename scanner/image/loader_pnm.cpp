// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "scanner/image/decoders.h"
#include "scanner/image/pixels.h"

// Netpbm's six formats (netpbm.sourceforge.net/doc: pbm, pgm, ppm): a head of words with comments,
// then samples as text (P1 to P3) or as bytes (P4 to P6). There is no resolution in them.

namespace verso::scanner {

namespace {

/// Walks through the file. Not found or out of place gives nothing.
class Words {
  public:
    explicit Words(std::string_view bytes) : bytes_(bytes) {}

    void skip_blanks() {
        while (at_ < bytes_.size()) {
            if (bytes_[at_] == '#') {
                while (at_ < bytes_.size() && bytes_[at_] != '\n') ++at_;
            } else if (std::isspace(static_cast<unsigned char>(bytes_[at_])) != 0) {
                ++at_;
            } else {
                return;
            }
        }
    }
    std::optional<unsigned> number() {
        constexpr unsigned kTooLarge = 100'000'000;
        skip_blanks();
        if (at_ >= bytes_.size() || !is_digit(bytes_[at_])) return std::nullopt;
        unsigned value = 0;
        while (at_ < bytes_.size() && is_digit(bytes_[at_])) {
            if (value >= kTooLarge) return std::nullopt;
            value = value * 10 + static_cast<unsigned>(bytes_[at_++] - '0');
        }
        return value;
    }
    /// P1 may write its samples without blanks.
    std::optional<unsigned> bit() {
        skip_blanks();
        if (at_ >= bytes_.size() || (bytes_[at_] != '0' && bytes_[at_] != '1')) return std::nullopt;
        return static_cast<unsigned>(bytes_[at_++] - '0');
    }
    /// The one blank between the head and raw samples.
    bool single_blank() {
        if (at_ >= bytes_.size() || std::isspace(static_cast<unsigned char>(bytes_[at_])) == 0)
            return false;
        ++at_;
        return true;
    }
    std::string_view rest() const { return bytes_.substr(at_); }
    void skip(std::size_t count) { at_ += count; }

  private:
    static bool is_digit(char c) { return c >= '0' && c <= '9'; }

    std::string_view bytes_;
    std::size_t at_ = 0;
};

struct Head {
    int kind = 0;  ///< 1 to 6, as in the magic
    int width = 0, height = 0;
    unsigned top = 1;  ///< the sample that is white; P1 and P4 have 1 for black

    bool raw() const { return kind >= 4; }
    bool bitmap() const { return kind == 1 || kind == 4; }
    int samples() const { return kind == 3 || kind == 6 ? 3 : 1; }
    std::size_t row_samples() const {
        return static_cast<std::size_t>(width) * static_cast<std::size_t>(samples());
    }
    std::size_t raw_row() const {
        return bitmap() ? row_bytes(row_samples(), 1) : row_samples() * (top > 255 ? 2 : 1);
    }
};

Error cut_short(const std::string& where) {
    return damaged_page(where, "the PNM picture is cut short");
}

Result<Head> read_head(Words& words, const std::string& where, const LoadLimits& limits) {
    Head head;
    const std::string_view magic = words.rest();
    if (magic.size() < 2 || magic[0] != 'P' || magic[1] < '1' || magic[1] > '6') {
        return damaged_page(where, "something that is no PNM picture follows");
    }
    head.kind = magic[1] - '0';
    words.skip(2);
    const auto width = words.number(), height = words.number();
    const auto top = head.bitmap() ? std::optional<unsigned>(1) : words.number();
    constexpr unsigned kLargestTop = 65535;
    if (!width || !height || !top || *top == 0 || *top > kLargestTop ||
        (head.raw() && !words.single_blank())) {
        return damaged_page(where, "the PNM header is damaged");
    }
    const auto fits = check_size(*width, *height, where, limits);
    if (!fits) return fits.error();
    head.width = static_cast<int>(*width);
    head.height = static_cast<int>(*height);
    head.top = *top;
    // A sample takes a byte of text or a bit: what is too short is told before room is made for it.
    const std::size_t least = head.raw() ? head.raw_row() * *height : head.row_samples() * *height;
    if (words.rest().size() < least) return cut_short(where);
    return head;
}

std::uint8_t gray_of(const Head& head, const std::array<unsigned, 3>& sample) {
    if (head.bitmap()) return sample[0] != 0 ? 0 : 255;
    const auto scaled = [&](unsigned value) {
        return (std::min(value, head.top) * 255 + head.top / 2) / head.top;
    };
    if (head.samples() == 1) return static_cast<std::uint8_t>(scaled(sample[0]));
    return luma(scaled(sample[0]), scaled(sample[1]), scaled(sample[2]));
}

/// Fills the image from `next`, which gives one sample after the other or nothing.
template <class Next>
Result<GrayImage> fill(const Head& head, const std::string& where, Next next) {
    GrayImage image = make_image(head.width, head.height, 0);
    std::array<unsigned, 3> sample{};
    for (auto& pixel : image.pixels) {
        for (int i = 0; i < head.samples(); ++i) {
            const std::optional<unsigned> value = next();
            if (!value) return cut_short(where);
            sample.at(static_cast<std::size_t>(i)) = *value;
        }
        pixel = gray_of(head, sample);
    }
    return image;
}

Result<GrayImage> read_raw(Words& words, const Head& head, const std::string& where) {
    const std::string_view data = words.rest();
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(data.data());
    const std::size_t stride = head.raw_row();
    words.skip(stride * static_cast<std::size_t>(head.height));
    if (head.bitmap()) {
        const GrayTable table = ramp_table(1, true);
        GrayImage image = make_image(head.width, head.height, 0);
        for (int y = 0; y < head.height; ++y) {
            unpack_row(bytes + stride * static_cast<std::size_t>(y), 1, ByteOrder::Big, table,
                       head.width, image.row(y));
        }
        return image;
    }
    if (head.top == 255) {  // nearly all of them
        GrayImage image = make_image(head.width, head.height, 0);
        if (head.samples() == 1) {
            std::copy(bytes, bytes + image.pixels.size(), image.pixels.begin());
        } else {
            for (auto& pixel : image.pixels) {
                pixel = luma(bytes[0], bytes[1], bytes[2]);
                bytes += 3;
            }
        }
        return image;
    }
    const bool wide = head.top > 255;
    return fill(head, where, [&]() -> std::optional<unsigned> {
        const unsigned high = *bytes++;
        return wide ? high << 8 | *bytes++ : high;
    });
}

Result<GrayImage> read_text(Words& words, const Head& head, const std::string& where) {
    return fill(head, where, [&] { return head.bitmap() ? words.bit() : words.number(); });
}

}  // namespace

Result<int> decode_pnm(std::string_view bytes, const std::string& name, const LoadLimits& limits,
                       const PageSink& sink, const PageHooks& hooks) {
    Words words(bytes);
    int page = 0;
    while (!words.rest().empty()) {
        ++page;
        const std::string where = page_place(name, page);
        if (page > limits.pages) {
            sink(page, Error{ErrorCode::LimitExceeded,
                             fmt::format("the file has more than {} pictures", limits.pages), where,
                             "split it into smaller files"});
            return page;
        }
        const auto head = read_head(words, where, limits);
        if (!head) {
            sink(page, head.error());
            return page;
        }
        auto image = head->raw() ? read_raw(words, *head, where) : read_text(words, *head, where);
        const bool whole = image.has_value();
        if ((hooks.wants(page) && !sink(page, std::move(image))) || !whole) return page;
        words.skip_blanks();
    }
    return page;
}

}  // namespace verso::scanner
