// SPDX-License-Identifier: Apache-2.0
#include "service/desk/writing_picture.h"

#include <gtest/gtest.h>

namespace verso::service {
namespace {

/// A card of 100 x 50 mm at ten pixels a millimetre, with a field in its lower right.
struct Card {
    ReadRegion region;
    Reading reading;
    Card() {
        region.box = {Mm{20}, Mm{30}, Mm{100}, Mm{50}};
        region.fields = {{"comment", {Mm{70}, Mm{60}, Mm{40}, Mm{10}}}};
        reading.dpi = 254;
        reading.corners = {PxPoint{Px{0}, Px{0}}, PxPoint{Px{1000}, Px{0}},
                           PxPoint{Px{1000}, Px{500}}, PxPoint{Px{0}, Px{500}}};
        reading.fields = {{.field = "comment", .inked = true, .crop = ""}};
    }
};

TEST(WritingPicture, ShowsTheFieldWithSomePaperAroundIt) {
    const Card card;
    const auto wish = writing_picture(card.region, card.reading);
    ASSERT_TRUE(wish);
    ASSERT_TRUE(wish->corners);
    // 50 to 90 mm along the card and 30 to 40 mm down, two more on each side.
    EXPECT_NEAR((*wish->corners)[0].x.value, 480, 1);
    EXPECT_NEAR((*wish->corners)[0].y.value, 280, 1);
    EXPECT_NEAR((*wish->corners)[2].x.value, 920, 1);
    EXPECT_NEAR((*wish->corners)[2].y.value, 420, 1);
    EXPECT_NEAR(static_cast<double>(wish->width) / wish->height, 44.0 / 14.0, 0.05);
}

TEST(WritingPicture, FollowsACardThatLiesTurnedInTheImage) {
    Card card;
    // Upside down: the card's top left corner is the image's bottom right.
    card.reading.corners = {PxPoint{Px{1000}, Px{500}}, PxPoint{Px{0}, Px{500}},
                            PxPoint{Px{0}, Px{0}}, PxPoint{Px{1000}, Px{0}}};
    const auto wish = writing_picture(card.region, card.reading);
    ASSERT_TRUE(wish);
    EXPECT_NEAR((*wish->corners)[0].x.value, 520, 1);
    EXPECT_NEAR((*wish->corners)[0].y.value, 220, 1);
}

TEST(WritingPicture, IsNoneWithoutWritingOrWithoutTheCardInTheImage) {
    Card card;
    card.reading.fields.front().inked = false;
    EXPECT_FALSE(has_writing(card.reading));
    EXPECT_FALSE(writing_picture(card.region, card.reading));
    Card lost;
    lost.reading.dpi = 0;
    EXPECT_FALSE(writing_picture(lost.region, lost.reading));
    Card other;
    other.reading.fields.front().field = "elsewhere";
    EXPECT_FALSE(writing_picture(other.region, other.reading));
}

}  // namespace
}  // namespace verso::service
