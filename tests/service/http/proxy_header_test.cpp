// SPDX-License-Identifier: Apache-2.0
#include "service/http/proxy_header.h"

#include <gtest/gtest.h>

namespace verso::service {
namespace {

using namespace std::string_literals;

TrustedPeers trusted(const std::vector<std::string>& networks) {
    return TrustedPeers::parse(networks).value();
}

TEST(TrustedPeers, AddressesAndNetworksOfBothKinds) {
    const auto peers = trusted({"127.0.0.1", "10.0.0.0/8", "2001:db8::/32"});
    EXPECT_TRUE(peers.has("127.0.0.1"));
    EXPECT_TRUE(peers.has("::ffff:10.200.1.1"));
    EXPECT_TRUE(peers.has("2001:db8:ffff::1"));
    EXPECT_FALSE(peers.has("127.0.0.2"));
    EXPECT_FALSE(peers.has("11.0.0.1"));
    EXPECT_FALSE(peers.has("2001:db9::1"));
    EXPECT_FALSE(peers.has("no address"));
    for (const char* bad :
         {"10.0.0.0/33", "10.0.0.0/", "10.0.0/8", "proxy.example.com", "", "/8", "10.0.0.0/-1"}) {
        EXPECT_FALSE(TrustedPeers::parse({bad})) << bad;
    }
}

TEST(ProxyHeader, VersionOneGivesTheClient) {
    const auto header = parse_proxy_header("PROXY TCP4 192.0.2.7 198.51.100.1 50000 443\r\nGET /");
    ASSERT_TRUE(header);
    EXPECT_EQ(header->address, "192.0.2.7");
    EXPECT_EQ(header->bytes, 45U);
    EXPECT_EQ(parse_proxy_header("PROXY UNKNOWN\r\n")->bytes, 15U);
    EXPECT_EQ(parse_proxy_header("PROXY TCP4 192.0")->bytes, 0U) << "more is to come";
}

TEST(ProxyHeader, VersionTwoGivesTheClient) {
    const std::string head =
        "\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c"s + "\xc0\0\2\7\xc6\x33\x64\1"s + "\xc3\x50\1\xbb"s;
    const auto header = parse_proxy_header(head + "GET /");
    ASSERT_TRUE(header);
    EXPECT_EQ(header->address, "192.0.2.7");
    EXPECT_EQ(header->bytes, 28U);
    for (std::size_t length = 1; length < head.size(); ++length) {
        const auto part = parse_proxy_header(head.substr(0, length));
        ASSERT_TRUE(part) << length;
        EXPECT_EQ(part->bytes, 0U) << length;
    }
}

TEST(ProxyHeader, WhatCannotBecomeOneIsRefused) {
    EXPECT_FALSE(parse_proxy_header("GET / HTTP/1.1\r\n"));
    EXPECT_FALSE(parse_proxy_header("PROXY TCP4 not-an-address x 1 2\r\n"));
    EXPECT_FALSE(parse_proxy_header("PROXY " + std::string(200, 'x')));
    EXPECT_FALSE(parse_proxy_header("\r\n\r\n\0\r\nQUIT\n\x31\x11\0\x0c"s)) << "version 3";
}

TEST(ForwardedPeer, OnlyNamedPeersAreBelieved) {
    const std::vector<HeaderField> headers{{"X-Forwarded-For", "192.0.2.7"},
                                           {"X-Forwarded-Proto", "https"}};
    const Peer direct{"203.0.113.9", false};
    EXPECT_EQ(forwarded_peer(direct, headers, trusted({"127.0.0.1"})).address, "203.0.113.9");
    EXPECT_FALSE(forwarded_peer(direct, headers, {}).is_secure);
    const auto peer = forwarded_peer({"127.0.0.1", false}, headers, trusted({"127.0.0.1"}));
    EXPECT_EQ(peer.address, "192.0.2.7");
    EXPECT_TRUE(peer.is_secure);
}

TEST(ForwardedPeer, AnAddressThatTheClientWroteItselfIsNotBelieved) {
    // The proxy appends what it saw: everything before that is the client's own word.
    const std::vector<HeaderField> headers{{"X-Forwarded-For", "198.51.100.1, 192.0.2.7"}};
    EXPECT_EQ(forwarded_peer({"127.0.0.1", false}, headers, trusted({"127.0.0.1"})).address,
              "192.0.2.7");
}

TEST(ForwardedPeer, TheStandardHeaderWins) {
    const std::vector<HeaderField> headers{
        {"X-Forwarded-For", "198.51.100.1"},
        {"Forwarded", "for=\"[2001:db8::7]:4711\";proto=https, for=10.0.0.3"}};
    const auto peer =
        forwarded_peer({"127.0.0.1", false}, headers, trusted({"127.0.0.1", "10.0.0.0/8"}));
    EXPECT_EQ(peer.address, "2001:db8::7");
    EXPECT_TRUE(peer.is_secure);
}

}  // namespace
}  // namespace verso::service
