// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <qrencode.h>

#include <algorithm>
#include <cctype>
#include <memory>

#include "generator/barcode/barcode.h"

namespace verso::generator {
namespace {

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
    const std::unique_ptr<QRcode, FreeCode> code(appended ? QRcode_encodeInput(input.get())
                                                          : nullptr);
    if (!code || code->version > kLargestVersion) {
        return Error{ErrorCode::ValueInvalid,
                     fmt::format("{} characters do not fit a QR Code of version {}", text.size(),
                                 kLargestVersion),
                     "QR Code", "shorten the text"};
    }
    Symbol symbol{code->width, code->width, {}};
    const auto count =
        static_cast<std::size_t>(code->width) * static_cast<std::size_t>(code->width);
    symbol.modules.resize(count);
    std::transform(code->data, code->data + count, symbol.modules.begin(),
                   [](unsigned char module) { return (module & 1) != 0 ? '1' : '0'; });
    return symbol;
}

}  // namespace verso::generator
