// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "generator/insert_template.h"
#include "generator/profile/postal_profile.h"

namespace verso::generator {

/// The two address sides that the shipped templates have: half of A5 folded, half of a letter
/// sheet.
inline constexpr PageSize kA4Side{148.5_mm, 105_mm}, kLetterSide{139.7_mm, 107.95_mm};

PostalProfile shipped_profile(const std::string& name);

/// A shop that has everything of its post: invented, and plainly so. `artwork` is a picture's file.
Shop licensed_shop(const PostalProfile& profile, const std::string& artwork);
/// A shop that has chosen the profile and has nothing yet.
Shop unlicensed_shop(const PostalProfile& profile);

/// A page that is nothing but an address side, as the template engine sets it.
struct SidePage {
    DrawList page;
    PostalSide side;  ///< what the rules see
};
/// Aborts the test with the reason when it cannot be set.
SidePage set_side(PageSize size, const Shop& shop);

std::string pdf_of(const DrawList& page);

}  // namespace verso::generator
