// SPDX-License-Identifier: Apache-2.0
// The address side that a profile fills, and pictures and codes beside it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "generator/profile/postal_profile.h"
#include "scratch_template.h"
#include "specimens.h"

namespace verso::generator {
namespace {

using testing::HasSubstr;

const char* const kProfile =
    R"({"version": 1, "post": "Example Post", "service": "Reply", "country": "FR", "description": "for tests",
  "data": {"permit": {"about": "given by the post", "specimen": "00000"}},
  "styles": {"machine": {"size": 10, "ink": "#000000"}},
  "blocks": [
    {"block": "text", "role": "legend", "x": 5, "y": 20, "w": 60, "style": "machine", "text": "PERMIT {{t:reply.permit}}"},
    {"block": "group", "corner": "top-right", "x": 6, "y": 6, "w": 20, "h": 20, "blocks": [
      {"block": "rect", "role": "franking", "x": 0, "y": 0, "w": 20, "h": 20}]}],
  "rules": []})";

class PostalSideTest : public testing::Test {
  protected:
    PostalSideTest() {
        scratch_.write_blocks(
            R"({"block": "postal_side", "x": 105, "y": 148.5, "w": 105, "h": 148.5, "turn": 90})");
        std::filesystem::create_directories(scratch_.folder() + "/profile");
        scratch_.write("profile/example.json", kProfile);
        shop_ = specimen_shop();
        shop_.reply_profile = "example";
    }
    InsertPages set(const InsertTemplate& design) {
        const Order order = specimen_order("en", 1);
        auto pages = design.lay_out({order, 1, shop_, specimen_card(), specimen_rma()});
        if (!pages) throw std::runtime_error(pages.error().text());
        return std::move(pages).value();
    }
    std::shared_ptr<const InsertTemplate> load() {
        auto loaded = scratch_.load("t", &shop_);
        if (!loaded) throw std::runtime_error(loaded.error().text());
        return *loaded;
    }
    ScratchTemplates scratch_;
    Shop shop_;
};

std::string all_text(const DrawList& page) {
    std::string out;
    for (const auto& mark : page.marks) {
        if (const auto* text = std::get_if<TextMark>(&mark)) out += text->text + "\n";
    }
    return out;
}

TEST_F(PostalSideTest, SaysSpecimenUntilThePostHasAgreed) {
    auto design = load();
    EXPECT_TRUE(design->plan().reply.specimen);
    EXPECT_THAT(design->plan().reply.missing, testing::Contains("data.permit"));
    EXPECT_THAT(all_text(set(*design).pages[0]), HasSubstr("PERMIT 00000"));
    shop_.reply_address = {"MAISON EXEMPLE"};
    shop_.reply_authorisation = "12345";
    shop_.reply_data = {{"permit", "987"}};
    EXPECT_TRUE(load()->plan().reply.specimen) << "nobody approved it";
    shop_.reply_approval = "2026-03-01, proof 3";
    design = load();
    EXPECT_FALSE(design->plan().reply.specimen);
    const std::string text = all_text(set(*design).pages[0]);
    EXPECT_THAT(text, HasSubstr("PERMIT 987"));
    EXPECT_THAT(text, testing::Not(HasSubstr("SPECIMEN")));
}

TEST_F(PostalSideTest, IsTurnedWithItsBlocksAndCountsFromItsCorners) {
    const auto page = set(*load()).pages[0];
    // Turned by 90 degrees, the side's upper right corner lies at the page's lower right.
    for (const auto& mark : page.marks) {
        if (const auto* fill = std::get_if<FillMark>(&mark)) {
            EXPECT_EQ(fill->box, (MmBox{Mm{210 - 6 - 20}, Mm{297 - 6 - 20}, Mm{20}, Mm{20}}));
        }
    }
    const auto sides = load()->plan().sides;
    ASSERT_EQ(sides.size(), 1U);
    EXPECT_EQ(sides[0].turn, 90);
}

TEST_F(PostalSideTest, ComplaintsNameTheProfileOrTheConfiguration) {
    shop_.reply_data = {{"permitt", "1"}};
    EXPECT_THAT(scratch_.complaint(&shop_), HasSubstr("[reply_card.data]"));
    shop_.reply_data.clear();
    shop_.reply_profile = "exampel";
    EXPECT_THAT(scratch_.complaint(&shop_), HasSubstr("example"));
    shop_.reply_profile.clear();
    EXPECT_THAT(scratch_.complaint(&shop_), HasSubstr("default_profile"));
}

TEST_F(PostalSideTest, APictureThatTheShopLacksLeavesItsPlaceToOthers) {
    scratch_.write_blocks(R"({"block": "image", "picture": "logo", "x": 1, "y": 1, "w": 20, "h": 10,
      "or": [{"block": "text", "x": 1, "y": 5, "w": 50, "text": "no logo"}]})");
    EXPECT_THAT(all_text(set(*load()).pages[0]), HasSubstr("no logo"));
    shop_.pictures["logo"] = scratch_.folder() + "/missing.png";
    EXPECT_THAT(scratch_.complaint(&shop_), HasSubstr("missing.png"));
}

TEST_F(PostalSideTest, BarsOfThePostsAreDrawnOrRefusedAtLoad) {
    scratch_.write_blocks(
        R"({"block": "four_state", "kind": "kix", "x": 10, "y": 10, "text": "2130VA80430"},
      {"block": "fim", "letter": "C", "x": 50, "y": 0})");
    // 4 bars a character (11), and the 6 bars of 110101011.
    EXPECT_EQ(set(*load()).pages[0].marks.size(), 44U + 6U);
    scratch_.write_blocks(
        R"({"block": "four_state", "kind": "kix", "x": 10, "y": 10, "text": "{{order.number}}"})");
    EXPECT_THAT(scratch_.complaint(), HasSubstr("cannot depend on the order"));
    scratch_.write_blocks(R"({"block": "fim", "letter": "Z", "x": 50, "y": 0})");
    EXPECT_THAT(scratch_.complaint(), HasSubstr("/blocks/0/letter"));
}

TEST_F(PostalSideTest, ModulesOfBarsAreWholeDotsOfThePrinter) {
    scratch_.write_blocks("");
    scratch_.write("insert/t.json", R"({"version": 1, "default_language": "en", "resolution": 203,
      "pages": [{"id": "a", "width": 100, "height": 150, "blocks": [
        {"block": "code128", "x": 5, "y": 5, "w": 90, "h": 15, "module": 0.4, "text": "{{rma.code}}"},
        {"block": "qr", "x": 5, "y": 30, "size": 30, "text": "{{card.link}}"}]}]})");
    const auto page = set(*load()).pages[0];
    for (const auto& mark : page.marks) {
        const auto& symbol = std::get<ModulesMark>(mark);
        const double dots = symbol.box.w.value / symbol.columns * 203 / 25.4;
        EXPECT_NEAR(dots, std::round(dots), 1e-6);
    }
}

}  // namespace
}  // namespace verso::generator
