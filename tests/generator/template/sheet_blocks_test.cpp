// SPDX-License-Identifier: Apache-2.0
// Blocks that speak of the paper, the shop's own words and numbers, and rows that grow.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "scratch_template.h"
#include "specimens.h"

namespace verso::generator {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::shared_ptr<const InsertTemplate> load(const ScratchTemplates& scratch,
                                           const Shop* shop = nullptr) {
    auto loaded = scratch.load("t", shop);
    if (!loaded) throw std::runtime_error(loaded.error().text());
    return std::move(loaded).value();
}

InsertPages set(const InsertTemplate& design, const Order& order, InsertTrace* trace = nullptr,
                const ReturnLabel* label = nullptr) {
    const Shop shop = specimen_shop();
    auto pages = design.lay_out({order, 1, shop, specimen_card(), specimen_rma(), label}, trace);
    if (!pages) throw std::runtime_error(pages.error().text());
    return std::move(pages).value();
}

std::vector<TextMark> texts(const DrawList& page) {
    std::vector<TextMark> out;
    for (const auto& mark : page.marks) {
        if (const auto* text = std::get_if<TextMark>(&mark)) out.push_back(*text);
    }
    return out;
}

TEST(Groups, CountFromTheCornerThatTheyName) {
    const ScratchTemplates scratch;
    scratch.write_blocks(R"({"block": "group", "x": 10, "y": 20, "w": 100, "h": 50, "blocks": [
        {"block": "group", "corner": "bottom-right", "x": 4, "y": 6, "w": 10, "h": 5, "blocks": [
          {"block": "rect", "x": 0, "y": 0, "w": 10, "h": 5}]},
        {"block": "group", "corner": "top-right", "x": 0, "y": 0, "w": 10, "h": 5, "turn": 90, "blocks": [
          {"block": "rect", "x": 0, "y": 0, "w": 5, "h": 1}]}]})");
    const auto page = set(*load(scratch), specimen_order("en", 1)).pages.front();
    const auto& first = std::get<FillMark>(page.marks.at(0)).box;
    EXPECT_EQ(first, (MmBox{Mm{10 + 100 - 4 - 10}, Mm{20 + 50 - 6 - 5}, Mm{10}, Mm{5}}));
    const auto& turned = std::get<FillMark>(page.marks.at(1)).box;
    EXPECT_EQ(turned, (MmBox{Mm{109}, Mm{20}, Mm{1}, Mm{5}}));
}

TEST(SheetPlan, KnowsFoldsCutsPartsAndTheBlockOfEachMark) {
    const ScratchTemplates scratch;
    scratch.write_blocks(R"({"block": "fold", "x": 105, "y": 150, "y2": 290},
        {"block": "cut", "x": 0, "y": 148.5, "x2": 210},
        {"block": "part", "id": "slip", "goes": "stays", "x": 0, "y": 0, "w": 210, "h": 148.5},
        {"block": "group", "role": "address", "x": 5, "y": 5, "w": 50, "h": 50, "blocks": [
          {"block": "text", "x": 0, "y": 5, "w": 50, "text": "{{order.number}}"}]})");
    const auto design = load(scratch);
    const SheetPlan& plan = design->plan();
    ASSERT_EQ(plan.guides.size(), 2U);
    EXPECT_EQ(plan.guides[0].kind, Guide::Kind::Fold);
    EXPECT_EQ(plan.guides[0].to, (MmPoint{Mm{105}, Mm{290}}));
    EXPECT_EQ(plan.guides[1].kind, Guide::Kind::Cut);
    ASSERT_EQ(plan.parts.size(), 1U);
    EXPECT_EQ(plan.parts[0].goes, Part::Goes::Stays);
    InsertTrace trace;
    const auto page = set(*design, specimen_order("en", 1), &trace).pages.front();
    ASSERT_EQ(trace.pages.size(), 1U);
    EXPECT_EQ(trace.pages[0].design, 1);
    ASSERT_EQ(trace.pages[0].blocks.size(), page.marks.size());
    const BlockInfo& text = plan.blocks.at(trace.pages[0].blocks.back());
    EXPECT_THAT(text.place, HasSubstr("/pages/0/blocks/3/blocks/0"));
    EXPECT_EQ(text.role, "address");
}

TEST(ShopWords, ReplaceTheCatalogueInAllOrOneLanguage) {
    const ScratchTemplates scratch;
    scratch.write_blocks(R"({"block": "text", "x": 1, "y": 5, "w": 50, "text": "t:order"})");
    scratch.write("strings/fr.json",
                  std::string("{") + kEnglishFormats + R"(, "order": "Commande"})");
    Shop shop = specimen_shop();
    shop.strings = {{"fr/order", "Achat"}};
    const auto one = load(scratch, &shop);
    EXPECT_EQ(texts(set(*one, specimen_order("fr", 1)).pages[0])[0].text, "Achat");
    EXPECT_EQ(texts(set(*one, specimen_order("en", 1)).pages[0])[0].text, "Order");
    shop.strings = {{"order", "Nr."}};
    const auto all = load(scratch, &shop);
    EXPECT_EQ(texts(set(*all, specimen_order("fr", 1)).pages[0])[0].text, "Nr.");
    shop.strings = {{"ordre", "Nr."}};
    EXPECT_THAT(scratch.complaint(&shop), HasSubstr("[strings] of verso.toml"));
}

TEST(ShopNumbers, MoveWhatTheTemplateNamesThem) {
    const ScratchTemplates scratch;
    scratch.write_blocks("");
    scratch.write("insert/t.json", R"({"version": 1, "default_language": "en",
      "settings": {"window_x": 15}, "pages": [{"id": "a", "width": 210, "height": 297, "blocks": [
        {"block": "rect", "x": "=window_x + 3", "y": 1, "w": 2, "h": 2}]}]})");
    Shop shop = specimen_shop();
    const auto x = [&] {
        return std::get<FillMark>(
                   set(*load(scratch, &shop), specimen_order("en", 1)).pages[0].marks[0])
            .box.x;
    };
    EXPECT_EQ(x(), Mm{18});
    shop.template_settings["t"]["window_x"] = 20.5;
    EXPECT_EQ(x(), Mm{23.5});
    shop.template_settings["t"]["window_y"] = 1;
    EXPECT_THAT(scratch.complaint(&shop), HasSubstr("has no setting \"window_y\""));
}

TEST(ReturnLabels, AreThePlainRmaUnlessTheInputBringsOne) {
    const ScratchTemplates scratch;
    scratch.write_blocks(
        R"({"block": "text", "if": "label.kind == 'plain'", "x": 1, "y": 5, "w": 50, "text": "plain {{label.bars}}"},
        {"block": "text", "if": "label.kind == 's10'", "x": 1, "y": 5, "w": 50, "text": "{{label.text}}"})");
    const auto design = load(scratch);
    const Order order = specimen_order("en", 1);
    EXPECT_EQ(texts(set(*design, order).pages[0])[0].text, "plain " + specimen_rma().get());
    ReturnLabel label;
    label.kind = ReturnLabel::Kind::S10;
    label.text = "RR 473 124 829 GB";
    EXPECT_EQ(texts(set(*design, order, nullptr, &label).pages[0])[0].text, "RR 473 124 829 GB");
}

TEST(GrowingRows, ALongTitleTakesTwoLinesAndPushesTheNextRowDown) {
    const ScratchTemplates scratch;
    scratch.write_blocks(R"({"block": "table", "table": "list", "x": 10, "y": 20, "h": 60})",
                         R"({"list": {"over": "parcel.lines", "row_height": 6, "row_baseline": 4,
        "line_height": 4, "columns": [{"x": 0, "w": 40, "lines": 2, "text": "{{line.title}}", "style": "body"}],
        "row_end": [{"block": "line", "x": 0, "y": 6, "x2": 40}]}})");
    Order order = specimen_order("en", 2);
    order.lines[0].title = "A title that is much longer than forty millimetres";
    order.lines[1].title = "Short";
    const auto insert = set(*load(scratch), order);
    const auto lines = texts(insert.pages.front());
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_NEAR(lines[0].at.y.value, 24, 1e-9);
    EXPECT_NEAR(lines[1].at.y.value, 28, 1e-9);
    EXPECT_NEAR(lines[2].at.y.value, 34, 1e-9);
    std::vector<double> rules;
    for (const auto& mark : insert.pages.front().marks) {
        if (const auto* rule = std::get_if<LineMark>(&mark)) rules.push_back(rule->from.y.value);
    }
    EXPECT_THAT(rules, ElementsAre(testing::DoubleNear(30, 1e-9), testing::DoubleNear(36, 1e-9)));
    EXPECT_THAT(insert.warnings, testing::IsEmpty());
}

TEST(GrowingRows, AParagraphShrinksBeforeItIsCutAndErrorRefuses) {
    const auto blocks = [](const char* fit) {
        return std::string(
                   R"({"block": "paragraph", "x": 1, "y": 5, "w": 27, "leading": 4, "lines": 2, "least": 6, "fit": ")") +
               fit + R"(", "text": "{{order.number}} words"})";
    };
    const ScratchTemplates scratch;
    Order order = specimen_order("en", 1);
    order.number = OrderNumber("one two three four five six seven");
    scratch.write_blocks(blocks("shrink"));
    auto insert = set(*load(scratch), order);
    EXPECT_LT(texts(insert.pages[0])[0].size.value, 9);
    EXPECT_THAT(insert.warnings, testing::IsEmpty());
    scratch.write_blocks(blocks("clip"));
    insert = set(*load(scratch), order);
    EXPECT_THAT(texts(insert.pages[0])[1].text, testing::EndsWith("…"));
    EXPECT_EQ(insert.warnings.size(), 1U);
    scratch.write_blocks(blocks("error"));
    const Shop shop = specimen_shop();
    const auto refused = load(scratch)->lay_out({order, 1, shop, specimen_card(), specimen_rma()});
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().text(),
                testing::AllOf(HasSubstr("2 lines"), HasSubstr("order.number")));
}

}  // namespace
}  // namespace verso::generator
