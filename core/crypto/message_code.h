// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace verso {

// Digests and codes of messages, all by libsodium.

/// The 32 bytes of SHA-256 (FIPS 180-4).
std::string sha256_bytes(std::string_view bytes);
/// The 32 bytes of HMAC-SHA-256 (RFC 2104); any length of key.
std::string hmac_sha256(std::string_view key, std::string_view bytes);
/// Equal; for texts of one length the time does not tell where they differ.
bool same_bytes(std::string_view one, std::string_view other);

/// RFC 4648 section 4, with padding.
std::string encode_base64(std::string_view bytes);
/// Nothing for what is not that.
std::optional<std::string> decode_base64(std::string_view text);
/// Lower case.
std::string encode_hex(std::string_view bytes);
/// Either case; nothing for what is not hex.
std::optional<std::string> decode_hex(std::string_view text);

}  // namespace verso
