// SPDX-License-Identifier: Apache-2.0
// The vectors of FIPS 180-2, appendix B, whole and in parts of every length.
#include "core/crypto/sha256.h"

#include <gtest/gtest.h>

#include "core/crypto/crypto.h"

namespace verso {
namespace {

std::string hash(std::string_view text) {
    Sha256 sum;
    sum.add(text);
    return sum.hex();
}

constexpr std::string_view kTwoBlocks = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
constexpr std::string_view kOfTwoBlocks =
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1";

TEST(Sha256, Vectors) {
    EXPECT_EQ(hash(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hash(kTwoBlocks), kOfTwoBlocks);
    EXPECT_EQ(hash(std::string(1'000'000, 'a')),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, PartsGiveWhatTheWholeGives) {
    for (std::size_t length = 1; length <= kTwoBlocks.size(); ++length) {
        Sha256 sum;
        for (std::size_t at = 0; at < kTwoBlocks.size(); at += length) {
            sum.add(kTwoBlocks.substr(at, length));
        }
        sum.add("");
        EXPECT_EQ(sum.hex(), kOfTwoBlocks) << length;
    }
}

TEST(Sha256, BytesThatAreNoTextCountToo) {
    EXPECT_EQ(hash(std::string_view("\0", 1)),
              "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    EXPECT_EQ(hash("abc"), sha256_hex("abc"));
}

TEST(Sha256, MovesWithWhatItHasTaken) {
    Sha256 first;
    first.add("a");
    Sha256 second = std::move(first);
    second.add("bc");
    EXPECT_EQ(second.hex(), hash("abc"));
}

}  // namespace
}  // namespace verso
