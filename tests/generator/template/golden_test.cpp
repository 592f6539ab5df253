// SPDX-License-Identifier: Apache-2.0
// Draw lists of a few inserts of every shipped template as text, compared with tests/golden. After
// a wanted change of a template run with VERSO_UPDATE_GOLDEN=1, look at the pages
// (verso_print_specimens), commit both.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

#include "specimens.h"

namespace verso::generator {
namespace {

std::string lay_out(const std::string& name, const Order& order, int parcel) {
    const Shop shop = specimen_shop();
    const auto pages =
        shipped(name)->lay_out({order, parcel, shop, specimen_card(), specimen_rma()});
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

/// One page after the other in a short order, and what an overflow or a second parcel changes.
void compare_both(const std::string& name, const std::string& language, int lines,
                  const std::string& other_language) {
    compare(name + "-" + language + ".txt", lay_out(name, specimen_order(language, lines), 1));
    compare(name + "-" + other_language + ".txt",
            lay_out(name, in_two_parcels(specimen_order(other_language, 6), 2), 2));
}

TEST(Golden, A4Fold) { compare_both("a4-fold", "fr", 3, "en"); }

TEST(Golden, A4FoldOverflowInGerman) {
    compare("a4-fold-de.txt", lay_out("a4-fold", specimen_order("de", 12), 1));
}

TEST(Golden, A4Duplex) { compare_both("a4-duplex", "fr", 3, "nl"); }
TEST(Golden, A4Integrated) { compare_both("a4-integrated", "de", 3, "fr"); }
TEST(Golden, A6Card) { compare_both("a6-card", "es", 1, "it"); }
TEST(Golden, LetterFold) { compare_both("letter-fold", "en", 3, "es"); }
TEST(Golden, Label100x150) { compare_both("label-100x150", "fr", 14, "pl"); }
TEST(Golden, Label4x6) { compare_both("label-4x6", "en", 14, "it"); }
TEST(Golden, SlipOnly) { compare_both("slip-only", "nl", 40, "pl"); }

}  // namespace
}  // namespace verso::generator
