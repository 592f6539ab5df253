// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/domain/card_link.h"

namespace verso {

/// Where unpredictable bytes come from. Tests and the demo give a seeded one. Thread-safe.
class RandomSource {
  public:
    virtual ~RandomSource() = default;
    virtual void fill(std::span<std::uint8_t> bytes) = 0;
    /// 64 of its bits.
    std::uint64_t bits();
};

/// The machine's generator (libsodium randombytes_buf). Lives as long as the program.
RandomSource& system_random();

/// A repeatable stream from a seed (ChaCha20 through randombytes_buf_deterministic). For tests and
/// specimens only: who knows the seed knows every secret.
class SeededRandom final : public RandomSource {
  public:
    explicit SeededRandom(std::uint64_t seed) : seed_(seed) {}
    void fill(std::span<std::uint8_t> bytes) override;

  private:
    std::uint64_t seed_, block_ = 0;
};

/// Lower-case hex of SHA-256 (FIPS 180-4).
std::string sha256_hex(std::string_view bytes);

/// A new card: 60 random bits of id, 100 of secret.
CardIdentity make_card(LayoutNumber layout, RandomSource& random);

/// What the store keeps of a card's secret: hex, from which the secret cannot be found.
struct CardProof {
    std::string secret_hash;  ///< BLAKE2b-256 over "verso card v1", id and secret
    std::string
        public_key;  ///< Ed25519 key whose seed is BLAKE2b-256 over "verso key v1", id, secret
    friend bool operator==(const CardProof&, const CardProof&) = default;
};
CardProof prove(CardId id, const CardSecret& secret);

/// True when the secret is the one that was proved; constant time in the compared bytes.
bool secret_matches(CardId id, const CardSecret& secret, std::string_view secret_hash);

}  // namespace verso
