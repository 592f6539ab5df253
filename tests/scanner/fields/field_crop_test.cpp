// SPDX-License-Identifier: Apache-2.0
// Fields with a printed frame and the lab's handwriting, from fixed seeds.
#include "scanner/fields/field_crop.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

#include "scanner/fields/field_frame.h"
#include "scanner/fields/line_tilt.h"
#include "scanner/lab/pen.h"

namespace verso::scanner {
namespace {

constexpr MmBox kField{Mm{2}, Mm{2}, Mm{91}, Mm{30}};
constexpr MmBox kPicture{Mm{0}, Mm{0}, Mm{95}, Mm{34}};

struct Case {
    std::string pen = "ballpoint";
    double degrees = 0;  ///< by which the lines of writing sink
    double dpi = 200;
    double radius = 1.5;   ///< mm, of the frame
    double beside = 0;     ///< mm by which the frame lies right of and below its place
    double shadow = 0;     ///< share of light lost at the right edge
    double noise = 0;      ///< deviation, gray steps
    bool bilevel = false;  ///< as a fax machine sees it
    std::uint64_t seed = 1;
};

GrayImage white(double dpi) {
    const double k = dpi / kMmPerInch;
    GrayImage out{
        int(std::lround(kPicture.w.value * k)), int(std::lround(kPicture.h.value * k)), dpi, {}};
    out.pixels.assign(std::size_t(out.width) * std::size_t(out.height), 255);
    return out;
}

/// Page to picture, turned about the field's middle.
Homography turned_map(double dpi, double degrees) {
    const double k = dpi / kMmPerInch, turn = degrees * std::numbers::pi / 180;
    const double c = k * std::cos(turn), s = k * std::sin(turn);
    const MmPoint m = kField.center();
    const double x = m.x.value, y = m.y.value;
    return Homography({c, -s, k * x - c * x + s * y, s, c, k * y - s * x - c * y, 0, 0, 1});
}

GrayImage writing(const Case& what) {
    GrayImage out = white(what.dpi);
    const double lean = what.degrees == 0 ? 2 : 5;  // a turned line must stay on the picture
    lab::draw_handwriting(out, turned_map(what.dpi, what.degrees), kField.grown(Mm{-lean}),
                          lab::find_pen(what.pen), what.seed);
    return out;
}

/// Distance in mm from the centre line of the frame.
double from_frame(double x, double y, const Case& what) {
    const double half_w = kField.w.value / 2, half_h = kField.h.value / 2, r = what.radius;
    const double u = std::abs(x - what.beside - kField.center().x.value) - half_w + r;
    const double v = std::abs(y - what.beside - kField.center().y.value) - half_h + r;
    const double corner = std::hypot(std::max(u, 0.0), std::max(v, 0.0));
    return std::abs(corner + std::min(std::max(u, v), 0.0) - r);
}

void print_frame(GrayImage& picture, const Case& what) {
    constexpr double kHalfLine = 0.1, kFrameInk = 0.55;
    const double k = what.dpi / kMmPerInch;
    for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x) {
            const double off = from_frame((x + 0.5) / k, (y + 0.5) / k, what);
            const double share = std::clamp((kHalfLine - off) * k + 0.5, 0.0, 1.0);
            auto& gray = picture.row(y)[x];
            gray = std::uint8_t(std::min(double(gray), 255 * (1 - share * kFrameInk)));
        }
    }
}

void photograph(GrayImage& picture, const Case& what) {
    lab::Rng rng(what.seed + 100);
    for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x) {
            auto& gray = picture.row(y)[x];
            const double light = 0.94 * (1 - what.shadow * x / picture.width);
            const double seen = gray * light + what.noise * rng.normal();
            gray = std::uint8_t(std::clamp(seen, 0.0, 255.0));
            if (what.bilevel) gray = gray < 180 ? 0 : 255;
        }
    }
}

GrayImage scanned(const Case& what) {
    GrayImage out = writing(what);
    print_frame(out, what);
    photograph(out, what);
    return out;
}

/// What a pen surely left: more than a third of its ink.
std::vector<std::uint8_t> stroke_pixels(const Case& what, const GrayImage& alone) {
    const double edge = 255 * (1 - 0.35 * lab::find_pen(what.pen).darkness);
    std::vector<std::uint8_t> out;
    for (const auto gray : alone.pixels) out.push_back(gray < edge ? 1 : 0);
    return out;
}

/// The share of stroke pixels that are still to be seen in the clean picture.
double kept(const Case& what, const GrayImage& alone, const FieldCrop& crop) {
    GrayImage truth = white(what.dpi);
    const auto strokes = stroke_pixels(what, alone);
    for (std::size_t i = 0; i < strokes.size(); ++i) truth.pixels[i] = strokes[i] != 0 ? 0 : 255;
    if (crop.tilt != 0) truth = turned_back(truth, crop.tilt);
    EXPECT_EQ(truth.width, crop.clean.width);
    EXPECT_EQ(truth.height, crop.clean.height);
    double all = 0, seen = 0;
    for (std::size_t i = 0; i < truth.pixels.size(); ++i) {
        if (truth.pixels[i] > 60) continue;
        ++all;
        if (crop.clean.pixels[i] < 215) ++seen;
    }
    EXPECT_GT(all, 200);
    return seen / all;
}

double kept(const Case& what, const FieldCrop& crop) { return kept(what, writing(what), crop); }

/// The share of frame pixels, away from writing, that are still to be seen.
double frame_left(const Case& what, const FieldCrop& crop) {
    const GrayImage alone = writing(what);
    const double k = what.dpi / kMmPerInch;
    double all = 0, left = 0;
    for (int y = 0; y < alone.height; ++y) {
        for (int x = 0; x < alone.width; ++x) {
            if (from_frame((x + 0.5) / k, (y + 0.5) / k, what) > 0.1) continue;
            ++all;
            if (alone.row(y)[x] > 250 && crop.clean.row(y)[x] < 215) ++left;
        }
    }
    return left / all;
}

FieldCrop cleaned(const Case& what) { return clean_field(scanned(what), what.dpi / kMmPerInch); }

std::string name_of(const Case& what) {
    return what.pen + " seed " + std::to_string(what.seed) + " dpi " + std::to_string(what.dpi);
}

TEST(CleanField, KeepsWhatEveryPenWrote) {
    for (const auto& pen : lab::pens()) {
        for (std::uint64_t seed = 1; seed <= 1; ++seed) {
            const Case what{.pen = std::string(pen.name), .noise = 3, .seed = seed};
            const FieldCrop crop = cleaned(what);
            EXPECT_GE(kept(what, crop), 0.99) << name_of(what);
        }
    }
}

TEST(CleanField, KeepsItAtEveryResolution) {
    for (const double dpi : {100.0, 150.0, 300.0, 400.0}) {
        const Case what{.dpi = dpi, .noise = 3, .seed = 5};
        EXPECT_GE(kept(what, cleaned(what)), 0.99) << name_of(what);
    }
}

TEST(CleanField, KeepsItUnderAShadow) {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        const Case what{.shadow = 0.5, .noise = 3, .seed = seed};
        const FieldCrop crop = cleaned(what);
        EXPECT_GE(kept(what, crop), 0.99) << name_of(what);
    }
}

TEST(CleanField, MakesPaperWhite) {
    const Case what{.shadow = 0.5, .noise = 4, .seed = 2};
    const FieldCrop crop = cleaned(what);
    const GrayImage alone = writing(what);
    const auto strokes = stroke_pixels(what, writing(what));
    std::size_t paper = 0, white_paper = 0;
    for (std::size_t i = 0; i < strokes.size(); ++i) {
        if (alone.pixels[i] < 255) continue;
        ++paper;
        if (crop.clean.pixels[i] == 255) ++white_paper;
    }
    EXPECT_GT(double(white_paper), 0.97 * double(paper));
}

TEST(CleanField, MakesFaintPencilBlack) {
    const Case what{.pen = "faint-pencil", .noise = 3, .seed = 3};
    const FieldCrop crop = cleaned(what);
    const auto strokes = stroke_pixels(what, writing(what));
    double before = 0, after = 0, count = 0;
    for (std::size_t i = 0; i < strokes.size(); ++i) {
        if (strokes[i] == 0) continue;
        before += crop.original.pixels[i];
        after += crop.clean.pixels[i];
        ++count;
    }
    EXPECT_GT(before / count, 120) << "faint as scanned";
    EXPECT_LT(after / count, 90);
}

TEST(CleanField, TakesTheFrameOff) {
    for (const double radius : {0.0, 1.5, 3.0}) {
        for (const double beside : {-0.4, 0.0, 0.4}) {
            for (const double dpi : {150.0}) {
                const Case what{.dpi = dpi, .radius = radius, .beside = beside, .noise = 3};
                EXPECT_LE(frame_left(what, cleaned(what)), 0.02)
                    << "radius " << radius << " beside " << beside << " dpi " << dpi;
            }
        }
    }
}

TEST(CleanField, KeepsStrokesAcrossTheFrame) {
    const MmBox low{Mm{6}, kField.bottom() - Mm{7}, Mm{80}, Mm{8}};  // descenders run over it
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        const Case what{.noise = 3, .seed = seed};
        GrayImage alone = white(what.dpi);
        lab::draw_handwriting(alone, turned_map(what.dpi, 0), low, lab::find_pen(what.pen), seed);
        GrayImage picture = alone;
        print_frame(picture, what);
        photograph(picture, what);
        const FieldCrop crop = clean_field(picture, what.dpi / kMmPerInch);
        EXPECT_GE(kept(what, alone, crop), 0.99) << "seed " << seed;
    }
}

TEST(CleanField, ReadsBilevelScans) {
    const Case what{.dpi = 200, .bilevel = true, .seed = 4};
    const FieldCrop crop = cleaned(what);
    EXPECT_GE(kept(what, crop), 0.99);
    EXPECT_LE(frame_left(what, crop), 0.02);
}

TEST(CleanField, RemovesLoneSpecksAndNotDots) {
    Case what{.seed = 6};
    GrayImage picture = white(200);
    print_frame(picture, what);
    const auto dot = [&](int x, int y, int side) {
        for (int row = y; row < y + side; ++row) std::fill_n(picture.row(row) + x, side, 40);
    };
    dot(200, 140, 2);  // dust
    dot(500, 100, 40);
    dot(545, 136, 3);  // a full stop behind it
    const FieldCrop crop = clean_field(picture, 200 / kMmPerInch);
    EXPECT_EQ(crop.clean.row(140)[200], 255);
    EXPECT_LT(crop.clean.row(120)[520], 60) << "a blot is ink";
    EXPECT_LT(crop.clean.row(137)[546], 60);
}

TEST(CleanField, LeavesAnEmptyFieldWhite) {
    const Case what{.shadow = 0.3, .noise = 4};
    GrayImage picture = white(200);
    print_frame(picture, what);
    photograph(picture, what);
    const FieldCrop crop = clean_field(picture, 200 / kMmPerInch);
    const auto dark = std::count_if(crop.clean.pixels.begin(), crop.clean.pixels.end(),
                                    [](auto gray) { return gray < 200; });
    EXPECT_LT(double(dark), 2e-3 * double(crop.clean.pixels.size()));
}

TEST(FindLineTilt, FollowsTheLines) {
    int found = 0;
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
        const auto tilt_of = [&](double degrees) {
            const GrayImage picture = writing({.degrees = degrees, .seed = seed});
            return find_line_tilt(measure_ink(picture, 200 / kMmPerInch));
        };
        // the hand's own climb is in all of them
        const auto down = tilt_of(4), up = tilt_of(-4);
        if (!down || !up) continue;
        ++found;
        EXPECT_NEAR(*down - *up, 8, 0.8) << "seed " << seed;
        EXPECT_NEAR((*down + *up) / 2, -0.3, 2) << "seed " << seed;
    }
    EXPECT_GE(found, 6) << "of 8";
}

TEST(FindLineTilt, SaysNothingOfAFewLetters) {
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
        GrayImage picture = white(200);
        lab::draw_handwriting(picture, turned_map(200, 3), {Mm{20}, Mm{10}, Mm{16}, Mm{8}},
                              lab::find_pen("ballpoint"), seed);
        EXPECT_FALSE(find_line_tilt(measure_ink(picture, 200 / kMmPerInch))) << "seed " << seed;
    }
}

TEST(CleanField, LevelsTiltedLinesAndKeepsThem) {
    int levelled = 0;
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        for (const double degrees : {-4.0, 4.0}) {
            const Case what{.degrees = degrees, .noise = 3, .seed = seed};
            const FieldCrop crop = cleaned(what);
            EXPECT_GE(kept(what, crop), 0.99) << name_of(what);
            if (crop.tilt != 0) ++levelled;
            const auto rest = find_line_tilt(measure_ink(crop.clean, 200 / kMmPerInch));
            EXPECT_NEAR(rest.value_or(0), 0, 0.5) << name_of(what);
        }
    }
    EXPECT_GE(levelled, 9) << "of 12";
}

TEST(CropField, TurnsASidewaysCardUpright) {
    GrayImage page = white(150);
    for (int y = 40; y < 60; ++y) std::fill_n(page.row(y) + 100, 8, 0);
    const Homography map = turned_map(150, 0);
    const MmBox field{Mm{10}, Mm{5}, Mm{30}, Mm{15}};
    const FieldCrop level = crop_field(page, map, field, 0);
    const FieldCrop side = crop_field(page, map, field, 90);
    ASSERT_EQ(side.original.width, level.original.height);
    // turned clockwise on the page, it is turned back against the clock: right comes to the top
    ASSERT_LT(*std::min_element(level.original.pixels.begin(), level.original.pixels.end()), 9);
    for (int y = 0; y < side.original.height; ++y) {
        for (int x = 0; x < side.original.width; ++x) {
            ASSERT_EQ(side.original.row(y)[x], level.original.row(x)[level.original.width - 1 - y]);
        }
    }
    EXPECT_EQ(crop_field(page, map, field, 180).original.row(0)[0],
              level.original.row(level.original.height - 1)[level.original.width - 1]);
}

}  // namespace
}  // namespace verso::scanner
