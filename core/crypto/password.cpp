// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/password.h"

#include <sodium.h>

#include <array>
#include <stdexcept>

namespace verso {

namespace {

constexpr unsigned long long kPasses = crypto_pwhash_OPSLIMIT_INTERACTIVE;
constexpr std::size_t kBytes = crypto_pwhash_MEMLIMIT_INTERACTIVE;

void ensure_sodium() {
    static const int state = sodium_init();
    if (state < 0) throw std::logic_error("libsodium could not start");
}

/// The work of a comparison, for nothing.
void take_as_long(std::string_view password) {
    std::array<unsigned char, 32> key{};
    const std::array<unsigned char, crypto_pwhash_SALTBYTES> salt{};
    [[maybe_unused]] const int done =
        crypto_pwhash(key.data(), key.size(), password.data(), password.size(), salt.data(),
                      kPasses, kBytes, crypto_pwhash_ALG_ARGON2ID13);
}

}  // namespace

Result<std::string> hash_password(std::string_view password) {
    ensure_sodium();
    std::array<char, crypto_pwhash_STRBYTES> text{};
    if (crypto_pwhash_str(text.data(), password.data(), password.size(), kPasses, kBytes) != 0) {
        return Error{ErrorCode::LimitExceeded, "there is no memory to hash a password", "",
                     "it takes 64 MB: end other programs and try again"};
    }
    return std::string(text.data());
}

PasswordMatch match_password(std::string_view password, const std::string& hash) {
    ensure_sodium();
    std::array<char, crypto_pwhash_STRBYTES> text{};
    const bool fits = !hash.empty() && hash.size() < text.size();
    const int renewal = fits ? (hash.copy(text.data(), text.size() - 1),
                                crypto_pwhash_str_needs_rehash(text.data(), kPasses, kBytes))
                             : -1;
    if (renewal < 0) {
        take_as_long(password);
        return PasswordMatch::Wrong;
    }
    if (crypto_pwhash_str_verify(text.data(), password.data(), password.size()) != 0)
        return PasswordMatch::Wrong;
    return renewal == 0 ? PasswordMatch::Right : PasswordMatch::RightButWeak;
}

}  // namespace verso
