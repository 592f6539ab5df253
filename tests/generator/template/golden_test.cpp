// SPDX-License-Identifier: Apache-2.0
// Draw lists of three inserts as text, compared with tests/golden. After a wanted change of a
// template run with VERSO_UPDATE_GOLDEN=1, look at the pages (verso_print_specimens), commit both.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

#include "specimens.h"

namespace verso::generator {
namespace {

std::string lay_out(const Order& order, int parcel) {
    const Shop shop = specimen_shop();
    const auto pages = a4_fold()->lay_out({order, parcel, shop, specimen_card(), specimen_rma()});
    if (!pages) return pages.error().text();
    std::string out;
    for (const auto& page : pages->pages) out += to_text(page);
    return out;
}

std::string first_difference(const std::string& expected, const std::string& actual) {
    std::istringstream a(expected), b(actual);
    std::string left, right;
    for (int line = 1;; ++line) {
        const bool more_left = bool(std::getline(a, left)),
                   more_right = bool(std::getline(b, right));
        if (!more_left) left = "(end)";
        if (!more_right) right = "(end)";
        if (left != right || (!more_left && !more_right)) {
            return "line " + std::to_string(line) + "\n  golden: " + left + "\n  now:    " + right;
        }
    }
}

void compare(const std::string& name, const std::string& actual) {
    const std::string path = VERSO_SOURCE_DIR "/tests/golden/" + name;
    if (std::getenv("VERSO_UPDATE_GOLDEN") != nullptr) {
        std::ofstream(path, std::ios::binary) << actual;
        return;
    }
    std::ifstream in(path, std::ios::binary);
    const std::string expected{std::istreambuf_iterator<char>(in), {}};
    EXPECT_TRUE(expected == actual) << name << " differs in " << first_difference(expected, actual)
                                    << "\nVERSO_UPDATE_GOLDEN=1 accepts the new pages";
}

TEST(Golden, ShortOrderInFrench) { compare("a4-fold-fr.txt", lay_out(specimen_order("fr", 3), 1)); }

TEST(Golden, SecondParcelInEnglish) {
    compare("a4-fold-en.txt", lay_out(in_two_parcels(specimen_order("en", 6), 2), 2));
}

TEST(Golden, OverflowInGerman) { compare("a4-fold-de.txt", lay_out(specimen_order("de", 12), 1)); }

}  // namespace
}  // namespace verso::generator
