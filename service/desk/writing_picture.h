// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/card/card_layout.h"
#include "core/domain/reading.h"
#include "service/desk/picture_works.h"

namespace verso::service {

/// Whether somebody wrote into a field of the card by hand.
bool has_writing(const Reading& reading);

/// The picture of that writing, upright; nothing when the field is not on the card or the card was
/// not found in the image. The scan is the caller's to name. Pure.
std::optional<PictureWish> writing_picture(const ReadRegion& region, const Reading& reading);

}  // namespace verso::service
