// SPDX-License-Identifier: Apache-2.0
// Our masking against the library's own, which scores module by module.
#include "generator/barcode/qr_mask.h"

#include <gtest/gtest.h>
#include <qrencode.h>

#include <memory>
#include <random>
#include <set>

#include "generator/barcode/barcode.h"

namespace verso::generator {
namespace {

std::string by_library(const std::string& text, bool alphanumeric, QrLevel level) {
    const std::unique_ptr<QRinput, void (*)(QRinput*)> input(
        QRinput_new2(0, level == QrLevel::Q ? QR_ECLEVEL_Q : QR_ECLEVEL_M), QRinput_free);
    QRinput_append(input.get(), alphanumeric ? QR_MODE_AN : QR_MODE_8,
                   static_cast<int>(text.size()),
                   static_cast<const unsigned char*>(static_cast<const void*>(text.data())));
    const std::unique_ptr<QRcode, void (*)(QRcode*)> code(QRcode_encodeInput(input.get()),
                                                          QRcode_free);
    std::string modules;
    for (int i = 0; i < code->width * code->width; ++i) {
        modules += (code->data[i] & 1) != 0 ? '1' : '0';
    }
    return modules;
}

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
        ASSERT_EQ(ours->modules, by_library(text, alphanumeric, level)) << text;
        widths.insert(ours->columns);
    }
    EXPECT_GE(widths.size(), 9U);
}

}  // namespace
}  // namespace verso::generator
