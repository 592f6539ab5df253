// SPDX-License-Identifier: Apache-2.0
// Cards are drawn from the sample layout, marked, damaged and scanned in memory; each test is one
// story of what may come out of a scanner.
#include "scanner/pipeline/read_card.h"

#include "core/domain/reading_json.h"
#include "tests/support/card_raster.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

namespace verso::scanner {
namespace {

using test::CardPicture;
using test::Pen;
using test::Scan;

const Layout* find_sample(LayoutNumber number) {
    return number == test::sample_layout().number ? &test::sample_layout() : nullptr;
}

ReadOptions knowing_the_layout() {
    ReadOptions options;
    options.known = {&test::sample_layout()};
    return options;
}

std::vector<Reading> read_all(const GrayImage& image,
                              const ReadOptions& options = knowing_the_layout()) {
    return read_page(image, find_sample, options);
}

Reading read_one(const GrayImage& image, const ReadOptions& options = knowing_the_layout()) {
    const auto readings = read_all(image, options);
    EXPECT_EQ(readings.size(), 1u);
    return readings.front();
}

std::optional<int> value_of(const Reading& reading, std::string_view question) {
    for (const auto& answer : reading.answers) {
        if (answer.question == question) return answer.value;
    }
    return std::nullopt;
}

/// A card with an answer to each question.
CardPicture filled_card(double dpi = 300, Pen pen = Pen::Cross) {
    CardPicture card(dpi);
    card.mark("overall", 4, {pen}).mark("described", 5, {pen}).mark("again", 3, {pen});
    card.mark("delivery", 1, {pen}).mark("complete", 0, {pen});
    return card;
}

void expect_filled_answers(const Reading& reading) {
    EXPECT_EQ(reading.verdict, Verdict::Accepted) << to_json(reading);
    EXPECT_EQ(value_of(reading, "overall"), 4) << to_json(reading);
    EXPECT_EQ(value_of(reading, "described"), 5);
    EXPECT_EQ(value_of(reading, "again"), 3);
    EXPECT_EQ(value_of(reading, "delivery"), 1);
    EXPECT_EQ(value_of(reading, "complete"), 0);
    EXPECT_EQ(value_of(reading, "publish"), std::nullopt);
}

TEST(ReadPage, ReadsACleanCard) {
    const Reading reading = read_one(filled_card().picture());
    expect_filled_answers(reading);
    EXPECT_EQ(reading.card, test::sample_identity().id);
    EXPECT_EQ(reading.secret, test::sample_identity().secret);
    EXPECT_EQ(reading.host, "avis.example");
    EXPECT_EQ(reading.identified_by, IdentifiedBy::Qr);
    EXPECT_NEAR(reading.dpi, 300, 1);
    EXPECT_NEAR(reading.corners[0].x.value, 0, 1);
    EXPECT_NEAR(reading.corners[2].x.value, 1240, 1.5);
    EXPECT_NEAR(reading.corners[2].y.value, 1754, 1.5);
}

TEST(ReadPage, ReadsAllFourOrientations) {
    const GrayImage upright = filled_card().picture();
    for (int quarters = 0; quarters < 4; ++quarters) {
        SCOPED_TRACE(quarters);
        expect_filled_answers(read_one(test::quarter_turned(upright, quarters)));
    }
}

TEST(ReadPage, ReadsSkewedCardsOnAnyBackground) {
    const CardPicture card = filled_card();
    for (int background : {255, 160, 0}) {
        for (double degrees : {-8.0, -3.0, 3.0, 8.0, 95.0}) {
            SCOPED_TRACE(testing::Message() << background << " " << degrees);
            expect_filled_answers(read_one(card.scanned({degrees, 1, 12, background})));
        }
    }
}

TEST(ReadPage, ReadsEveryUsualResolution) {
    for (double dpi : {150.0, 200.0, 300.0, 400.0, 600.0}) {
        SCOPED_TRACE(dpi);
        expect_filled_answers(read_one(filled_card(dpi).scanned({2})));
    }
}

TEST(ReadPage, ReadsEveryPen) {
    for (Pen pen : {Pen::Fill, Pen::Cross, Pen::Tick, Pen::Slash, Pen::Scribble}) {
        SCOPED_TRACE(int(pen));
        expect_filled_answers(read_one(filled_card(300, pen).scanned({1.5, 0.98})));
    }
}

TEST(ReadPage, ReadsATiltedPhoto) {
    expect_filled_answers(read_one(filled_card().scanned({4, 1, 12, 60, 25})));
}

TEST(ReadPage, ReadsACardWithAnyCornerMissing) {
    for (std::size_t fiducial = 0; fiducial < 3; ++fiducial) {
        SCOPED_TRACE(fiducial);
        expect_filled_answers(read_one(filled_card().hide_fiducial(fiducial).scanned({2})));
    }
}

TEST(ReadPage, FallsBackToTheSecondCode) {
    const Reading reading = read_one(filled_card().hide_code(CodeKind::Qr).scanned({-3}));
    expect_filled_answers(reading);
    EXPECT_EQ(reading.identified_by, IdentifiedBy::SecondCode);
    EXPECT_EQ(reading.card, test::sample_identity().id);
    EXPECT_EQ(reading.secret, std::nullopt);
}

TEST(ReadPage, FallsBackToTheSecondCodeInEveryOrientation) {
    const GrayImage upright = filled_card().hide_code(CodeKind::Qr).picture();
    for (int quarters = 0; quarters < 4; ++quarters) {
        SCOPED_TRACE(quarters);
        expect_filled_answers(read_one(test::quarter_turned(upright, quarters)));
    }
}

TEST(ReadPage, NeedsNoSecondCodeWhenTheQrIsThere) {
    expect_filled_answers(read_one(filled_card().hide_code(CodeKind::DataMatrix).scanned({3})));
}

TEST(ReadPage, TakesAKeyedIdWhenBothCodesAreGone) {
    const GrayImage image =
        filled_card().hide_code(CodeKind::Qr).hide_code(CodeKind::DataMatrix).scanned({2});
    ReadOptions options;
    options.keyed = KeyedCard{test::sample_identity().id, test::sample_layout().number};
    const Reading reading = read_one(image, options);
    expect_filled_answers(reading);
    EXPECT_EQ(reading.identified_by, IdentifiedBy::Keyed);
}

TEST(ReadPage, SendsACardWithoutCodesToReviewWithItsPlace) {
    const Reading reading = read_one(
        filled_card().hide_code(CodeKind::Qr).hide_code(CodeKind::DataMatrix).scanned({2}));
    EXPECT_EQ(reading.verdict, Verdict::Review);
    EXPECT_TRUE(reading.has_reason(RejectionCode::NoCode));
    EXPECT_GT(reading.corners[2].x.value, 1000);
}

TEST(ReadPage, RefusesTwoCardsInOneScan) {
    CardPicture card = filled_card();
    card.replace_qr(format_link("avis.example", test::sample_identity(2)));
    const Reading reading = read_one(card.picture());
    EXPECT_EQ(reading.verdict, Verdict::Review);
    EXPECT_TRUE(reading.has_reason(RejectionCode::CodesDisagree));
}

TEST(ReadPage, NamesALayoutThatItNeverPrinted) {
    CardIdentity other = test::sample_identity();
    other.layout = LayoutNumber(77);
    const Reading reading = read_one(CardPicture(300, other).picture());
    EXPECT_EQ(reading.verdict, Verdict::Review);
    EXPECT_TRUE(reading.has_reason(RejectionCode::UnknownLayout));
    EXPECT_EQ(reading.card, other.id);
}

TEST(ReadPage, NamesAForeignCode) {
    GrayImage page = test::plain(1240, 1754, 255);
    CardPicture card;
    card.replace_qr("https://example.com/menu");
    const GrayImage picture = card.picture();
    GrayImage top{picture.width, 400, 300, {}};
    top.pixels.assign(picture.pixels.begin(), picture.pixels.begin() + 400 * picture.width);
    test::paste(page, top, 0, 300);
    const Reading reading = read_one(page);
    EXPECT_EQ(reading.verdict, Verdict::Unreadable);
    EXPECT_TRUE(reading.has_reason(RejectionCode::ForeignLink));
}

TEST(ReadPage, SaysWhenThereIsNoCard) {
    const GrayImage images[] = {test::plain(1240, 1754, 0), test::plain(30, 20, 255),
                                test::plain(1, 1, 0), GrayImage{}};
    for (const auto& image : images) {
        const Reading reading = read_one(image);
        EXPECT_EQ(reading.verdict, Verdict::Unreadable);
        EXPECT_TRUE(reading.has_reason(RejectionCode::NoCard));
    }
}

TEST(ReadPage, PassesOverABlankSide) {
    for (const auto& image : {test::plain(1240, 1754, 255), test::plain(4000, 110, 200)}) {
        const Reading reading = read_one(image);
        EXPECT_EQ(reading.verdict, Verdict::Unreadable);
        EXPECT_EQ(reading.side, SheetSide::Blank);
        EXPECT_TRUE(reading.has_reason(RejectionCode::BlankSide));
    }
}

TEST(ReadPage, ReadsTwoCardsOnOnePage) {
    GrayImage page = test::plain(2600, 2000, 255);
    test::paste(page, filled_card().scanned({2, 1, 1}), 20, 60);
    CardPicture second(300, test::sample_identity(2));
    second.mark("overall", 1);
    test::paste(page, second.scanned({-3, 1, 1}), 1330, 60);
    const auto readings = read_all(page);
    ASSERT_EQ(readings.size(), 2u);
    std::set<std::optional<CardId>> cards;
    for (const auto& reading : readings) {
        cards.insert(reading.card);
        EXPECT_EQ(reading.verdict, Verdict::Accepted) << to_json(reading);
        EXPECT_EQ(value_of(reading, "overall"), reading.card == test::sample_identity().id ? 4 : 1);
    }
    EXPECT_EQ(cards.size(), 2u);
}

TEST(ReadPage, FindsTheCardOnAWholePageBesideItsStub) {
    GrayImage page = test::plain(2480, 3508, 255);
    const GrayImage card = filled_card().picture();
    test::paste(page, card, 0, 1754);
    GrayImage stub{290, 290, 300, {}};
    for (int y = 0; y < stub.height; ++y) {
        const auto* from = card.row(70 + y) + 885;
        stub.pixels.insert(stub.pixels.end(), from, from + stub.width);
    }
    test::paste(page, stub, 2000, 1200);
    expect_filled_answers(read_one(page));
}

TEST(ReadPage, SendsTwoMarksToReview) {
    const Reading reading = read_one(filled_card().mark("overall", 2).picture());
    EXPECT_EQ(reading.verdict, Verdict::Review);
    EXPECT_TRUE(reading.has_reason(RejectionCode::TwoMarks));
    EXPECT_EQ(value_of(reading, "overall"), std::nullopt);
}

TEST(ReadPage, TellsBlankCardsFromCommentsAndMissingRatings) {
    EXPECT_TRUE(read_one(CardPicture().picture()).has_reason(RejectionCode::BlankCard));
    const Reading comment = read_one(CardPicture().write_comment().picture());
    EXPECT_TRUE(comment.has_reason(RejectionCode::CommentOnly));
    EXPECT_TRUE(comment.fields.at(0).inked);
    const Reading partial = read_one(CardPicture().mark("delivery", 1).picture());
    EXPECT_TRUE(partial.has_reason(RejectionCode::NoOverall));
    EXPECT_EQ(partial.verdict, Verdict::Review);
}

TEST(ReadPage, ReadsAFaintSlashOrAsks) {
    for (double darkness : {0.5, 0.35, 0.25, 0.18, 0.12}) {
        SCOPED_TRACE(darkness);
        CardPicture card;
        card.mark("overall", 5).mark("described", 2, {Pen::Slash, 0.35, darkness});
        const Reading reading = read_one(card.scanned({1, 1, 5, 255, 0, 0.6, 3}));
        if (reading.verdict == Verdict::Accepted) {
            EXPECT_EQ(value_of(reading, "described"), 2) << to_json(reading);
        }
    }
}

TEST(ReadPage, DoesNotBelieveBlanksOfAFaxThatBrokeAMark) {
    CardPicture card;
    card.mark("overall", 5).mark("again", 3, {Pen::Slash, 0.3});
    const MmBox box = test::sample_layout().cards[0].find_question("again")->options[2].box;
    card.hide({box.x + Mm{0.4}, box.y + Mm{1.7}, box.w - Mm{0.8}, Mm{2.1}});
    GrayImage fax = card.scanned({1});
    for (auto& pixel : fax.pixels) pixel = pixel < 110 ? 0 : 255;
    const Reading reading = read_one(fax);
    EXPECT_EQ(reading.verdict, Verdict::Review) << to_json(reading);
    EXPECT_TRUE(std::any_of(reading.reasons.begin(), reading.reasons.end(), [](const auto& r) {
        return r.code == RejectionCode::DoubtfulMark && r.question == "described";
    })) << to_json(reading);
}

TEST(ReadPage, DoesNotTakeAStreakForAMark) {
    const MmBox box = test::sample_layout().cards[0].questions[0].options[1].box;
    for (double width : {1.0, 2.0, 4.0, 6.0}) {
        for (double darkness : {0.25, 0.6, 1.0}) {
            SCOPED_TRACE(testing::Message() << width << " px, " << darkness);
            CardPicture card = filled_card();
            card.streak(box.center().x + Mm{0.4}, width, darkness);
            const Reading reading = read_one(card.scanned({0.7}));
            if (reading.verdict == Verdict::Accepted) {
                EXPECT_EQ(value_of(reading, "overall"), 4) << to_json(reading);
            }
        }
    }
}

TEST(ReadPage, ReadsFadedPrint) {
    expect_filled_answers(read_one(filled_card().scanned({1, 1, 5, 255, 0, 0.5, 2, 0.5})));
}

TEST(ReadPage, AsksWhenACardIsTooCoarse) {
    const Reading reading = read_one(filled_card(120).scanned({1}));
    EXPECT_NE(reading.verdict, Verdict::Accepted);
}

TEST(ReadPage, WritesTheStagesAndTheCommentAsPictures) {
    const auto folder = std::filesystem::path(testing::TempDir()) / "verso-read-card-test";
    std::filesystem::create_directories(folder);
    ReadOptions options = knowing_the_layout();
    options.debug_dir = options.crop_dir = folder.string();
    options.name = "a";
    const Reading reading = read_one(filled_card().write_comment().picture(), options);
    for (const char* stage : {"a-01-gray.png", "a-02-codes.png", "a-card1-03-registration.png",
                              "a-card1-04-scores.png", "a-card1-05-verdict.png"}) {
        EXPECT_TRUE(std::filesystem::exists(folder / stage)) << stage;
    }
    EXPECT_TRUE(std::filesystem::exists(reading.fields.at(0).crop));
    EXPECT_TRUE(std::filesystem::exists(reading.fields.at(0).original));
    std::filesystem::remove_all(folder);
}

TEST(ReadPage, HandsPicturesToWhoeverTakesThem) {
    ReadOptions options = knowing_the_layout();
    options.debug_dir = options.crop_dir = "/no/such/folder";
    options.name = "a";
    std::set<std::string> paths;
    options.pictures.make_folders = false;
    options.pictures.gray = [&](const std::string& path, const GrayImage&) {
        paths.insert(path);
        return path.find("comment") == std::string::npos;
    };
    options.pictures.colour = [&](const std::string& path, const RgbImage&) {
        return paths.insert(path).second;
    };
    const Reading reading = read_one(filled_card().write_comment().picture(), options);
    EXPECT_TRUE(paths.contains("/no/such/folder/a-card1-comment.png"));
    EXPECT_TRUE(paths.contains("/no/such/folder/a-card1-05-verdict.png"));
    EXPECT_EQ(reading.fields.at(0).crop, "") << "it was not kept";
}

}  // namespace
}  // namespace verso::scanner
