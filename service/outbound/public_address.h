// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

namespace verso::service {

/// Whether anybody on the internet may have this address: 4 or 16 bytes in the network's order. Not
/// so: this machine, private and link-local networks, carriers' own, documentation, multicast and
/// what embeds a version 4 address (IANA special-purpose registries, RFC 6890). Anything else in
/// length is not public. Pure.
bool is_public_address(std::span<const unsigned char> bytes);

}  // namespace verso::service
