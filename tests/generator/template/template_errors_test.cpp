// SPDX-License-Identifier: Apache-2.0
// Each complaint must name the file, the JSON pointer, what is wrong and what to write instead.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scratch_template.h"
#include "specimens.h"

namespace verso::generator {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(TemplateErrors, UnknownKeyNamesFilePointerKeyAndTheNearest) {
    const ScratchTemplates scratch;
    scratch.write_blocks(
        R"({"block": "text", "x": 1, "y": 2, "w": 30, "aling": "left", "text": "a"})");
    EXPECT_THAT(scratch.complaint(),
                AllOf(HasSubstr("insert/t.json /pages/0/blocks/0/aling"),
                      HasSubstr("unknown key \"aling\""), HasSubstr("did you mean \"align\"?")));
    EXPECT_EQ(scratch.load().error().code, ErrorCode::TemplateInvalid);
}

TEST(TemplateErrors, UnknownKeyAtTheTop) {
    const ScratchTemplates scratch;
    scratch.write_blocks("");
    scratch.write("insert/t.json", R"({"version": 1, "pagess": []})");
    EXPECT_THAT(scratch.complaint(), AllOf(HasSubstr("/pagess"), HasSubstr("\"pages\"")));
}

TEST(TemplateErrors, UnknownBlockPathFilterStyleAndString) {
    struct Case {
        const char *block, *pointer, *cure;
    };
    const Case cases[] = {
        {R"({"block": "tekst"})", "/blocks/0/block", "text"},
        {R"({"block": "text", "x": 1, "y": 2, "w": 30, "text": "{{order.numbr}}"})",
         "/blocks/0/text", "order.number"},
        {R"({"block": "text", "x": 1, "y": 2, "w": 30, "text": "{{order.total|monney}}"})",
         "/blocks/0/text", "money"},
        {R"({"block": "text", "x": 1, "y": 2, "w": 30, "style": "boddy", "text": "a"})",
         "/blocks/0/style", "body"},
        {R"({"block": "text", "x": 1, "y": 2, "w": 30, "text": "t:helo"})", "/blocks/0/text",
         "hello"},
        {R"({"block": "text", "x": 1, "y": 2, "w": 30, "text": "a", "if": "order.totl > 1"})",
         "/blocks/0/if", "order.total"},
    };
    for (const auto& [block, pointer, cure] : cases) {
        const ScratchTemplates scratch;
        scratch.write_blocks(block);
        EXPECT_THAT(scratch.complaint(), AllOf(HasSubstr(pointer), HasSubstr("did you mean"),
                                               HasSubstr(std::string("\"") + cure)))
            << block;
    }
}

TEST(TemplateErrors, AmountsAndDaysNeedTheirFilter) {
    for (const char* text :
         {"{{order.total}}", "{{order.number|money}}", "{{order.placed_on}}",
          "{{order.number|date}}", "{{buyer.lines}}", "{{line.sku}}", "{{order.number"}) {
        const ScratchTemplates scratch;
        scratch.write_blocks(
            std::string(R"({"block": "text", "x": 1, "y": 2, "w": 30, "text": ")") + text + "\"}");
        EXPECT_THAT(scratch.complaint(), HasSubstr("/pages/0/blocks/0/text")) << text;
    }
}

TEST(TemplateErrors, MissingAndWronglyTypedValues) {
    const std::pair<const char*, const char*> cases[] = {
        {R"({"block": "rect", "x": 1, "y": 2, "w": 3})", "\"h\" is missing"},
        {R"({"block": "rect", "x": "1", "y": 2, "w": 3, "h": 4})",
         "/blocks/0/x: this must be a number"},
        {R"({"block": "rect", "x": 1e9, "y": 2, "w": 3, "h": 4})", "out of range"},
        {R"({"block": "rect", "x": 1, "y": 2, "w": -3, "h": 4})", "negative"},
        {R"({"block": "rect", "x": 1, "y": 2, "w": 3, "h": 4, "ink": "#12345"})", "no ink"},
        {R"({"block": "group", "x": 1, "y": 2, "w": 3, "h": 4, "turn": 45, "blocks": []})", "90"},
        {R"({"block": "fiducial", "x": 1, "y": 2, "size": 4})", "must stand in a region"},
        {R"("text")", "missing"},
    };
    for (const auto& [block, expected] : cases) {
        const ScratchTemplates scratch;
        scratch.write_blocks(block);
        EXPECT_THAT(scratch.complaint(), HasSubstr(expected)) << block;
    }
}

TEST(TemplateErrors, StaticTextThatDoesNotFitOrCannotBePrinted) {
    const ScratchTemplates scratch;
    scratch.write_blocks(
        R"({"block": "text", "x": 1, "y": 2, "w": 3, "text": "far too long for it"})");
    EXPECT_THAT(scratch.complaint(), HasSubstr("wider than its 3 mm"));
    scratch.write_blocks(R"({"block": "text", "x": 1, "y": 2, "w": 30, "text": "漢"})");
    EXPECT_THAT(scratch.complaint(), HasSubstr("no font has '漢'"));
    scratch.write_blocks(
        R"({"block": "paragraph", "x": 1, "y": 2, "w": 12, "leading": 4, "lines": 1, "text": "two lines here"})");
    EXPECT_THAT(scratch.complaint(), HasSubstr("needs more than its 1 lines in \"en\""));
}

TEST(TemplateErrors, NotJsonTwiceTheSameKeyAndAnotherVersion) {
    const ScratchTemplates scratch;
    scratch.write_blocks("");
    scratch.write("insert/t.json", "{ \"version\": 1, ");
    EXPECT_THAT(scratch.complaint(), AllOf(HasSubstr("not JSON"), HasSubstr("line 1")));
    scratch.write("insert/t.json", R"({"version": 1, "version": 1})");
    EXPECT_THAT(scratch.complaint(), HasSubstr("stands twice"));
    scratch.write("insert/t.json", R"({"version": 2, "default_language": "en", "pages": []})");
    EXPECT_THAT(scratch.complaint(), HasSubstr("version 2 is not known"));
    scratch.write("insert/t.json", std::string(100000, '['));
    EXPECT_THAT(scratch.complaint(), HasSubstr("nested too deeply"));
}

TEST(TemplateErrors, UnsoundRegionIsRefused) {
    const ScratchTemplates scratch;
    scratch.write_blocks(
        R"({"block": "region", "id": "card", "kind": "card", "x": 0, "y": 0, "w": 50,
        "h": 50, "blocks": [{"block": "fiducial", "x": 5, "y": 5, "size": 4}]})");
    EXPECT_THAT(scratch.complaint(),
                AllOf(HasSubstr("1 fiducials"), HasSubstr("no question \"overall\"")));
}

TEST(TemplateErrors, UnknownTemplateNamesThoseThereAre) {
    const auto missing = InsertTemplate::load("a4-folt", template_folders(), specimen_fonts());
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::NotFound);
    EXPECT_THAT(missing.error().text(), HasSubstr("a4-fold"));
    EXPECT_FALSE(InsertTemplate::load("../strings/fr", template_folders(), specimen_fonts()));
}

TEST(TemplateErrors, MissingCatalogueAndMissingFormat) {
    const ScratchTemplates scratch;
    scratch.write_blocks("");
    scratch.write("strings/en.json", R"({"hello": "Hello"})");
    EXPECT_THAT(scratch.complaint(), HasSubstr("\"format.decimal\" is missing"));
    std::filesystem::remove(scratch.folder() + "/strings/en.json");
    EXPECT_THAT(scratch.complaint(), HasSubstr("no catalogue strings/en.json"));
}

TEST(TemplateFolders, EarlierFoldersWinKeyByKey) {
    const ScratchTemplates own, shipped;
    shipped.write_blocks(R"({"block": "text", "x": 1, "y": 2, "w": 60, "text": "t:order"})");
    own.write("strings/en.json", R"({"order": "Purchase"})");
    const auto loaded =
        InsertTemplate::load("t", {own.folder(), shipped.folder()}, specimen_fonts());
    ASSERT_TRUE(loaded) << loaded.error().text();
    const Order order = specimen_order("en", 1);
    const Shop shop = specimen_shop();
    const auto pages = (*loaded)->lay_out({order, 1, shop, specimen_card(), specimen_rma()});
    ASSERT_TRUE(pages);
    EXPECT_THAT(to_text(pages->pages.front()), HasSubstr("Purchase"));
    EXPECT_EQ(InsertTemplate::list({own.folder(), shipped.folder()}),
              std::vector<std::string>{"t"});
}

}  // namespace
}  // namespace verso::generator
