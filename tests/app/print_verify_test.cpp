// SPDX-License-Identifier: Apache-2.0
// An insert is printed to a PDF with one thing wrong at a time, and the proof must find that thing.
#include "app/print_verify.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "generator/barcode/barcode.h"
#include "generator/pdf/pdf_writer.h"
#include "temp_folder.h"
#include "tests/generator/specimens.h"

namespace verso::app {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

struct Insert {
    Layout layout;
    std::vector<DrawList> pages;
    InsertTexts texts;
};

/// The shipped insert for an invented order.
const Insert& insert() {
    static const Insert made = [] {
        const auto design = generator::a4_fold();
        const CardIdentity card = generator::specimen_card();
        const Order order = generator::specimen_order("fr", 5);
        const Shop shop = generator::specimen_shop();
        const auto pages =
            design->lay_out({order, 1, shop, card, generator::specimen_rma()}).value();
        return Insert{design->layout(),
                      pages.pages,
                      {format_link(shop.link_host, card),
                       format_side_mark({card.layout, card.id, SideMark::Side::Card, 1})}};
    }();
    return made;
}

std::vector<ExpectedPage> expected() {
    const auto pages =
        expected_pages(insert().layout, insert().pages, 1, "order #1042 parcel 1", insert().texts);
    EXPECT_TRUE(pages.has_value()) << (pages ? "" : pages.error().text());
    return pages ? *pages : std::vector<ExpectedPage>{};
}

class Verify : public testing::Test {
  protected:
    PrintProof prove(const std::vector<DrawList>& pages, const VerifyOptions& options = {},
                     const ProofSink& sink = {}) {
        const std::string path = (folder_.path() / "wave.pdf").string();
        generator::PdfWriter writer(generator::specimen_fonts(), {});
        for (const auto& page : pages) EXPECT_TRUE(writer.add_page(page).has_value());
        EXPECT_TRUE(writer.save(path).has_value());
        const auto proof = verify_print(path, expected(), options, sink);
        EXPECT_TRUE(proof.has_value()) << (proof ? "" : proof.error().text());
        return proof ? *proof : PrintProof{};
    }

    /// The pages with one mark changed: the first of its kind for which `change` says so.
    template <class Kind>
    std::vector<DrawList> broken(const std::function<bool(Kind&)>& change) {
        auto pages = insert().pages;
        for (auto& page : pages) {
            page.ground = nullptr;  // it holds the mark as it was
            for (auto& mark : page.marks) {
                auto* one = std::get_if<Kind>(&mark);
                if (one != nullptr && change(*one)) return pages;
            }
        }
        ADD_FAILURE() << "nothing to break";
        return pages;
    }

    TempFolder folder_;
};

bool is_qr(const ModulesMark& mark) { return mark.rows == mark.columns && mark.rows >= 21; }

TEST_F(Verify, AGoodPrintIsSound) {
    int pages = 0;
    const PrintProof proof = prove(insert().pages, {}, [&](const PageProof& page) {
        ++pages;
        EXPECT_EQ(page.page, pages);
        EXPECT_THAT(proof_line(page), HasSubstr("\"differences\":[]"));
    });
    for (const auto& difference : proof.differences) ADD_FAILURE() << difference.text();
    EXPECT_EQ(pages, int(insert().pages.size()));
    EXPECT_GE(proof.codes, 4);  // two on the card, one on the return sheet, the RMA
    EXPECT_GE(proof.boxes, 20);
    EXPECT_LT(proof.worst_off.value, 0.1);
    EXPECT_GE(proof.lowest_grade, 2.5);
    EXPECT_THAT(proof_sentence(proof, {}), HasSubstr("all as they should be"));
}

TEST_F(Verify, FindsAMovedMarkBox) {
    const MmBox first = insert().layout.cards.at(0).questions.at(0).options.at(0).box;
    const PrintProof proof = prove(broken<OutlineMark>([&](OutlineMark& mark) {
        if (!(mark.box == first)) return false;
        mark.box.x += 0.4_mm;
        return true;
    }));
    ASSERT_THAT(proof.differences, SizeIs(1));
    EXPECT_THAT(proof.differences.front().text(), HasSubstr("box 1 of overall"));
    EXPECT_THAT(proof.differences.front().text(), HasSubstr("page 1, order #1042 parcel 1"));
    EXPECT_NEAR(proof.worst_off.value, 0.4, 0.05);
}

TEST_F(Verify, FindsAMissingFiducial) {
    const MmBox first = insert().layout.cards.at(0).fiducials.at(1);
    const PrintProof proof = prove(broken<FillMark>([&](FillMark& mark) {
        if (!(mark.box == first)) return false;
        mark.ink = kWhite;
        return true;
    }));
    ASSERT_THAT(proof.differences, SizeIs(1));
    EXPECT_EQ(proof.differences.front().place, "fiducial 2 of card");
    EXPECT_EQ(proof.differences.front().found, "nothing printed");
}

TEST_F(Verify, FindsAnotherCardsCode) {
    const auto other = generator::encode_qr(
        "HTTPS://AVIS.MAISON-EXEMPLE.EXAMPLE/C/014K7M2Q9XW3HTBB9ZK3T5V7X1Y2W4R6P8QN",
        generator::QrLevel::Q);
    const PrintProof proof = prove(broken<ModulesMark>([&](ModulesMark& mark) {
        if (!is_qr(mark)) return false;
        mark.columns = other->columns;
        mark.rows = other->rows;
        mark.modules = other->modules;
        return true;
    }));
    ASSERT_FALSE(proof.sound());
    EXPECT_THAT(proof.differences.front().found, HasSubstr("014K7M2Q9XW3HTB"));
    EXPECT_EQ(proof.differences.front().expected, "\"" + insert().texts.link + "\"");
}

TEST_F(Verify, FindsAMovedAndATurnedCode) {
    const PrintProof moved = prove(broken<ModulesMark>([&](ModulesMark& mark) {
        if (!is_qr(mark)) return false;
        mark.box.y += 0.5_mm;
        return true;
    }));
    ASSERT_THAT(moved.differences, SizeIs(1));
    EXPECT_THAT(moved.differences.front().place, HasSubstr("QR at"));
    const PrintProof turned = prove(broken<ModulesMark>([&](ModulesMark& mark) {
        if (!is_qr(mark)) return false;
        mark.turn += 90;
        return true;
    }));
    ASSERT_FALSE(turned.sound());
    EXPECT_THAT(turned.differences.front().expected, HasSubstr("turned by"));
}

/// Each bar loses `tenths` of a module on its right, but the last.
bool thin_bars(ModulesMark& mark, int tenths) {
    if (mark.rows != 1) return false;
    std::string thin;
    for (std::size_t i = 0; i < mark.modules.size(); ++i) {
        const bool ink = mark.modules[i] == '1';
        const bool ends = ink && i + 1 < mark.modules.size() && mark.modules[i + 1] == '0';
        thin += std::string(std::size_t(ink ? 10 - (ends ? tenths : 0) : 0), '1');
        thin.resize((i + 1) * 10, '0');
    }
    mark.columns *= 10;
    mark.modules = thin;
    return true;
}

TEST_F(Verify, FindsThinnedBars) {
    const auto pages = [&](int tenths) {
        return broken<ModulesMark>([=](ModulesMark& mark) { return thin_bars(mark, tenths); });
    };
    VerifyOptions strict;
    strict.least_grade = 3;
    EXPECT_TRUE(prove(pages(0), strict).sound());
    // It still decodes, but worse.
    const PrintProof worse = prove(pages(3), strict);
    ASSERT_FALSE(worse.sound());
    EXPECT_THAT(worse.differences.front().place, HasSubstr("Code 128 at"));
    EXPECT_THAT(worse.differences.front().found, HasSubstr("decodability"));
    EXPECT_GT(worse.lowest_grade, 0);
    const PrintProof lost = prove(pages(5));
    ASSERT_FALSE(lost.sound());
    EXPECT_EQ(lost.differences.front().found, "nothing that decodes");
    EXPECT_EQ(lost.lowest_grade, 0);
}

TEST_F(Verify, FindsAnotherPaperAndAMissingPage) {
    auto pages = insert().pages;
    pages.at(0).page.height += 3_mm;
    const PrintProof proof = prove(pages);
    ASSERT_FALSE(proof.sound());
    EXPECT_EQ(proof.differences.front().place, "the page");
    pages.pop_back();
    EXPECT_THAT(prove(pages).differences.back().found, HasSubstr("no such page"));
}

TEST_F(Verify, HoldsAtEveryPrintersResolution) {
    for (const int dpi : {203, 600}) {
        VerifyOptions options;
        options.dpi = dpi;
        const PrintProof proof = prove(insert().pages, options);
        for (const auto& difference : proof.differences) ADD_FAILURE() << difference.text();
    }
}

TEST_F(Verify, SaysWhatItCannotLookAt) {
    EXPECT_EQ(verify_print("/no/such.pdf", expected(), {}).error().code, ErrorCode::FileUnreadable);
    VerifyOptions options;
    options.dpi = 5;
    EXPECT_EQ(verify_print("/no/such.pdf", expected(), options).error().code,
              ErrorCode::ValueInvalid);
}

TEST(ExpectedPages, ComeFromLayoutAndDrawLists) {
    const auto pages = expected();
    ASSERT_EQ(pages.size(), insert().pages.size());
    const auto& card = insert().layout.cards.at(0);
    const auto& front = pages.at(std::size_t(card.page - 1));
    EXPECT_THAT(front.codes,
                testing::Contains(testing::Field(&ExpectedCode::text, insert().texts.link)));
    EXPECT_THAT(front.codes,
                testing::Contains(testing::Field(&ExpectedCode::text, insert().texts.mark)));
    std::size_t options = 0;
    for (const auto& question : card.questions) options += question.options.size();
    EXPECT_GE(front.boxes.size(), card.fiducials.size() + options);
}

TEST(ExpectedPages, RefuseACardThatIsNotDrawnWhereItsLayoutHasIt) {
    auto pages = insert().pages;
    for (auto& mark : pages.front().marks) {
        if (auto* outline = std::get_if<OutlineMark>(&mark)) outline->box.x += 1_mm;
    }
    const auto moved = expected_pages(insert().layout, pages, 1, "order #1", insert().texts);
    ASSERT_FALSE(moved.has_value());
    EXPECT_THAT(moved.error().text(), HasSubstr("does not draw box"));
    const std::vector<DrawList> bare(2, DrawList{{210_mm, 297_mm}, {}});
    const auto none = expected_pages(insert().layout, bare, 1, "order #1", {});
    ASSERT_FALSE(none.has_value());
    EXPECT_THAT(none.error().text(), HasSubstr("none of its pages shows card"));
}

}  // namespace
}  // namespace verso::app
