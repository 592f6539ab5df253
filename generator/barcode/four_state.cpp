// SPDX-License-Identifier: Apache-2.0
#include "generator/barcode/four_state.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace verso::generator {

FourStateGeometry four_state_geometry(FourStateKind kind) {
    if (kind == FourStateKind::Imb) {
        // USPS-B-3200: bars 0.38 to 0.64 wide, 20 to 24 an inch, 3.18 to 4.19 high in full.
        return {0.508_mm, Mm{25.4 / 21.8}, 1.22_mm, 1.23_mm, 3.175_mm, 0.711_mm};
    }
    // Royal Mail's and PostNL's are one geometry: 0.38 to 0.63 wide, 4.22 to 5.84 high.
    return {0.5_mm, 1.2_mm, 1.3_mm, 1.9_mm, 2_mm, 2_mm};
}

std::vector<MmBox> four_state_bars(FourStateKind kind, std::string_view bars, MmPoint origin) {
    const FourStateGeometry size = four_state_geometry(kind);
    std::vector<MmBox> boxes;
    boxes.reserve(bars.size());
    for (std::size_t i = 0; i < bars.size(); ++i) {
        const bool up = bars[i] == 'A' || bars[i] == 'F';
        const bool down = bars[i] == 'D' || bars[i] == 'F';
        const Mm top = up ? Mm{0} : size.extension;
        const Mm height = size.tracker + size.extension * (double(up) + double(down));
        boxes.push_back({origin.x + size.pitch * double(i), origin.y + top, size.bar, height});
    }
    return boxes;
}

Result<FourStateKind> parse_four_state_kind(std::string_view word) {
    constexpr std::array<std::string_view, 5> kWords = {"imb", "rm4scc", "kix", "mailmark-c",
                                                        "mailmark-l"};
    const auto it = std::find(kWords.begin(), kWords.end(), word);
    if (it != kWords.end()) return FourStateKind(it - kWords.begin());
    return Error{ErrorCode::ValueInvalid,
                 fmt::format("there is no code \"{}\" of four states", word), "",
                 fmt::format("use one of {}", fmt::join(kWords, ", "))};
}

Result<std::vector<MmBox>> fim_bars(char letter, MmPoint origin) {
    constexpr std::array<std::string_view, 5> kPatterns = {"110010011", "101101101", "110101011",
                                                           "111010111", "101000101"};
    if (letter < 'A' || letter > 'E') {
        return Error{ErrorCode::ValueInvalid,
                     fmt::format("there is no Facing Identification Mark \"{}\"", letter), "",
                     "use A, B, C, D or E"};
    }
    const std::string_view pattern = kPatterns.at(std::size_t(letter - 'A'));
    std::vector<MmBox> boxes;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] != '1') continue;
        boxes.push_back({origin.x + kFimPitch * double(i), origin.y, kFimBar, kFimHeight});
    }
    return boxes;
}

}  // namespace verso::generator
