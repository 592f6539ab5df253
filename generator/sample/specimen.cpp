// SPDX-License-Identifier: Apache-2.0
#include "generator/sample/specimen.h"

#include <array>
#include <stdexcept>

namespace verso::generator {

namespace {

struct Article {
    const char *sku, *title, *variant;
    std::int64_t price;
};

constexpr std::array kArticles{
    Article{"TH-090-BN", "Théière en fonte émaillée, 0,9 l", "bleu nuit", 4800},
    Article{"SEN-100", "Thé vert sencha, boîte 100 g", "", 1290},
    Article{"MIEL-2", "Miel de châtaignier, forêt d’Ardèche", "500 g", 1100},
    Article{"MUG-3", "Mug en grès, émaillé à la main", "anthracite", 1690},
    Article{"TASSE-2", "Tasse à expresso, Größe M", "noir", 1140},
    Article{"TORCHON-3", "Torchon en coton biologique", "rayé", 1490},
    Article{"MOULIN-1", "Moulin à épices, inox/chêne", "petit", 3490},
    Article{"BOL-2", "Bol à müesli", "bleu « Écume »", 1640},
};

Address buyer(const std::string& language) {
    if (language == "de") {
        return {"Jörg Jäger", "", "Gartenstraße 115", "Hinterhaus", "50667", "Köln", "", "DE"};
    }
    if (language == "en") {
        return {"Zoë O’Neill", "", "7 Rosemary Lane", "", "YO1 9TT", "York", "", "GB"};
    }
    if (language == "es") {
        return {"Begoña Núñez", "", "Calle de la Cigüeña, 4", "3.º B", "28013", "Madrid", "", "ES"};
    }
    if (language == "it") {
        return {"Niccolò D’Amàto", "", "Via della Libertà 8", "", "00184", "Roma", "RM", "IT"};
    }
    if (language == "nl") {
        return {"Noëlle van ’t Hoff", "", "Appelstraat 15", "", "1012 LG", "Amsterdam", "", "NL"};
    }
    if (language == "pl") {
        return {"Łucja Żółć", "", "ul. Jaśminowa 7", "m. 12", "00-950", "Warszawa", "", "PL"};
    }
    return {"Zoë Lefèvre-Błaszczyk", "", "12 rue de l’Église", "", "73000", "Chambéry", "", "FR"};
}

template <class T>
T must(Result<T> result) {
    if (!result) throw std::logic_error(result.error().text());
    return std::move(result).value();
}

}  // namespace

Shop specimen_shop() {
    Shop shop;
    shop.name = "Maison Exemple";
    shop.link_host = "avis.maison-exemple.example";
    shop.language = "fr";
    shop.return_address = {"Maison Exemple – Retours",
                           "",
                           "ZI des Landiers, Bât. 4",
                           "",
                           "73000",
                           "Chambéry",
                           "",
                           "FR"};
    return shop;
}

Order specimen_order(const std::string& language, int lines) {
    Order order;
    order.number = OrderNumber("#1042");
    order.placed_at = must(parse_time("2026-05-14T10:30:00+02:00"));
    order.payment = PaymentStatus::Paid;
    order.language = language;
    order.ship_to = buyer(language);
    order.promised_on = must(parse_day("2026-05-18"));
    order.parcels = {{1, "Colissimo", "Domicile", "TEST-1042-1"}};
    for (int i = 0; i < lines; ++i) {
        const Article& article = kArticles.at(std::size_t(i) % kArticles.size());
        const int quantity = 1 + i % 4;
        order.lines.push_back({i + 1, article.sku, "", article.title, article.variant, "", quantity,
                               Money{article.price}, Money{article.price * quantity}, 1});
        order.total.minor += article.price * quantity;
    }
    order.shipping = Money{lines > 2 ? 0 : 490};
    order.total.minor += order.shipping.minor;
    return order;
}

Order in_two_parcels(Order order, int later) {
    order.parcels.push_back({2, "Colissimo", "Domicile", "TEST-1042-2"});
    for (auto line = order.lines.rbegin(); line != order.lines.rend() && later > 0;
         ++line, --later) {
        line->parcel = 2;
    }
    return order;
}

Order with_long_names(Order order) {
    order.ship_to.name = "Maximilienne-Éléonore de La Rochefoucauld-Ancel";
    order.ship_to.company = "Établissements Phạm Thị Ngọc Ánh & Nguyễn Đức Thịnh";
    order.ship_to.line2 = "Bâtiment C, escalier 4, porte 12, chez Mme Wiśniewska";
    return order;
}

CardIdentity specimen_card(std::uint64_t id) {
    return {LayoutNumber(1), CardId(id), CardSecret("0123456789ABCDEFGHJK")};
}

Rma specimen_rma() { return make_rma(0x1234567890ULL); }

}  // namespace verso::generator
