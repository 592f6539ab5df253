// SPDX-License-Identifier: Apache-2.0
// Cards with a corner torn off, a code destroyed or strange company: each is read right or refused
// under its name.
#include "core/domain/reading_json.h"
#include "scanner/codes/image_treatment.h"
#include "scanner/pipeline/read_card.h"
#include "tests/support/card_raster.h"

#include <gtest/gtest.h>

#include <set>

namespace verso::scanner {
namespace {

using test::CardPicture;

const ReadRegion& region() { return test::sample_layout().cards.front(); }

std::vector<Reading> read_all(const GrayImage& image, bool keyed = false) {
    ReadOptions options;
    options.known = {&test::sample_layout()};
    if (keyed) options.keyed = KeyedCard{test::sample_identity().id, test::sample_layout().number};
    const auto lookup = [](LayoutNumber number) {
        return number == test::sample_layout().number ? &test::sample_layout() : nullptr;
    };
    return read_page(image, lookup, options);
}

CardPicture filled(std::uint64_t seed = 1, double dpi = 200) {
    CardPicture card(dpi, test::sample_identity(seed));
    card.mark("overall", 4).mark("described", 5).mark("again", 3).mark("delivery", 1);
    return card;
}

/// Tears a corner of the card off: a rectangle, the worst that a tear takes.
CardPicture& tear(CardPicture& card, bool right, bool bottom, double mm) {
    const MmBox& box = region().box;
    const Mm side{mm};
    return card.hide(
        {right ? box.right() - side : box.x, bottom ? box.bottom() - side : box.y, side, side},
        128);
}

void expect_read(const std::vector<Reading>& readings, IdentifiedBy by) {
    ASSERT_EQ(readings.size(), 1u);
    const Reading& reading = readings.front();
    EXPECT_EQ(reading.verdict, Verdict::Accepted) << to_json(reading);
    EXPECT_EQ(reading.card, test::sample_identity().id) << to_json(reading);
    EXPECT_EQ(reading.identified_by, by) << to_json(reading);
    const std::map<std::string, int> marked{
        {"overall", 4}, {"described", 5}, {"again", 3}, {"delivery", 1}};
    for (const auto& answer : reading.answers) {
        const auto it = marked.find(answer.question);
        EXPECT_EQ(answer.value, it == marked.end() ? std::nullopt : std::optional(it->second))
            << answer.question;
    }
}

TEST(DamagedCards, AnyCornerMayBeTornOff) {
    for (const bool right : {false, true}) {
        for (const bool bottom : {false, true}) {
            for (double tilt : {0.0, 25.0}) {
                SCOPED_TRACE(testing::Message() << right << bottom << " tilt " << tilt);
                CardPicture card = filled();
                // the corner with the QR, in whole; that with the Data Matrix and its fiducial
                tear(card, right, bottom, right ? 32 : 14);
                const bool no_qr = right && !bottom;
                expect_read(read_all(card.scanned({-4, 1, 12, 128, tilt, 0.4, 2})),
                            no_qr ? IdentifiedBy::SecondCode : IdentifiedBy::Qr);
            }
        }
    }
}

TEST(DamagedCards, TheQrMayBeGoneInAnyTurnSizeAndTilt) {
    CardPicture card = filled();
    card.hide_code(CodeKind::Qr);
    for (double degrees : {5.0, 77.0, 149.0, 221.0, 293.0}) {
        for (double tilt : {0.0, 35.0}) {
            SCOPED_TRACE(testing::Message() << degrees << " tilt " << tilt);
            const double scale = degrees < 150 ? 0.92 : 1.03;
            expect_read(read_all(card.scanned({degrees, scale, 12, 200, tilt, 0.4, 2})),
                        IdentifiedBy::SecondCode);
        }
    }
}

TEST(DamagedCards, TheQrAndAnyFiducialMayBeGone) {
    for (std::size_t fiducial = 0; fiducial < 3; ++fiducial) {
        SCOPED_TRACE(fiducial);
        CardPicture card = filled();
        card.hide_code(CodeKind::Qr).hide_fiducial(fiducial);
        expect_read(read_all(card.scanned({3, 1, 12, 90})), IdentifiedBy::SecondCode);
    }
}

TEST(DamagedCards, BothCodesAndAFiducialMayBeGoneWhenTheIdIsKeyed) {
    for (std::size_t fiducial = 0; fiducial < 3; ++fiducial) {
        SCOPED_TRACE(fiducial);
        CardPicture card = filled();
        card.hide_code(CodeKind::Qr).hide_code(CodeKind::DataMatrix).hide_fiducial(fiducial);
        expect_read(read_all(card.scanned({-6, 1, 12, 230}), true), IdentifiedBy::Keyed);
    }
}

TEST(DamagedCards, OneFiducialAndTheQrAreNotEnoughWithoutBoxes) {
    CardPicture card = filled();
    card.hide_code(CodeKind::DataMatrix).hide_fiducial(1).hide_fiducial(2);
    for (const auto& question : region().questions) {
        for (const auto& option : question.options) card.hide(option.box.grown(Mm{1}));
    }
    const auto readings = read_all(card.scanned({2}));
    ASSERT_EQ(readings.size(), 1u);
    EXPECT_EQ(readings.front().verdict, Verdict::Review);
    EXPECT_TRUE(readings.front().has_reason(RejectionCode::CornerMissing) ||
                readings.front().has_reason(RejectionCode::Registration))
        << to_json(readings.front());
}

TEST(DamagedCards, TellsFaintTonerAndBlurByName) {
    const auto faint = read_all(filled().scanned({1, 1, 12, 255, 0, 0.3, 0, 0.1}));
    EXPECT_TRUE(faint.front().has_reason(RejectionCode::Toner)) << to_json(faint.front());
    EXPECT_NE(faint.front().verdict, Verdict::Accepted);
}

TEST(DamagedCards, ANegativeIsRead) {
    expect_read(read_all(negative(filled().scanned({2}))), IdentifiedBy::Qr);
}

TEST(DamagedCards, EightOnOnePageAreReadWithOneQrDestroyed) {
    GrayImage page = test::plain(4 * 880, 2 * 1220, 255);
    for (int i = 0; i < 8; ++i) {
        CardPicture card = filled(std::uint64_t(i + 1));
        if (i == 5) card.hide_code(CodeKind::Qr);
        test::paste(page, card.scanned({double(i % 3) - 1, 1, 1}), i % 4 * 875 + 5,
                    i / 4 * 1215 + 5);
    }
    const auto readings = read_all(page);
    std::set<CardId> seen;
    for (const auto& reading : readings) {
        EXPECT_EQ(reading.verdict, Verdict::Accepted) << to_json(reading);
        if (reading.card) seen.insert(*reading.card);
    }
    EXPECT_EQ(readings.size(), 8u);
    EXPECT_EQ(seen.size(), 8u);
}

TEST(DamagedCards, FortyForeignCodesEndInTime) {
    CardPicture strange(200);
    strange.replace_qr("https://example.com/menu");
    const GrayImage picture = strange.picture();
    const MmBox qr = region().find_code(CodeKind::Qr)->box.grown(Mm{3});
    const double k = 200 / kMmPerInch;
    const int x0 = int((qr.x - region().box.x).value * k),
              y0 = int((qr.y - region().box.y).value * k);
    const int side = int(qr.w.value * k);
    GrayImage code{side, side, 0, {}};
    for (int y = 0; y < side; ++y) {
        const auto* row = picture.row(y0 + y) + x0;
        code.pixels.insert(code.pixels.end(), row, row + side);
    }
    GrayImage page = test::plain(8 * side, 5 * side, 255);
    for (int i = 0; i < 40; ++i) test::paste(page, code, i % 8 * side, i / 8 * side);
    const auto readings = read_all(page);
    ASSERT_EQ(readings.size(), 1u);
    EXPECT_EQ(readings.front().verdict, Verdict::Unreadable);
    EXPECT_TRUE(readings.front().has_reason(RejectionCode::ForeignLink));
    EXPECT_LT(readings.front().ms, 4000);
}

}  // namespace
}  // namespace verso::scanner
