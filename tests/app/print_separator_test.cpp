// SPDX-License-Identifier: Apache-2.0
#include "app/print_separator.h"

#include <gmock/gmock.h>

#include "app/share.h"

namespace verso::app {
namespace {

using testing::Contains;

class SeparatorTest : public testing::Test {
  protected:
    void SetUp() override {
        fonts = generator::FontBook::load(find_share().value().fonts()).value();
        facts.wave = "2026-10-05";
        facts.shop = "Maison Essai";
        facts.language = "fr";
        facts.file = 2;
        facts.files = 5;
        facts.first = 312;
        facts.last = 340;
        facts.first_order = "#1042";
        facts.last_order = "#1099";
        facts.first_bin = "A-2-1";
        facts.last_bin = "A-10-12";
        facts.group = "A";
        facts.inserts = 29;
    }
    std::vector<TextMark> texts(PageSize page) const {
        std::vector<TextMark> found;
        for (const auto& mark : separator_page(facts, page, *fonts).marks) {
            if (const auto* text = std::get_if<TextMark>(&mark)) found.push_back(*text);
        }
        return found;
    }
    std::vector<std::string> words(PageSize page) const {
        std::vector<std::string> found;
        for (const auto& text : texts(page)) found.push_back(text.text);
        return found;
    }

    std::shared_ptr<const generator::FontBook> fonts;
    SeparatorFacts facts;
    const PageSize a4{210_mm, 297_mm}, label{100_mm, 150_mm};
};

TEST_F(SeparatorTest, SaysWhatIsBehindIt) {
    const auto said = words(a4);
    for (const char* word : {"A", "312 – 340", "#1042 – #1099", "A-2-1 – A-10-12", "2 / 5",
                             "Maison Essai · 2026-10-05", "29 encarts"}) {
        EXPECT_THAT(said, Contains(word));
    }
}

TEST_F(SeparatorTest, IsReadFromTwoMetres) {
    int large = 0;
    for (const auto& text : texts(a4)) {
        large += fonts->cap_height(text.face, text.size) >= 10_mm - Mm{1e-6} ? 1 : 0;
    }
    EXPECT_EQ(large, 5) << "group, places, orders, bins, file";
}

TEST_F(SeparatorTest, StaysOnThePage) {
    facts.first_order = "A-VERY-LONG-ORDER-NUMBER-0000001";
    facts.last_order = "A-VERY-LONG-ORDER-NUMBER-0000002";
    facts.group = "REFRIGERATED";
    for (const PageSize page : {a4, label, PageSize{label.height, label.width}}) {
        for (const auto& text : texts(page)) {
            const Mm end = text.at.x + fonts->measure(text.face, text.size, text.text);
            EXPECT_LE(end, page.width) << text.text;
            EXPECT_LE(text.at.y + fonts->descender(text.face, text.size), page.height * 0.95)
                << text.text;
        }
    }
}

TEST_F(SeparatorTest, OnePlaceIsNoRange) {
    facts.last = facts.first;
    facts.last_order = facts.first_order;
    facts.last_bin = facts.first_bin;
    EXPECT_THAT(words(a4), Contains("312"));
    EXPECT_THAT(words(a4), Contains("A-2-1"));
}

TEST_F(SeparatorTest, WhatNoFontHasIsShownAsUnknown) {
    facts.first_bin = facts.last_bin = "\xF0\x9F\x93\xA6-1\xFF";
    EXPECT_THAT(words(a4), Contains("?-1?"));
}

}  // namespace
}  // namespace verso::app
