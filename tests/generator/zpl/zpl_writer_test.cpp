// SPDX-License-Identifier: Apache-2.0
// Labels are read back command by command, as a printer splits them.
#include "generator/zpl/zpl_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "generator/barcode/barcode.h"
#include "generator/zpl/field_text.h"
#include "tests/generator/zpl/sample_label.h"
#include "tests/generator/zpl/zpl_fields.h"

namespace verso::generator {
namespace {

using testing::HasSubstr;
using testing::Not;

std::shared_ptr<const FontBook> book() {
    static const auto loaded = FontBook::load(VERSO_BINARY_DIR "/share/verso/fonts").value();
    return loaded;
}
const FontBook& fonts() { return *book(); }

std::string zpl(std::vector<Mark> marks, const ZplOptions& options = {}) {
    return to_zpl({{100_mm, 50_mm}, std::move(marks)}, fonts(), options).value();
}

Error refusal(std::vector<Mark> marks, const ZplOptions& options = {}) {
    const auto label = to_zpl({{100_mm, 50_mm}, std::move(marks)}, fonts(), options);
    EXPECT_FALSE(label.has_value());
    return label.has_value() ? Error{} : label.error();
}

TextMark words(std::string text, int turn = 0) {
    return {{10_mm, 20_mm}, 10_pt, FontFace::Regular, kBlack, turn, std::move(text), Pt{0}};
}

/// What could be told to a printer by someone who fills in a form.
const std::vector<std::string> kHostile{"^XZ^XA^PQ99^FS", "~JA", "~DGR:X.GRF", "a^FS^FO0,0^GB9,9,9",
                                        "_5EXZ_7EJA",     "\\&", "x^CC!!XZ",   "\x1b\x02~HS"};

TEST(ZplWriter, SaysTheSizeInDotsOfEachHead) {
    EXPECT_THAT(zpl({}), testing::StartsWith("^XA\n^CI28\n^PW800\n^LL400\n^LH0,0\n"));
    EXPECT_THAT(zpl({}, {.dpi = 300}), HasSubstr("^PW1181\n^LL591\n"));
    EXPECT_THAT(zpl({}, {.dpi = 600}), HasSubstr("^PW2362\n^LL1181\n"));
    EXPECT_THAT(zpl({}), testing::EndsWith("^PQ1\n^XZ\n"));
    EXPECT_THAT(zpl({}, {.darkness = -5}), HasSubstr("^MD-5\n"));
    EXPECT_THAT(zpl({}), Not(HasSubstr("^MD")));
}

TEST(ZplWriter, RefusesWhatNoPrinterHas) {
    EXPECT_THAT(refusal({}, {.dpi = 200}).text(), HasSubstr("no label printer prints at 200 dpi"));
    EXPECT_EQ(refusal({}, {.darkness = 31}).code, ErrorCode::ValueInvalid);
    EXPECT_FALSE(to_zpl({{3000_mm, 50_mm}, {}}, fonts(), {}).has_value());
    EXPECT_FALSE(to_zpl({{Mm{0}, 50_mm}, {}}, fonts(), {}).has_value());
}

TEST(ZplWriter, FillsAndLinesAreBoxesInWholeDots) {
    EXPECT_THAT(zpl({FillMark{{10_mm, 5_mm, 20_mm, 3_mm}, kBlack}}),
                HasSubstr("^FO80,40^GB160,24,24^FS\n"));
    EXPECT_THAT(zpl({LineMark{{10_mm, 5_mm}, {40_mm, 5_mm}, 0.25_mm, 0_mm, kBlack}}),
                HasSubstr("^FO80,39^GB240,2,2^FS\n"));
    // A hair line is one dot, not nothing.
    EXPECT_THAT(zpl({LineMark{{10_mm, 5_mm}, {10_mm, 15_mm}, 0.01_mm, 0_mm, kBlack}}),
                HasSubstr("^GB1,80,1^FS\n"));
}

TEST(ZplWriter, BarsOfAPostAreAllOfOneWidth) {
    std::vector<Mark> bars;
    for (int i = 0; i < 40; ++i) {
        bars.push_back(FillMark{{Mm{5 + 1.165 * i}, 10_mm, 0.508_mm, 3.68_mm}, kBlack});
    }
    std::set<std::string> boxes;
    for (const auto& box : commands_named(zpl(bars), "GB")) boxes.insert(box.rest);
    EXPECT_EQ(boxes, (std::set<std::string>{"4,29,4"}));
}

TEST(ZplWriter, DashesAreShortBoxes) {
    const std::string label = zpl({LineMark{{10_mm, 5_mm}, {21_mm, 5_mm}, 0.25_mm, 2_mm, kBlack}});
    const auto boxes = commands_named(label, "GB");
    ASSERT_EQ(boxes.size(), 3u);
    EXPECT_EQ(boxes.at(2).rest, "16,2,2");
    EXPECT_THAT(label, HasSubstr("^FO144,39^GB16,2,2"));
}

TEST(ZplWriter, ClipsToTheLabel) {
    EXPECT_THAT(zpl({FillMark{{-10_mm, -10_mm, 200_mm, 20_mm}, kBlack}}),
                HasSubstr("^FO0,0^GB800,80,80^FS\n"));
    EXPECT_THAT(zpl({FillMark{{120_mm, 5_mm, 5_mm, 5_mm}, kBlack}}), Not(HasSubstr("^GB")));
}

TEST(ZplWriter, OvalsAreRoundedByThePrinter) {
    EXPECT_THAT(zpl({OutlineMark{{10_mm, 10_mm, 6_mm, 4_mm}, 0.25_mm, 2_mm, kBlack}}),
                HasSubstr("^FO79,79^GB50,34,2,B,8^FS\n"));
    EXPECT_THAT(zpl({OutlineMark{{10_mm, 10_mm, 6_mm, 4_mm}, 0.25_mm, 0_mm, kBlack}}),
                HasSubstr("^GB50,34,2^FS\n"));
    // 1.25 mm of 44 mm is no eighth: drawn dot by dot.
    const std::string label =
        zpl({OutlineMark{{10_mm, 2_mm, 80_mm, 44_mm}, 0.25_mm, 1.25_mm, kBlack}});
    EXPECT_THAT(label, HasSubstr("^FO79,15^GFA,"));
    EXPECT_THAT(label, Not(HasSubstr("^GB")));
}

TEST(ZplWriter, WhiteTakesAwayOnlyWhatIsBlack) {
    const TextMark white{{12_mm, 20_mm}, 10_pt, FontFace::Bold, kWhite, 0, "W", Pt{0}};
    EXPECT_THAT(zpl({white}), Not(HasSubstr("^GF")));  // on paper there is nothing to take away
    EXPECT_THAT(zpl({FillMark{{10_mm, 10_mm, 30_mm, 20_mm}, kBlack}, white}),
                HasSubstr("^FR^GFA,"));
    EXPECT_THAT(zpl({FillMark{{10_mm, 10_mm, 30_mm, 20_mm}, kWhite}}),
                HasSubstr("^GB240,160,160,W^FS"));
}

TEST(ZplWriter, GrayIsDots) {
    const auto graphics =
        commands_named(zpl({FillMark{{10_mm, 10_mm, 8_mm, 8_mm}, {128, 128, 128}}}), "GF");
    ASSERT_EQ(graphics.size(), 1u);
    const DotBitmap tone =
        unpacked_graphic("^GF" + graphics.front().rest.substr(0, graphics.front().rest.find('^')));
    int dots = 0;
    for (int y = 0; y < tone.height(); ++y) {
        for (int x = 0; x < tone.width(); ++x) dots += tone.at(x, y) ? 1 : 0;
    }
    EXPECT_NEAR(dots, 64 * 64 / 2, 200);
}

TEST(ZplWriter, ModulesAreWholeDotsInTheMiddleOfTheirBox) {
    // 21 modules in 10 mm: 80 dots hold 3 dots each, 63 in all, 8.5 dots left on each side.
    ModulesMark mark{{20_mm, 10_mm, 10_mm, 10_mm}, 21, 21, std::string(21 * 21, '1'), 0};
    EXPECT_THAT(zpl({mark}), HasSubstr("^FO169,89^GFA,504,504,8,UFE:"));
    mark.box = {20_mm, 10_mm, Mm{21 * 0.25}, Mm{21 * 0.25}};  // exactly two dots
    EXPECT_THAT(zpl({mark}), HasSubstr("^FO160,80^GFA,252,252,6,"));
}

TEST(ZplWriter, ACodeOfACardFillsItsBox) {
    const ModulesMark mark{{20_mm, 10_mm, 10_mm, 10_mm}, 21, 21, std::string(21 * 21, '1'), 0};
    std::vector<Mark> marks{mark};
    for (const double x : {40.0, 50.0, 60.0}) {
        EXPECT_THAT(zpl(marks), HasSubstr("^FO169,89^GFA,"));
        marks.push_back(FillMark{{Mm{x}, 10_mm, 4.5_mm, 4.5_mm}, kBlack});
    }
    EXPECT_THAT(zpl(marks), HasSubstr("^FO160,80^GFA,800,800,10,"));
    std::get<FillMark>(marks.back()).box.w += 1_mm;  // two alike are no pattern
    EXPECT_THAT(zpl(marks), HasSubstr("^FO169,89^GFA,"));
}

TEST(ZplWriter, RefusesModulesThatAreTooSmall) {
    const Symbol qr = encode_qr("HTTPS://EXAMPLE.COM/C/014K7M2Q9XW3HTB", QrLevel::M).value();
    const auto at_size = [&](double mm) {
        return ModulesMark{{20_mm, 10_mm, Mm{mm}, Mm{mm}}, qr.columns, qr.rows, qr.modules, 0};
    };
    const double two_dots = qr.columns * 0.25;
    EXPECT_THAT(zpl({at_size(two_dots)}), HasSubstr("^GF"));
    const Error error = refusal({at_size(two_dots - 0.5)});
    EXPECT_EQ(error.code, ErrorCode::ValueInvalid);
    EXPECT_THAT(error.text(), HasSubstr("symbol at 20.0,10.0 mm"));
    EXPECT_THAT(error.text(), HasSubstr("1 dots a module; this print head needs 2"));
    EXPECT_THAT(refusal({at_size(two_dots - 0.5)}, {.dpi = 600}).text(), HasSubstr("needs 6"));
    const Symbol bars = encode_code128("RMA-2026-000123").value();
    const auto narrow = [&](double module) {
        return ModulesMark{
            {5_mm, 10_mm, Mm{bars.columns * module}, 10_mm}, bars.columns, 1, bars.modules, 0};
    };
    EXPECT_THAT(zpl({narrow(0.25)}), HasSubstr("^GF"));
    EXPECT_THAT(refusal({narrow(0.24)}).text(), HasSubstr("mm long or more"));
    EXPECT_THAT(zpl({narrow(0.17)}, {.dpi = 300}), HasSubstr("^GF"));
}

TEST(ZplWriter, RefusesASymbolOverTheEdge) {
    const ModulesMark mark{{95_mm, 10_mm, 10_mm, 10_mm}, 21, 21, std::string(21 * 21, '1'), 0};
    EXPECT_THAT(refusal({mark}).text(), HasSubstr("over the edge"));
}

TEST(ZplWriter, OrderDataStaysInItsField) {
    for (const bool printer_font : {false, true}) {
        for (const std::string& data : kHostile) {
            std::string printable;
            for (const char c : data) {
                if (c >= ' ') printable += c;
            }
            const std::string label = zpl({words(printable)}, {.printer_font = printer_font});
            std::set<std::string> names;
            for (const auto& command : zpl_commands(label)) {
                EXPECT_EQ(command.prefix, '^') << data;
                names.insert(command.name);
            }
            const std::set<std::string> wanted =
                printer_font && commands_named(label, "FD").size() == 1
                    ? std::set<std::string>{"XA", "CI", "PW", "LL", "LH", "FW", "PO",
                                            "FT", "A0", "FH", "FD", "FS", "PQ", "XZ"}
                    : std::set<std::string>{"XA", "CI", "PW", "LL", "LH", "FW",
                                            "PO", "FO", "GF", "FS", "PQ", "XZ"};
            EXPECT_EQ(names, wanted) << data;
            EXPECT_EQ(commands_named(label, "XZ").size(), 1u) << data;
        }
    }
}

TEST(ZplWriter, FieldsAreEscapedInFull) {
    EXPECT_EQ(escaped_field("A^B~C_D\\E"), "A_5EB_7EC_5FD_5CE");
    EXPECT_EQ(escaped_field("Élan"), "_C3_89lan");
    EXPECT_EQ(escaped_field("\x01\x1b\x7f"), "_01_1B_7F");
    for (const std::string& data : kHostile) {
        EXPECT_EQ(escaped_field(data).find_first_of("^~\\\x1b\x02"), std::string::npos) << data;
    }
}

TEST(ZplWriter, ThePrintersOwnLettersKeepTheWidthOfTheLayout) {
    const ZplOptions options{.printer_font = true};
    const std::string label = zpl({words("Service Retours 42")}, options);
    const auto sizes = commands_named(label, "A0");
    ASSERT_EQ(sizes.size(), 1u);
    int h = 0, w = 0;
    ASSERT_EQ(std::sscanf(sizes.front().rest.c_str(), "N,%d,%d", &h, &w), 2);
    const double wanted = fonts().measure(FontFace::Regular, 10_pt, "Service Retours 42").value * 8;
    EXPECT_NEAR(w * font0_width("Service Retours 42").value(), wanted, wanted * 0.03);
    EXPECT_LE(w * font0_width("Service Retours 42").value(), wanted);
    EXPECT_THAT(label, HasSubstr("^FT80,160^A0N,"));
    EXPECT_THAT(zpl({words("Retour", 90)}, options), HasSubstr("^A0R,"));
    EXPECT_THAT(zpl({words("Retour", 180)}, options), HasSubstr("^A0I,"));
    EXPECT_THAT(zpl({words("Retour", 270)}, options), HasSubstr("^A0B,"));
    // What font 0 may lack, or sets otherwise on another machine, is drawn.
    for (const char* text : {"Łódź", "Київ", "ΑΘΗΝΑ", "a – b", "A-B"}) {
        EXPECT_THAT(zpl({words(text)}, options), Not(HasSubstr("^A0"))) << text;
        EXPECT_THAT(zpl({words(text)}, options), HasSubstr("^GFA,")) << text;
    }
}

TEST(ZplWriter, NamesACharacterThatNoFontHas) {
    const Error error = refusal({words("名前")});
    EXPECT_EQ(error.code, ErrorCode::TextUnprintable);
    EXPECT_THAT(error.text(), HasSubstr("名"));
}

TEST(ZplWriter, PicturesArePngOrRefused) {
    const auto picture = [](Picture::Format format, std::string bytes) {
        return PictureMark{{20_mm, 10_mm, 5_mm, 2.5_mm},
                           0,
                           std::make_shared<Picture>(
                               Picture{format, 40, 20, 5_mm, 2.5_mm, std::move(bytes), "sample"})};
    };
    const std::string label = zpl({picture(Picture::Format::Png, sample_png())});
    const auto graphics = commands_named(label, "GF");
    ASSERT_EQ(graphics.size(), 1u);
    // Forty pixels on forty dots: the white square of eight is there to the dot.
    const DotBitmap dots = unpacked_graphic("^GF" + graphics.front().rest);
    EXPECT_FALSE(dots.at(7, 7));
    EXPECT_TRUE(dots.at(8, 7));
    EXPECT_TRUE(dots.at(7, 8));
    EXPECT_THAT(refusal({picture(Picture::Format::Pdf, "%PDF-")}).text(),
                HasSubstr("a PDF cannot be put on a label in ZPL"));
    EXPECT_THAT(refusal({picture(Picture::Format::Jpeg, "x")}).text(), HasSubstr("give it as PNG"));
    EXPECT_EQ(refusal({picture(Picture::Format::Png, sample_png().substr(0, 60))}).code,
              ErrorCode::FormatInvalid);
}

TEST(ZplWriter, TheSamePageGivesTheSameBytes) {
    const SampleLabel label = sample_label("Zoë Lefèvre");
    const std::string first = to_zpl(label.page, fonts(), {}).value();
    EXPECT_EQ(first, to_zpl(label.page, fonts(), {}).value());
    // Nothing of one label stays for the next.
    ZplWriter writer(book(), {});
    EXPECT_TRUE(writer.label(sample_label("Київ").page).has_value());
    EXPECT_FALSE(writer.label({{100_mm, 50_mm}, {words("名")}}).has_value());
    EXPECT_EQ(writer.label(label.page).value(), first);
    EXPECT_TRUE(std::all_of(first.begin(), first.end(),
                            [](char c) { return (c >= ' ' && c <= '~') || c == '\n'; }));
}

TEST(ZplWriter, SurvivesCoordinatesThatAreNoNumbers) {
    const Mm none{std::numeric_limits<double>::quiet_NaN()};
    const Mm far{1e300};
    zpl({FillMark{{none, far, -far, 1_mm}, kBlack},
         LineMark{{none, 1_mm}, {far, 20_mm}, 1_mm, 1_mm, kBlack},
         LineMark{{1_mm, 1_mm}, {far, 1_mm}, 1_mm, 1_mm, kBlack}});
    EXPECT_THAT(refusal({OutlineMark{{1_mm, 1_mm, 3000_mm, 4_mm}}}).text(),
                HasSubstr("larger than the label"));
    zpl({OutlineMark{{none, 1_mm, far, 4_mm}}});
    TextMark huge = words("x");
    huge.size = Pt{1e9};
    EXPECT_EQ(refusal({huge}).code, ErrorCode::ValueInvalid);
}

}  // namespace
}  // namespace verso::generator
