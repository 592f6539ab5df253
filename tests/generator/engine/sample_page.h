// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/page/draw_list.h"

namespace verso::generator {

/// Invented pages about as full as a real insert: an order table, an address, a card with marks,
/// two QR Codes, a Data Matrix. `number` changes the texts. Only for tests and benches.
DrawList sample_front(int number);
DrawList sample_back(int number);

}  // namespace verso::generator
