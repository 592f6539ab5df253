// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <zint.h>

#include <algorithm>
#include <array>
#include <memory>

#include "generator/barcode/barcode.h"
#include "generator/barcode/four_state.h"

namespace verso::generator {
namespace {

struct FreeSymbol {
    void operator()(zint_symbol* symbol) const { ZBarcode_Delete(symbol); }
};
using ZintSymbol = std::unique_ptr<zint_symbol, FreeSymbol>;

Error refused(std::string_view kind, const std::string& why) {
    return {ErrorCode::ValueInvalid, "the text cannot be encoded: " + why, std::string(kind),
            "shorten the text or use other characters"};
}

Result<Symbol> encode(zint_symbol& symbol, std::string_view kind, std::string_view text) {
    const auto* bytes = static_cast<const unsigned char*>(static_cast<const void*>(text.data()));
    // zint takes a length of 0 for "up to the first zero byte".
    if (text.empty()) return refused(kind, "it is empty");
    if (ZBarcode_Encode(&symbol, bytes, static_cast<int>(text.size())) >= ZINT_ERROR) {
        return refused(kind, symbol.errtxt);
    }
    Symbol result{symbol.width, symbol.rows, {}};
    result.modules.reserve(static_cast<std::size_t>(symbol.width) *
                           static_cast<std::size_t>(symbol.rows));
    for (int row = 0; row < symbol.rows; ++row) {
        for (int column = 0; column < symbol.width; ++column) {
            const int byte = symbol.encoded_data[row][column / 8];
            result.modules += (byte >> (column % 8) & 1) != 0 ? '1' : '0';
        }
    }
    return result;
}

struct FourStateCode {
    const char* name;
    int symbology;
    std::size_t characters;  ///< a shorter text is padded with spaces; 0: any length
    std::size_t bars;        ///< 0: it depends on the text
};

const FourStateCode& four_state_code(FourStateKind kind) {
    static constexpr std::array<FourStateCode, 5> kCodes = {{
        {"Intelligent Mail barcode", BARCODE_USPS_IMAIL, 0, 65},
        {"RM4SCC", BARCODE_RM4SCC, 0, 0},
        {"KIX", BARCODE_KIX, 0, 0},
        {"Mailmark C", BARCODE_MAILMARK, 22, 66},
        {"Mailmark L", BARCODE_MAILMARK, 26, 78},
    }};
    return kCodes.at(std::size_t(kind));
}

/// zint's three rows are ascenders, trackers and descenders; every second column is a bar.
std::string bars_of(const Symbol& symbol) {
    const auto columns = std::size_t(symbol.columns);
    std::string bars;
    for (std::size_t i = 0; i < columns; i += 2) {
        const bool up = symbol.modules.at(i) == '1';
        const bool down = symbol.modules.at(columns * 2 + i) == '1';
        bars += up ? (down ? 'F' : 'A') : (down ? 'D' : 'T');
    }
    return bars;
}

}  // namespace

Result<Symbol> encode_data_matrix(std::string_view text) {
    const ZintSymbol symbol(ZBarcode_Create());
    if (!symbol) return refused("Data Matrix", "out of memory");
    symbol->symbology = BARCODE_DATAMATRIX;
    symbol->input_mode = DATA_MODE;
    symbol->option_3 = DM_SQUARE;
    return encode(*symbol, "Data Matrix", text);
}

Result<Symbol> encode_code128(std::string_view text) {
    const bool printable =
        std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
    if (!printable) return refused("Code 128", "it has characters beyond printable ASCII");
    const ZintSymbol symbol(ZBarcode_Create());
    if (!symbol) return refused("Code 128", "out of memory");
    symbol->symbology = BARCODE_CODE128;
    symbol->input_mode = DATA_MODE;
    return encode(*symbol, "Code 128", text);
}

Result<Symbol> encode_gs1_128(std::string_view text) {
    const ZintSymbol symbol(ZBarcode_Create());
    if (!symbol) return refused("GS1-128", "out of memory");
    symbol->symbology = BARCODE_GS1_128;
    symbol->input_mode = GS1_MODE;
    // A wrong check digit is only a warning to zint; on a parcel it is a wrong parcel.
    symbol->warn_level = WARN_FAIL_ALL;
    return encode(*symbol, "GS1-128", text);
}

Result<std::string> encode_four_state(FourStateKind kind, std::string_view text) {
    const FourStateCode& code = four_state_code(kind);
    std::string padded(text);
    if (!padded.empty() && padded.size() < code.characters) padded.resize(code.characters, ' ');
    const ZintSymbol symbol(ZBarcode_Create());
    if (!symbol) return refused(code.name, "out of memory");
    symbol->symbology = code.symbology;
    symbol->input_mode = DATA_MODE;
    symbol->warn_level = WARN_FAIL_ALL;
    const auto encoded = encode(*symbol, code.name, padded);
    if (!encoded) return encoded.error();
    if (encoded->rows != 3) return refused(code.name, "zint gave no bars of three rows");
    const std::string bars = bars_of(*encoded);
    if (code.bars != 0 && bars.size() != code.bars) {
        return refused(code.name, fmt::format("it is not one of {} characters", code.characters));
    }
    return bars;
}

}  // namespace verso::generator
