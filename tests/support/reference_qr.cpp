// SPDX-License-Identifier: Apache-2.0
#include "tests/support/reference_qr.h"

#include <qrencode.h>

#include <memory>

namespace verso::test {

std::string qr_by_library(const std::string& text, bool alphanumeric, char level) {
    const std::unique_ptr<QRinput, void (*)(QRinput*)> input(
        QRinput_new2(0, level == 'Q' ? QR_ECLEVEL_Q : QR_ECLEVEL_M), QRinput_free);
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

}  // namespace verso::test
