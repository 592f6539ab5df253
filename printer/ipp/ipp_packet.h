// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace verso::printer {

/// Whether an answer's bytes have the shape of an IPP message (RFC 8010, 3.1) within bounds that
/// printers keep: every length inside the message, collections nested at most 8 deep and closed, an
/// end. Looked at before a parser that recurses sees what came from outside.
bool is_sound_packet(std::string_view bytes);

}  // namespace verso::printer
