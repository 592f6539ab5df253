// SPDX-License-Identifier: Apache-2.0
#include "scanner/lab/degrade.h"

#include <cassert>
#include <span>
#include <utility>

#include "scanner/image/decoders.h"
#include "scanner/lab/encode.h"
#include "scanner/lab/paper_effects.h"
#include "scanner/lab/paper_outline.h"
#include "scanner/lab/placement.h"
#include "scanner/lab/scanner_effects.h"

namespace verso::scanner::lab {

namespace {

/// What comes off the sensor, and the seeded draws that are left for the file.
struct Seen {
    GrayImage image;
    Homography page_to_image;
    int jpeg_quality;  ///< 0: none
};

Seen bring_back(const GrayImage& page, const Homography& page_to_image, const MmBox& card,
                std::vector<MmPoint> boxes, const Profile& profile, double out_dpi,
                std::uint64_t seed) {
    assert(!page.empty() && out_dpi >= 50 && out_dpi <= 1200);
    Rng rng(seed);
    const Placement placement = place(card, profile, out_dpi, rng);
    const Scene scene = make_scene(placement.page_to_image, card, std::move(boxes));
    GrayImage image = resample(page, page_to_image, placement, card.center());
    wear(image, scene, profile, rng);
    cut_and_lay_on_bed(image, scene, placement, profile, rng);
    see(image, scene, profile, rng);
    image.dpi = out_dpi;
    const int quality = static_cast<int>(rng.in(profile.jpeg_quality));
    return {std::move(image), placement.page_to_image, quality};
}

std::vector<MmPoint> boxes_of(const ReadRegion& card) {
    std::vector<MmPoint> boxes;
    for (const Question& question : card.questions)
        for (const MarkOption& option : question.options) boxes.push_back(option.box.center());
    return boxes;
}

Degraded through_jpeg(Seen seen) {
    if (seen.jpeg_quality > 0) {
        auto decoded = decode_jpeg(encode_jpeg(seen.image, seen.jpeg_quality), "lab", LoadLimits{});
        if (decoded) seen.image.pixels = std::move(decoded->pixels);
    }
    return {std::move(seen.image), seen.page_to_image};
}

}  // namespace

Homography raster_map(double dpi) {
    const double k = dpi / kMmPerInch;
    return Homography({k, 0, 0, 0, k, 0, 0, 0, 1});
}

Degraded degrade(const GrayImage& page, const Homography& page_to_image, const ReadRegion& card,
                 const Profile& profile, double out_dpi, std::uint64_t seed) {
    return through_jpeg(
        bring_back(page, page_to_image, card.box, boxes_of(card), profile, out_dpi, seed));
}

Degraded degrade(const GrayImage& page, const Homography& page_to_image, const MmBox& card,
                 const Profile& profile, double out_dpi, std::uint64_t seed) {
    return through_jpeg(bring_back(page, page_to_image, card, {}, profile, out_dpi, seed));
}

ScannedFile scan_to_file(const GrayImage& page, const Homography& page_to_image,
                         const ReadRegion& card, const Profile& profile, double out_dpi,
                         std::uint64_t seed) {
    constexpr int kBest = 95;
    const Seen seen =
        bring_back(page, page_to_image, card.box, boxes_of(card), profile, out_dpi, seed);
    if (profile.is_bilevel())
        return {encode_tiff_g4(std::span(&seen.image, 1)), "tif", seen.page_to_image};
    const int quality = seen.jpeg_quality > 0 ? seen.jpeg_quality : kBest;
    return {encode_jpeg(seen.image, quality), "jpg", seen.page_to_image};
}

}  // namespace verso::scanner::lab
