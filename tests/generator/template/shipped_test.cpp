// SPDX-License-Identifier: Apache-2.0
// What must hold on every shipped template, in every language, for short and long orders.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>

#include "ink.h"
#include "specimens.h"

namespace verso::generator {
namespace {

struct Specimen {
    std::string name;
    InsertPages pages;
};

Specimen specimen(const InsertTemplate& design, const std::string& name, const Order& order,
                  int parcel = 1) {
    const Shop shop = specimen_shop();
    auto pages = design.lay_out({order, parcel, shop, specimen_card(), specimen_rma()});
    if (pages) return {name, std::move(pages).value()};
    ADD_FAILURE() << design.name() << ' ' << name << ": " << pages.error().text();
    return {name, {}};
}

std::vector<Specimen> specimens(const InsertTemplate& design) {
    std::vector<Specimen> out;
    for (const std::string& language : shipped_languages()) {
        for (int lines : {1, 3, 40}) {
            out.push_back(specimen(design, language + " " + std::to_string(lines),
                                   specimen_order(language, lines)));
        }
        const Order two = in_two_parcels(specimen_order(language, 9), 4);
        out.push_back(specimen(design, language + " first parcel", two));
        out.push_back(specimen(design, language + " second parcel", two, 2));
        Order untracked = specimen_order(language, 2);
        untracked.parcels = {{1, "", "", ""}};
        untracked.promised_on.reset();
        out.push_back(specimen(design, language + " no tracking", untracked));
        out.push_back(specimen(design, language + " names", with_long_names(two)));
        Order own = specimen_order(language, 3);
        own.insider = true;
        out.push_back(specimen(design, language + " insider", own));
    }
    return out;
}

class Shipped : public ::testing::TestWithParam<std::string> {
  protected:
    const InsertTemplate& design() const { return *shipped(GetParam()); }
    /// Set once for each template.
    const std::vector<Specimen>& all() const {
        static std::map<std::string, std::vector<Specimen>> known;
        auto& out = known[GetParam()];
        if (out.empty()) out = specimens(design());
        return out;
    }
};

TEST_P(Shipped, SetsEveryOrderWithoutAWarning) {
    for (const auto& [name, pages] : all()) {
        EXPECT_FALSE(pages.pages.empty()) << name;
        for (const auto& warning : pages.warnings) {
            // The long names are longer than the French post reads; that is for the shop to know.
            if (warning.find("the post of FR reads 38") != std::string::npos) continue;
            ADD_FAILURE() << name << ": " << warning;
        }
    }
}

/// Every text of a specimen, in one.
std::string words_of(const Specimen& specimen) {
    std::string words;
    for (const auto& page : specimen.pages.pages) {
        for (const auto& mark : page.marks) {
            if (const auto* text = std::get_if<TextMark>(&mark)) words += text->text + " ";
        }
    }
    return words;
}

// C 3.14: what of an insider's sheet is printed differently is said, and nothing promises that the
// rating counts.
TEST_P(Shipped, TheCardOfAnInsiderSaysSo) {
    const std::map<std::string, std::string> internal{
        {"de", "Intern"}, {"en", "Internal"}, {"es", "ntern"},   {"fr", "ntern"},
        {"it", "ntern"},  {"nl", "Intern"},   {"pl", "ewnętrzn"}};
    for (const std::string& language : shipped_languages()) {
        Order own = specimen_order(language, 3);
        const std::string plain = words_of(specimen(design(), language, own));
        own.insider = true;
        const std::string said = words_of(specimen(design(), language + " insider", own));
        EXPECT_NE(said.find(internal.at(language)), std::string::npos) << said;
        EXPECT_EQ(plain.find(internal.at(language)), std::string::npos) << plain;
    }
}

/// Numbers of the shop's own ranges, plainly invented.
ReturnLabel own_number(ReturnLabel::Kind kind) {
    ReturnLabel label;
    label.kind = kind;
    const bool s10 = kind == ReturnLabel::Kind::S10;
    label.number = s10 ? "RR473124829FR" : "095287654321012346";
    label.text = s10 ? "RR 473 124 829 FR" : "(00) 0 9528765 432101234 6";
    label.bars = s10 ? "RR473124829FR" : "[00]095287654321012346";
    return label;
}

TEST_P(Shipped, ReturnLabelsCarryTheNumberOfTheirKind) {
    const Order order = specimen_order("fr", 2);
    const Shop shop = specimen_shop();
    const auto text_of = [&](const ReturnLabel* label) {
        const auto pages =
            design().lay_out({order, 1, shop, specimen_card(), specimen_rma(), label});
        if (!pages) return pages.error().text();
        EXPECT_TRUE(pages->warnings.empty()) << pages->warnings.front();
        std::string out;
        for (const auto& page : pages->pages) out += to_text(page);
        return out;
    };
    if (text_of(nullptr).find("RETOUR\n") == std::string::npos) return;  // it has no label
    for (const auto kind : {ReturnLabel::Kind::S10, ReturnLabel::Kind::Sscc}) {
        const ReturnLabel label = own_number(kind);
        EXPECT_NE(text_of(&label).find(label.text), std::string::npos) << to_string(kind);
    }
    ReturnLabel carriers;
    carriers.kind = ReturnLabel::Kind::Carrier;
    Picture picture;
    picture.width = Mm{70};
    picture.height = Mm{90};
    carriers.artwork = std::make_shared<const Picture>(picture);
    const std::string embedded = text_of(&carriers);
    EXPECT_NE(embedded.find("picture"), std::string::npos);
    EXPECT_EQ(embedded.find("RETOUR\n"), std::string::npos) << "two labels in one place";
}

TEST_P(Shipped, TextsDoNotTouchOneAnother) {
    for (const auto& [name, pages] : all()) {
        for (const auto& page : pages.pages) {
            std::vector<std::pair<const TextMark*, MmBox>> texts;
            for (const auto& mark : page.marks) {
                const auto* text = std::get_if<TextMark>(&mark);
                // SPECIMEN lies across the card on purpose.
                if (text != nullptr && text->text != "SPECIMEN")
                    texts.emplace_back(text, ink_of(*text));
            }
            for (std::size_t i = 0; i < texts.size(); ++i) {
                for (std::size_t j = i + 1; j < texts.size(); ++j) {
                    EXPECT_FALSE(texts[i].second.intersects(texts[j].second.grown(Mm{0.2})))
                        << name << ": \"" << texts[i].first->text << "\" and \""
                        << texts[j].first->text << '"';
                }
            }
        }
    }
}

/// Office printers leave 5 mm blank, label printers 2.
TEST_P(Shipped, InkStaysAwayFromTheEdges) {
    const bool label = GetParam().rfind("label-", 0) == 0;
    for (const auto& [name, pages] : all()) {
        for (const auto& page : pages.pages) {
            const MmBox safe = MmBox{Mm{0}, Mm{0}, page.page.width, page.page.height}.grown(
                Mm{label ? -2.0 : -4.999});
            for (const auto& mark : page.marks) {
                const auto* line = std::get_if<LineMark>(&mark);
                const MmBox box =
                    line != nullptr ? box_of(*line).grown(line->width / -2) : box_of(mark);
                EXPECT_TRUE(safe.contains(box)) << name << ": " << to_text({page.page, {mark}});
            }
        }
    }
}

TEST_P(Shipped, TextsKeepAwayFromCodes) {
    for (const auto& [name, pages] : all()) {
        for (const auto& page : pages.pages) {
            for (const auto& mark : page.marks) {
                const auto* modules = std::get_if<ModulesMark>(&mark);
                if (modules == nullptr || modules->rows < 2) continue;
                const MmBox kept =
                    modules->box.grown(modules->box.w / modules->columns * 2 + Mm{0.4});
                for (const auto& other : page.marks) {
                    const auto* text = std::get_if<TextMark>(&other);
                    if (text == nullptr) continue;
                    EXPECT_FALSE(ink_of(*text).intersects(kept)) << name << ": " << text->text;
                }
            }
        }
    }
}

TEST_P(Shipped, NothingComesNearTheMarkBoxes) {
    const Layout& layout = design().layout();
    std::vector<ReadRegion> regions = layout.cards;
    regions.insert(regions.end(), layout.returns.begin(), layout.returns.end());
    for (const auto& [name, pages] : all()) {
        for (const auto& region : regions) {
            if (region.page > 2) continue;  // continuation: not on every insert
            for (const auto& mark : pages.pages.at(std::size_t(region.page) - 1).marks) {
                const auto* text = std::get_if<TextMark>(&mark);
                const auto* line = std::get_if<LineMark>(&mark);
                if (text == nullptr && line == nullptr) continue;
                const Mm away = text != nullptr ? Mm{1.5} : Mm{2};
                for (const auto& question : region.questions) {
                    for (const auto& option : question.options) {
                        const MmBox kept = option.box.grown(kMarkOutline / 2 + away - Mm{1e-6});
                        EXPECT_FALSE(box_of(mark).intersects(kept))
                            << name << ": " << (text != nullptr ? text->text : "a rule") << " near "
                            << question.id;
                    }
                }
            }
        }
    }
}

TEST_P(Shipped, SheetsPrintedOnBothSidesAreWhole) {
    for (const auto& [name, pages] : all()) {
        if (design().layout().cards.empty()) continue;
        EXPECT_EQ(pages.pages.size() % 2, 0u) << name;
    }
}

TEST(ShippedIntegrated, TheLabelFollowsTheWindow) {
    Shop shop = specimen_shop();
    shop.template_settings["a4-integrated"] = {{"window_x", 112.0}, {"window_w", 88.0}};
    const auto design =
        InsertTemplate::load("a4-integrated", template_folders(), specimen_fonts(), &shop);
    ASSERT_TRUE(design) << design.error().text();
    const Order order = specimen_order("fr", 1);
    const auto pages = (*design)->lay_out({order, 1, shop, specimen_card(), specimen_rma()});
    ASSERT_TRUE(pages) << pages.error().text();
    const MmBox window{Mm{112}, Mm{176}, Mm{88}, Mm{110}};
    int inside = 0;
    for (const auto& mark : pages->pages.front().marks) {
        if (std::holds_alternative<OutlineMark>(mark)) continue;
        const MmBox box = box_of(mark);
        if (!box.intersects(window)) continue;
        EXPECT_TRUE(window.grown(Mm{-5}).contains(box)) << to_text({{}, {mark}});
        ++inside;
    }
    EXPECT_GT(inside, 8);
}

TEST(ShippedLogo, StandsInPlaceOfTheName) {
    Shop shop = specimen_shop();
    shop.pictures["logo"] = VERSO_SOURCE_DIR "/docs/img/insert-and-reading.png";
    for (const auto& name : InsertTemplate::list(template_folders())) {
        const auto design = InsertTemplate::load(name, template_folders(), specimen_fonts(), &shop);
        ASSERT_TRUE(design) << design.error().text();
        const Order order = specimen_order("en", 1);
        const auto pages = (*design)->lay_out({order, 1, shop, specimen_card(), specimen_rma()});
        ASSERT_TRUE(pages) << pages.error().text();
        const std::string first = to_text(pages->pages.front());
        if (name == "a6-card") continue;  // it names the shop nowhere
        EXPECT_NE(first.find("picture"), std::string::npos) << name;
        EXPECT_EQ(first.find(" Maison Exemple\n"), std::string::npos) << name;
    }
}

std::string test_name(const ::testing::TestParamInfo<std::string>& of) {
    std::string name = of.param;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Templates, Shipped,
                         ::testing::ValuesIn(InsertTemplate::list(template_folders())), test_name);

}  // namespace
}  // namespace verso::generator
