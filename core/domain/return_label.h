// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/page/picture.h"

namespace verso {

/// What the return label of one parcel carries, settled before the sheet is set.
struct ReturnLabel {
    enum class Kind {
        Plain,    ///< the shop's address and the RMA; no carrier knows it
        S10,      ///< a number of the shop's own range, UPU S10, as Code 128
        Sscc,     ///< a number of the shop's own range, SSCC, as GS1-128
        Carrier,  ///< the carrier's own finished label
    };
    Kind kind = Kind::Plain;
    std::string number;  ///< canonical: "RR473124829FR", 18 digits of an SSCC; empty for Plain
    std::string text;    ///< for people: "RR 473 124 829 FR", "(00) 0 9528765 432101234 6"
    std::string bars;    ///< content of the bar code; GS1-128 with its AI: "[00]095287654321012346"
    std::shared_ptr<const Picture> artwork;  ///< the carrier's PDF or PNG; null otherwise
    std::string zpl;  ///< the carrier's ZPL, to be passed through; else empty
};

/// "plain", "s10", "sscc", "carrier": what templates compare label.kind with.
constexpr std::string_view to_string(ReturnLabel::Kind kind) {
    switch (kind) {
        case ReturnLabel::Kind::S10:
            return "s10";
        case ReturnLabel::Kind::Sscc:
            return "sscc";
        case ReturnLabel::Kind::Carrier:
            return "carrier";
        case ReturnLabel::Kind::Plain:
            break;
    }
    return "plain";
}

}  // namespace verso
