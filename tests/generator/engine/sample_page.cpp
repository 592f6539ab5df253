// SPDX-License-Identifier: Apache-2.0
#include "tests/generator/engine/sample_page.h"

#include <fmt/format.h>

#include "generator/barcode/barcode.h"

namespace verso::generator {
namespace {

constexpr PageSize kA4{Mm{210}, Mm{297}};

void text(DrawList& page, double x, double y, double size, std::string words,
          FontFace face = FontFace::Regular) {
    page.marks.push_back(
        TextMark{{Mm{x}, Mm{y}}, Pt{size}, face, kBlack, 0, std::move(words), Pt{0}});
}

void symbol(DrawList& page, MmBox box, const Symbol& modules, int turn = 0) {
    page.marks.push_back(ModulesMark{box, modules.columns, modules.rows, modules.modules, turn});
}

std::string link(int number) {
    return fmt::format("HTTPS://RATE.EXAMPLE.COM/C/0{:01}4K7M2Q9XW3H{:02}B9ZK3T5V7X1Y2W4R6P8QN",
                       number % 10, number % 100);
}

void order_table(DrawList& page, int number) {
    for (int row = 0; row < 9; ++row) {
        const double y = 90 + 6 * row;
        text(page, 20, y, 9, fmt::format("VRS-{:05}", number * 7 + row));
        text(page, 45, y, 9, fmt::format("Käsereibe „Élan“ Größe {}", row + 1));
        text(page, 120, y, 9, fmt::format("{}", row + 1));
        text(page, 140, y, 9, fmt::format("{},{:02} €", 12 + row, number % 100));
        text(page, 170, y, 9, fmt::format("{},{:02} €", 3 * (12 + row), number % 100));
        page.marks.push_back(
            LineMark{{Mm{20}, Mm{y + 2}}, {Mm{190}, Mm{y + 2}}, Mm{0.1}, Mm{0}, {160, 160, 160}});
    }
}

void questions(DrawList& page) {
    for (int row = 0; row < 4; ++row) {
        const double y = 215 + 12 * row;
        text(page, 20, y, 8.5, "Wie zufrieden sind Sie mit der Lieferung?");
        for (int option = 0; option < 6; ++option) {
            const double x = 90 + 9 * option;
            page.marks.push_back(
                OutlineMark{{Mm{x}, Mm{y - 3.2}, Mm{6}, Mm{4}}, Mm{0.25}, Mm{2}, kBlack});
            text(page, x + 2.3, y + 4, 7, fmt::format("{}", option + 1));
        }
    }
}

}  // namespace

DrawList sample_front(int number) {
    DrawList page{kA4, {}};
    page.marks.push_back(FillMark{{Mm{0}, Mm{0}, Mm{210}, Mm{14}}, {20, 60, 110}});
    page.marks.push_back(
        TextMark{{Mm{20}, Mm{9.5}}, 14_pt, FontFace::Bold, kWhite, 0, "Laden am Eck", 0.4_pt});
    text(page, 20, 30, 11, fmt::format("Tomáš Nováš {}", number), FontFace::Bold);
    text(page, 20, 36, 10, fmt::format("Rue de l’Église {}", number % 200));
    text(page, 20, 42, 10, fmt::format("{:05} Saint-Étienne", 10000 + number));
    for (int line = 0; line < 6; ++line) {
        text(page, 120, 30 + 5 * line, 9,
             fmt::format("Bestellung #{} · Zeile {}", 1000 + number, line));
    }
    text(page, 20, 80, 12, "Packzettel / Bordereau d’expédition", FontFace::Bold);
    order_table(page, number);
    for (int line = 0; line < 5; ++line) {
        text(page, 20, 155 + 5 * line, 8,
             "Rückgabe innerhalb von 30 Tagen: Ware mit diesem Blatt zurück in den Karton legen.");
    }
    page.marks.push_back(LineMark{{Mm{0}, Mm{192}}, {Mm{210}, Mm{192}}, Mm{0.2}, Mm{2}, kBlack});
    questions(page);
    page.marks.push_back(OutlineMark{{Mm{20}, Mm{262}, Mm{110}, Mm{25}}, Mm{0.3}, Mm{0}, kBlack});
    symbol(page, {Mm{155}, Mm{205}, Mm{30}, Mm{30}}, *encode_qr(link(number), QrLevel::M));
    symbol(page, {Mm{175}, Mm{250}, Mm{20}, Mm{20}}, *encode_qr(link(number), QrLevel::M));
    symbol(page, {Mm{140}, Mm{262}, Mm{12}, Mm{12}},
           *encode_data_matrix(fmt::format("014K7M2Q9XW3H{:02}", number % 100)));
    for (const double x : {15.0, 195.0}) {
        for (const double y : {198.0, 290.0}) {
            page.marks.push_back(FillMark{{Mm{x - 2}, Mm{y - 2}, Mm{4}, Mm{4}}, kBlack});
        }
    }
    text(page, 155, 240, 7, "4K7M-2Q9X-W3HTB");
    return page;
}

DrawList sample_back(int number) {
    DrawList page{kA4, {}};
    text(page, 20, 20, 14, "Rücksendung", FontFace::Bold);
    for (int line = 0; line < 20; ++line) {
        text(page, 20, 32 + 6 * line, 9,
             fmt::format("{}. VRS-{:05} Käsereibe", line + 1, number + line));
        page.marks.push_back(
            OutlineMark{{Mm{150}, Mm{29.0 + 6 * line}, Mm{3.5}, Mm{3.5}}, Mm{0.25}, Mm{0}, kBlack});
    }
    for (int turn = 0; turn < 360; turn += 90) {
        page.marks.push_back(TextMark{{Mm{105}, Mm{190}},
                                      10_pt,
                                      FontFace::Regular,
                                      {150, 0, 0},
                                      turn,
                                      fmt::format("   turned {}", turn),
                                      Pt{0}});
    }
    symbol(page, {Mm{20}, Mm{230}, Mm{80}, Mm{15}},
           *encode_code128(fmt::format("RMA-2026-{:06}", number)));
    return page;
}

}  // namespace verso::generator
