// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace verso::printer {

/// Whether the machine's own authorities vouch for a chain of certificates (DER, the server's
/// first) as that of `host`, a name or an address, today.
bool is_vouched_for(const std::vector<std::string>& chain, const std::string& host);

/// A fingerprint as a person may write it, "AB:cd:…", as 64 lower-case hex digits; others as they
/// are.
std::string plain_fingerprint(const std::string& text);

}  // namespace verso::printer
