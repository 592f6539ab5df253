// SPDX-License-Identifier: Apache-2.0
#include "tests/roundtrip/random_order.h"

#include <array>
#include <random>

namespace verso::test {

namespace {

constexpr std::array kNames{"Zoé Spécimen-Łukasz",
                            "Jörg Beispiel",
                            "Ana Muestra Núñez",
                            "Ælfric O’Sample",
                            "Nguyễn Thị Mẫu",
                            "Ødegård Prøve",
                            "Żaneta Przykładowa",
                            "İpek Örnek",
                            "Γιώργος Δείγμα",
                            "Ольга Образцова",
                            "Maximilian-Alexander von Musterhausen-Beispiel"};
constexpr std::array kTitles{"Théière en fonte émaillée",
                             "Grüner Tee „Sencha“",
                             "Moulin à épices, inox/chêne",
                             "Affiche 30×40 « Été »",
                             "Notebook A5, dotted",
                             "Süße Mandeln – geröstet",
                             "Set of 4 stoneware mugs, hand-glazed, slightly uneven by design"};
constexpr std::array kVariants{"", "0,9 l, bleu nuit", "250 g", "grand", "Größe M"};
constexpr std::array kLanguages{"fr", "en", "de"};

/// Draws without the library's distributions, whose sequences differ from vendor to vendor.
struct Dice {
    std::mt19937_64 bits;
    std::size_t roll(std::size_t size) { return std::size_t(bits() % size); }
    template <class Array>
    auto pick(const Array& array) {
        return array[roll(array.size())];
    }
};

OrderLine random_line(int number, Dice& dice) {
    OrderLine line;
    line.line = number;
    line.sku = "TEST-" + std::to_string(number);
    line.title = dice.pick(kTitles);
    line.variant = dice.pick(kVariants);
    line.quantity = 1 + int(dice.roll(3));
    line.unit_price = Money{500 + std::int64_t(dice.roll(9000))};
    line.line_total = Money{line.unit_price.minor * line.quantity};
    return line;
}

}  // namespace

Order random_order(int number, std::uint64_t seed) {
    Dice dice{std::mt19937_64(seed)};
    Order order;
    order.number = OrderNumber("#" + std::to_string(number));
    order.placed_at = parse_time("2026-10-01T11:36:43+02:00").value();
    order.paid_at = order.placed_at;
    order.payment = PaymentStatus::Paid;
    order.language = dice.pick(kLanguages);
    order.ship_to = {
        dice.pick(kNames), "", "12 rue de l’Église", "", "73000", "Chambéry", "", "FR"};
    order.promised_on = parse_day("2026-10-05").value();
    order.parcels = {{1, "Colissimo", "Domicile", "TEST-" + std::to_string(number) + "-1"}};
    const int lines = 1 + int(dice.roll(9));
    for (int i = 1; i <= lines; ++i) order.lines.push_back(random_line(i, dice));
    if (lines > 1 && dice.roll(5) == 0) {
        order.lines.back().parcel = 2;
        order.parcels.push_back({2, "DHL", "Paket", "TEST-" + std::to_string(number) + "-2"});
    }
    order.shipping = Money{490};
    order.total = order.shipping;
    for (const auto& line : order.lines) order.total.minor += line.line_total.minor;
    return order;
}

}  // namespace verso::test
