// SPDX-License-Identifier: Apache-2.0
#include "core/domain/piece.h"

namespace verso {

PieceMatch compare_pieces(std::string_view a, std::string_view b) {
    return !a.empty() && a == b ? PieceMatch::Same : PieceMatch::Unsure;
}

}  // namespace verso
