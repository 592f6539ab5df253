// SPDX-License-Identifier: Apache-2.0
// Any JSON ends in a layout or an error; a layout is judged and written back without a crash.
#include <cstdlib>

#include "core/card/card_layout.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verso;
    const auto layout = parse_layout({reinterpret_cast<const char*>(data), size});
    if (!layout) return layout.error().message.empty() ? (std::abort(), 1) : 0;
    if (layout_faults(*layout).empty() && !parse_layout(to_json(*layout))) std::abort();
    return 0;
}
