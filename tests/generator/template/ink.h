// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/page/draw_list.h"

namespace verso::generator {

/// Where ink of a text can be: from the caps' top to the descenders' bottom.
MmBox ink_of(const TextMark& text);
/// The same for any mark.
MmBox box_of(const Mark& mark);
MmBox box_of(const LineMark& line);

}  // namespace verso::generator
