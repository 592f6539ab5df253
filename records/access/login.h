// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/crypto/crypto.h"
#include "core/util/result.h"

namespace verso::records {

// Names, passwords and tokens of those who use a home. Pure.

/// A log-in name as it is kept, in small letters. ValueInvalid unless it is 1 to 64 letters and
/// digits of ASCII and . _ - + @, and begins with a letter or a digit.
Result<std::string> fold_login(std::string_view name);

/// ValueInvalid for a password of fewer than 10 or more than 1000 bytes, and for one that is the
/// log-in name. Length alone makes a password good; rules about its signs make bad ones.
Result<void> check_password(std::string_view password, std::string_view login);

/// A new secret for a session, a link or an API key: 160 random bits as 32 Crockford digits.
std::string make_token(RandomSource& random);
/// By what a token is kept and found: SHA-256, in hex. It is random enough to need no salt.
std::string token_hash(std::string_view token);

}  // namespace verso::records
