// SPDX-License-Identifier: Apache-2.0
// What parses is written back and parses to the same.
#include "core/domain/card_link.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verso;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto link = parse_link(text)) {
        const auto again = parse_link(format_link(link->host, link->card));
        if (!again || !(again->card == link->card) || again->host != link->host) std::abort();
    }
    if (const auto card = parse_card(text)) {
        const auto again = parse_card(format_typed_code(*card));
        if (!again || *again != *card) std::abort();
    }
    if (const auto mark = parse_side_mark(text)) {
        const auto again = parse_side_mark(format_side_mark(*mark));
        if (!again || !(*again == *mark)) std::abort();
    }
    if (const auto rma = parse_rma(text)) {
        if (!parse_rma(format_rma(*rma))) std::abort();
    }
    return 0;
}
