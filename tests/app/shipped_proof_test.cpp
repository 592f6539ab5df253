// SPDX-License-Identifier: Apache-2.0
// Every shipped template, short and long, printed to a PDF and proved at its printers' resolution.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>

#include "app/print_verify.h"
#include "generator/pdf/pdf_writer.h"
#include "temp_folder.h"
#include "tests/generator/specimens.h"

namespace verso::app {
namespace {

class ShippedProof : public testing::TestWithParam<std::string> {
  protected:
    /// Prints one insert and tells every difference.
    PrintProof prove(const Order& order, int dpi) {
        const auto design = generator::shipped(GetParam());
        const CardIdentity card = generator::specimen_card();
        const Shop shop = generator::specimen_shop();
        const auto set = design->lay_out({order, 1, shop, card, generator::specimen_rma()});
        EXPECT_TRUE(set.has_value()) << (set ? "" : set.error().text());
        const std::string path = (folder_.path() / "insert.pdf").string();
        generator::PdfWriter writer(generator::specimen_fonts(), {});
        for (const auto& page : set->pages) EXPECT_TRUE(writer.add_page(page).has_value());
        EXPECT_TRUE(writer.save(path).has_value());
        const InsertTexts texts{format_link(shop.link_host, card),
                                format_side_mark({card.layout, card.id, SideMark::Side::Card, 1})};
        const auto expected = expected_pages(design->layout(), set->pages, 1, "order #1042", texts);
        EXPECT_TRUE(expected.has_value()) << (expected ? "" : expected.error().text());
        if (!expected) return {};
        VerifyOptions options;
        options.dpi = dpi;
        const auto proof = verify_print(path, *expected, options);
        EXPECT_TRUE(proof.has_value());
        for (const auto& difference : proof->differences) ADD_FAILURE() << difference.text();
        EXPECT_EQ(proof->pages, int(set->pages.size()));
        std::printf("%s %d dpi: %s\n", GetParam().c_str(), dpi,
                    proof_sentence(*proof, options).c_str());
        return *proof;
    }

    TempFolder folder_;
};

TEST_P(ShippedProof, IsSoundAtItsPrintersResolution) {
    const bool thermal = GetParam().starts_with("label-");
    for (const int dpi : thermal ? std::vector{203, 300} : std::vector{300, 600}) {
        const PrintProof proof = prove(generator::specimen_order("fr", 3), dpi);
        EXPECT_GE(proof.codes, 1);
    }
}

TEST_P(ShippedProof, IsSoundWithManyArticles) {
    const Order order = generator::in_two_parcels(generator::specimen_order("de", 45), 5);
    prove(order, GetParam().starts_with("label-") ? 203 : 300);
}

INSTANTIATE_TEST_SUITE_P(
    Templates, ShippedProof,
    testing::ValuesIn(generator::InsertTemplate::list(generator::template_folders())),
    [](const auto& shipped) {
        std::string name = shipped.param;
        std::replace(name.begin(), name.end(), '-', '_');
        return name;
    });

}  // namespace
}  // namespace verso::app
