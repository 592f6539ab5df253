// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <qrencode.h>

#include <algorithm>
#include <cctype>
#include <memory>

#include "generator/barcode/barcode.h"
#include "generator/barcode/qr_mask.h"

// Exported by libqrencode, though declared only in its own qrencode_inner.h: like
// QRcode_encodeInput, but with a mask to use, or with none.
extern "C" QRcode* QRcode_encodeMask(QRinput* input, int mask);

namespace verso::generator {
namespace {

constexpr int kUnmasked = -2;

// Bits of libqrencode's modules.
constexpr unsigned char kDark = 1, kFunction = 0x80;

struct FreeCode {
    void operator()(QRcode* code) const { QRcode_free(code); }
};
struct FreeInput {
    void operator()(QRinput* input) const { QRinput_free(input); }
};

// The 45 characters of the alphanumeric mode (ISO/IEC 18004, table 5).
bool is_alphanumeric(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
               std::string_view(" $%*+-./:").find(c) != std::string_view::npos;
    });
}

// Requires: width <= QrBits::kMostModules.
QrBits bits_of(const QRcode& code) {
    QrBits bits;
    bits.width = code.width;
    const unsigned char* module = code.data;
    for (std::size_t y = 0; y < static_cast<std::size_t>(code.width); ++y) {
        std::uint64_t ink = 0, fixed = 0;
        for (int x = 0; x < code.width; ++x, ++module) {
            ink |= std::uint64_t{(*module & kDark) != 0} << x;
            fixed |= std::uint64_t{(*module & kFunction) != 0} << x;
        }
        bits.ink[y] = ink;
        bits.fixed[y] = fixed;
    }
    return bits;
}

// More modules than version 10 has are too small for a card.
constexpr int kLargestVersion = 10;

}  // namespace

Result<Symbol> encode_qr(std::string_view text, QrLevel level) {
    const std::unique_ptr<QRinput, FreeInput> input(
        QRinput_new2(0, level == QrLevel::Q ? QR_ECLEVEL_Q : QR_ECLEVEL_M));
    const auto* bytes = static_cast<const unsigned char*>(static_cast<const void*>(text.data()));
    const QRencodeMode mode = is_alphanumeric(text) ? QR_MODE_AN : QR_MODE_8;
    const bool appended =
        input && !text.empty() && text.size() < 4296 &&
        QRinput_append(input.get(), mode, static_cast<int>(text.size()), bytes) == 0;
    const std::unique_ptr<QRcode, FreeCode> code(
        appended ? QRcode_encodeMask(input.get(), kUnmasked) : nullptr);
    if (!code || code->version > kLargestVersion) {
        return Error{ErrorCode::ValueInvalid,
                     fmt::format("{} characters do not fit a QR Code of version {}", text.size(),
                                 kLargestVersion),
                     "QR Code", "shorten the text"};
    }
    QrBits bits = bits_of(*code);
    mask_symbol(bits, level == QrLevel::Q ? QrFormatLevel::Q : QrFormatLevel::M);
    Symbol symbol{bits.width, bits.width, {}};
    const auto width = static_cast<std::size_t>(bits.width);
    symbol.modules.resize(width * width);
    char* out = symbol.modules.data();
    for (std::size_t y = 0; y < width; ++y) {
        for (std::size_t x = 0; x < width; ++x) {
            *out++ = static_cast<char>('0' + (bits.ink[y] >> x & 1));
        }
    }
    return symbol;
}

}  // namespace verso::generator
