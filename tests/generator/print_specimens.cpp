// SPDX-License-Identifier: Apache-2.0
// Prints specimen inserts to a folder, for the eye of whoever changes a template:
//   verso_print_specimens FOLDER [TEMPLATE]
#include <cstdio>

#include "generator/pdf/pdf_writer.h"
#include "specimens.h"

using namespace verso;
using namespace verso::generator;

namespace {

void print(const InsertTemplate& design, const std::string& path, const Order& order, int parcel,
           const Shop& shop, const ReturnLabel* label = nullptr) {
    auto pages = design.lay_out({order, parcel, shop, specimen_card(), specimen_rma(), label});
    if (!pages) {
        std::fprintf(stderr, "%s: %s\n", path.c_str(), pages.error().text().c_str());
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

void print_all(const std::string& name, const std::string& folder) {
    const auto design = shipped(name);
    const Shop shop = specimen_shop();
    const std::string stem = folder + "/" + name;
    for (const auto& language : shipped_languages()) {
        print(*design, stem + "-short-" + language + ".pdf", specimen_order(language, 3), 1, shop);
        print(*design, stem + "-long-" + language + ".pdf",
              in_two_parcels(specimen_order(language, 45), 5), 1, shop);
    }
    const Order order = with_long_names(in_two_parcels(specimen_order("fr", 9), 1));
    print(*design, stem + "-names.pdf", order, 1, shop);
    print(*design, stem + "-second.pdf", order, 2, shop);
    const ReturnLabel sscc{ReturnLabel::Kind::Sscc,
                           "095287654321012346",
                           "(00) 0 9528765 432101234 6",
                           "[00]095287654321012346",
                           nullptr,
                           {}};
    print(*design, stem + "-sscc.pdf", specimen_order("fr", 2), 1, shop, &sscc);
    Shop stamped = shop;
    stamped.reply_profile = "stamp";
    const auto own = InsertTemplate::load(name, template_folders(), specimen_fonts(), &stamped);
    if (own) print(**own, stem + "-stamp.pdf", specimen_order("fr", 1), 1, stamped);
}

}  // namespace

int main(int argc, char** argv) {
    const std::string folder = argc > 1 ? argv[1] : ".";
    for (const auto& name : InsertTemplate::list(template_folders())) {
        if (argc < 3 || name == argv[2]) print_all(name, folder);
    }
}
