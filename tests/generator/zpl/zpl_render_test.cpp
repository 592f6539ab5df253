// SPDX-License-Identifier: Apache-2.0
// Labels drawn by a renderer that nobody here wrote, then read by the scanner. The renderer is an
// npm package: where node, npm or the network is missing, these tests are skipped and say why.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "app/print_expected.h"
#include "generator/zpl/zpl_writer.h"
#include "scanner/codes/code_reader.h"
#include "scanner/image/image_loader.h"
#include "scanner/pipeline/read_card.h"
#include "tests/generator/engine/tool.h"
#include "tests/generator/specimens.h"
#include "tests/generator/zpl/sample_label.h"

namespace verso::generator {
namespace {

const FontBook& fonts() {
    static const auto book = FontBook::load(VERSO_BINARY_DIR "/share/verso/fonts").value();
    return *book;
}

const std::string kRendererFolder = VERSO_BINARY_DIR "/zpl-renderer";

/// Why there is no renderer; empty when there is one. Installs it into the build folder once.
std::string renderer_missing() {
    if (run_tool("node --version").exit_code != 0) return "node is not installed";
    const std::string package = kRendererFolder + "/node_modules/zpl-renderer-js/package.json";
    if (std::filesystem::exists(package)) return "";
    std::filesystem::create_directories(kRendererFolder);
    const ToolRun install =
        run_tool("flock " + kRendererFolder +
                 " npm install --no-audit --no-fund --no-save --fetch-retries=0 --prefix " +
                 kRendererFolder + " zpl-renderer-js@3.4.0");
    if (install.exit_code != 0) return "npm could not install zpl-renderer-js: " + install.err;
    return "";
}

/// The label as the renderer draws it, one pixel a dot.
scanner::GrayImage render_zpl(const std::string& zpl, int width, int height, int dots_per_mm) {
    const ScratchFile input("label.zpl", zpl), output("label.png", "");
    const auto mm = [&](int dots) { return std::to_string(double(dots) / dots_per_mm); };
    const ToolRun run = run_tool("env NODE_PATH=" + kRendererFolder + "/node_modules node " +
                                 VERSO_SOURCE_DIR "/tests/generator/zpl/render_zpl.cjs " +
                                 input.path() + " " + output.path() + " " + mm(width) + " " +
                                 mm(height) + " " + std::to_string(dots_per_mm));
    EXPECT_EQ(run.exit_code, 0) << run.err;
    scanner::GrayImage image;
    const auto pages =
        scanner::load_pages(output.path(), {}, [&](int, Result<scanner::GrayImage> page) {
            if (page) image = std::move(*page);
            return true;
        });
    EXPECT_TRUE(pages.has_value());
    return image;
}

scanner::PxRect pixels(const MmBox& box, double per_mm) {
    return {int(std::lround(box.x.value * per_mm)), int(std::lround(box.y.value * per_mm)),
            int(std::lround(box.w.value * per_mm)), int(std::lround(box.h.value * per_mm))};
}

/// The black pixels inside a box, as a box in mm.
MmBox ink_in(const scanner::GrayImage& image, const MmBox& box, double per_mm) {
    const scanner::PxRect part = pixels(box, per_mm);
    int left = image.width, right = -1, top = image.height, bottom = -1;
    for (int y = std::max(part.y, 0); y < std::min(part.y + part.h, image.height); ++y) {
        for (int x = std::max(part.x, 0); x < std::min(part.x + part.w, image.width); ++x) {
            if (image.row(y)[x] >= 128) continue;
            left = std::min(left, x);
            right = std::max(right, x + 1);
            top = std::min(top, y);
            bottom = std::max(bottom, y + 1);
        }
    }
    return {Mm{left / per_mm}, Mm{top / per_mm}, Mm{(right - left) / per_mm},
            Mm{(bottom - top) / per_mm}};
}

struct Head {
    int dpi, renderer_dots;
    double per_mm;
};

class RenderedLabel : public testing::TestWithParam<Head> {
  protected:
    void SetUp() override {
        if (const std::string why = renderer_missing(); !why.empty()) GTEST_SKIP() << why;
    }
    scanner::GrayImage render(const DrawList& page, ZplOptions options = {}) {
        options.dpi = GetParam().dpi;
        const auto zpl = to_zpl(page, fonts(), options);
        EXPECT_TRUE(zpl.has_value()) << (zpl ? "" : zpl.error().text());
        if (!zpl) return {};
        const double per_mm = GetParam().per_mm;
        return render_zpl(*zpl, int(std::lround(page.page.width.value * per_mm)),
                          int(std::lround(page.page.height.value * per_mm)),
                          GetParam().renderer_dots);
    }
};

TEST_P(RenderedLabel, EveryCodeIsReadAtItsPlace) {
    const double per_mm = GetParam().per_mm;
    const SampleLabel label = sample_label("Zoë Lefèvre-Błaszczyk ^XZ~JA");
    const auto image = render(label.page);
    ASSERT_FALSE(image.empty());
    for (const SampleCode& code : label.codes) {
        const MmBox around = code.box.grown(2_mm);
        const auto found = scanner::read_code(image, pixels(around, per_mm), code.kind, true);
        ASSERT_TRUE(found.has_value()) << code.text;
        EXPECT_EQ(found->text, code.text);
        // In the middle of its box, and not larger: dots of a module are rounded down.
        const MmBox ink = ink_in(image, around, per_mm);
        EXPECT_NEAR(ink.center().x.value, code.box.center().x.value, 0.3) << code.text;
        EXPECT_NEAR(ink.center().y.value, code.box.center().y.value, 0.3) << code.text;
        EXPECT_LE(ink.w.value, code.box.w.value + 0.3) << code.text;
        const Mm side = code.turn % 180 == 0 ? ink.w : ink.h;
        const double dots = side.value * per_mm / code.columns;
        EXPECT_NEAR(dots, std::round(dots), 1e-6) << code.text << ": modules in whole dots";
    }
}

TEST_P(RenderedLabel, ShapesStandWhereTheLayoutHasThem) {
    const double per_mm = GetParam().per_mm;
    const auto image = render(sample_label("Zoë").page);
    ASSERT_FALSE(image.empty());
    for (const MmBox box :
         {MmBox{59.875_mm, 29.875_mm, 16.25_mm, 4.25_mm},
          MmBox{59.8125_mm, 37.8125_mm, 36.375_mm, 20.375_mm}, MmBox{80_mm, 29_mm, 16_mm, 6_mm}}) {
        const MmBox ink = ink_in(image, box.grown(0.6_mm), per_mm);
        EXPECT_NEAR(ink.x.value, box.x.value, 0.15);
        EXPECT_NEAR(ink.y.value, box.y.value, 0.15);
        EXPECT_NEAR(ink.right().value, box.right().value, 0.15);
        EXPECT_NEAR(ink.bottom().value, box.bottom().value, 0.15);
    }
    // White letters on the black field.
    int light = 0;
    const auto field = pixels({81_mm, 30_mm, 14_mm, 4_mm}, per_mm);
    for (int y = field.y; y < field.y + field.h; ++y) {
        for (int x = field.x; x < field.x + field.w; ++x) light += image.row(y)[x] > 128 ? 1 : 0;
    }
    const double share = double(light) / (field.w * field.h);
    EXPECT_GT(share, 0.1);
    EXPECT_LT(share, 0.5);
}

TEST_P(RenderedLabel, TextTurnsAboutItsBaselinesBeginning) {
    const double per_mm = GetParam().per_mm;
    for (const bool printer_font : {false, true}) {
        DrawList page{{160_mm, 40_mm}, {}};
        for (const int turn : {0, 90, 180, 270}) {
            page.marks.push_back(TextMark{{Mm{20 + turn / 90 * 40.0}, 20_mm},
                                          12_pt,
                                          FontFace::Bold,
                                          kBlack,
                                          turn,
                                          "HHHHH",
                                          Pt{0}});
        }
        const auto image = render(page, {.printer_font = printer_font});
        ASSERT_FALSE(image.empty());
        const double length = fonts().measure(FontFace::Bold, 12_pt, "HHHHH").value;
        const double cap = fonts().cap_height(FontFace::Bold, 12_pt).value;
        for (const int turn : {0, 90, 180, 270}) {
            const double x = 20 + turn / 90 * 40.0;
            const MmBox ink = ink_in(image, {Mm{x - 20}, 0_mm, 40_mm, 40_mm}, per_mm);
            // Along the line, from its beginning, and upwards from the baseline.
            const double along = turn == 0     ? ink.x.value - x
                                 : turn == 90  ? ink.y.value - 20
                                 : turn == 180 ? x - ink.right().value
                                               : 20 - ink.bottom().value;
            const double above = turn == 0     ? 20 - ink.bottom().value
                                 : turn == 90  ? ink.x.value - x
                                 : turn == 180 ? ink.y.value - 20
                                               : x - ink.right().value;
            const bool level = turn % 180 == 0;
            EXPECT_NEAR(above, 0, 0.2) << turn << " " << printer_font;
            EXPECT_NEAR(along, 0.2, 0.4) << turn << " " << printer_font;
            EXPECT_NEAR((level ? ink.w : ink.h).value, length - 0.5, 0.6) << turn;
            EXPECT_NEAR((level ? ink.h : ink.w).value, cap, 0.3) << turn;
        }
    }
}

TEST_P(RenderedLabel, ShippedLabelsAreReadAtEveryHead) {
    const double per_mm = GetParam().per_mm;
    const auto card = specimen_card();
    const Shop shop = specimen_shop();
    const Order order = with_long_names(specimen_order("pl", 4));
    for (const char* name : {"label-100x150", "label-4x6"}) {
        const auto set = shipped(name)->lay_out({order, 1, shop, card, specimen_rma()});
        ASSERT_TRUE(set.has_value()) << set.error().text();
        int read = 0;
        for (const DrawList& page : set->pages) {
            const auto codes = app::codes_drawn(page, 1);
            if (codes.empty()) continue;
            const auto image = render(page);
            ASSERT_FALSE(image.empty());
            for (const auto& code : codes) {
                const MmBox around = code.box.grown(2_mm);
                const auto found =
                    scanner::read_code(image, pixels(around, per_mm), code.kind, true);
                ASSERT_TRUE(found.has_value()) << name << ": " << code.text;
                EXPECT_EQ(found->text, code.text);
                const MmBox ink = ink_in(image, code.box.grown(0.3_mm), per_mm);
                EXPECT_NEAR(ink.center().x.value, code.box.center().x.value, 0.3) << code.text;
                EXPECT_NEAR(ink.center().y.value, code.box.center().y.value, 0.3) << code.text;
                ++read;
            }
        }
        EXPECT_GE(read, 2) << name << ": the QR of the stub and the bars of the return";
    }
}

TEST_P(RenderedLabel, ACardIsReadAsFromPaper) {
    const auto design = shipped("a6-card");
    Layout layout = design->layout();
    layout.number = LayoutNumber(specimen_card().layout);
    const Shop shop = specimen_shop();
    const Order order = specimen_order("de", 3);
    const auto set = design->lay_out({order, 1, shop, specimen_card(), specimen_rma()});
    ASSERT_TRUE(set.has_value());
    const ReadRegion& card = layout.cards.at(0);
    auto image = render(set->pages.at(std::size_t(card.page - 1)));
    ASSERT_FALSE(image.empty());
    const double per_mm = GetParam().per_mm;
    image.dpi = per_mm * kMmPerInch;
    // Somebody fills the third box of every question.
    for (const auto& question : card.questions) {
        if (question.options.size() < 3) continue;
        const auto box = pixels(question.options.at(2).box.grown(Mm{-0.6}), per_mm);
        for (int y = box.y; y < box.y + box.h; ++y) {
            std::fill_n(image.row(y) + box.x, box.w, std::uint8_t{0});
        }
    }
    scanner::ReadOptions options;
    options.known = {&layout};
    const auto readings = scanner::read_page(
        image, [&](LayoutNumber number) { return number == layout.number ? &layout : nullptr; },
        options);
    ASSERT_EQ(readings.size(), 1u);
    for (const auto& reason : readings.front().reasons) {
        ADD_FAILURE() << to_string(reason.code) << " " << reason.question << " " << reason.detail;
    }
    EXPECT_EQ(readings.front().verdict, Verdict::Accepted);
    EXPECT_EQ(readings.front().card, specimen_card().id);
    for (const auto& answer : readings.front().answers) {
        const auto* question = card.find_question(answer.question);
        if (question->options.size() < 3) continue;
        EXPECT_EQ(answer.value, question->options.at(2).value) << answer.question;
    }
}

INSTANTIATE_TEST_SUITE_P(Heads, RenderedLabel,
                         testing::Values(Head{203, 8, 8}, Head{300, 12, 300 / 25.4},
                                         Head{600, 24, 600 / 25.4}),
                         [](const auto& head) { return "At" + std::to_string(head.param.dpi); });

}  // namespace
}  // namespace verso::generator
