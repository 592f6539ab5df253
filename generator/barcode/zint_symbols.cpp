// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <zint.h>

#include <algorithm>
#include <memory>

#include "generator/barcode/barcode.h"

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

}  // namespace verso::generator
