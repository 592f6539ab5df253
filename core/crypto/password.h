// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/util/result.h"

namespace verso {

// Passwords as they are kept: Argon2id (RFC 9106) with libsodium's interactive limits, 64 MiB and
// two passes, as text that carries its salt and limits. About 0.1 s of one core each; any thread.

/// LimitExceeded when the machine has not the memory.
Result<std::string> hash_password(std::string_view password);

enum class PasswordMatch {
    Wrong,
    Right,
    RightButWeak,  ///< right, but kept with lower limits than today's: to be hashed again
};

/// Compares in constant time. A `hash` that none is, "" for a user who is not there, takes as long
/// as a real one and is Wrong.
PasswordMatch match_password(std::string_view password, const std::string& hash);

}  // namespace verso
