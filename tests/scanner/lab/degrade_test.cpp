// SPDX-License-Identifier: Apache-2.0
// The truth that comes with each picture is held against the picture: fiducials are where it says.
#include "scanner/lab/degrade.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "tests/scanner/lab/lab_card.h"

namespace verso::scanner::lab {
namespace {

constexpr double kDpi = 100;

int gray_at(const GrayImage& image, PxPoint p) {
    const int x = std::clamp(int(p.x.value), 0, image.width - 1),
              y = std::clamp(int(p.y.value), 0, image.height - 1);
    return image.row(y)[x];
}

class DegradeBy : public ::testing::TestWithParam<const char*> {
  protected:
    Degraded make(std::uint64_t seed, double dpi = 75) const {
        return degrade(page_, raster_map(kDpi), card_.box, profile(), dpi, seed);
    }
    static const Profile& profile() { return *find_profile(GetParam()); }

    ReadRegion card_ = lab_card();
    GrayImage page_ = lab_page(card_, raster_map(kDpi), kDpi);
};

TEST_P(DegradeBy, TheTruthIsWhereTheFiducialsAre) {
    int right = 0, all = 0;
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        const Degraded card = make(seed);
        for (const auto& box : card_.fiducials) {
            const int inside = gray_at(card.image, card.page_to_image.to_image(box.center()));
            const MmPoint beside = box.center() + MmPoint{box.w, Mm{0}};
            const int outside = gray_at(card.image, card.page_to_image.to_image(beside));
            right += inside + 40 < outside;
            ++all;
        }
    }
    // A torn corner or a streak may hide some of a damaged card's.
    EXPECT_GE(right, profile().torn_corner > 0 ? all * 8 / 10 : all);
}

TEST_P(DegradeBy, TheSameSeedGivesTheSamePicture) {
    const Degraded first = make(3), second = make(3), other = make(4);
    EXPECT_EQ(first.image.pixels, second.image.pixels);
    EXPECT_EQ(first.page_to_image.matrix(), second.page_to_image.matrix());
    EXPECT_NE(first.image.pixels, other.image.pixels);
}

TEST_P(DegradeBy, TheWholeCardIsInThePicture) {
    for (std::uint64_t seed = 10; seed <= 12; ++seed) {
        const Degraded card = make(seed);
        EXPECT_EQ(card.image.dpi, 75);
        ASSERT_EQ(card.image.pixels.size(),
                  std::size_t(card.image.width) * std::size_t(card.image.height));
        for (const MmPoint& corner : card_.box.corners()) {
            const PxPoint p = card.page_to_image.to_image(corner);
            EXPECT_TRUE(p.x.value >= 0 && p.y.value >= 0) << seed;
            EXPECT_TRUE(p.x.value <= card.image.width && p.y.value <= card.image.height) << seed;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Profiles, DegradeBy,
                         ::testing::Values("clean", "feeder", "phone", "fax", "damaged", "low",
                                           "scale", "turned", "tilt35", "stamp", "photocopy"),
                         [](const auto& which) { return std::string(which.param); });

TEST(Degrade, KeepsEdgesToAFractionOfAPixelWhenNothingHappens) {
    constexpr double kExact = 254;  // 10 px a mm: the page itself needs no rounding
    const ReadRegion card = lab_card();
    const GrayImage page = lab_page(card, raster_map(kExact), kExact);
    const Degraded out = degrade(page, raster_map(kExact), card.box, Profile{}, kExact, 1);
    // Row through the middle of a fiducial: the darkness across it adds up to its width.
    const MmBox box = card.fiducials.at(0);
    const PxPoint from = out.page_to_image.to_image({box.x, box.center().y});
    const PxPoint to = out.page_to_image.to_image({box.right(), box.center().y});
    const std::uint8_t* row = out.image.row(int(from.y.value));
    double dark = 0, moment = 0;
    for (int x = int(from.x.value) - 10; x < int(to.x.value) + 10; ++x) {
        dark += 1 - row[x] / 255.0;
        moment += (1 - row[x] / 255.0) * (x + 0.5);
    }
    EXPECT_NEAR(dark, to.x.value - from.x.value, 0.1);
    EXPECT_NEAR(moment / dark, (from.x.value + to.x.value) / 2, 0.1);
}

TEST(Degrade, FaxIsBlackAndWhite) {
    const ReadRegion card = lab_card();
    const GrayImage page = lab_page(card, raster_map(kDpi), kDpi);
    const Degraded out = degrade(page, raster_map(kDpi), card.box, fax(), 100, 5);
    EXPECT_TRUE(std::all_of(out.image.pixels.begin(), out.image.pixels.end(),
                            [](auto p) { return p == 0 || p == 255; }));
    EXPECT_EQ(find_profile("none"), nullptr);
}

TEST(Degrade, EveryProfileMakesAPictureOfItsOwn) {
    const ReadRegion card = lab_card();
    const GrayImage page = lab_page(card, raster_map(kDpi), kDpi);
    std::set<std::vector<std::uint8_t>> pictures;
    for (const Profile& profile : profiles()) {
        const ScannedFile file = scan_to_file(page, raster_map(kDpi), card, profile, 60, 2);
        ASSERT_FALSE(file.bytes.empty()) << profile.name;
        EXPECT_EQ(file.extension, profile.is_bilevel() ? "tif" : "jpg") << profile.name;
        EXPECT_EQ(find_profile(profile.name), &profile) << "names are told apart";
        pictures.insert(degrade(page, raster_map(kDpi), card, profile, 60, 2).image.pixels);
    }
    constexpr std::size_t kAlike = 6;  // differ by resolution, or by a chance that did not come up
    EXPECT_GE(pictures.size() + kAlike, profiles().size());
}

TEST(Degrade, TiltMakesTheFarSideShorter) {
    const ReadRegion card = lab_card();
    const GrayImage page = lab_page(card, raster_map(50), 50);
    Profile tilted;
    tilted.tilt_degrees = {35, 35};
    double most = 1;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        const Homography map = degrade(page, raster_map(50), card, tilted, 50, seed).page_to_image;
        const auto c = card.box.corners();
        double least = 1e9, greatest = 0;
        for (const auto& corner : c) {
            least = std::min(least, map.scale_at(corner));
            greatest = std::max(greatest, map.scale_at(corner));
        }
        most = std::max(most, greatest / least);
    }
    EXPECT_GT(most, 1.3);
    EXPECT_LT(most, 3);
}

TEST(Degrade, RotatesWithinItsLimits) {
    const ReadRegion card = lab_card();
    const GrayImage page = lab_page(card, raster_map(50), 50);
    double least = 90, most = -90;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        Profile profile;
        profile.rotation_degrees = {-5, 5};
        profile.scale = {0.97, 1.03};
        const Homography map =
            degrade(page, raster_map(50), card.box, profile, 50, seed).page_to_image;
        const PxPoint a = map.to_image({card.box.x, card.box.y}),
                      b = map.to_image({card.box.right(), card.box.y});
        const double angle = std::atan2(b.y.value - a.y.value, b.x.value - a.x.value) * 57.2957795;
        least = std::min(least, angle);
        most = std::max(most, angle);
    }
    EXPECT_LT(least, -4);
    EXPECT_GT(most, 4);
    EXPECT_GE(least, -5.2);
    EXPECT_LE(most, 5.2);
}

}  // namespace
}  // namespace verso::scanner::lab
