// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "core/util/result.h"
#include "generator/fonts/character_group.h"
#include "generator/fonts/face.h"

namespace verso::generator {

/// A face cut to some groups of characters, ready to be copied into a document. Glyph numbers are
/// those of the whole face.
struct FaceSubset {
    std::string name;         ///< "ABCDEF+NotoSans-Regular", the tag says which groups
    std::string file;         ///< TrueType, zlib-deflated
    std::size_t file_length;  ///< of the file before deflating
    std::string widths;       ///< PDF's W array with its brackets, in 1/1000 em
    std::string to_unicode;   ///< ToUnicode CMap, zlib-deflated
};

/// The subset of these groups. Made at the first call for them and kept with the face, at most one
/// for each mask; safe from any thread. Errors: Internal when HarfBuzz fails.
Result<std::shared_ptr<const FaceSubset>> subset_of(const FontBook::Face& face, GroupMask groups);

}  // namespace verso::generator
