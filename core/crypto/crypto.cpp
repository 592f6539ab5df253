// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/crypto.h"

#include <sodium.h>

#include <stdexcept>
#include <vector>

#include "core/domain/crockford.h"

namespace verso {

namespace {

constexpr unsigned kIdBits = 60;
constexpr unsigned kSecretDigits = 20;

void ensure_sodium() {
    static const int state = sodium_init();
    if (state < 0) throw std::logic_error("libsodium could not start");
}

std::string hex(std::span<const std::uint8_t> bytes) {
    std::string out(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(out.data(), out.size(), bytes.data(), bytes.size());
    out.pop_back();
    return out;
}

std::array<std::uint8_t, 32> digest(std::string_view purpose, CardId id, const CardSecret& secret) {
    ensure_sodium();
    std::string message(purpose);
    message += '\0';
    message += format_card(id);
    message += '\0';
    message += secret.get();
    std::array<std::uint8_t, 32> out{};
    crypto_generichash(out.data(), out.size(),
                       reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                       nullptr, 0);
    return out;
}

}  // namespace

std::uint64_t RandomSource::bits() {
    std::array<std::uint8_t, 8> bytes{};
    fill(bytes);
    std::uint64_t out = 0;
    for (std::uint8_t byte : bytes) out = out << 8 | byte;
    return out;
}

RandomSource& system_random() {
    class SystemRandom final : public RandomSource {
      public:
        void fill(std::span<std::uint8_t> bytes) override {
            ensure_sodium();
            randombytes_buf(bytes.data(), bytes.size());
        }
    };
    static SystemRandom random;
    return random;
}

void SeededRandom::fill(std::span<std::uint8_t> bytes) {
    ensure_sodium();
    std::array<std::uint8_t, randombytes_SEEDBYTES> key{};
    for (std::size_t i = 0; i < 8; ++i) {
        key[i] = std::uint8_t(seed_ >> (8 * i));
        key[8 + i] = std::uint8_t(block_ >> (8 * i));
    }
    ++block_;
    randombytes_buf_deterministic(bytes.data(), bytes.size(), key.data());
}

std::string sha256_hex(std::string_view bytes) {
    ensure_sodium();
    std::array<std::uint8_t, crypto_hash_sha256_BYTES> out{};
    crypto_hash_sha256(out.data(), reinterpret_cast<const unsigned char*>(bytes.data()),
                       bytes.size());
    return hex(out);
}

CardIdentity make_card(LayoutNumber layout, RandomSource& random) {
    const std::uint64_t id = random.bits() >> (64 - kIdBits);
    std::array<std::uint8_t, kSecretDigits> bytes{};
    random.fill(bytes);
    std::string secret;
    for (std::uint8_t byte : bytes) secret += crockford::digit(byte & 31);
    return {layout, CardId(id), CardSecret(std::move(secret))};
}

CardProof prove(CardId id, const CardSecret& secret) {
    const auto hash = digest("verso card v1", id, secret);
    const auto seed = digest("verso key v1", id, secret);
    std::array<std::uint8_t, crypto_sign_PUBLICKEYBYTES> public_key{};
    std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> private_key{};
    crypto_sign_seed_keypair(public_key.data(), private_key.data(), seed.data());
    sodium_memzero(private_key.data(), private_key.size());
    return {hex(hash), hex(public_key)};
}

bool secret_matches(CardId id, const CardSecret& secret, std::string_view secret_hash) {
    const std::string expected = hex(digest("verso card v1", id, secret));
    return expected.size() == secret_hash.size() &&
           sodium_memcmp(expected.data(), secret_hash.data(), expected.size()) == 0;
}

}  // namespace verso
