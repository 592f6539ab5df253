// SPDX-License-Identifier: Apache-2.0
// Our masking against the library's own, which scores module by module.
#include "generator/barcode/qr_mask.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "generator/barcode/barcode.h"
#include "tests/support/reference_qr.h"

namespace verso::generator {
namespace {

TEST(QrMask, GivesTheLibrarysSymbol) {
    std::mt19937 random(20260514);
    const auto below = [&random](unsigned bound) {
        return static_cast<unsigned>(random() % bound);
    };
    std::set<int> widths;
    for (int i = 0; i < 2000; ++i) {
        const QrLevel level = i % 2 == 0 ? QrLevel::M : QrLevel::Q;
        const bool alphanumeric = i % 3 != 0;
        std::string text;
        const unsigned length = 1 + below(alphanumeric ? 220 : 150);
        // Texts of few letters make symbols with long runs.
        const unsigned letters = i % 5 == 0 ? 1 : 26;
        for (unsigned k = 0; k < length; ++k) {
            text += static_cast<char>((alphanumeric ? 'A' : 'a') + below(letters));
        }
        const auto ours = encode_qr(text, level);
        ASSERT_TRUE(ours) << text;
        ASSERT_EQ(ours->modules,
                  test::qr_by_library(text, alphanumeric, level == QrLevel::Q ? 'Q' : 'M'))
            << text;
        widths.insert(ours->columns);
    }
    EXPECT_GE(widths.size(), 9U);
}

}  // namespace
}  // namespace verso::generator
