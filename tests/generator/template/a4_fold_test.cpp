// SPDX-License-Identifier: Apache-2.0
// What must hold on the shipped sheet for every order: the card is where the scanner looks for it,
// and nothing printed disturbs it; what is torn off takes nothing needed along.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "ink.h"
#include "specimens.h"

namespace verso::generator {
namespace {

struct Specimen {
    std::string name;
    std::vector<DrawList> pages;
};

Specimen specimen(const std::string& name, const Order& order, int parcel = 1) {
    const Shop shop = specimen_shop();
    auto pages = a4_fold()->lay_out({order, parcel, shop, specimen_card(), specimen_rma()});
    if (!pages) {
        ADD_FAILURE() << name << ": " << pages.error().text();
        return {name, {}};
    }
    return {name, std::move(pages->pages)};
}

/// Every language, short and long, one and two parcels, long names.
const std::vector<Specimen>& specimens() {
    static const std::vector<Specimen> all = [] {
        std::vector<Specimen> out;
        for (const std::string& language : shipped_languages()) {
            for (int lines : {1, 3, 8, 9, 10, 45}) {
                out.push_back(specimen(language + " " + std::to_string(lines),
                                       specimen_order(language, lines)));
            }
            out.push_back(specimen(language + " second parcel",
                                   in_two_parcels(specimen_order(language, 9), 4), 2));
            Order order = in_two_parcels(specimen_order(language, 12), 1);
            order.ship_to.name = "Maximilienne-Éléonore de La Rochefoucauld-Ancel";
            order.ship_to.company = "Établissements Phạm Thị Ngọc Ánh & Nguyễn Đức Thịnh";
            order.ship_to.line2 = "Bâtiment C, escalier 4, porte 12";
            out.push_back(specimen(language + " names", order));
        }
        return out;
    }();
    return all;
}

TEST(A4Fold, TheCardIsExactlyWhatTheScannerIsBuiltFor) {
    std::ifstream in(VERSO_SOURCE_DIR "/tests/data/layouts/a4-fold-card.json");
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const auto expected = parse_layout(text);
    ASSERT_TRUE(expected) << expected.error().text();
    EXPECT_EQ(a4_fold()->layout().cards, expected->cards);
    using nlohmann::json;
    EXPECT_EQ(json::parse(to_json(a4_fold()->layout()))["cards"], json::parse(text)["cards"]);
}

TEST(A4Fold, ReturnSheetsHaveARowPerLine) {
    const Layout& layout = a4_fold()->layout();
    EXPECT_TRUE(layout_faults(layout).empty());
    ASSERT_EQ(layout.pages.size(), 4u);
    ASSERT_EQ(layout.returns.size(), 2u);
    const ReadRegion& first = layout.returns[0];
    EXPECT_EQ(first.page, 2);
    EXPECT_EQ(first.questions.size(), 8u * 2 + 1);
    EXPECT_EQ(first.find_question("line-8")->options.size(), 5u);
    EXPECT_EQ(first.find_question("line-8-quantity")->options.size(), 3u);
    EXPECT_EQ(first.find_question("wish")->options.size(), 2u);
    const ReadRegion& more = layout.returns[1];
    EXPECT_EQ(more.page, 4);
    EXPECT_EQ(more.questions.size(), 28u * 2);
    for (const auto& sheet : layout.returns) {
        ASSERT_GE(sheet.fiducials.size(), 3u);
        EXPECT_NE(sheet.find_code(CodeKind::DataMatrix), nullptr);
        const MmBox safe = sheet.box.grown(Mm{-6.999});
        for (const auto& fiducial : sheet.fiducials) {
            const MmBox page{Mm{0}, Mm{0}, Mm{210}, Mm{297}};
            EXPECT_TRUE(page.grown(Mm{-6.999}).contains(fiducial));
            EXPECT_TRUE(safe.y <= fiducial.y);
        }
    }
}

TEST(A4Fold, RowBoxesAreDrawnWhereTheLayoutSaysForEveryRow) {
    const auto pages = specimen("45", specimen_order("fr", 45)).pages;
    // Sheet 1 is page 2; page 3 continues the slip; sheet 2 is page 4.
    const std::pair<std::size_t, std::size_t> sheets[] = {{1, 0}, {3, 1}};
    for (const auto& [page, region] : sheets) {
        for (const auto& question : a4_fold()->layout().returns.at(region).questions) {
            if (question.id.find("quantity") != std::string::npos) continue;
            for (const auto& option : question.options) {
                const bool drawn = std::any_of(
                    pages.at(page).marks.begin(), pages.at(page).marks.end(),
                    [&](const Mark& mark) {
                        const auto* outline = std::get_if<OutlineMark>(&mark);
                        return outline != nullptr && outline->width == kMarkOutline &&
                               std::abs((outline->box.x - option.box.x).value) < 0.001 &&
                               std::abs((outline->box.y - option.box.y).value) < 0.001;
                    });
                EXPECT_TRUE(drawn) << question.id << " on page " << page + 1;
            }
        }
    }
}

/// Distances that the reader was promised, checked for every text and rule of every specimen.
TEST(A4Fold, NothingPrintedComesNearTheMarkBoxesAndCodes) {
    const Mm slack{1e-6};
    for (const auto& [name, pages] : specimens()) {
        ASSERT_GE(pages.size(), 2u);
        const std::pair<std::size_t, const ReadRegion*> regions[] = {
            {0, &a4_fold()->layout().cards[0]}, {1, &a4_fold()->layout().returns[0]}};
        for (const auto& [page, region] : regions) {
            for (const auto& mark : pages[page].marks) {
                const auto* text = std::get_if<TextMark>(&mark);
                const auto* line = std::get_if<LineMark>(&mark);
                if (text == nullptr && line == nullptr) continue;
                const std::string what = name + ": " + (text != nullptr ? text->text : "a rule");
                const Mm away = text != nullptr ? Mm{1.5} : Mm{2};
                for (const auto& question : region->questions) {
                    for (const auto& option : question.options) {
                        const MmBox kept = option.box.grown(kMarkOutline / 2 + away - slack);
                        EXPECT_FALSE(box_of(mark).intersects(kept))
                            << what << " near " << question.id;
                    }
                }
                for (const auto& code : region->codes) {
                    const Mm quiet = code.kind == CodeKind::Qr ? code.box.w / 37 * 4 : Mm{1.5};
                    if (code.kind == CodeKind::Code128) continue;
                    EXPECT_FALSE(box_of(mark).intersects(code.box.grown(quiet - slack)))
                        << what << " near " << to_string(code.kind);
                }
            }
        }
    }
}

TEST(A4Fold, TextsDoNotTouchOneAnother) {
    for (const auto& [name, pages] : specimens()) {
        for (std::size_t page = 0; page < pages.size(); ++page) {
            std::vector<const TextMark*> texts;
            for (const auto& mark : pages[page].marks) {
                const auto* text = std::get_if<TextMark>(&mark);
                // SPECIMEN lies across the card on purpose.
                if (text != nullptr && text->text != "SPECIMEN") texts.push_back(text);
            }
            for (std::size_t i = 0; i < texts.size(); ++i) {
                for (std::size_t j = i + 1; j < texts.size(); ++j) {
                    EXPECT_FALSE(ink_of(*texts[i]).intersects(ink_of(*texts[j]).grown(Mm{0.3})))
                        << name << ", page " << page + 1 << ": \"" << texts[i]->text << "\" and \""
                        << texts[j]->text << '"';
                }
            }
        }
    }
}

TEST(A4Fold, AllInkStaysFiveMillimetresFromTheEdges) {
    const MmBox safe{Mm{5}, Mm{5}, Mm{200}, Mm{287}};
    for (const auto& [name, pages] : specimens()) {
        for (const auto& page : pages) {
            for (const auto& mark : page.marks) {
                const auto* line = std::get_if<LineMark>(&mark);
                // The ends of cut lines are butt ends: half the width is no ink.
                const MmBox box =
                    line != nullptr ? box_of(mark).grown(line->width / -2) : box_of(mark);
                EXPECT_TRUE(safe.contains(box)) << name << ": " << to_text({page.page, {mark}});
            }
        }
    }
}

TEST(A4Fold, BothSidesHoldWhatMayBeSeparated) {
    const auto behind = [](const MmBox& box) {
        return MmBox{Mm{210} - box.right(), box.y, box.w, box.h};
    };
    const MmBox label{Mm{124}, Mm{12}, Mm{79}, Mm{100}};
    const MmBox sheet = a4_fold()->layout().returns[0].box;
    const MmBox card{Mm{0}, Mm{148.5}, Mm{210}, Mm{148.5}};
    for (const auto& [name, pages] : specimens()) {
        for (const auto& mark : pages[0].marks) {
            const auto* modules = std::get_if<ModulesMark>(&mark);
            const auto* text = std::get_if<TextMark>(&mark);
            const bool is_stub_code =
                modules != nullptr && modules->rows > 1 && modules->box.y < Mm{148};
            const bool is_stub_text = text != nullptr && text->at.y < Mm{148} &&
                                      text->text == format_typed_code(specimen_card().id);
            if (!is_stub_code && !is_stub_text) continue;
            // Neither the label nor the return sheet takes the stub along.
            EXPECT_FALSE(box_of(mark).intersects(behind(label))) << name;
            EXPECT_FALSE(box_of(mark).intersects(behind(sheet))) << name;
        }
        // Behind the card stand how-to words alone: no code, no box, no data of the order.
        for (const auto& mark : pages[1].marks) {
            if (!card.intersects(behind(box_of(mark))) || box_of(mark).bottom() < Mm{149}) continue;
            EXPECT_FALSE(std::holds_alternative<ModulesMark>(mark)) << name;
            EXPECT_FALSE(std::holds_alternative<FillMark>(mark)) << name;
        }
    }
    EXPECT_FALSE(sheet.intersects(label));
}

TEST(A4Fold, AlwaysWholeSheets) {
    for (const auto& [name, pages] : specimens()) EXPECT_EQ(pages.size() % 2, 0u) << name;
    EXPECT_EQ(specimen("8", specimen_order("fr", 8)).pages.size(), 2u);
    EXPECT_EQ(specimen("9", specimen_order("fr", 9)).pages.size(), 4u);
    EXPECT_EQ(specimen("45", specimen_order("fr", 45)).pages.size(), 6u);
}

TEST(A4Fold, SpecimenUntilThePostHasAgreed) {
    const auto says = [](const Shop& shop, const std::string& text) {
        const auto design =
            InsertTemplate::load("a4-fold", template_folders(), specimen_fonts(), &shop);
        if (!design) return false;
        const Order order = specimen_order("fr", 1);
        const auto pages = (*design)->lay_out({order, 1, shop, specimen_card(), specimen_rma()});
        return pages && to_text(pages->pages[0]).find(text) != std::string::npos;
    };
    Shop shop = specimen_shop();
    EXPECT_TRUE(says(shop, "SPECIMEN"));
    EXPECT_TRUE(says(shop, "MAISON EXEMPLE – RETOURS"));
    shop.reply_authorisation = "AUTORISATION 00000";
    shop.reply_address = {"MAISON EXEMPLE", "LIBRE REPONSE 00000", "73009 CHAMBERY CEDEX"};
    EXPECT_TRUE(says(shop, "LIBRE REPONSE 00000"));
    EXPECT_TRUE(says(shop, "AUTORISATION 00000"));
    EXPECT_TRUE(says(shop, "SPECIMEN")) << "neither artwork nor approval";
    shop.reply_profile = "stamp";
    EXPECT_TRUE(says(shop, "LIBRE REPONSE 00000"));
    EXPECT_FALSE(says(shop, "SPECIMEN")) << "a stamp needs no post's consent";
}

TEST(A4Fold, PrivacyNoticeHasAtMostSixtyWords) {
    for (const auto& [name, pages] : specimens()) {
        std::size_t words = 0;
        for (const auto& mark : pages[0].marks) {
            const auto* text = std::get_if<TextMark>(&mark);
            const bool notice = text != nullptr && text->turn == 0 && text->at.x == Mm{110} &&
                                text->at.y > Mm{126} && text->at.y < Mm{148};
            if (notice)
                words += 1 + std::size_t(std::count(text->text.begin(), text->text.end(), ' '));
        }
        EXPECT_GT(words, 20u) << name;
        EXPECT_LE(words, 60u) << name;
    }
}

}  // namespace
}  // namespace verso::generator
