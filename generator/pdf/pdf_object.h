// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace verso::generator {

/// An object of a PDF file that has no number yet: a dictionary's entries with the references left
/// out, perhaps a stream. Made apart from any document, and appended to one as it is.
struct PdfObject {
    struct Reference {
        std::size_t at;      ///< where in `entries` the reference belongs
        std::size_t object;  ///< index in the same list
    };
    std::string entries;  ///< between the dictionary's brackets, /Filter included, /Length not
    std::vector<Reference> references;  ///< ascending by `at`
    std::optional<std::string> stream;  ///< encoded as the entries say
};

/// Objects that refer to one another; the first is the one that is meant.
using PdfObjects = std::vector<PdfObject>;

}  // namespace verso::generator
