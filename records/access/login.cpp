// SPDX-License-Identifier: Apache-2.0
#include "records/access/login.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "core/domain/crockford.h"

namespace verso::records {

Result<std::string> fold_login(std::string_view name) {
    constexpr std::size_t kLongest = 64;
    constexpr std::string_view kSigns = "._-+@";
    const auto is_word = [](unsigned char c) { return c < 128 && std::isalnum(c) != 0; };
    const bool sound = !name.empty() && name.size() <= kLongest && is_word(name.front()) &&
                       std::all_of(name.begin(), name.end(), [&](char c) {
                           return is_word(c) || kSigns.find(c) != kSigns.npos;
                       });
    if (!sound) {
        return Error{ErrorCode::ValueInvalid, "is no log-in name", std::string(name.substr(0, 80)),
                     "use 1 to 64 letters of the English alphabet, digits and . _ - + @, and begin "
                     "with a letter or a digit"};
    }
    std::string folded(name);
    for (char& c : folded) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return folded;
}

Result<void> check_password(std::string_view password, std::string_view login) {
    constexpr std::size_t kShortest = 10, kLongest = 1000;
    const auto refused = [](std::string why) {
        return Error{ErrorCode::ValueInvalid, std::move(why), "password",
                     "use 10 characters or more: some words in a row are good"};
    };
    if (password.size() < kShortest) return refused("the password is too short");
    if (password.size() > kLongest) return refused("the password has more than 1000 bytes");
    if (password == login) return refused("the password is the log-in name");
    return {};
}

std::string make_token(RandomSource& random) {
    std::array<std::uint8_t, 32> bytes{};
    random.fill(bytes);
    std::string token;
    for (const std::uint8_t byte : bytes) token += crockford::digit(byte & 31);
    return token;
}

std::string token_hash(std::string_view token) { return sha256_hex(token); }

}  // namespace verso::records
