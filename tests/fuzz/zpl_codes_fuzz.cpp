// SPDX-License-Identifier: Apache-2.0
// Any bytes are read to the end; a label has no more codes than the text has fields.
#include "app/zpl_codes.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto label = verso::app::read_zpl(text);
    std::size_t bytes = 0;
    for (const auto& code : label.codes) bytes += code.size();
    if (label.formats < 0 || std::size_t(label.formats) > size / 6) std::abort();
    if (bytes > size) std::abort();
    return 0;
}
