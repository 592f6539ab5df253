// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scanner/image/gray_image.h"
#include "scanner/lab/random.h"

// What happens to paper. Each effect changes the picture of the page; positions are in px, sizes
// scale by `px_per_mm`. The part that is the card is given, so that the effect hits it.

namespace verso::scanner::lab {

/// Where the card lies in the picture, upright.
struct CardArea {
    double x = 0, y = 0, w = 0, h = 0;
    double px_per_mm = 1;
};

/// Ink of the print that `share` remains of, unevenly along the page as an empty cartridge does.
/// To be used before pen marks are drawn.
void fade_toner(GrayImage& image, double share, Rng& rng);
/// A crease across: a light line beside a shadow, some toner broken off.
void add_fold(GrayImage& image, const CardArea& card, Rng& rng);
/// A ring and a haze, as of a cup.
void add_stain(GrayImage& image, const CardArea& card, Rng& rng);
/// A post office's cancel: two circles, a date's bars, waves.
void add_postmark(GrayImage& image, const CardArea& card, Rng& rng);
void add_specks(GrayImage& image, const CardArea& card, int count, Rng& rng);

}  // namespace verso::scanner::lab
