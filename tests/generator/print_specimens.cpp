// SPDX-License-Identifier: Apache-2.0
// Prints specimen inserts to a folder, for the eye of whoever changes a template:
//   verso_print_specimens FOLDER
#include <cstdio>

#include "generator/pdf/pdf_writer.h"
#include "specimens.h"

using namespace verso;
using namespace verso::generator;

namespace {

void print(const std::string& path, const Order& order, int parcel, const Shop& shop) {
    auto pages = a4_fold()->lay_out({order, parcel, shop, specimen_card(), specimen_rma()});
    if (!pages) {
        std::fprintf(stderr, "%s\n", pages.error().text().c_str());
        return;
    }
    for (const auto& warning : pages->warnings)
        std::printf("%s: %s\n", path.c_str(), warning.c_str());
    PdfWriter writer(specimen_fonts(), {});
    for (const auto& page : pages->pages) {
        if (auto added = writer.add_page(page); !added) {
            std::fprintf(stderr, "%s\n", added.error().text().c_str());
        }
    }
    if (auto saved = writer.save(path); !saved) {
        std::fprintf(stderr, "%s\n", saved.error().text().c_str());
    }
}

}  // namespace

int main(int argc, char** argv) {
    const std::string folder = argc > 1 ? argv[1] : ".";
    const Shop shop = specimen_shop();
    for (const char* language : {"fr", "en", "de"}) {
        print(folder + "/short-" + language + ".pdf", specimen_order(language, 3), 1, shop);
        print(folder + "/long-" + language + ".pdf",
              in_two_parcels(specimen_order(language, 45), 6), 1, shop);
    }
    Order order = in_two_parcels(specimen_order("fr", 9), 1);
    order.ship_to.name = "Maximilienne-Éléonore de La Rochefoucauld-Ancel";
    order.ship_to.company = "Établissements Phạm Thị Ngọc Ánh & Nguyễn Đức Thịnh";
    order.ship_to.line2 = "Bâtiment C, escalier 4, porte 12, chez Mme Wiśniewska";
    print(folder + "/names.pdf", order, 1, shop);
    print(folder + "/second.pdf", order, 2, shop);
    Shop licensed = shop;
    licensed.reply_address = {"MAISON EXEMPLE", "LIBRE REPONSE 00000", "73009 CHAMBERY CEDEX"};
    licensed.reply_authorisation = "AUTORISATION 00000";
    print(folder + "/licensed.pdf", specimen_order("fr", 1), 1, licensed);
}
