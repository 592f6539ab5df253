// SPDX-License-Identifier: Apache-2.0
#include "records/figures/figures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "records/figures/figure_facts.h"
#include "tests/records/builders.h"

namespace verso::records {
namespace {

using namespace verso::records::testing;

/// A shop told card by card; figures() asks as a caller would.
class FiguresTest : public ::testing::Test {
  protected:
    void print(const std::string& carrier, int cards = 1, DayNumber day = 20'000) {
        for (int i = 0; i < cards; ++i) fold_.add(entry_of_print(facts(carrier), day));
    }
    void answer(const std::string& carrier, int overall, int times = 1, Fault fault = Fault::None,
                DayNumber day = 20'000, Channel channel = Channel::Paper) {
        Rating rating;
        rating.channel = channel;
        rating.answers = {{"overall", overall}, {"delivery", fault == Fault::None ? 1 : 0}};
        rating.recorded_at = Instant{std::chrono::days{day}};
        for (int i = 0; i < times; ++i) {
            fold_.add(entry_of_response(facts(carrier), rating, day, fault));
        }
    }
    Figures figures(const std::string& dimension, const FiguresOptions& options = {}) {
        const auto cells = fold_.cells();
        const auto asked = [&](FigureQuery query) {
            std::vector<FigureCell> some;
            for (const FigureCell& cell : cells) {
                if (query.wants(cell)) some.push_back(cell);
            }
            return some;
        };
        return figures_of({asked({"all"}), asked({"insider"}), asked({"fault"}), asked({dimension}),
                           asked({"all", std::nullopt, 1, 90'000})},
                          dimension, options);
    }
    static FigureFacts facts(const std::string& carrier) {
        FigureFacts facts;
        facts.carrier = carrier;
        facts.country = "FR";
        facts.insider = carrier == "insider";
        return facts;
    }
    FigureFold fold_;
};

TEST_F(FiguresTest, AnEmptyShopHasNone) {
    const Figures none = figures("carrier");
    EXPECT_EQ(none.all.asked, 0);
    EXPECT_FALSE(none.all.response_rate());
    EXPECT_FALSE(none.all.overall());
    EXPECT_TRUE(none.groups.empty());
    EXPECT_TRUE(none.trend.empty());
}

TEST_F(FiguresTest, TheRateHasItsDenominator) {
    print("A", 100);
    for (int i = 0; i < 10; ++i) fold_.add(entry_of_void(facts("A"), 20'000));
    for (int i = 0; i < 10; ++i) fold_.add(entry_of_undelivered(facts("A"), 20'000));
    answer("A", 5, 15);
    answer("A", 2, 5);
    const Figures told = figures("");
    EXPECT_EQ(told.all.printed, 100);
    EXPECT_EQ(told.all.asked, 80);
    EXPECT_NEAR(*told.all.response_rate(), 0.25, 1e-12);
    EXPECT_NEAR(*told.all.overall()->answers.mean(), 4.25, 1e-12);
    EXPECT_EQ(told.all.overall()->happy(), 15);
    EXPECT_EQ(told.all.facts().n(), 20);
}

TEST_F(FiguresTest, SmallCellsAreHidden) {
    print("A", 10);
    print("B", 10);
    answer("A", 5, 5);
    answer("B", 1, 4);
    const Figures told = figures("carrier");
    ASSERT_EQ(told.groups.size(), 2U);
    EXPECT_EQ(told.groups.at(0).key, "A");
    EXPECT_FALSE(told.groups.at(0).is_hidden);
    EXPECT_TRUE(told.groups.at(1).is_hidden);
    EXPECT_TRUE(told.groups.at(1).questions.empty());
    EXPECT_EQ(told.groups.at(1).printed, 10);
    FiguresOptions all;
    all.min_cell = 1;
    EXPECT_FALSE(figures("carrier", all).groups.at(1).is_hidden);
}

TEST_F(FiguresTest, TheCarriersFaultStandsApartAndTheRawScoreStays) {
    print("A", 20);
    answer("A", 5, 6);
    answer("A", 1, 2, Fault::Carrier);
    answer("A", 2, 2, Fault::Merchant);
    const Figures told = figures("fault", {.min_cell = 1});
    EXPECT_NEAR(*told.all.overall()->answers.mean(), 3.6, 1e-12);
    EXPECT_NEAR(*told.mean_without_carrier, 4.25, 1e-12);
    EXPECT_EQ(told.without_carrier, 8);
    EXPECT_EQ(told.all.faults.at(Fault::Carrier), 2);
    EXPECT_EQ(told.all.faults.at(Fault::Merchant), 2);
    // Everyone asked could have complained: the denominator of a fault is that of the whole.
    EXPECT_EQ(told.groups.at(0).asked, 20);
}

TEST_F(FiguresTest, InsidersStandApart) {
    print("A", 10);
    print("insider", 3);
    answer("A", 4, 5);
    answer("insider", 5, 3);
    const Figures told = figures("carrier");
    EXPECT_EQ(told.all.printed, 10);
    EXPECT_NEAR(*told.all.overall()->answers.mean(), 4, 1e-12);
    EXPECT_EQ(told.insiders.responded, 3);
    EXPECT_EQ(told.groups.size(), 1U);
}

TEST_F(FiguresTest, ChannelsHaveTheDenominatorOfTheWhole) {
    print("A", 50);
    answer("A", 4, 10, Fault::None, 20'000, Channel::Qr);
    answer("A", 4, 5, Fault::None, 20'000, Channel::Paper);
    const Figures told = figures("channel");
    ASSERT_EQ(told.groups.size(), 2U);
    EXPECT_EQ(told.groups.at(0).key, "qr");
    EXPECT_NEAR(*told.groups.at(0).response_rate(), 0.2, 1e-12);
    EXPECT_NEAR(*told.groups.at(1).response_rate(), 0.1, 1e-12);
}

TEST_F(FiguresTest, TheTrendHasNoGapsAndAnInterval) {
    print("A", 30, 20'000);
    answer("A", 4, 6, Fault::None, 20'000);
    answer("A", 2, 6, Fault::None, 20'000);
    answer("A", 5, 6, Fault::None, 20'014);
    const Figures told = figures("");
    ASSERT_EQ(told.trend.size(), 3U);
    EXPECT_NEAR(*told.trend.at(0).mean, 3, 1e-12);
    EXPECT_LT(told.trend.at(0).interval.lower, 3);
    EXPECT_FALSE(told.trend.at(1).mean);
    EXPECT_NEAR(*told.trend.at(2).mean, 5, 1e-12);
    EXPECT_LT(told.trend.at(2).interval.lower, 5);
    EXPECT_EQ(figures("", {.trend_weeks = 2}).trend.size(), 2U);
}

TEST_F(FiguresTest, AFewAnswersDoNotLeadTheRanking) {
    print("A", 500);
    print("B", 2);
    answer("A", 4, 100);
    answer("A", 5, 100);
    answer("B", 5, 2);
    const FiguresOptions all{.min_cell = 1};
    const Figures told = figures("carrier", all);
    EXPECT_LT(*ranked_mean(told.groups.at(1), told.all, all), 4.6);
    EXPECT_GT(*ranked_mean(told.groups.at(1), told.all, all), 4.5);
}

TEST_F(FiguresTest, ScalesAreToldByTheAnswers) {
    Distribution yes, stars, promoters;
    yes.add(1, 3);
    stars.add(5, 3);
    promoters.add(0, 1);
    promoters.add(8, 1);
    EXPECT_EQ(scale_of("delivery", yes), Scale::YesNo);
    EXPECT_EQ(scale_of("overall", yes), Scale::Stars);
    EXPECT_EQ(scale_of("described", yes), Scale::Stars);
    EXPECT_EQ(scale_of("described", stars), Scale::Stars);
    EXPECT_EQ(scale_of("friends", promoters), Scale::Promoter);
    EXPECT_EQ(scale_of("nps", stars), Scale::Promoter);
}

/// Buyers of one carrier, who are less happy, answer three times as often: the raw mean lies, the
/// weighted one tells the truth, and the bounds hold it in any case.
TEST_F(FiguresTest, AKnownBiasIsUndone) {
    const unsigned seed = 23;
    std::mt19937 random(seed);
    double sum = 0;
    const int cards = 4000;
    for (int i = 0; i < cards; ++i) {
        const bool slow = i % 2 == 0;
        const int opinion =
            slow ? 1 + static_cast<int>(random() % 3) : 3 + static_cast<int>(random() % 3);
        sum += opinion;
        const std::string carrier = slow ? "slow" : "fast";
        print(carrier);
        if (random() % 10 < (slow ? 6U : 2U)) answer(carrier, opinion);
    }
    const double truth = sum / cards;
    const Figures told = figures("carrier");
    const Distribution& answers = told.all.overall()->answers;
    EXPECT_LT(*answers.mean(), truth - 0.3) << "seed " << seed;
    EXPECT_NEAR(*told.weighted_mean, truth, 0.1) << "seed " << seed;
    const Interval bounds = mean_bounds(answers, told.all.asked, 1, 5);
    EXPECT_LE(bounds.lower, truth);
    EXPECT_GE(bounds.upper, truth);
}

/// C 4.7: days promised and taken, by hand: 2 parcels promised in 3 days came after 2 and 5.
TEST_F(FiguresTest, PromisedAndActualDays) {
    fold_.add(entry_of_delivery(facts("A"), 100, 103, 102));
    fold_.add(entry_of_delivery(facts("A"), 100, 103, 105));
    const Figures told = figures("carrier");
    const GroupFigures& group = told.groups.at(0);
    EXPECT_NEAR(*group.promised_days.mean(), 3, 1e-12);
    EXPECT_NEAR(*group.actual_days.mean(), 3.5, 1e-12);
    EXPECT_EQ(group.delay_days.counts(), (std::map<int, std::int64_t>{{-1, 1}, {2, 1}}));
    EXPECT_NEAR(*group.delay_days.share(-999, 0), 0.5, 1e-12);
}

}  // namespace
}  // namespace verso::records
