// SPDX-License-Identifier: Apache-2.0
#include "generator/layout/page_setter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "scratch_template.h"
#include "specimens.h"

namespace verso::generator {
namespace {

using testing::HasSubstr;

InsertPages lay_out(const InsertTemplate& design, const Order& order, int parcel = 1) {
    const Shop shop = specimen_shop();
    auto pages = design.lay_out({order, parcel, shop, specimen_card(), specimen_rma()});
    if (!pages) {
        ADD_FAILURE() << pages.error().text();
        return {};
    }
    return std::move(pages).value();
}

int count(const DrawList& page, const std::string& text) {
    return int(std::count_if(page.marks.begin(), page.marks.end(), [&](const Mark& mark) {
        const auto* line = std::get_if<TextMark>(&mark);
        return line != nullptr && line->text == text;
    }));
}

/// Room for 4 rows, or 2 and the footer, on each page.
void write_table(const ScratchTemplates& scratch, const std::string& last_sheet = "100") {
    scratch.write_blocks("");
    scratch.write("insert/t.json", R"({"version": 1, "default_language": "en", "sides": 2,
      "tables": {"list": {"over": "parcel.lines", "row_height": 10, "row_baseline": 5, "header_height": 5,
        "header_baseline": 4, "footer_height": 15,
        "columns": [{"x": 0, "w": 50, "header": "HEAD", "text": "row {{row}}"}],
        "footer": [{"block": "text", "x": 0, "y": 5, "w": 50, "text": "TOTAL"}],
        "more": [{"block": "text", "x": 0, "y": 5, "w": 50, "text": "MORE"}]}},
      "pages": [
        {"id": "a", "width": 210, "height": 297, "blocks": [{"block": "table", "table": "list", "x": 10, "y": 20, "h": 45}]},
        {"id": "b", "width": 210, "height": 297, "continues": "list", "last_sheet": )" +
                                       last_sheet + R"(, "blocks": [
           {"block": "text", "x": 0, "y": 5, "w": 50, "text": "sheet {{sheet.number}}"},
           {"block": "table", "table": "list", "x": 10, "y": 20, "h": 45}]}]})");
}

TEST(TableOverflow, TheTotalStaysWithTheLastRow) {
    const ScratchTemplates scratch;
    write_table(scratch);
    const auto design = scratch.load();
    ASSERT_TRUE(design) << design.error().text();
    // Rows on the first page, and sheets of paper sides, by the number of lines.
    const std::tuple<int, int, std::size_t> cases[] = {{1, 1, 2}, {2, 2, 2}, {3, 2, 2},
                                                       {4, 3, 2}, {6, 4, 2}, {7, 4, 4}};
    for (const auto& [lines, first, sides] : cases) {
        const auto pages = lay_out(**design, specimen_order("en", lines)).pages;
        ASSERT_EQ(pages.size(), sides) << lines;
        int rows = 0;
        for (int row = 1; row <= first; ++row)
            rows += count(pages[0], "row " + std::to_string(row));
        EXPECT_EQ(rows, first) << lines;
        EXPECT_EQ(count(pages[0], "row " + std::to_string(first + 1)), 0) << lines;
        int totals = 0, lasts = 0;
        for (const auto& page : pages) {
            const int total = count(page, "TOTAL");
            const int last = count(page, "row " + std::to_string(lines));
            EXPECT_EQ(total, last) << "the total must stand under the last of " << lines;
            totals += total;
            lasts += last;
        }
        EXPECT_EQ(totals, 1);
        EXPECT_EQ(lasts, 1);
    }
}

TEST(TableOverflow, HeadersRepeatAndSheetsAreNumbered) {
    const ScratchTemplates scratch;
    write_table(scratch);
    const auto pages = lay_out(**scratch.load(), specimen_order("en", 7)).pages;
    EXPECT_EQ(count(pages[0], "HEAD"), 1);
    EXPECT_EQ(count(pages[1], "HEAD"), 1);
    EXPECT_EQ(count(pages[0], "MORE"), 1);
    EXPECT_EQ(count(pages[1], "sheet 2"), 1);
    EXPECT_EQ(count(pages[2], "sheet 3"), 1);
    EXPECT_TRUE(pages[3].marks.empty()) << "padded to whole sheets";
    EXPECT_EQ(pages[3].page.width, Mm{210});
}

TEST(TableOverflow, MoreArticlesThanTheLastSheetHoldsAreRefused) {
    const ScratchTemplates scratch;
    write_table(scratch, "2");
    const Order order = specimen_order("en", 45);
    const Shop shop = specimen_shop();
    const auto refused =
        (*scratch.load())->lay_out({order, 1, shop, specimen_card(), specimen_rma()});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::LimitExceeded);
    EXPECT_THAT(refused.error().text(), HasSubstr("more articles than 2 sheets"));
    EXPECT_THAT(refused.error().text(), HasSubstr("order #1042"));
}

TEST(TableOverflow, AContinuationWithoutItsTableIsRefused) {
    const ScratchTemplates scratch;
    write_table(scratch);
    scratch.write("insert/t.json", R"({"version": 1, "default_language": "en",
      "pages": [{"id": "b", "width": 210, "height": 297, "continues": "list", "blocks": []}]})");
    EXPECT_THAT(scratch.complaint(), HasSubstr("no table \"list\" to continue"));
}

TEST(TableOverflow, AConditionOnTheTableDoesNotPrintForEver) {
    const ScratchTemplates scratch;
    write_table(scratch);
    scratch.write("insert/t.json", R"({"version": 1, "default_language": "en",
      "tables": {"list": {"over": "parcel.lines", "row_height": 10}},
      "pages": [
        {"id": "a", "width": 210, "height": 297, "blocks": [{"block": "table", "table": "list", "x": 10, "y": 20, "h": 45}]},
        {"id": "b", "width": 210, "height": 297, "continues": "list", "blocks": [
           {"block": "table", "if": "parcel.count > 5", "table": "list", "x": 10, "y": 20, "h": 45}]}]})");
    const auto design = scratch.load();
    ASSERT_TRUE(design) << design.error().text();
    const Order order = specimen_order("en", 9);
    const Shop shop = specimen_shop();
    const auto pages = (*design)->lay_out({order, 1, shop, specimen_card(), specimen_rma()});
    ASSERT_FALSE(pages);
    EXPECT_THAT(pages.error().text(), HasSubstr("takes no row"));
}

TEST(PageSetter, NamesOrderFieldAndCharacterThatNoFontHas) {
    Order order = specimen_order("fr", 3);
    const Shop shop = specimen_shop();
    order.lines.at(1).title = "Thé 茶";
    const auto refused = a4_fold()->lay_out({order, 1, shop, specimen_card(), specimen_rma()});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::TextUnprintable);
    EXPECT_THAT(refused.error().text(),
                testing::AllOf(HasSubstr("#1042"), HasSubstr("line.article"), HasSubstr("茶")));
    order = specimen_order("fr", 3);
    order.ship_to.city = "Ch\xE2mbery";
    EXPECT_FALSE(a4_fold()->lay_out({order, 1, shop, specimen_card(), specimen_rma()}));
}

TEST(PageSetter, RefusesAParcelWithoutLines) {
    Order order = specimen_order("fr", 3);
    const Shop shop = specimen_shop();
    const auto unknown = a4_fold()->lay_out({order, 2, shop, specimen_card(), specimen_rma()});
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, ErrorCode::ValueInvalid);
    order.lines.clear();
    const auto empty = a4_fold()->lay_out({order, 1, shop, specimen_card(), specimen_rma()});
    ASSERT_FALSE(empty);
    EXPECT_THAT(empty.error().text(), HasSubstr("parcel 1 has no lines"));
}

TEST(PageSetter, LongNamesPrintWholeAndLongerOnesAreRefused) {
    Order order = specimen_order("fr", 1);
    order.ship_to.country = "BE";  // France would break the line
    order.ship_to.postcode = "1000";
    order.ship_to.name = "Maximilienne-Éléonore de La Rochefoucauld-Ancel";  // 47 characters
    auto insert = lay_out(*a4_fold(), order);
    EXPECT_EQ(count(insert.pages[0], order.ship_to.name), 1);
    EXPECT_TRUE(insert.warnings.empty());
    order.ship_to.name += " et toute sa grande famille réunie pour l’été";
    const Shop shop = specimen_shop();
    const auto refused = a4_fold()->lay_out({order, 1, shop, specimen_card(), specimen_rma()});
    ASSERT_FALSE(refused) << "half a name would be on the parcel";
    EXPECT_THAT(refused.error().text(), HasSubstr("order #1042, buyer.lines"));
}

TEST(PageSetter, AnOrderWithoutAddressIsRefused) {
    Order order = specimen_order("fr", 1);
    order.ship_to = {"Zoë Exemple", "", "", "", "", "", "", "FR"};
    const Shop shop = specimen_shop();
    const auto refused = a4_fold()->lay_out({order, 1, shop, specimen_card(), specimen_rma()});
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().text(), HasSubstr("the order has no address"));
}

TEST(PageSetter, ConditionsLeaveBlocksOut) {
    const ScratchTemplates scratch;
    scratch.write_blocks(
        R"({"block": "text", "if": "order.language == 'en'", "x": 1, "y": 5, "w": 50, "text": "t:hello"},
        {"block": "group", "if": "order.language == 'fr'", "x": 1, "y": 5, "w": 50, "h": 50, "blocks": [
          {"block": "text", "x": 1, "y": 5, "w": 50, "text": "A"}, {"block": "text", "x": 1, "y": 9, "w": 50, "text": "B"}]},
        {"block": "text", "x": 1, "y": 9, "w": 50, "text": "C"})");
    const auto design = scratch.load();
    ASSERT_TRUE(design) << design.error().text();
    const auto english = lay_out(**design, specimen_order("en", 1)).pages.front();
    EXPECT_EQ(count(english, "Hello Zoë O’Neill"), 1);
    EXPECT_EQ(count(english, "A") + count(english, "B"), 0);
    const auto french = lay_out(**design, specimen_order("fr", 1)).pages.front();
    EXPECT_EQ(count(french, "A") + count(french, "B"), 2);
    EXPECT_EQ(count(french, "C"), 1);
    EXPECT_EQ(count(french, "Hello Zoë Lefèvre-Błaszczyk"), 0);
}

TEST(PageSetter, OrdersWithoutCatalogueFallBackToTheDefaultAndWithoutLanguageToTheShop) {
    Order order = specimen_order("fr", 1);
    order.language = "sv";
    EXPECT_EQ(count(lay_out(*a4_fold(), order).pages[0], "Bon de livraison"), 1);
    order.language = "";
    Shop shop = specimen_shop();
    shop.language = "de";
    const auto pages = a4_fold()->lay_out({order, 1, shop, specimen_card(), specimen_rma()});
    ASSERT_TRUE(pages);
    EXPECT_EQ(count(pages->pages[0], "Lieferschein"), 1);
}

}  // namespace
}  // namespace verso::generator
