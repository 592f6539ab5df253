// SPDX-License-Identifier: Apache-2.0
#include "scanner/lab/single_harms.h"

namespace verso::scanner::lab {

namespace {

/// A good office scanner: what all of these share.
Profile office(std::string_view name) {
    Profile p = clean();
    p.name = name;
    p.rotation_degrees = {-2, 2};
    p.noise = {1, 4};
    p.blur_px = {0.3, 0.8};
    p.jpeg_quality = {70, 95};
    p.beds = {Bed::White, Bed::Gray, Bed::Black};
    return p;
}

/// A good photo on a plain table.
Profile photo(std::string_view name) {
    Profile p = office(name);
    p.dpis = {250};
    p.margin_mm = {5, 20};
    p.shading = {0, 0.15};
    p.beds = {Bed::Gray, Bed::Black};
    return p;
}

template <class Change>
Profile with(Profile p, Change change) {
    change(p);
    return p;
}

std::vector<Profile> of_geometry() {
    return {
        with(office("stretch"),
             [](Profile& p) {
                 p.feed_stretch = {-0.02, 0.02};
             }),
        with(office("band"), [](Profile& p) { p.feed_slip = 1; }),
        with(office("scale"),
             [](Profile& p) {
                 p.print_scale = {0.92, 1.03};
             }),
        with(office("turned"),
             [](Profile& p) {
                 p.rotation_degrees = {0, 360};
             }),
        with(photo("tilt35"),
             [](Profile& p) {
                 p.tilt_degrees = {20, 35};
             }),
        with(photo("curl"),
             [](Profile& p) {
                 p.curl_mm = {2, 7};
                 p.tilt_degrees = {0, 12};
             }),
        with(office("torn"), [](Profile& p) { p.torn_corner = 1; }),
    };
}

std::vector<Profile> of_paper() {
    return {
        with(office("fold"), [](Profile& p) { p.fold = 1; }),
        with(office("toner"),
             [](Profile& p) {
                 p.toner = {0.4, 0.7};
             }),
        with(office("blobs"),
             [](Profile& p) {
                 p.toner_blobs = {1, 8};
             }),
        with(office("bleed"), [](Profile& p) { p.bleed = 1; }),
        with(office("stain"), [](Profile& p) { p.stain = 1; }),
        with(office("stamp"), [](Profile& p) { p.stamp = 1; }),
        with(office("postmark"), [](Profile& p) { p.postmark = 1; }),
        with(office("staple"), [](Profile& p) { p.staple = 1; }),
        with(office("smudge"), [](Profile& p) { p.smudge = 1; }),
        with(office("erased"), [](Profile& p) { p.erased = 1; }),
        with(office("specks"),
             [](Profile& p) {
                 p.specks = {20, 120};
             }),
    };
}

std::vector<Profile> of_light() {
    return {
        with(photo("shadow"),
             [](Profile& p) {
                 p.shadow = 1;
                 p.shading = {0.1, 0.4};
             }),
        with(photo("glare"), [](Profile& p) { p.glare = 1; }),
        with(photo("motion"),
             [](Profile& p) {
                 p.motion_px = {2, 3};
             }),
        with(photo("cloth"),
             [](Profile& p) {
                 p.beds = {Bed::Cloth, Bed::Print};
             }),
        with(office("streak"),
             [](Profile& p) {
                 p.streaks = {1, 2.99};
                 p.streak_px = {1, 6.99};
             }),
        with(office("photocopy"), [](Profile& p) { p.photocopied = 1; }),
        with(office("noise"),
             [](Profile& p) {
                 p.noise = {8, 16};
             }),
    };
}

std::vector<Profile> of_files() {
    return {
        with(office("bilevel"),
             [](Profile& p) {
                 p.threshold = {90, 200};
             }),
        with(office("dither"),
             [](Profile& p) {
                 p.threshold = {128, 128};
                 p.halftones = {Halftone::Ordered, Halftone::Diffused};
             }),
        with(office("q30"),
             [](Profile& p) {
                 p.jpeg_quality = {30, 30};
             }),
        with(office("dpi100"), [](Profile& p) { p.dpis = {100}; }),
        with(office("dpi150"), [](Profile& p) { p.dpis = {150}; }),
        with(office("dpi600"), [](Profile& p) { p.dpis = {600}; }),
    };
}

}  // namespace

std::vector<Profile> single_harms() {
    std::vector<Profile> all;
    for (const auto& group : {of_geometry(), of_paper(), of_light(), of_files()})
        all.insert(all.end(), group.begin(), group.end());
    return all;
}

}  // namespace verso::scanner::lab
