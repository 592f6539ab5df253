// SPDX-License-Identifier: Apache-2.0
#include "app/print_separator.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace verso::app {

namespace {

/// Capitals of 10 mm are read from two metres by anyone who may drive (about 1/200 of the way).
constexpr Mm kFarCapital{10};
constexpr Pt kNear{14};
constexpr Ink kGray{90, 90, 90};

struct Words {
    const char *language, *file, *inserts, *orders, *bins;
};
constexpr std::array<Words, 7> kWords{{{"en", "file", "inserts", "orders", "bins"},
                                       {"fr", "fichier", "encarts", "commandes", "emplacements"},
                                       {"de", "Datei", "Beilagen", "Bestellungen", "Fächer"},
                                       {"es", "archivo", "hojas", "pedidos", "ubicaciones"},
                                       {"it", "file", "fogli", "ordini", "ubicazioni"},
                                       {"nl", "bestand", "bijlagen", "bestellingen", "vakken"},
                                       {"pl", "plik", "wkładki", "zamówienia", "miejsca"}}};

const Words& words_in(const std::string& language) {
    const auto found = std::find_if(kWords.begin(), kWords.end(),
                                    [&](const Words& words) { return language == words.language; });
    return found != kWords.end() ? *found : kWords.front();
}

std::string range(const std::string& first, const std::string& last) {
    return first == last ? first : first + " – " + last;
}

/// Sets lines from the top down, each as wide as the page lets it be.
class Column {
  public:
    Column(const SeparatorFacts& facts, PageSize page, const generator::FontBook& fonts)
        : fonts_(fonts), margin_(page.width * 0.08), width_(page.width - page.width * 0.16) {
        list.page = page;
        // Black to the edges: the pile shows it from the side.
        const Mm band = page.height * 0.05;
        for (const Mm y : {Mm{0}, page.height - band}) {
            list.marks.emplace_back(FillMark{{Mm{0}, y, page.width, band}, kBlack});
        }
        y_ = band + page.height * 0.03;
        // The size for A5; smaller on labels.
        near_ = kNear * std::min({1.0, page.width / 148_mm, page.height / 210_mm});
        words_ = &words_in(facts.language);
    }

    /// A line whose capitals are as tall as asked, smaller where it would be too wide.
    void line(std::string text, Mm capital, Ink ink = kBlack) {
        text = printable(std::move(text));
        const Mm unit = fonts_.cap_height(FontFace::Bold, Pt{100});
        Pt size{100 * capital.value / unit.value};
        const Mm wide = fonts_.measure(FontFace::Bold, size, text);
        if (wide > width_) size = Pt{size.value * width_.value / wide.value};
        put(std::move(text), size, FontFace::Bold, ink);
    }
    void small(std::string text) {
        text = printable(std::move(text));
        Pt size = near_;
        const Mm wide = fonts_.measure(FontFace::Regular, size, text);
        if (wide > width_) size = Pt{size.value * width_.value / wide.value};
        put(std::move(text), size, FontFace::Regular, kGray);
    }
    void gap(Mm height) { y_ += height; }
    const Words& words() const { return *words_; }

    DrawList list;

  private:
    std::string printable(std::string text) const {
        while (auto strange = fonts_.first_uncovered(FontFace::Bold, text)) {
            const auto at = text.find(*strange);
            if (strange->empty() || at == std::string::npos) return "?";
            text.replace(at, strange->size(), "?");
        }
        return text;
    }
    void put(std::string text, Pt size, FontFace face, Ink ink) {
        y_ += fonts_.cap_height(face, size);
        TextMark mark;
        mark.at = {margin_, y_};
        mark.size = size;
        mark.face = face;
        mark.ink = ink;
        mark.text = std::move(text);
        list.marks.emplace_back(std::move(mark));
        y_ += fonts_.descender(face, size) + Mm{1};
    }

    const generator::FontBook& fonts_;
    Mm margin_, width_, y_{0};
    Pt near_{kNear};
    const Words* words_;
};

}  // namespace

DrawList separator_page(const SeparatorFacts& facts, PageSize page,
                        const generator::FontBook& fonts) {
    Column column(facts, page, fonts);
    const Words& words = column.words();
    const Mm step = page.height * 0.025;
    const Mm far = std::min(kFarCapital, page.height * 0.055);
    column.small(fmt::format("{} · {}", facts.shop, facts.wave));
    column.gap(step);
    if (!facts.group.empty()) {
        column.line(facts.group, page.height * 0.16);
        column.gap(step);
    }
    column.line(range(std::to_string(facts.first), std::to_string(facts.last)), page.height * 0.09);
    column.small(fmt::format("{} {}", facts.inserts, words.inserts));
    column.gap(step);
    column.line(range(facts.first_order, facts.last_order), far * 1.2);
    column.small(words.orders);
    column.gap(step);
    if (!facts.first_bin.empty() || !facts.last_bin.empty()) {
        column.line(range(facts.first_bin, facts.last_bin), far * 1.2);
        column.small(words.bins);
        column.gap(step);
    }
    column.line(fmt::format("{} / {}", facts.file, facts.files), far);
    column.small(words.file);
    return std::move(column.list);
}

}  // namespace verso::app
