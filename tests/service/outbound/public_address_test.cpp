// SPDX-License-Identifier: Apache-2.0
#include "service/outbound/public_address.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>

#include <array>
#include <string>

namespace verso::service {
namespace {

bool is_public(const std::string& text) {
    std::array<unsigned char, 16> bytes{};
    const bool is_six = text.find(':') != std::string::npos;
    EXPECT_EQ(::inet_pton(is_six ? AF_INET6 : AF_INET, text.c_str(), bytes.data()), 1) << text;
    return is_public_address(std::span(bytes).first(is_six ? 16 : 4));
}

TEST(PublicAddress, IsAnybodys) {
    for (const char* text : {"1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255",
                             "100.128.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255",
                             "192.169.0.0", "223.255.255.255", "2606:4700::1111", "2a01::1"}) {
        EXPECT_TRUE(is_public(text)) << text;
    }
}

TEST(PublicAddress, IsNotOursNorTheLans) {
    for (const char* text : {"0.0.0.0",
                             "10.1.2.3",
                             "100.64.0.1",
                             "127.0.0.1",
                             "127.255.255.255",
                             "169.254.169.254",
                             "172.16.0.1",
                             "172.31.255.255",
                             "192.0.0.8",
                             "192.0.2.7",
                             "192.168.1.1",
                             "198.18.0.1",
                             "198.51.100.1",
                             "203.0.113.1",
                             "224.0.0.1",
                             "255.255.255.255",
                             "::",
                             "::1",
                             "::ffff:127.0.0.1",
                             "::ffff:8.8.8.8",
                             "fe80::1",
                             "fd00::1",
                             "fc00::1",
                             "ff02::1",
                             "64:ff9b::7f00:1",
                             "2001::1",
                             "2001:db8::1",
                             "2002:7f00:1::",
                             "3fff::1"}) {
        EXPECT_FALSE(is_public(text)) << text;
    }
    EXPECT_FALSE(is_public_address({}));
}

}  // namespace
}  // namespace verso::service
