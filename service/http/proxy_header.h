// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/util/result.h"
#include "service/http/message.h"

namespace verso::service {

// Who asks, when a proxy stands in between. Only named peers are believed.

/// Addresses of proxies that may speak for others: "127.0.0.1", "10.0.0.0/8", "::1", "unix" never.
class TrustedPeers {
  public:
    /// ValueInvalid, naming the text that is neither an address nor a network.
    static Result<TrustedPeers> parse(const std::vector<std::string>& networks);
    bool has(std::string_view address) const;
    bool empty() const { return networks_.empty(); }

  private:
    struct Network {
        std::vector<unsigned char> bytes;  ///< 4 or 16
        int bits = 0;
    };
    std::vector<Network> networks_;
};

/// What a PROXY header (HAProxy's PROXY protocol, versions 1 and 2) at the start of a connection
/// says.
struct ProxyHeader {
    std::size_t bytes = 0;  ///< how long it is; 0: more bytes are needed to tell
    std::string address;    ///< of the client; empty for LOCAL and UNKNOWN
};
/// FormatInvalid when the bytes are not, and cannot become, such a header.
Result<ProxyHeader> parse_proxy_header(std::string_view bytes);

/// The peer of a request that came from `direct` with these headers: believed when `direct` is
/// trusted, `Forwarded` (RFC 7239) first, else X-Forwarded-For and X-Forwarded-Proto; the last
/// address that no trusted peer has is the client.
Peer forwarded_peer(const Peer& direct, const std::vector<HeaderField>& headers,
                    const TrustedPeers& trusted);

}  // namespace verso::service
