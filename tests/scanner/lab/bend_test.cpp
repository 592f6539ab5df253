// SPDX-License-Identifier: Apache-2.0
#include "scanner/lab/bend.h"

#include <gtest/gtest.h>

#include <cmath>

namespace verso::scanner::lab {
namespace {

const MmBox kCard{Mm{0}, Mm{148}, Mm{105}, Mm{148}};

TEST(Curl, IsUndone) {
    Profile profile;
    profile.curl_mm = {7, 7};
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Rng rng(seed);
        const Curl curl = draw_curl(profile, kCard, 250, 0.3, -0.2, rng);
        double most = 0;
        for (const MmPoint& p : kCard.corners()) {
            const MmPoint half{(p.x + kCard.center().x) / 2, (p.y + kCard.center().y) / 2};
            const MmPoint seen = curl.seen(half), back = curl.flat(seen);
            EXPECT_NEAR(back.x.value, half.x.value, 0.01) << seed;
            EXPECT_NEAR(back.y.value, half.y.value, 0.01) << seed;
            most = std::max(most, std::hypot((seen - half).x.value, (seen - half).y.value));
        }
        EXPECT_GT(most, 0.3) << "nothing moved, seed " << seed;
        EXPECT_LT(most, 6) << seed;
    }
}

TEST(Feed, IsUndoneAndMovesOnlyBehindTheBand) {
    Profile profile;
    profile.feed_slip = 1;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Rng rng(seed);
        const Feed feed = draw_feed(profile, 1000, 8, rng);
        EXPECT_EQ(feed.seen(feed.band_from * 0.9), feed.band_from * 0.9);
        const double behind = feed.band_from + feed.band_length + 50;
        EXPECT_NEAR(std::abs(feed.seen(behind) - behind),
                    std::abs(feed.band_stretch) * feed.band_length, 1e-6);
        for (double y = 0; y < 1000; y += 37) EXPECT_NEAR(feed.steady(feed.seen(y)), y, 0.01);
    }
    Rng rng(1);
    EXPECT_TRUE(draw_feed(Profile{}, 1000, 8, rng).is_steady());
}

}  // namespace
}  // namespace verso::scanner::lab
