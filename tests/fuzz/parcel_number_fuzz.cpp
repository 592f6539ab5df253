// SPDX-License-Identifier: Apache-2.0
// What parses is written back and parses to the same, and is the same number as itself.
#include "core/domain/parcel_number.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verso;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto number = parse_s10(text)) {
        const auto again = parse_s10(format_s10_text(*number));
        if (!again || !(*again == *number)) std::abort();
        if (!is_same_number(text, format_s10(*number))) std::abort();
    }
    if (const auto sscc = parse_sscc(text)) {
        const auto again = parse_sscc("(00)" + *sscc);
        if (!again || *again != *sscc) std::abort();
        if (!is_same_number(text, *sscc)) std::abort();
    }
    const bool has_content = !bare_number(text).empty();
    if (is_same_number(text, text) != has_content) std::abort();
    is_same_number(text.substr(0, size / 2), text.substr(size / 2));
    return 0;
}
