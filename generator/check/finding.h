// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace verso::generator {

/// Something about a template that a person should look at.
struct Finding {
    enum class Severity {
        Warning,  ///< prints, perhaps not as meant
        Error,    ///< would fold a code, lose a text, be refused by the post
    };
    Severity severity = Severity::Error;
    std::string place;    ///< file and JSON pointer of the block
    std::string message;  ///< what is wrong, with its mm
    std::string cure;
    friend bool operator==(const Finding&, const Finding&) = default;
};

}  // namespace verso::generator
