// SPDX-License-Identifier: Apache-2.0
#include "printer/device/paper.h"

namespace verso::printer {

std::string_view media_type(DocumentFormat format) {
    switch (format) {
        case DocumentFormat::Pdf:
            return "application/pdf";
        case DocumentFormat::Zpl:
            break;
    }
    return "application/vnd.zebra-zpl";
}

}  // namespace verso::printer
