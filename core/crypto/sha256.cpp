// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/sha256.h"

#include <sodium.h>

#include <array>

namespace verso {

struct Sha256::State {
    crypto_hash_sha256_state hash;
};

// These three functions of libsodium work without sodium_init.
Sha256::Sha256() : state_(std::make_unique<State>()) { crypto_hash_sha256_init(&state_->hash); }
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::add(std::string_view bytes) {
    crypto_hash_sha256_update(&state_->hash, reinterpret_cast<const unsigned char*>(bytes.data()),
                              bytes.size());
}

std::string Sha256::hex() {
    std::array<unsigned char, crypto_hash_sha256_BYTES> out{};
    crypto_hash_sha256_final(&state_->hash, out.data());
    std::string text(out.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), out.data(), out.size());
    text.pop_back();
    return text;
}

}  // namespace verso
