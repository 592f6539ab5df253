// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/util/result.h"

namespace verso::service {

/// One field of a multipart/form-data body. `content` points into the body.
struct FormPart {
    std::string name;
    std::string file_name;  ///< empty for a plain field; its last path component alone
    std::string type;       ///< Content-Type; empty when not said
    std::string_view content;
};

/// The parts of a body (RFC 7578), at most 200. FormatInvalid, with what is wrong: no or a foreign
/// boundary, a part without name, a body that ends in the middle. Requires: the body outlives them.
Result<std::vector<FormPart>> parse_multipart(std::string_view content_type, std::string_view body);

}  // namespace verso::service
