// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/crypto.h"

#include <gtest/gtest.h>

#include <set>

namespace verso {
namespace {

TEST(Sha256, AgreesWithTheStandardsExample) {
    // FIPS 180-4, example "abc".
    EXPECT_EQ(sha256_hex("abc"),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(MakeCard, FillsIdAndSecret) {
    SeededRandom random(42);
    std::set<CardId> ids;
    std::set<std::string> secrets;
    for (int i = 0; i < 1000; ++i) {
        const CardIdentity card = make_card(LayoutNumber(3), random);
        EXPECT_LT(card.id.get(), 1ull << 60);
        EXPECT_EQ(card.secret.get().size(), 20u);
        EXPECT_TRUE(parse_link(format_link("a.example", card)).has_value());
        ids.insert(card.id);
        secrets.insert(card.secret.get());
    }
    EXPECT_EQ(ids.size(), 1000u);
    EXPECT_EQ(secrets.size(), 1000u);
}

TEST(SeededRandom, RepeatsForASeedAndNotForAnother) {
    SeededRandom a(1), b(1), c(2);
    EXPECT_EQ(a.bits(), b.bits());
    EXPECT_NE(a.bits(), a.bits());
    EXPECT_NE(SeededRandom(1).bits(), c.bits());
}

TEST(SystemRandom, DoesNotRepeat) { EXPECT_NE(system_random().bits(), system_random().bits()); }

TEST(CardProof, KnowsItsSecretOnly) {
    SeededRandom random(5);
    const CardIdentity card = make_card(LayoutNumber(1), random);
    const CardIdentity other = make_card(LayoutNumber(1), random);
    const CardProof proof = prove(card.id, card.secret);
    EXPECT_TRUE(secret_matches(card.id, card.secret, proof.secret_hash));
    EXPECT_FALSE(secret_matches(card.id, other.secret, proof.secret_hash));
    EXPECT_FALSE(secret_matches(other.id, card.secret, proof.secret_hash)) << "bound to its card";
    EXPECT_FALSE(secret_matches(card.id, card.secret, ""));
    EXPECT_EQ(proof.secret_hash.size(), 64u);
    EXPECT_EQ(proof.public_key.size(), 64u);
    EXPECT_NE(proof.public_key, prove(other.id, other.secret).public_key);
}

TEST(CardProof, IsFrozen) {
    // Stores hold these: the derivation may never change.
    const CardProof proof = prove(CardId(1), CardSecret("00000000000000000000"));
    EXPECT_EQ(proof.secret_hash,
              "8f3c3543e9b0b031d26841e0fbed20b06bec9abc1572a550ba4a4ccfc9c16e1d");
    EXPECT_EQ(proof.public_key, "872795edd59ad3f4f75e127b0bd49974d60cd404bb058ff2c88eb3484cfd5e16");
}

}  // namespace
}  // namespace verso
