// SPDX-License-Identifier: Apache-2.0
// What must hold on every shipped template, in every language, for short and long orders.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

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
        for (const auto& warning : pages.warnings) ADD_FAILURE() << name << ": " << warning;
    }
}

TEST_P(Shipped, TextsDoNotTouchOneAnother) {
    for (const auto& [name, pages] : all()) {
        for (const auto& page : pages.pages) {
            std::vector<std::pair<const TextMark*, MmBox>> texts;
            for (const auto& mark : page.marks) {
                const auto* text = std::get_if<TextMark>(&mark);
                if (text != nullptr) texts.emplace_back(text, ink_of(*text));
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

std::string test_name(const ::testing::TestParamInfo<std::string>& of) {
    std::string name = of.param;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Templates, Shipped,
                         ::testing::ValuesIn(InsertTemplate::list(template_folders())), test_name);

}  // namespace
}  // namespace verso::generator
