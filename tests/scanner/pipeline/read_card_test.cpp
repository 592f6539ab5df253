// SPDX-License-Identifier: Apache-2.0
// Cards are drawn from the sample layout, marked, damaged and scanned in memory; each test is one
// story of what may come out of a scanner.
#include "scanner/pipeline/read_card.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/domain/reading_json.h"
#include "tests/support/card_raster.h"

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

}  // namespace
}  // namespace verso::scanner
