// SPDX-License-Identifier: Apache-2.0
#include "core/card/card_layout.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace verso {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string sample_json() {
    std::ifstream in(VERSO_SOURCE_DIR "/tests/data/layouts/a4-fold-card.json");
    std::stringstream out;
    out << in.rdbuf();
    return out.str();
}

Layout sample() { return parse_layout(sample_json()).value(); }

TEST(Layout, ReadsTheContractsJson) {
    const Layout layout = sample();
    EXPECT_EQ(layout.template_name, "a4-fold");
    EXPECT_EQ(layout.number, LayoutNumber(1));
    ASSERT_EQ(layout.cards.size(), 1u);
    const ReadRegion& card = layout.cards[0];
    EXPECT_EQ(card.fiducials.size(), 3u);
    ASSERT_NE(card.find_question("overall"), nullptr);
    EXPECT_EQ(card.find_question("overall")->options.size(), 5u);
    EXPECT_EQ(card.find_question("publish")->kind, QuestionKind::Tick);
    ASSERT_NE(card.find_code(CodeKind::Qr), nullptr);
    EXPECT_EQ(card.find_code(CodeKind::Qr)->box.w, 22_mm);
    EXPECT_EQ(card.find_code(CodeKind::Code128), nullptr);
}

TEST(Layout, WritesWhatItRead) {
    const Layout layout = sample();
    EXPECT_EQ(to_json(layout) + "\n", sample_json());
    EXPECT_EQ(*parse_layout(to_json(layout)), layout);
}

TEST(Layout, TheFingerprintIsOfGeometryAlone) {
    Layout layout = sample();
    const std::string before = layout_sha256(layout);
    layout.number = LayoutNumber(9);
    EXPECT_EQ(layout_sha256(layout), before);
    layout.cards[0].fiducials[0].x += 0.001_mm;
    EXPECT_NE(layout_sha256(layout), before);
}

TEST(Layout, AnAlteredFrozenLayoutIsRefused) {
    std::string json = sample_json();
    json.replace(json.find("155.5"), 5, "155.6");
    const auto layout = parse_layout(json);
    ASSERT_FALSE(layout.has_value());
    EXPECT_THAT(layout.error().message, HasSubstr("sha256"));
}

TEST(Layout, GarbageIsAnErrorAndNoCrash) {
    for (const char* text :
         {"", "[]", "{}", "null", "{\"template\":7}", "{\"template\":\"x\",\"layout\":-1}"}) {
        const auto layout = parse_layout(text);
        ASSERT_FALSE(layout.has_value()) << text;
        EXPECT_EQ(layout.error().code, ErrorCode::FormatInvalid);
    }
    for (std::size_t cut = 0; cut < sample_json().size(); cut += 97) {
        EXPECT_FALSE(parse_layout(sample_json().substr(0, cut)).has_value());
    }
}

TEST(Layout, ANumberBeyondIntIsAnErrorAndNoUndefinedBehaviour) {
    // Found by fuzzing: "value":3.6e77 was converted to int.
    for (const char* number : {"3.6e77", "1.5", "99999999999", "\"1\"", "null", "-1"}) {
        std::string json = sample_json();
        json.replace(json.find("\"page\":1"), 8, std::string("\"page\":") + number);
        const auto layout = parse_layout(json);
        ASSERT_FALSE(layout.has_value()) << number;
        EXPECT_THAT(layout.error().message, HasSubstr("page")) << number;
    }
}

TEST(LayoutFaults, TheSampleIsSound) { EXPECT_THAT(layout_faults(sample()), IsEmpty()); }

TEST(LayoutFaults, EachFaultIsNamed) {
    Layout layout = sample();
    layout.cards[0].fiducials.pop_back();
    EXPECT_THAT(layout_faults(layout), ElementsAre(HasSubstr("2 fiducials")));

    layout = sample();
    layout.cards[0].questions[0].id = "general";
    EXPECT_THAT(layout_faults(layout), ElementsAre(HasSubstr("overall")));

    layout = sample();
    layout.cards[0].questions[1].options[0].box = layout.cards[0].questions[0].options[0].box;
    EXPECT_THAT(layout_faults(layout), ElementsAre(HasSubstr("overlaps")));

    layout = sample();
    layout.cards[0].codes[0].box.x = 200_mm;
    EXPECT_THAT(layout_faults(layout), ElementsAre(HasSubstr("qr lies outside")));

    layout = sample();
    layout.cards[0].page = 2;
    EXPECT_THAT(layout_faults(layout), ElementsAre(HasSubstr("page 2")));

    layout = sample();
    layout.cards[0].rotation = 45;
    EXPECT_THAT(layout_faults(layout), ElementsAre(HasSubstr("rotation 45")));
}

}  // namespace
}  // namespace verso
