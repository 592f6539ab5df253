// SPDX-License-Identifier: Apache-2.0
#include "service/outbound/public_address.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace verso::service {

namespace {

struct Network {
    std::uint32_t first;
    int bits;
};

constexpr std::uint32_t address(unsigned a, unsigned b, unsigned c, unsigned d) {
    return a << 24U | b << 16U | c << 8U | d;
}

constexpr std::array<Network, 15> kNotPublic{{{address(0, 0, 0, 0), 8},
                                              {address(10, 0, 0, 0), 8},
                                              {address(100, 64, 0, 0), 10},
                                              {address(127, 0, 0, 0), 8},
                                              {address(169, 254, 0, 0), 16},
                                              {address(172, 16, 0, 0), 12},
                                              {address(192, 0, 0, 0), 24},
                                              {address(192, 0, 2, 0), 24},
                                              {address(192, 88, 99, 0), 24},
                                              {address(192, 168, 0, 0), 16},
                                              {address(198, 18, 0, 0), 15},
                                              {address(198, 51, 100, 0), 24},
                                              {address(203, 0, 113, 0), 24},
                                              {address(224, 0, 0, 0), 4},
                                              {address(240, 0, 0, 0), 4}}};

bool is_public_v4(std::span<const unsigned char> b) {
    const std::uint32_t value = address(b[0], b[1], b[2], b[3]);
    return std::none_of(kNotPublic.begin(), kNotPublic.end(), [&](const Network& network) {
        return (value ^ network.first) >> (32 - network.bits) == 0;
    });
}

/// Global unicast is 2000::/3; of it not 2001::/23 (Teredo and other protocols), 2001:db8::/32,
/// 2002::/16 (6to4) and 3fff::/20 (documentation).
bool is_public_v6(std::span<const unsigned char> b) {
    if ((b[0] & 0xe0U) != 0x20) return false;
    if (b[0] == 0x20 && b[1] == 0x01 && b[2] < 0x02) return false;
    if (b[0] == 0x20 && b[1] == 0x01 && b[2] == 0x0d && b[3] == 0xb8) return false;
    if (b[0] == 0x20 && b[1] == 0x02) return false;
    return !(b[0] == 0x3f && b[1] == 0xff && b[2] < 0x10);
}

}  // namespace

bool is_public_address(std::span<const unsigned char> bytes) {
    constexpr std::size_t kV4 = 4, kV6 = 16;
    if (bytes.size() == kV4) return is_public_v4(bytes);
    return bytes.size() == kV6 && is_public_v6(bytes);
}

}  // namespace verso::service
