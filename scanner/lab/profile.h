// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "scanner/lab/random.h"

namespace verso::scanner::lab {

/// What the card lies on while it is scanned.
enum class Bed { White, Gray, Black, Cloth };

/// What can happen to a card between the printer and the file, as limits of seeded draws. Lengths
/// of paper in mm, of optics in px of the output picture. The defaults harm nothing.
struct Profile {
    std::string_view name = "none";

    // Geometry, all in one resampling.
    Range rotation_degrees{0, 0};
    Range scale{1, 1};       ///< across and down drawn apart
    double perspective = 0;  ///< most that a corner moves, as a share of the card's sides
    Range margin_mm{3, 3};   ///< of bed round the card
    double cut_mm = 0;       ///< most that a cut corner lies beside the card's own
    std::vector<Bed> beds{Bed::White};
    double turned = 0;  ///< chance of being fed turned by 90, 180 or 270 degrees

    // Paper and post.
    Range toner{1, 1};                                          ///< 1 black, 0 gone
    double fold = 0, stain = 0, postmark = 0, torn_corner = 0;  ///< chances
    Range specks{0, 0};                                         ///< how many

    // Light, optics and sensor.
    Range shading{0, 0};     ///< share of light lost from one end to the other
    double shadow = 0;       ///< chance of a hand's or phone's shadow
    Range blur_px{0, 0};     ///< deviation of the Gaussian
    Range motion_px{0, 0};   ///< length
    Range brightness{0, 0};  ///< added, of 255
    Range contrast{1, 1};    ///< about mid-gray
    Range gamma{1, 1};
    Range noise{0, 0};    ///< deviation, of 255
    Range streaks{0, 0};  ///< how many, 1 to 3 px wide

    // File.
    Range threshold{0, 0};     ///< above 0: bilevel
    Range jpeg_quality{0, 0};  ///< above 0: through a JPEG
};

/// A flatbed at its best.
Profile clean();
/// A document feeder in an office: the limits that the reader promises to survive.
Profile feeder();
/// A phone held over the card on a table.
Profile phone();
/// Bilevel, as fax machines and thrifty multifunction printers give; meant for 200 dpi.
Profile fax();
/// Through the post and a dirty feeder: folds, stains, postmarks, streaks, torn corners.
Profile damaged();

/// A named one of the above, or nullptr.
const Profile* find_profile(std::string_view name);

}  // namespace verso::scanner::lab
