// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "scanner/lab/random.h"

namespace verso::scanner::lab {

/// What the card lies on while it is scanned. Print is cloth with a pattern of squares and flowers.
enum class Bed { White, Gray, Black, Cloth, Print };

/// How a profile's machine makes a picture bilevel.
enum class Halftone { Threshold, Ordered, Diffused };

/// What can happen to a card between the printer and the file, as limits of seeded draws. Lengths
/// of paper in mm, of optics in px of the output picture. The defaults harm nothing.
struct Profile {
    std::string_view name = "none";
    std::vector<int> dpis{200, 300};  ///< the machine's, taken in turn

    // Geometry, all in one resampling.
    Range rotation_degrees{0, 0};
    Range scale{1, 1};         ///< across and down drawn apart
    Range print_scale{1, 1};   ///< both alike, as a printer's "fit to page"
    Range tilt_degrees{0, 0};  ///< of a pinhole camera against the card, in any direction
    Range margin_mm{3, 3};     ///< of bed round the card
    double cut_mm = 0;         ///< most that a cut corner lies beside the card's own
    std::vector<Bed> beds{Bed::White};
    double turned = 0;         ///< chance of being fed turned by 90, 180 or 270 degrees
    Range feed_stretch{0, 0};  ///< share by which the picture is longer than the paper
    double feed_slip = 0;      ///< chance of a band stretched or squashed by 1 to 5 %
    Range curl_mm{0, 0};       ///< how far paper stands up in the middle

    // Print.
    Range toner{1, 1};        ///< 1 black, 0 gone
    Range toner_blobs{0, 0};  ///< how many
    double bleed = 0;         ///< chance that the other side shows through

    // Paper and post: chances, and how many specks.
    double fold = 0, stain = 0, postmark = 0, stamp = 0, staple = 0, smudge = 0, erased = 0;
    double torn_corner = 0;  ///< half of them cut straight
    Range specks{0, 0};

    // Light, optics and sensor.
    Range shading{0, 0};     ///< share of light lost from one end to the other
    double shadow = 0;       ///< chance of a hand's or phone's shadow
    double glare = 0;        ///< chance of a lamp's reflection
    Range blur_px{0, 0};     ///< deviation of the Gaussian
    Range motion_px{0, 0};   ///< length
    double photocopied = 0;  ///< chance of having been copied before
    Range brightness{0, 0};  ///< added, of 255
    Range contrast{1, 1};    ///< about mid-gray
    Range gamma{1, 1};
    Range noise{0, 0};      ///< deviation, of 255
    Range streaks{0, 0};    ///< how many
    Range streak_px{1, 4};  ///< their widths

    // File.
    Range threshold{0, 0};  ///< above 0: bilevel
    std::vector<Halftone> halftones{Halftone::Threshold};
    Range jpeg_quality{0, 0};  ///< above 0: through a JPEG

    bool is_bilevel() const { return threshold.high > 0; }
};

/// A flatbed at its best.
Profile clean();
/// A document feeder in an office: the limits that the reader promises to survive.
Profile feeder();
/// A phone held over the card on a table.
Profile phone();
/// Bilevel, as fax machines and thrifty multifunction printers give; meant for 200 dpi.
Profile fax();
/// Through the post and a dirty feeder: each with one, two or three of folds, stains, postmarks,
/// torn corners, specks, a streak, weak toner.
Profile damaged();

/// All profiles: the five above, "low" (the feeder at 150 dpi), and one for each single harm.
std::span<const Profile> profiles();
/// A named one of them, or nullptr.
const Profile* find_profile(std::string_view name);

}  // namespace verso::scanner::lab
