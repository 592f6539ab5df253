// SPDX-License-Identifier: Apache-2.0
// One sound side with something of each role; every test breaks it in one place.
#include "generator/profile/postal_rules.h"

#include <gmock/gmock.h>

#include <functional>

namespace verso::generator {
namespace {

using Kind = SideItem::Kind;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

SideItem text(std::string role, MmBox box, std::string words, Mm cap = 3_mm) {
    return {box, Kind::Text, std::move(role), cap, {}, "/blocks/text", std::move(words)};
}

SideItem fill(std::string role, MmBox box) {
    return {box, Kind::Fill, std::move(role), {}, {}, "/blocks/fill", ""};
}

SideItem outline(std::string role, MmBox box, Mm thickness) {
    return {box, Kind::Outline, std::move(role), {}, thickness, "/blocks/outline", ""};
}

class PostalRules : public testing::Test {
  protected:
    PostalRules() {
        side = {148_mm, 105_mm, {}};
        side.items = {
            outline("franking", {117_mm, 8_mm, 22_mm, 26_mm}, 0.5_mm),
            text("address", {60_mm, 50_mm, 40_mm, 4_mm}, "MAISON EXEMPLE"),
            text("address", {60_mm, 56_mm, 60_mm, 4_mm}, "LIBRE REPONSE 00000"),
            text("address", {60_mm, 62_mm, 50_mm, 4_mm}, "59889 LILLE CEDEX 9"),
            fill("bars", {117_mm, 40_mm, 26_mm, 2.4_mm}),
            fill("bars", {117_mm, 44.8_mm, 26_mm, 2.4_mm}),
            fill("bars", {117_mm, 49.6_mm, 26_mm, 2.4_mm}),
        };
    }

    void rule(RuleMeasure measure, std::string role = "", std::optional<Kind> of = {}) {
        rules.push_back({"the-rule",
                         "The Post",
                         "its words",
                         true,
                         std::move(role),
                         of,
                         {},
                         std::move(measure),
                         "/rules/0"});
    }
    std::vector<RuleFinding> findings() const { return check_postal_side(side, rules); }
    /// The one finding, whose sentence and cure are as said.
    void expect_broken(const std::string& sentence, const std::string& pointer = "") const {
        const auto found = findings();
        ASSERT_EQ(found.size(), 1U);
        EXPECT_EQ(found[0].rule, "the-rule");
        EXPECT_EQ(found[0].post, "The Post");
        EXPECT_EQ(found[0].sentence, sentence);
        EXPECT_EQ(found[0].pointer, pointer);
        EXPECT_FALSE(found[0].cure.empty());
    }

    PostalSide side;
    std::vector<PostalRule> rules;
};

TEST_F(PostalRules, CardSize) {
    rule(CardSizeRule{{140_mm, 235_mm}, {90_mm, 125_mm}, 1.4, {}});
    EXPECT_THAT(findings(), IsEmpty());
    side.width = 139.7_mm;
    side.height = 95_mm;
    expect_broken("the card is 139.7 mm wide, wanted 140 to 235 mm");
    side = {140_mm, 125.1_mm, {}};
    EXPECT_EQ(findings().size(), 2U) << "too high, and too near to a square";
}

TEST_F(PostalRules, CardRatio) {
    rule(CardSizeRule{{}, {}, 1.4, 2.5});
    EXPECT_THAT(findings(), IsEmpty());
    side.height = 107.95_mm;
    expect_broken(
        "the card is 148 mm wide and 107.95 mm high, 1.371 to 1, wanted at least 1.4 to 1");
    EXPECT_EQ(findings()[0].cure, "at this width the card is at most 105.71 mm high");
    side.height = 50_mm;
    EXPECT_THAT(findings()[0].sentence, HasSubstr("at most 2.5 to 1"));
}

TEST_F(PostalRules, ClearZone) {
    rule(ClearRule{{CornerBox::Corner::TopRight, {0_mm, 0_mm, 74_mm, 39_mm}}, {"franking"}});
    EXPECT_THAT(findings(), IsEmpty());
    side.items.push_back(text("", {60_mm, 10_mm, 20_mm, 3_mm}, "hello"));
    expect_broken(
        "the card has “hello” in the zone of 74 mm x 39 mm at 74 mm, 0 mm that stays free",
        "/blocks/text");
    side.items.back().role = "specimen";
    EXPECT_THAT(findings(), IsEmpty()) << "the word across the card is no part of it";
}

TEST_F(PostalRules, ClearZoneMayLieInsideAFrame) {
    rule(ClearRule{{CornerBox::Corner::TopRight, {15_mm, 15_mm, 5_mm, 5_mm}}, {}});
    EXPECT_THAT(findings(), IsEmpty()) << "of a frame only the line counts";
    side.items[0].box.w = 15_mm;
    EXPECT_EQ(findings().size(), 1U) << "now its right line crosses the zone";
}

TEST_F(PostalRules, Inside) {
    rule(InsideRule{{CornerBox::Corner::TopRight, {0_mm, 0_mm, 74_mm, 40_mm}}}, "franking");
    EXPECT_THAT(findings(), IsEmpty());
    side.items[0].box.h = 32.5_mm;
    expect_broken(
        "the postage mark is 22 mm x 32.5 mm at 117 mm, 8 mm, outside of its zone of 74 mm x 40 mm "
        "at 74 mm, 0 mm",
        "/blocks/outline");
}

TEST_F(PostalRules, CornersOfZones) {
    const MmBox box{1_mm, 2_mm, 10_mm, 20_mm};
    using Corner = CornerBox::Corner;
    EXPECT_EQ((CornerBox{Corner::TopLeft, box}.on(100_mm, 80_mm)), box);
    EXPECT_EQ((CornerBox{Corner::TopRight, box}.on(100_mm, 80_mm)),
              (MmBox{89_mm, 2_mm, 10_mm, 20_mm}));
    EXPECT_EQ((CornerBox{Corner::BottomLeft, box}.on(100_mm, 80_mm)),
              (MmBox{1_mm, 58_mm, 10_mm, 20_mm}));
    EXPECT_EQ((CornerBox{Corner::BottomRight, box}.on(100_mm, 80_mm)),
              (MmBox{89_mm, 58_mm, 10_mm, 20_mm}));
}

TEST_F(PostalRules, Edges) {
    EdgesRule edges;
    edges.left = {15_mm, {}};
    edges.right = {15_mm, {}};
    edges.top = {40_mm, {}};
    edges.bottom = {15_mm, {}};
    edges.left_from_right = {{}, 100_mm};
    edges.bottom_from_top = {{}, 80_mm};
    rule(edges, "address");
    EXPECT_THAT(findings(), IsEmpty());
    const std::pair<std::function<void(MmBox&)>, std::string> faults[] = {
        {[](MmBox& b) { b.y = 36.2_mm; },
         "the address is 36.2 mm from the top edge, wanted at least 40 mm"},
        {[](MmBox& b) { b.w = 75_mm; },
         "the address is 13 mm from the right edge, wanted at least 15 mm"},
        {[](MmBox& b) { b.x = 47_mm; },
         "the address begins 101 mm from the right edge, wanted at most 100 mm"},
        {[](MmBox& b) { b.h = 31_mm; },
         "the address ends 81 mm from the top edge, wanted at most 80 mm"},
    };
    for (const auto& [fault, sentence] : faults) {
        const PostalSide sound = side;
        fault(side.items[1].box);
        expect_broken(sentence, "/blocks/text");
        side = sound;
    }
    side.items[1].box.x = 5_mm;
    EXPECT_EQ(findings().size(), 1U) << "one block, one finding and one cure";
    side.items[3].box.y = 100_mm;
    EXPECT_EQ(findings().size(), 2U);
}

TEST_F(PostalRules, SizeTogetherAndOfEach) {
    rule(SizeRule{false, {15_mm, 25_mm}, {17_mm, 30_mm}, true}, "franking", Kind::Outline);
    EXPECT_THAT(findings(), IsEmpty());
    side.items[0].box = {117_mm, 8_mm, 24_mm, 23_mm};
    expect_broken("the postage mark is 24 mm wide and 23 mm high, wanted higher than wide",
                  "/blocks/outline");
    side.items[0].box = {117_mm, 8_mm, 22_mm, 31_mm};
    expect_broken("the postage mark is 31 mm high, wanted 17 to 30 mm", "/blocks/outline");
    side.items[0].kind = Kind::Fill;
    EXPECT_THAT(findings(), IsEmpty()) << "the rule is about frames";

    rules.clear();
    rule(SizeRule{true, {}, {{}, 4_mm}, false}, "address");
    EXPECT_THAT(findings(), IsEmpty()) << "each line, not the block";
    rules.clear();
    rule(SizeRule{false, {}, {{}, 4_mm}, false}, "address");
    expect_broken("the address is 16 mm high, wanted at most 4 mm", "/blocks/text");
}

TEST_F(PostalRules, StrokesOfFrames) {
    rule(StrokeRule{{0.4_mm, 1.5_mm}, {}, {}, false}, "franking", Kind::Outline);
    EXPECT_THAT(findings(), IsEmpty());
    side.items[0].thickness = 0.25_mm;
    expect_broken("the postage mark has a stroke 0.25 mm thick, wanted 0.4 to 1.5 mm",
                  "/blocks/outline");
}

TEST_F(PostalRules, StrokesOfBars) {
    rule(StrokeRule{{1.59_mm, 4.76_mm}, {25.4_mm, {}}, {1_mm, 3_mm}, true}, "bars");
    EXPECT_THAT(findings(), IsEmpty());
    const PostalSide sound = side;
    side.items[5].box.h = 1.5_mm;
    EXPECT_THAT(findings()[0].sentence,
                "the set of bars has a stroke 1.5 mm thick, wanted 1.59 to 4.76 mm");
    side = sound;
    for (auto& item : side.items) item.box.w = 25_mm;
    expect_broken("the set of bars has a stroke 25 mm long, wanted at least 25.4 mm",
                  "/blocks/fill");
    side = sound;
    side.items[6].box.w = 28_mm;
    expect_broken("the set of bars has strokes 26 mm and 28 mm long, wanted one length",
                  "/blocks/fill");
    side = sound;
    side.items[6].box.y = 50_mm;
    expect_broken("the set of bars has strokes 2.4 mm and 2.8 mm apart, wanted evenly spaced",
                  "/blocks/fill");
    side.items[6].box.y = 60_mm;
    EXPECT_THAT(findings()[0].sentence, HasSubstr("has strokes 12.8 mm apart, wanted 1 to 3 mm"));
}

TEST_F(PostalRules, Text) {
    TextRule measure;
    measure.cap_height = {2.03_mm, {}};
    measure.lines_least = 3;
    measure.lines_most = 6;
    measure.characters_most = 38;
    measure.capitals_last = 2;
    measure.left_aligned = true;
    rule(measure, "address");
    EXPECT_THAT(findings(), IsEmpty());
    const PostalSide sound = side;
    const std::pair<std::function<void(SideItem&)>, std::string> faults[] = {
        {[](SideItem& i) { i.cap_height = 1.9_mm; },
         "the address has capitals of 1.9 mm, wanted at least 2.03 mm"},
        {[](SideItem& i) { i.text = std::string(39, 'X'); }, "the address has 39 characters in “" +
                                                                 std::string(39, 'X') +
                                                                 "”, wanted at most 38 a line"},
        {[](SideItem& i) { i.text = "59889 LILLE Cédex"; },
         "the address has small letters in “59889 LILLE Cédex”, wanted capitals"},
        {[](SideItem& i) { i.text = "LILLé"; },
         "the address has small letters in “LILLé”, wanted capitals"},
        {[](SideItem& i) { i.box.x = 60.5_mm; },
         "the address has “59889 LILLE CEDEX 9” 0.5 mm out of line, wanted left-aligned"},
        {[](SideItem& i) { i.role = "free"; }, "the address has 2 lines, wanted at least 3"},
    };
    for (const auto& [fault, sentence] : faults) {
        fault(side.items[3]);
        expect_broken(sentence, "/blocks/text");
        side = sound;
    }
    side.items[1].text = "Maison Exemple";
    EXPECT_THAT(findings(), IsEmpty()) << "only the last two lines are wanted in capitals";
    side = sound;
    for (int i = 0; i < 4; ++i) side.items.push_back(side.items[3]);
    expect_broken("the address has 7 lines, wanted at most 6", "/blocks/text");
}

TEST_F(PostalRules, AccentedCapitalsAreCapitals) {
    TextRule measure;
    measure.capitals_last = 1;
    measure.characters_most = 20;
    rule(measure, "address");
    side.items[3].text = "ÉÀÇÜ×÷ ZÜRICH ÎLE 20";
    EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(PostalRules, Words) {
    TextRule measure;
    measure.contains = "EXEMPLE LIBRE REPONSE";
    rule(measure, "address");
    EXPECT_THAT(findings(), IsEmpty()) << "over the end of a line";
    side.items[2].text = "REPONSE 00000";
    EXPECT_THAT(findings()[0].sentence, AllOf(HasSubstr("says “MAISON EXEMPLE REPONSE 00000"),
                                              HasSubstr("wanted “EXEMPLE LIBRE REPONSE”")));
}

TEST_F(PostalRules, Quiet) {
    rule(QuietRule{3_mm, 3_mm, 3_mm, 3_mm, {"bars"}}, "address");
    EXPECT_THAT(findings(), IsEmpty());
    side.items.push_back(text("mark", {60_mm, 43_mm, 40_mm, 4.2_mm}, "WERBEANTWORT"));
    expect_broken(
        "the address has “WERBEANTWORT” in its white: left 3 mm, right 3 mm, above 3 mm, below 3 "
        "mm",
        "/blocks/text");
    side.items.back().box.h = 4_mm;
    EXPECT_THAT(findings(), IsEmpty());
    rules.clear();
    rule(QuietRule{0_mm, 0_mm, 0_mm, 0_mm, {}}, "bars");
    side.items[1].box.w = 70_mm;
    side.items[1].box.y = 46_mm;
    EXPECT_EQ(findings().size(), 1U) << "an address that runs into the bars";
}

TEST_F(PostalRules, Relation) {
    using Where = RelationRule::Where;
    const auto lies = [&](Where where, MmRange gap) {
        rules.clear();
        rule(RelationRule{"franking", where, 0, gap}, "bars");
        return findings();
    };
    EXPECT_THAT(lies(Where::Below, {5_mm, 7_mm}), IsEmpty());
    ASSERT_EQ(lies(Where::Below, {{}, 5_mm}).size(), 1U);
    EXPECT_EQ(findings()[0].sentence,
              "the set of bars is 6 mm below the postage mark, wanted 0 to 5 mm");
    EXPECT_THAT(lies(Where::Above, {}).at(0).sentence,
                HasSubstr("is -44 mm above the postage mark, wanted at least 0 mm"));
    EXPECT_EQ(lies(Where::LeftOf, {}).size(), 1U);
    EXPECT_EQ(lies(Where::RightOf, {}).size(), 1U);

    rules.clear();
    rule(RelationRule{"address", Where::NotLower, 0, {}}, "bars");
    EXPECT_THAT(findings(), IsEmpty());
    side.items[6].box.y = 65_mm;
    expect_broken("the set of bars reaches 1.4 mm below the address, wanted at most 0 mm",
                  "/blocks/fill");
}

TEST_F(PostalRules, RelationToALineBeforeTheLast) {
    rule(RelationRule{"address", RelationRule::Where::NotLower, 1, {}}, "bars");
    EXPECT_THAT(findings(), IsEmpty());
    side.items[6].box.y = 58_mm;
    expect_broken("the set of bars reaches 0.4 mm below the address, wanted at most 0 mm",
                  "/blocks/fill");
}

TEST_F(PostalRules, Present) {
    rule(PresentRule{3}, "bars");
    EXPECT_THAT(findings(), IsEmpty());
    side.items.pop_back();
    expect_broken("the set of bars is there 2 times, wanted at least 3");
}

TEST_F(PostalRules, BarsOfFourStates) {
    side.items.clear();
    const double tops[] = {1.9, 0, 1.9, 0}, heights[] = {1.3, 3.2, 3.2, 5.1};
    for (int i = 0; i < 4; ++i) {
        side.items.push_back(
            fill("barcode", {Mm{20 + 1.2 * i}, Mm{40 + tops[i]}, 0.5_mm, Mm{heights[i]}}));
    }
    rule(
        FourStateRule{{0.38_mm, 0.63_mm}, {1.1_mm, 1.27_mm}, {4.22_mm, 5.84_mm}, {1_mm, 1.5_mm}, 4},
        "barcode");
    EXPECT_THAT(findings(), IsEmpty());
    const PostalSide sound = side;
    const std::pair<std::function<void(PostalSide&)>, std::string> faults[] = {
        {[](PostalSide& s) { s.items[0].box.w = 0.7_mm; },
         "the barcode has bars of 0.7 mm, wanted 0.38 to 0.63 mm"},
        {[](PostalSide& s) { s.items[3].box.x = 24_mm; },
         "the barcode has a bar every 1.6 mm, wanted 1.1 to 1.27 mm"},
        {[](PostalSide& s) { s.items[3].box.h = 6_mm; },
         "the barcode is 6 mm high, wanted 4.22 to 5.84 mm"},
        {[](PostalSide& s) { s.items[0].box.h = 1.7_mm; },
         "the barcode has short bars of 1.7 mm, wanted 1 to 1.5 mm"},
        {[](PostalSide& s) { s.items.pop_back(); }, "the barcode has 3 bars, wanted 4"},
    };
    for (const auto& [fault, sentence] : faults) {
        fault(side);
        ASSERT_FALSE(findings().empty()) << sentence;
        EXPECT_EQ(findings()[0].sentence, sentence);
        side = sound;
    }
}

TEST_F(PostalRules, PatternOfAFacingMark) {
    side.items.clear();
    for (const int place : {0, 1, 3, 5, 7, 8}) {
        side.items.push_back(fill("fim", {Mm{80 + 1.5875 * place}, 1_mm, 0.794_mm, 15.875_mm}));
    }
    rule(PatternRule{1.5875_mm, "110101011"}, "fim");
    EXPECT_THAT(findings(), IsEmpty());
    side.items[2].box.x = Mm{80 + 1.5875 * 2};
    expect_broken("the facing mark has bars at 111001011, wanted 110101011", "/blocks/fill");
}

TEST_F(PostalRules, AreLeftAsideWhereTheyDoNotApply) {
    rule(SizeRule{false, {}, {{}, 20_mm}, false}, "franking");
    EXPECT_EQ(findings().size(), 1U);
    rules[0].card_height = {110_mm, {}};
    EXPECT_THAT(findings(), IsEmpty()) << "for higher cards";
    rules[0].card_height = {{}, 110_mm};
    EXPECT_EQ(findings().size(), 1U);
    rules[0].role = "fim";
    EXPECT_THAT(findings(), IsEmpty()) << "nothing of this role is on the card";
}

TEST_F(PostalRules, TellWhetherTheyAreConfirmed) {
    rule(SizeRule{false, {}, {{}, 20_mm}, false}, "franking");
    EXPECT_TRUE(findings().at(0).confirmed);
    rules[0].confirmed = false;
    EXPECT_FALSE(findings().at(0).confirmed);
}

}  // namespace
}  // namespace verso::generator
