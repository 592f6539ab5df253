// SPDX-License-Identifier: Apache-2.0
#include "printer/device/paper.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <random>

namespace verso::printer {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

Media named(const std::string& name, const std::string& tray = "") {
    auto media = parse_media_name(name).value_or(Media{name, 0, 0, ""});
    media.tray = tray;
    return media;
}

const PaperNeed kA4{};
const PaperNeed kA6{.format = DocumentFormat::Pdf, .width = 105, .height = 148};
const PaperNeed kLabel{.format = DocumentFormat::Zpl,
                       .width = 101.6,
                       .height = 152.4,
                       .both_sides = false,
                       .dpi = 203};

Capabilities office_printer() {
    return {.make = "Office",
            .formats = {"application/pdf", "image/pwg-raster", "application/octet-stream"},
            .supported = {named("iso_a4_210x297mm"), named("iso_a6_105x148mm"),
                          named("na_letter_8.5x11in")},
            .ready = {named("iso_a4_210x297mm", "tray-1"), named("na_letter_8.5x11in", "tray-2")},
            .dpi = {600, 1200},
            .sides = {"one-sided", "two-sided-long-edge"},
            .trays = {"auto", "tray-1", "tray-2", "manual"}};
}

Capabilities label_printer() {
    return {.make = "Label",
            .formats = {"application/octet-stream", "application/vnd.zebra-zpl"},
            .supported = {named("na_index-4x6_4x6in"), named("om_100x150mm_100x150mm")},
            .ready = {named("na_index-4x6_4x6in")},
            .dpi = {203, 300},
            .sides = {"one-sided"},
            .trays = {}};
}

TEST(MediaName, TellsItsSize) {
    struct Row {
        std::string name;
        double width, height;
    };
    for (const auto& row : std::vector<Row>{{"iso_a4_210x297mm", 210, 297},
                                            {"iso_a6_105x148mm", 105, 148},
                                            {"na_letter_8.5x11in", 215.9, 279.4},
                                            {"na_index-4x6_4x6in", 101.6, 152.4},
                                            {"om_100x150mm_100x150mm", 100, 150},
                                            {"custom_62.5x100mm_62.5x100mm", 62.5, 100},
                                            {"custom_min_2x3in", 50.8, 76.2},
                                            {"oe_w288h432_4x6in", 101.6, 152.4},
                                            {"roll_max_4x39.6in", 101.6, 1005.84}}) {
        const auto media = parse_media_name(row.name);
        ASSERT_TRUE(media) << row.name;
        EXPECT_NEAR(media->width, row.width, 1e-6) << row.name;
        EXPECT_NEAR(media->height, row.height, 1e-6) << row.name;
        EXPECT_EQ(media->name, row.name);
    }
}

TEST(MediaName, OfOtherKindsTellsNone) {
    for (const std::string name : {"",
                                   "_",
                                   "__",
                                   "A4",
                                   "iso-a4",
                                   "iso_a4",
                                   "210x297mm",
                                   "iso_210x297mm",
                                   "_a4_210x297mm",
                                   "iso_a4_210x297",
                                   "iso_a4_210x297cm",
                                   "iso_a4_x297mm",
                                   "iso_a4_210xmm",
                                   "iso_a4_210mm",
                                   "iso_a4_-210x297mm",
                                   "iso_a4_0x297mm",
                                   "iso_a4_210x0mm",
                                   "iso_a4_1e9x297mm",
                                   "iso_a4_nanx1mm",
                                   "iso_a4_infx1mm",
                                   "iso_a4_2.1.0x297mm",
                                   "iso_a4_210x297mmmm",
                                   "iso_a4_ 210x297mm",
                                   "iso_a4_999999999x1mm",
                                   "iso_a4_210x297x3mm",
                                   "iso_a4_.x.mm",
                                   "iso_a4_xin",
                                   "iso_a4_mm"}) {
        EXPECT_FALSE(parse_media_name(name)) << name;
    }
    EXPECT_FALSE(parse_media_name("iso_" + std::string(300, 'a') + "_210x297mm"));
}

TEST(MediaName, SurvivesNoise) {
    constexpr std::uint32_t kSeed = 70702;
    std::mt19937 random(kSeed);
    const std::string letters = "_x.mmin0123459e+-ab";
    for (int round = 0; round < 50000; ++round) {
        std::string name = "iso_a_";
        for (auto count = random() % 14; count > 0; --count)
            name += letters.at(random() % letters.size());
        const auto media = parse_media_name(name);
        if (!media) continue;
        EXPECT_GT(media->width, 0) << "seed " << kSeed << ": " << name;
        EXPECT_LE(media->height, 100000) << "seed " << kSeed << ": " << name;
    }
}

TEST(ChoosePaper, TakesWhatIsLoaded) {
    auto choice = choose_paper(kA4, office_printer(), "");
    ASSERT_TRUE(choice) << choice.error().text();
    EXPECT_EQ(choice->media, "iso_a4_210x297mm");
    EXPECT_EQ(choice->format, "application/pdf");
    EXPECT_EQ(choice->sides, "one-sided");
    EXPECT_EQ(choice->tray, "");
    choice = choose_paper(kLabel, label_printer(), "");
    ASSERT_TRUE(choice) << choice.error().text();
    EXPECT_EQ(choice->media, "na_index-4x6_4x6in");
    EXPECT_EQ(choice->format, "application/vnd.zebra-zpl");
}

TEST(ChoosePaper, RefusesWithWhatIsLoadedAndWhatIsNeeded) {
    const auto choice = choose_paper(kA6, office_printer(), "");
    ASSERT_FALSE(choice);
    EXPECT_EQ(choice.error().code, ErrorCode::PrinterFailed);
    EXPECT_THAT(choice.error().text(),
                AllOf(HasSubstr("loaded is 210 x 297 mm"), HasSubstr("215.9 x 279.4 mm"),
                      HasSubstr("needed is 105 x 148 mm"), HasSubstr("load this paper")));
}

struct Row {
    std::string what;
    PaperNeed need;
    Capabilities printer;
    std::string tray;
    /// Media that is chosen; or "!" and a part of the sentence.
    std::string expected;
};

Capabilities with(Capabilities printer, const std::function<void(Capabilities&)>& change) {
    change(printer);
    return printer;
}

void expect(const std::vector<Row>& table) {
    for (const auto& row : table) {
        const auto choice = choose_paper(row.need, row.printer, row.tray);
        if (row.expected.starts_with('!')) {
            ASSERT_FALSE(choice) << row.what;
            EXPECT_THAT(choice.error().text(), HasSubstr(row.expected.substr(1))) << row.what;
            EXPECT_FALSE(choice.error().cure.empty()) << row.what;
        } else {
            ASSERT_TRUE(choice) << row.what << ": " << choice.error().text();
            EXPECT_EQ(choice->media, row.expected) << row.what;
            EXPECT_EQ(choice->tray, row.tray) << row.what;
        }
    }
}

TEST(ChoosePaper, OfSizes) {
    const auto ready = [](const std::vector<Media>& media) {
        return with(office_printer(), [&](Capabilities& printer) { printer.ready = media; });
    };
    PaperNeed wide = kA4;
    std::swap(wide.width, wide.height);
    PaperNeed turned = kLabel;
    std::swap(turned.width, turned.height);
    PaperNeed near = kA4, far = kA4;
    near.width += 0.9;
    far.width += 1.1;
    expect({
        {"a wide page on upright paper", wide, office_printer(), "", "iso_a4_210x297mm"},
        {"a turned label", turned, label_printer(), "", "!needed is 152.4 x 101.6 mm"},
        {"0.9 mm off", near, office_printer(), "", "iso_a4_210x297mm"},
        {"1.1 mm off", far, office_printer(), "", "!needed is 211.1 x 297 mm"},
        {"the nearer of two", kA4,
         ready({named("custom_x_209.5x297mm"), named("iso_a4_210x297mm")}), "", "iso_a4_210x297mm"},
        {"ready is not told: what is supported", kA6, ready({}), "", "iso_a6_105x148mm"},
        {"nothing is told", kA6, Capabilities{}, "", ""},
        {"a size that it cannot take",
         {.width = 300, .height = 400},
         ready({}),
         "",
         "!the printer can take 210 x 297 mm"},
        {"one tray does not tell, the size is supported", kA6,
         ready({named("iso_a4_210x297mm", "tray-1"), named("special", "tray-2")}), "",
         "iso_a6_105x148mm"},
        {"the ends of a range are no paper",
         {.width = 50, .height = 70},
         ready({named("custom_min_50x70mm"), named("iso_a4_210x297mm")}),
         "",
         "!needed is 50 x 70"},
        {"within a range",
         {.width = 100, .height = 150},
         ready({named("roll_min_25x25mm"), named("roll_max_108x991mm")}),
         "",
         "custom_100x150mm_100x150mm"},
        {"without a range",
         {.width = 120, .height = 150},
         ready({named("roll_min_25x25mm"), named("roll_max_108x110mm")}),
         "",
         "!needed is 120 x 150"},
    });
}

TEST(ChoosePaper, OfTrays) {
    const auto trays = [](const std::function<void(Capabilities&)>& change) {
        return with(office_printer(), change);
    };
    expect({
        {"the right tray", kA4, office_printer(), "tray-1", "iso_a4_210x297mm"},
        {"the wrong tray", kA4, office_printer(), "tray-2", "!loaded is 215.9 x 279.4 mm"},
        {"no such tray", kA4, office_printer(), "tray-9", "!it has auto, tray-1, tray-2, manual"},
        {"an empty tray", kA4,
         trays([](auto& printer) { printer.ready.erase(printer.ready.begin()); }), "tray-1",
         "!nothing is loaded in the tray \"tray-1\""},
        {"by hand, nothing is loaded before", kA6, office_printer(), "manual", "iso_a6_105x148mm"},
        {"it does not tell which tray", kA4,
         trays([](auto& printer) { printer.ready = {named("iso_a4_210x297mm")}; }), "tray-2",
         "iso_a4_210x297mm"},
        {"it does not tell its trays", kA4, trays([](auto& printer) { printer.trays.clear(); }),
         "tray-1", "iso_a4_210x297mm"},
    });
}

TEST(ChoosePaper, OfFormats) {
    const auto takes = [](std::vector<std::string> formats) {
        return with(office_printer(), [&](auto& printer) {
            printer.formats = formats;
            printer.dpi.clear();
            printer.ready = {named("iso_a4_210x297mm"), named("na_index-4x6_4x6in")};
        });
    };
    const auto format = [&](const PaperNeed& need, std::vector<std::string> formats) {
        const auto choice = choose_paper(need, takes(std::move(formats)), "");
        return choice ? choice->format : "!" + choice.error().text();
    };
    EXPECT_EQ(format(kA4, {}), "application/pdf");
    EXPECT_EQ(format(kLabel, {}), "application/vnd.zebra-zpl");
    EXPECT_EQ(format(kA4, {"application/pdf;version=1.7"}), "application/pdf;version=1.7");
    EXPECT_THAT(format(kA4, {"application/octet-stream", "image/urf"}), HasSubstr("cups:QUEUE"));
    EXPECT_EQ(format(kLabel, {"application/octet-stream"}), "application/octet-stream");
    EXPECT_EQ(format(kLabel, {"application/octet-stream", "application/vnd.cups-raw"}),
              "application/vnd.cups-raw");
    EXPECT_THAT(format(kLabel, {"application/pdf"}),
                HasSubstr("does not take application/vnd.zebra-zpl"));
}

TEST(ChoosePaper, OfSides) {
    PaperNeed both = kA4;
    both.both_sides = true;
    EXPECT_EQ(choose_paper(both, office_printer(), "")->sides, "two-sided-long-edge");
    EXPECT_EQ(choose_paper(both, Capabilities{}, "")->sides, "two-sided-long-edge");
    EXPECT_EQ(choose_paper(kA4, Capabilities{}, "")->sides, "");
    auto printer = office_printer();
    printer.sides = {"one-sided"};
    auto choice = choose_paper(both, printer, "");
    ASSERT_FALSE(choice);
    EXPECT_THAT(choice.error().text(), HasSubstr("prints both sides"));
    std::swap(both.width, both.height);
    choice = choose_paper(both, office_printer(), "");
    EXPECT_FALSE(choice) << "a wide page turns round its short edge";
    printer.sides.emplace_back("two-sided-short-edge");
    EXPECT_EQ(choose_paper(both, printer, "")->sides, "two-sided-short-edge");
}

TEST(ChoosePaper, OfResolutions) {
    PaperNeed need = kLabel;
    need.dpi = 600;
    const auto choice = choose_paper(need, label_printer(), "");
    ASSERT_FALSE(choice);
    EXPECT_THAT(choice.error().text(), AllOf(HasSubstr("600 dpi"), HasSubstr("203, 300 dpi")));
    need.dpi = 200;
    EXPECT_TRUE(choose_paper(need, label_printer(), "")) << "8 dots/mm by its other name";
    need.dpi = 0;
    EXPECT_TRUE(choose_paper(need, label_printer(), ""));
}

TEST(MediaType, NamesTheFormats) {
    EXPECT_EQ(media_type(DocumentFormat::Pdf), "application/pdf");
    EXPECT_EQ(media_type(DocumentFormat::Zpl), "application/vnd.zebra-zpl");
}

}  // namespace
}  // namespace verso::printer
