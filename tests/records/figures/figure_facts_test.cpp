// SPDX-License-Identifier: Apache-2.0
#include "records/figures/figure_facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "records/import/csv_dialect.h"
#include "tests/records/builders.h"

namespace verso::records {
namespace {

using namespace verso::records::testing;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

FigureFacts sample_facts(bool insider = false) {
    Order order = sample_order("#1", 2);
    order.lines.at(1).sku = "SEL-2";
    order.insider = insider;
    return facts_of(order, 1, "a4-fold", "Bench 1");
}

Rating sample_rating(int overall, ResponseKind kind = ResponseKind::Scores) {
    Rating rating;
    rating.channel = Channel::Qr;
    rating.answers = {{"overall", overall}, {"delivery", 0}};
    rating.recorded_at = at(86'400 * 10);
    rating.kind = kind;
    rating.products = {{1, 5}, {2, 1}};
    return rating;
}

TEST(FigureFacts, OneParcelsCarrierAndArticles) {
    const FigureFacts facts = sample_facts();
    EXPECT_EQ(facts.carrier, "Colissimo");
    EXPECT_EQ(facts.service, "Domicile");
    EXPECT_EQ(facts.country, "FR");
    EXPECT_THAT(facts.skus, ElementsAre("SEL-1"));
    EXPECT_EQ(facts.articles.at(2), "SEL-2");
    EXPECT_TRUE(facts_of(sample_order(), 7, "x").carrier.empty());
}

TEST(FigureFacts, APrintCountsUnderEveryDimension) {
    const auto cells = cells_of(std::vector{entry_of_print(sample_facts(), 20'000)});
    for (const auto& [dimension, key] :
         std::map<std::string, std::string>{{"all", ""},
                                            {"carrier", "Colissimo"},
                                            {"service", "Colissimo / Domicile"},
                                            {"country", "FR"},
                                            {"sku", "SEL-1"},
                                            {"packer", "Bench 1"},
                                            {"template", "a4-fold"}}) {
        EXPECT_THAT(cells, Contains(FigureCell{dimension, key, "printed", 0, kAllTime, 1}));
        EXPECT_THAT(cells, Contains(FigureCell{dimension, key, "printed", 0, week_of(20'000), 1}));
    }
    EXPECT_EQ(cells.size(), 14U);
}

TEST(FigureFacts, AnAnswerCountsWhenGivenAndItsCardWhenPrinted) {
    const auto cells = cells_of(
        std::vector{entry_of_response(sample_facts(), sample_rating(4), 20'000, Fault::Carrier)});
    const DayNumber answered = week_of(day_of(sample_rating(4).recorded_at));
    EXPECT_THAT(cells, Contains(FigureCell{"all", "", "responded", 0, week_of(20'000), 1}));
    EXPECT_THAT(cells, Contains(FigureCell{"all", "", "q/overall", 4, answered, 1}));
    EXPECT_THAT(cells, Contains(FigureCell{"channel", "qr", "q/overall", 4, kAllTime, 1}));
    EXPECT_THAT(cells, Contains(FigureCell{"fault", "carrier", "q/overall", 4, kAllTime, 1}));
    EXPECT_THAT(cells, Contains(FigureCell{"carrier", "Colissimo", "fault", 1, kAllTime, 1}));
}

TEST(FigureFacts, StarsOfAnArticleAreItsOwn) {
    const auto cells =
        cells_of(std::vector{entry_of_response(sample_facts(), sample_rating(4), 20'000)});
    EXPECT_THAT(cells, Contains(FigureCell{"sku", "SEL-1", "product", 5, kAllTime, 1}));
    EXPECT_THAT(cells, Contains(FigureCell{"sku", "SEL-2", "product", 1, kAllTime, 1}));
    EXPECT_THAT(cells, Not(Contains(FigureCell{"sku", "SEL-1", "product", 1, kAllTime, 1})));
    EXPECT_THAT(cells, Contains(FigureCell{"all", "", "product", 5, kAllTime, 1}));
    EXPECT_THAT(cells,
                Not(Contains(FigureCell{"carrier", "Colissimo", "product", 5, kAllTime, 1})));
}

TEST(FigureFacts, NotReceivedAndCancelledAreNoScores) {
    for (const ResponseKind kind : {ResponseKind::NotReceived, ResponseKind::Cancelled}) {
        const FigureEntry entry = entry_of_response(sample_facts(), sample_rating(4, kind), 20'000);
        EXPECT_TRUE(entry.own.empty());
        for (const FigureMeasure& measure : entry.measures) {
            EXPECT_NE(measure.measure, "responded");
            EXPECT_FALSE(measure.measure.starts_with("q/")) << measure.measure;
        }
    }
}

TEST(FigureFacts, InsidersAreInNoOtherFigure) {
    const FigureFacts facts = sample_facts(true);
    for (const FigureEntry& entry :
         {entry_of_print(facts, 1), entry_of_void(facts, 1), entry_of_undelivered(facts, 1),
          entry_of_refusal(facts, Channel::Qr, 1), entry_of_delivery(facts, 1, 2, 3),
          entry_of_response(facts, sample_rating(5), 1, Fault::Merchant)}) {
        EXPECT_FALSE(deltas_of(entry).empty());
        for (const FigureDelta& delta : deltas_of(entry)) EXPECT_EQ(delta.dimension, "insider");
    }
}

TEST(FigureFacts, DaysAreBounded) {
    const auto deltas = deltas_of(entry_of_delivery(sample_facts(), 100, 103, 2'000'000));
    EXPECT_THAT(deltas, Contains(FigureDelta{"all", "", "promised-days", 3, 2'000'000, 1}));
    EXPECT_THAT(deltas, Contains(FigureDelta{"all", "", "actual-days", 999, 2'000'000, 1}));
    EXPECT_EQ(entry_of_delivery(sample_facts(), 100, std::nullopt, 104).measures.size(), 1U);
}

TEST(FigureFacts, KeysSuitEveryIndex) {
    EXPECT_EQ(figure_key("Colissimo"), "Colissimo");
    EXPECT_EQ(figure_key(std::string("a\0b\n", 4)), "a b ");
    EXPECT_EQ(figure_key("\xE9t\xE9"), "?t?");
    std::string longest;
    for (int i = 0; i < 200; ++i) longest += "é";
    const std::string key = figure_key(longest);
    EXPECT_LE(key.size(), 96U);
    EXPECT_TRUE(is_utf8(key));
    EXPECT_NE(key, figure_key(longest + "x"));
}

/// A shop's life at random: each card printed, perhaps voided, answered, amended, withdrawn. What
/// is left in the cells is what an honest count of the end gives.
TEST(FigureFacts, TakingBackLeavesExactlyWhatStands) {
    const unsigned seed = 11;
    std::mt19937 random(seed);
    const auto any = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    FigureFold fold, honest;
    for (int i = 0; i < 400; ++i) {
        FigureFacts facts = sample_facts(any(10) == 0);
        facts.carrier = any(2) ? "Colissimo" : "Chronopost";
        const DayNumber printed = 20'000 + any(90);
        fold.add(entry_of_print(facts, printed));
        honest.add(entry_of_print(facts, printed));
        std::optional<FigureEntry> standing;
        for (int step = any(4); step > 0; --step) {
            if (standing) fold.add(parse_entry(to_text(*standing)).value().reversed());
            standing.reset();
            if (any(4) == 0) continue;  // withdrawn
            Rating rating = sample_rating(1 + any(5), static_cast<ResponseKind>(any(3)));
            rating.recorded_at += std::chrono::days{any(60)};
            standing = entry_of_response(facts, rating, printed, static_cast<Fault>(any(5)));
            fold.add(*standing);
        }
        if (standing) honest.add(*standing);
        if (any(5) == 0) {
            fold.add(entry_of_void(facts, printed));
            honest.add(entry_of_void(facts, printed));
        }
    }
    EXPECT_EQ(fold.cells(), honest.cells()) << "seed " << seed;
    for (const FigureCell& cell : fold.cells()) EXPECT_GT(cell.n, 0);
}

}  // namespace
}  // namespace verso::records
