// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace verso::scanner {

/// Reads numbers at offsets; nothing when they lie beyond the end.
struct ByteView {
    std::string_view bytes;
    bool little = false;

    std::optional<std::uint32_t> number(std::size_t at, std::size_t size) const {
        if (at > bytes.size() || bytes.size() - at < size) return std::nullopt;
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < size; ++i) {
            const std::size_t from = little ? at + size - 1 - i : at + i;
            value = value << 8 | static_cast<std::uint8_t>(bytes[from]);
        }
        return value;
    }
    std::uint32_t u16(std::size_t at) const { return number(at, 2).value_or(0); }
    std::uint32_t u32(std::size_t at) const { return number(at, 4).value_or(0); }
};

}  // namespace verso::scanner
