// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scanner/image/gray_image.h"
#include "scanner/lab/profile.h"
#include "scanner/lab/scene.h"

// What happens to paper between the printer and the scanner. Each effect changes the picture of the
// card and hits it by the scene.

namespace verso::scanner::lab {

/// A crease across: a light line beside a shadow, some toner broken off.
void add_fold(GrayImage& image, const Scene& scene, Rng& rng);
/// A ring and a haze, as of a cup.
void add_stain(GrayImage& image, const Scene& scene, Rng& rng);
/// A finger's graphite and grease: soft, gray, larger than a box.
void add_smudge(GrayImage& image, const Scene& scene, Rng& rng);
/// Where an eraser went over a box: its ghost and rubbed graphite.
void add_erasure(GrayImage& image, const Scene& scene, Rng& rng);
/// A wire near one of the corners, or its holes.
void add_staple(GrayImage& image, const Scene& scene, Rng& rng);
void add_specks(GrayImage& image, const Scene& scene, int count, Rng& rng);

/// A post office's cancel: two circles, a date's bars, waves.
void add_postmark(GrayImage& image, const Scene& scene, Rng& rng);
/// An office's rubber stamp: a frame with a word in it, askew.
void add_stamp(GrayImage& image, const Scene& scene, Rng& rng);

/// All of them by the profile's chances.
void wear(GrayImage& image, const Scene& scene, const Profile& profile, Rng& rng);

}  // namespace verso::scanner::lab
