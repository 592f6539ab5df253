// SPDX-License-Identifier: Apache-2.0
// Each rule finds the one fault that was put in, names its block, and nothing else.
#include "generator/check/template_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "scratch_template.h"
#include "specimens.h"

namespace verso::generator {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

std::string told(const std::vector<Finding>& findings) {
    std::string out;
    for (const auto& f : findings) {
        out += (f.severity == Finding::Severity::Error ? "E " : "W ") + f.place + ": " + f.message +
               " | " + f.cure + "\n";
    }
    return out;
}

std::string check(const ScratchTemplates& scratch) {
    const auto findings = check_template("t", {scratch.folder()}, specimen_fonts());
    return findings ? told(*findings) : findings.error().text();
}

std::string check_blocks(const std::string& blocks) {
    const ScratchTemplates scratch;
    scratch.write_blocks(blocks);
    return check(scratch);
}

TEST(TemplateCheck, ASoundSheetHasNoFinding) {
    EXPECT_EQ(
        check_blocks(R"({"block": "text", "x": 10, "y": 20, "w": 80, "text": "{{order.number}}"},
        {"block": "qr", "x": 20, "y": 40, "size": 22, "text": "{{card.link}}"},
        {"block": "fold", "x": 0, "y": 148, "x2": 210})"),
        "");
}

TEST(TemplateCheck, ATemplateThatDoesNotLoadIsOneFinding) {
    EXPECT_THAT(check_blocks(R"({"block": "tekst"})"), HasSubstr("E "));
    const ScratchTemplates scratch;
    EXPECT_THAT(check(scratch), HasSubstr("there is no template"));
}

TEST(TemplateCheck, InkBeyondTheSheet) {
    EXPECT_THAT(check_blocks(R"({"block": "rect", "x": 205, "y": 20, "w": 8, "h": 2})"),
                AllOf(HasSubstr("/pages/0/blocks/0"), HasSubstr("3.0 mm beyond the sheet")));
}

TEST(TemplateCheck, WordsOverWords) {
    EXPECT_THAT(
        check_blocks(R"({"block": "text", "x": 10, "y": 20, "w": 80, "text": "{{order.number}}"},
        {"block": "text", "x": 12, "y": 21, "w": 80, "text": "{{shop.name}}"})"),
        AllOf(HasSubstr("stands over"), HasSubstr("/blocks/1")));
    EXPECT_EQ(
        check_blocks(R"({"block": "text", "x": 10, "y": 20, "w": 80, "text": "{{order.number}}"},
        {"block": "text", "x": 10, "y": 24, "w": 80, "text": "{{shop.name}}"})"),
        "");
}

TEST(TemplateCheck, WordsInTheWhiteOfACode) {
    EXPECT_THAT(
        check_blocks(R"({"block": "qr", "x": 20, "y": 40, "size": 22, "text": "{{card.link}}"},
        {"block": "text", "x": 43, "y": 50, "w": 80, "text": "too near"})"),
        AllOf(HasSubstr("into the white"), HasSubstr("/blocks/1")));
    EXPECT_THAT(
        check_blocks(
            R"({"block": "code128", "x": 20, "y": 40, "w": 60, "h": 10, "text": "{{rma.code}}"},
        {"block": "line", "x": 18, "y": 30, "y2": 60})"),
        HasSubstr("into the white"));
    EXPECT_THAT(
        check_blocks(
            R"({"block": "code128", "x": 1, "y": 40, "w": 60, "h": 10, "text": "{{rma.code}}"})"),
        HasSubstr("does not fit the sheet"));
}

TEST(TemplateCheck, ModulesThatThePrinterCannotDraw) {
    const ScratchTemplates scratch;
    scratch.write_blocks("");
    scratch.write("insert/t.json", R"({"version": 1, "default_language": "en", "resolution": 203,
      "pages": [{"id": "a", "width": 100, "height": 150, "blocks": [
        {"block": "qr", "x": 20, "y": 30, "size": 12, "text": "{{card.link}}"}]}]})");
    EXPECT_THAT(check(scratch), HasSubstr("too small for 203 dpi"));
}

TEST(TemplateCheck, MarkBoxesTooNear) {
    const auto card = [](const char* step, const char* extra) {
        return std::string(
                   R"({"block": "region", "id": "card", "kind": "card", "x": 0, "y": 0, "w": 105, "h": 148, "blocks": [
          {"block": "fiducial", "x": 7, "y": 7, "size": 4.5}, {"block": "fiducial", "x": 7, "y": 136, "size": 4.5},
          {"block": "fiducial", "x": 74, "y": 136, "size": 4.5},
          {"block": "qr", "x": 76, "y": 10, "size": 22, "text": "{{card.link}}"},
          {"block": "question", "id": "overall", "values": [1, 2], "x": 50, "y": 60, "w": 7, "h": 4, "dx": )") +
               step + "}" + extra + "]}";
    };
    EXPECT_EQ(check_blocks(card("9", "")), "");
    EXPECT_THAT(check_blocks(card("8", "")), HasSubstr("from a mark box"));
    EXPECT_THAT(
        check_blocks(card(
            "9",
            R"(, {"block": "text", "x": 40, "y": 63, "w": 9.9, "align": "right", "text": "near"})")),
        AllOf(HasSubstr("\"near\" is"), HasSubstr("keep 1.5 mm")));
}

TEST(TemplateCheck, AFoldThroughACodeOnEitherSide) {
    EXPECT_THAT(
        check_blocks(R"({"block": "qr", "x": 20, "y": 40, "size": 22, "text": "{{card.link}}"},
        {"block": "fold", "x": 0, "y": 50, "x2": 210})"),
        AllOf(HasSubstr("the fold goes through a code"), HasSubstr("/blocks/1")));
    const ScratchTemplates scratch;
    scratch.write_blocks("");
    const auto write = [&](const char* x) {
        scratch.write("insert/t.json",
                      std::string(R"({"version": 1, "default_language": "en", "sides": 2, "pages": [
          {"id": "a", "width": 210, "height": 297, "blocks": [{"block": "cut", "x": )") +
                          x + R"(, "y": 0, "y2": 297}]},
          {"id": "b", "width": 210, "height": 297, "blocks": [
            {"block": "qr", "x": 20, "y": 40, "size": 22, "text": "{{card.link}}"}]}]})");
    };
    write("30");
    EXPECT_EQ(check(scratch), "");
    write("180");  // 30 mm from the left on the other side
    EXPECT_THAT(check(scratch), HasSubstr("on the other side"));
}

TEST(TemplateCheck, ATornOffPartWithSomethingNeededBehind) {
    const ScratchTemplates scratch;
    scratch.write_blocks("");
    const auto write = [&](const char* x, const char* goes) {
        scratch.write("insert/t.json",
                      std::string(R"({"version": 1, "default_language": "en", "sides": 2, "pages": [
          {"id": "a", "width": 210, "height": 297, "blocks": [
            {"block": "part", "id": "card", "goes": "post", "x": 0, "y": 148.5, "w": 105, "h": 148.5}]},
          {"id": "b", "width": 210, "height": 297, "blocks": [
            {"block": "part", "id": "sheet", "goes": ")") +
                          goes + R"(", "x": )" + x + R"(, "y": 148.5, "w": 105, "h": 148.5}]}]})");
    };
    write("0", "stays");
    EXPECT_EQ(check(scratch), "");
    write("105", "stays");
    EXPECT_THAT(check(scratch), HasSubstr("\"sheet\", printed behind it, stays with the buyer"));
    write("105", "waste");
    EXPECT_EQ(check(scratch), "");
}

TEST(TemplateCheck, ACatalogueWithoutAString) {
    const ScratchTemplates scratch;
    scratch.write_blocks("");
    scratch.write("strings/pl.json", std::string("{") + kEnglishFormats + R"(, "hello": "Cześć"})");
    EXPECT_THAT(check(scratch),
                AllOf(HasSubstr("W "), HasSubstr("pl.json lacks 1"), HasSubstr("\"order\"")));
}

class ShippedTemplates : public testing::TestWithParam<std::string> {};

TEST_P(ShippedTemplates, HaveNoFindings) {
    const auto findings = check_template(GetParam(), template_folders(), specimen_fonts());
    ASSERT_TRUE(findings) << findings.error().text();
    EXPECT_EQ(told(*findings), "");
}

std::string as_test_name(const testing::TestParamInfo<std::string>& param) {
    std::string name = param.param;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(All, ShippedTemplates,
                         testing::ValuesIn(InsertTemplate::list(template_folders())), as_test_name);

}  // namespace
}  // namespace verso::generator
