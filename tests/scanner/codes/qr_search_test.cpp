// SPDX-License-Identifier: Apache-2.0
// Codes are searched on drawn cards; the place of each is known from the layout.
#include "scanner/codes/qr_search.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/card_raster.h"

namespace verso::scanner {
namespace {

TEST(QrSearch, FindsTheCodeAndItsCornersAtEveryResolution) {
    for (double dpi : {150.0, 300.0, 600.0}) {
        SCOPED_TRACE(dpi);
        const GrayImage image = test::CardPicture(dpi).picture();
        const auto code = QrSearch(image).next();
        ASSERT_TRUE(code.has_value());
        EXPECT_EQ(code->text, format_link("avis.example", test::sample_identity()));
        const double scale = dpi / kMmPerInch;
        const MmBox box = test::sample_layout().cards[0].find_code(CodeKind::Qr)->box;
        const MmBox card = test::sample_layout().cards[0].box;
        EXPECT_NEAR(code->corners[0].x.value, (box.x - card.x).value * scale, scale * 0.5);
        EXPECT_NEAR(code->corners[2].y.value, (box.bottom() - card.y).value * scale, scale * 0.5);
    }
}

TEST(QrSearch, FindsEachCodeOnce) {
    GrayImage page = test::plain(2600, 1800, 255);
    test::paste(page, test::CardPicture(300, test::sample_identity(1)).picture(), 0, 10);
    test::paste(page, test::CardPicture(300, test::sample_identity(2)).picture(), 1300, 10);
    QrSearch search(page);
    const auto first = search.next(), second = search.next();
    ASSERT_TRUE(first && second);
    EXPECT_NE(first->text, second->text);
    EXPECT_FALSE(search.next().has_value());
}

TEST(QrSearch, DoesNotLookWhereACardIsDone) {
    const GrayImage image = test::CardPicture(300).picture();
    QrSearch search(image);
    const double w = image.width, h = image.height;
    search.exclude({{{Px{0}, Px{0}}, {Px{w}, Px{0}}, {Px{w}, Px{h}}, {Px{0}, Px{h}}}});
    EXPECT_FALSE(search.next().has_value());
    EXPECT_LT(search.area_left(), 1);
}

TEST(QrSearch, ReadsAFadedAndBlurredCode) {
    const GrayImage image = test::CardPicture(300).scanned({3, 1, 10, 255, 0, 2.2, 6, 0.25});
    EXPECT_TRUE(QrSearch(image).next().has_value());
}

}  // namespace
}  // namespace verso::scanner
