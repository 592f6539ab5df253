// SPDX-License-Identifier: Apache-2.0
#include "service/http/proxy_header.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "service/http/web_text.h"

namespace verso::service {

namespace {

/// 4 or 16 bytes; none for what is no address. IPv4 in IPv6 ("::ffff:…") gives the 4.
std::vector<unsigned char> address_bytes(std::string_view text) {
    const std::string name(text);
    std::array<unsigned char, 16> bytes{};
    if (inet_pton(AF_INET, name.c_str(), bytes.data()) == 1) {
        return {bytes.begin(), bytes.begin() + 4};
    }
    if (inet_pton(AF_INET6, name.c_str(), bytes.data()) != 1) return {};
    static constexpr std::array<unsigned char, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255};
    if (std::equal(kMapped.begin(), kMapped.end(), bytes.begin())) {
        return {bytes.begin() + 12, bytes.end()};
    }
    return {bytes.begin(), bytes.end()};
}

std::string address_text(int family, const void* bytes) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    return inet_ntop(family, bytes, text.data(), text.size()) != nullptr ? text.data() : "";
}

bool same_bits(const std::vector<unsigned char>& one, const std::vector<unsigned char>& other,
               int bits) {
    if (one.size() != other.size()) return false;
    for (std::size_t i = 0; i < one.size() && bits > 0; ++i, bits -= 8) {
        const auto mask = static_cast<unsigned char>(bits >= 8 ? 255 : 255 << (8 - bits));
        if (((one[i] ^ other[i]) & mask) != 0) return false;
    }
    return true;
}

constexpr std::string_view kSignature2("\r\n\r\n\0\r\nQUIT\n", 12);

Error no_header() {
    return {ErrorCode::FormatInvalid, "the connection does not begin with a PROXY header", "",
            "turn proxy_protocol off, or on at the proxy"};
}

/// "PROXY TCP4 192.0.2.7 198.51.100.1 50000 443\r\n", at most 107 bytes.
Result<ProxyHeader> parse_version_1(std::string_view bytes) {
    constexpr std::string_view kStart = "PROXY ";
    const auto shared = std::min(bytes.size(), kStart.size());
    if (bytes.substr(0, shared) != kStart.substr(0, shared)) return no_header();
    const auto end = bytes.find("\r\n");
    if (end == std::string_view::npos) {
        if (bytes.size() > 107) return no_header();
        return ProxyHeader{};
    }
    ProxyHeader header{.bytes = end + 2, .address = {}};
    std::string_view line = bytes.substr(kStart.size(), end - kStart.size());
    if (line.starts_with("UNKNOWN")) return header;
    if (!line.starts_with("TCP4 ") && !line.starts_with("TCP6 ")) return no_header();
    line.remove_prefix(5);
    header.address = line.substr(0, line.find(' '));
    if (address_bytes(header.address).empty()) return no_header();
    return header;
}

Result<ProxyHeader> parse_version_2(std::string_view bytes) {
    if (bytes.size() < 16) return ProxyHeader{};
    const auto at = [&](std::size_t i) { return static_cast<std::uint8_t>(bytes[i]); };
    if (at(12) >> 4 != 2) return no_header();
    const std::size_t length = static_cast<std::size_t>(at(14)) << 8 | at(15);
    if (length > 4096) return no_header();
    if (bytes.size() < 16 + length) return ProxyHeader{};
    ProxyHeader header{.bytes = 16 + length, .address = {}};
    const bool is_local = (at(12) & 15) == 0;
    const auto family = at(13) >> 4;
    if (is_local) return header;
    if (family == 1 && length >= 12) header.address = address_text(AF_INET, &bytes[16]);
    if (family == 2 && length >= 36) header.address = address_text(AF_INET6, &bytes[16]);
    return header;
}

/// "192.0.2.7", "192.0.2.7:4711", "[2001:db8::1]:80" or the same in quotes: the address alone.
std::string bare_address(std::string_view text) {
    text = trimmed(text);
    if (text.starts_with('"') && text.ends_with('"') && text.size() > 1) {
        text = text.substr(1, text.size() - 2);
    }
    if (text.starts_with('[')) return std::string(text.substr(1, text.find(']') - 1));
    if (std::count(text.begin(), text.end(), ':') == 1) text = text.substr(0, text.find(':'));
    return std::string(text);
}

struct Hop {
    std::string address;
    std::string scheme;  ///< empty when not said
};

std::vector<std::string_view> split_list(std::string_view text, char at) {
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const auto end = std::min(text.find(at), text.size());
        parts.push_back(trimmed(text.substr(0, end)));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

Hop forwarded_hop(std::string_view element) {
    Hop hop;
    for (const auto pair : split_list(element, ';')) {
        const auto equals = std::min(pair.find('='), pair.size());
        const auto value = pair.substr(std::min(equals + 1, pair.size()));
        if (same_word(pair.substr(0, equals), "for")) hop.address = bare_address(value);
        if (same_word(pair.substr(0, equals), "proto")) hop.scheme = bare_address(value);
    }
    return hop;
}

std::vector<Hop> hops_of(const std::vector<HeaderField>& headers) {
    std::vector<Hop> hops, older;
    std::string scheme;
    for (const auto& [name, value] : headers) {
        if (same_word(name, "Forwarded")) {
            for (const auto element : split_list(value, ','))
                hops.push_back(forwarded_hop(element));
        } else if (same_word(name, "X-Forwarded-For")) {
            for (const auto element : split_list(value, ',')) {
                older.push_back({bare_address(element), {}});
            }
        } else if (same_word(name, "X-Forwarded-Proto")) {
            scheme = trimmed(value);
        }
    }
    if (!hops.empty()) return hops;
    if (older.empty() && !scheme.empty()) older.push_back({});
    for (auto& hop : older) hop.scheme = scheme;
    return older;
}

}  // namespace

Result<TrustedPeers> TrustedPeers::parse(const std::vector<std::string>& networks) {
    TrustedPeers peers;
    for (const auto& text : networks) {
        const auto slash = std::min(text.find('/'), text.size());
        Network network{.bytes = address_bytes(std::string_view(text).substr(0, slash)), .bits = 0};
        const int most = static_cast<int>(network.bytes.size()) * 8;
        network.bits = most;
        bool is_sound = most > 0;
        if (is_sound && slash < text.size()) {
            const char* end = text.data() + text.size();
            const auto [stop, fault] = std::from_chars(text.data() + slash + 1, end, network.bits);
            is_sound =
                fault == std::errc() && stop == end && network.bits >= 0 && network.bits <= most;
        }
        if (!is_sound) {
            return Error{ErrorCode::ValueInvalid,
                         "\"" + text + "\" is neither an address nor a network", "",
                         "write it as 10.0.0.5 or 10.0.0.0/8"};
        }
        peers.networks_.push_back(std::move(network));
    }
    return peers;
}

bool TrustedPeers::has(std::string_view address) const {
    const auto bytes = address_bytes(address);
    return std::any_of(networks_.begin(), networks_.end(), [&](const Network& network) {
        return same_bits(network.bytes, bytes, network.bits);
    });
}

Result<ProxyHeader> parse_proxy_header(std::string_view bytes) {
    const auto shared = std::min(bytes.size(), kSignature2.size());
    if (!bytes.empty() && bytes.substr(0, shared) == kSignature2.substr(0, shared)) {
        return parse_version_2(bytes);
    }
    return parse_version_1(bytes);
}

Peer forwarded_peer(const Peer& direct, const std::vector<HeaderField>& headers,
                    const TrustedPeers& trusted) {
    if (trusted.empty() || !trusted.has(direct.address)) return direct;
    Peer peer = direct;
    const auto hops = hops_of(headers);
    for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
        if (!hop->scheme.empty()) peer.is_secure = same_word(hop->scheme, "https");
        if (address_bytes(hop->address).empty()) break;
        peer.address = hop->address;
        if (!trusted.has(hop->address)) break;
    }
    return peer;
}

}  // namespace verso::service
