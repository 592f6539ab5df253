// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/password.h"

#include <gtest/gtest.h>

namespace verso {
namespace {

TEST(Password, OpensWithItselfOnly) {
    const std::string hash = hash_password("correct horse").value();
    EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=65536,t=2,p=1$")) << hash;
    EXPECT_EQ(match_password("correct horse", hash), PasswordMatch::Right);
    EXPECT_EQ(match_password("correct horsf", hash), PasswordMatch::Wrong);
    EXPECT_EQ(match_password("", hash), PasswordMatch::Wrong);
}

TEST(Password, WhatIsNoHashOpensNothing) {
    for (const std::string& hash : {std::string(), std::string("$argon2id$"), std::string(500, 'x'),
                                    std::string("correct horse")}) {
        EXPECT_EQ(match_password("correct horse", hash), PasswordMatch::Wrong) << hash;
    }
}

TEST(Password, AnOldHashIsRightAndWeak) {
    // crypto_pwhash_str("correct horse", one pass, 8 MiB)
    EXPECT_EQ(match_password("correct horse",
                             "$argon2id$v=19$m=8192,t=1,p=1$PkSK83sTuSjB+axcMdeahA$WxUshaXRg4V+"
                             "rP9TfpHxDSyeCeHPcHMHs/mCY8Twzsg"),
              PasswordMatch::RightButWeak);
}

}  // namespace
}  // namespace verso
