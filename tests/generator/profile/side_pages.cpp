// SPDX-License-Identifier: Apache-2.0
#include "tests/generator/profile/side_pages.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include "generator/pdf/pdf_writer.h"
#include "generator/profile/side_items.h"
#include "tests/generator/specimens.h"

namespace verso::generator {

namespace {

template <class T>
T must(Result<T> result) {
    if (result) return std::move(result).value();
    std::fprintf(stderr, "%s\n", result.error().text().c_str());
    std::abort();
}

/// The address as each post allots it; nobody lives there.
std::vector<std::string> reply_lines(const std::string& country) {
    static const std::map<std::string, std::vector<std::string>> kLines = {
        {"BE", {"Maison Exemple SA", "DA 000-000-0", "1000 BRUXELLES"}},
        {"CH", {"Beispiel AG", "Kundendienst", "Musterstrasse 1", "8000 Zürich"}},
        {"DE", {"Beispiel GmbH", "Kundendienst", "Postfach 00 00 00", "10115 Berlin"}},
        {"ES", {"Ejemplo SL", "Apartado 000 F.D.", "28080 MADRID"}},
        {"FR", {"MAISON EXEMPLE", "SERVICE CLIENTS", "LIBRE REPONSE 00000", "59889 LILLE CEDEX 9"}},
        {"GB", {"Example Ltd", "Customer Care", "1 Specimen Street", "LONDON", "AA0 0AA"}},
        {"NL", {"Voorbeeld BV", "Antwoordnummer 00000", "0000 AA  HOOFDDORP"}},
        {"US", {"EXAMPLE INC", "CUSTOMER CARE", "PO BOX 000", "ANYTOWN NY  00000-0000"}},
        {"",
         {"MAISON EXEMPLE", "SERVICE CLIENTS", "CCRI NUMERO 00000", "59889 LILLE CEDEX 9",
          "FRANCE"}},
    };
    return kLines.at(country);
}

}  // namespace

PostalProfile shipped_profile(const std::string& name) {
    return must(load_profile(name, template_folders()));
}

Shop licensed_shop(const PostalProfile& profile, const std::string& artwork) {
    Shop shop = unlicensed_shop(profile);
    shop.reply_address = reply_lines(profile.country);
    shop.reply_approval = "approved for this test alone";
    shop.reply_authorisation = "00000";
    for (const auto& datum : profile.data) shop.reply_data[datum.key] = datum.specimen;
    for (const auto& picture : profile.pictures) shop.pictures[picture] = artwork;
    return shop;
}

Shop unlicensed_shop(const PostalProfile& profile) {
    Shop shop = specimen_shop();
    shop.reply_address.clear();
    shop.reply_authorisation.clear();
    shop.reply_approval.clear();
    shop.reply_data.clear();
    shop.reply_profile = profile.name;
    return shop;
}

SidePage set_side(PageSize size, const Shop& shop) {
    namespace fs = std::filesystem;
    const fs::path folder = fs::temp_directory_path() / fmt::format("verso-side-{}", getpid());
    fs::create_directories(folder / "insert");
    std::ofstream(folder / "insert" / "side.json") << fmt::format(
        R"({{"version": 1, "default_language": "en", "pages": [{{"id": "side", "width": {0},
        "height": {1}, "blocks": [{{"block": "postal_side", "x": 0, "y": 0, "w": {0}, "h": {1}}}]}}]}})",
        size.width.value, size.height.value);
    std::vector<std::string> folders = template_folders();
    folders.insert(folders.begin(), folder.string());
    const auto design = must(InsertTemplate::load("side", folders, specimen_fonts(), &shop));
    fs::remove_all(folder);
    const Order order = specimen_order("en", 2);
    InsertTrace trace;
    auto set = must(design->lay_out({order, 1, shop, specimen_card(), specimen_rma()}, &trace));
    SidePage out{set.pages.at(0), {}};
    out.side = side_of_page(out.page, trace.pages.at(0), design->plan().blocks,
                            {Mm{0}, Mm{0}, size.width, size.height}, 0, *specimen_fonts());
    return out;
}

std::string pdf_of(const DrawList& page) {
    PdfWriter writer(specimen_fonts(), {});
    if (auto added = writer.add_page(page); !added) {
        std::fprintf(stderr, "%s\n", added.error().text().c_str());
        std::abort();
    }
    return must(writer.finish());
}

}  // namespace verso::generator
