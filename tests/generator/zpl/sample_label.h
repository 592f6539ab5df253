// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/card/card_layout.h"
#include "core/page/draw_list.h"

namespace verso::generator {

/// A symbol of the sample and what it says.
struct SampleCode {
    CodeKind kind;
    MmBox box;
    std::string text;
    int columns;  ///< modules along the symbol's rows
    int turn = 0;
};

/// An invented label with every kind of mark, and its codes.
struct SampleLabel {
    DrawList page;
    std::vector<SampleCode> codes;
};

/// `name` stands on it as the buyer's name.
SampleLabel sample_label(const std::string& name);

/// A PNG of 40 x 20 pixels: black but for a white square of 8 pixels in its top left corner.
std::string sample_png();

}  // namespace verso::generator
