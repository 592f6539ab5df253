// SPDX-License-Identifier: Apache-2.0
// Pages are made and looked into with qpdf alone; tests/roundtrip draws them.
#include "generator/calibration/corrected_pdf.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <qpdf/Pl_Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <sstream>

namespace verso::generator {
namespace {

namespace fs = std::filesystem;

class CorrectedPdfTest : public testing::Test {
  protected:
    CorrectedPdfTest() {
        std::string name = (fs::temp_directory_path() / "verso_corrected_XXXXXX").string();
        root_ = ::mkdtemp(name.data());
    }
    ~CorrectedPdfTest() override { fs::remove_all(root_); }

    std::string path(const std::string& name) const { return (root_ / name).string(); }

    // One page with the box and further entries, in the smallest PDF that qpdf reads.
    void write_page(const std::string& box, const std::string& more) const {
        std::ofstream out(path("in.pdf"), std::ios::binary);
        out << "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
               "2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
               "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox["
            << box << "]/Resources<<>>/Contents 4 0 R" << more
            << ">>\nendobj\n4 0 obj\n<</Length 14>>\nstream\n0 0 10 10 re f\nendstream\nendobj\n"
               "trailer\n<</Root 1 0 R/Size 5>>\n%%EOF\n";
    }

    // Where the correction in the file takes a place of the page's own space.
    std::pair<double, double> moved(double x, double y) const {
        QPDF pdf;
        pdf.setSuppressWarnings(true);
        pdf.processFile(path("out.pdf").c_str());
        auto pages = QPDFPageDocumentHelper(pdf).getAllPages();
        Pl_Buffer content("content");
        pages.at(0).pipeContents(&content);
        const auto bytes = content.getBufferSharedPointer();
        std::istringstream text(
            std::string(reinterpret_cast<const char*>(bytes->getBuffer()), bytes->getSize()));
        std::string q, cm;
        double a = 0, b = 0, c = 0, d = 0, e = 0, f = 0;
        text >> q >> a >> b >> c >> d >> e >> f >> cm;
        EXPECT_EQ(q, "q");
        EXPECT_EQ(cm, "cm");
        std::string rest{std::istreambuf_iterator<char>(text), {}};
        EXPECT_NE(rest.find("re f"), std::string::npos);
        EXPECT_NE(rest.find("Q", rest.find("re f")), std::string::npos);
        return {a * x + c * y + e, b * x + d * y + f};
    }

    fs::path root_;
};

constexpr double kPt = 72 / 25.4;

TEST_F(CorrectedPdfTest, RightAndDownAreAsThePageIsShown) {
    const PrintCorrection down = PrintCorrection::from_numbers({1, 0, 0, 1, 1, 2});
    write_page("0 0 300 400", "");
    ASSERT_TRUE(apply_correction(path("in.pdf"), path("out.pdf"), down));
    auto at = moved(100, 100);
    EXPECT_NEAR(at.first, 100 + kPt, 1e-4);
    EXPECT_NEAR(at.second, 100 - 2 * kPt, 1e-4);
    // A page that is shown turned clockwise by 90: right is up in its own space, down is right.
    write_page("10 20 310 420", "/Rotate 90");
    ASSERT_TRUE(apply_correction(path("in.pdf"), path("out.pdf"), down));
    at = moved(100, 100);
    EXPECT_NEAR(at.first, 100 + 2 * kPt, 1e-4);
    EXPECT_NEAR(at.second, 100 + kPt, 1e-4);
    write_page("10 20 310 420", "/Rotate 180");
    ASSERT_TRUE(apply_correction(path("in.pdf"), path("out.pdf"), down));
    EXPECT_NEAR(moved(100, 100).first, 100 - kPt, 1e-4);
    EXPECT_NEAR(moved(100, 100).second, 100 + 2 * kPt, 1e-4);
    write_page("10 20 310 420", "/Rotate -90");
    ASSERT_TRUE(apply_correction(path("in.pdf"), path("out.pdf"), down));
    EXPECT_NEAR(moved(100, 100).first, 100 - 2 * kPt, 1e-4);
    EXPECT_NEAR(moved(100, 100).second, 100 - kPt, 1e-4);
}

TEST_F(CorrectedPdfTest, TurnIsClockwiseAboutThePageAsItIsShown) {
    PrintError error;
    error.turned = 1;
    const PageSize page{Mm{300 / kPt}, Mm{400 / kPt}};
    write_page("0 0 300 400", "");
    ASSERT_TRUE(apply_correction(path("in.pdf"), path("out.pdf"), print_map(error, page)));
    EXPECT_NEAR(moved(150, 200).first, 150, 1e-3);
    EXPECT_LT(moved(250, 200).second, 199);  // right of the middle it goes down
    write_page("0 0 300 400", "/UserUnit 2");
    const PageSize twice{Mm{600 / kPt}, Mm{800 / kPt}};
    ASSERT_TRUE(apply_correction(path("in.pdf"), path("out.pdf"), print_map(error, twice)));
    EXPECT_NEAR(moved(150, 200).second, 200, 1e-3);
}

TEST_F(CorrectedPdfTest, SameInputGivesTheSameBytes) {
    write_page("0 0 300 400", "");
    const PrintCorrection correction = correction_for_offset(1_mm, 1_mm);
    ASSERT_TRUE(apply_correction(path("in.pdf"), path("out.pdf"), correction));
    ASSERT_TRUE(apply_correction(path("in.pdf"), path("again.pdf"), correction));
    const auto bytes = [&](const std::string& name) {
        std::ifstream in(path(name), std::ios::binary);
        return std::string{std::istreambuf_iterator<char>(in), {}};
    };
    EXPECT_EQ(bytes("out.pdf"), bytes("again.pdf"));
}

TEST_F(CorrectedPdfTest, WhatCannotBeDoneLeavesNothing) {
    const PrintCorrection correction = correction_for_offset(1_mm, 1_mm);
    const auto code = [&](const PrintCorrection& wanted) {
        const auto done = apply_correction(path("in.pdf"), path("out.pdf"), wanted);
        return done ? ErrorCode::Internal : done.error().code;
    };
    EXPECT_EQ(code(correction), ErrorCode::FileUnreadable);
    std::ofstream(path("in.pdf")) << "no PDF at all";
    EXPECT_EQ(code(correction), ErrorCode::FormatInvalid);
    write_page("0 0 0 400", "");
    EXPECT_EQ(code(correction), ErrorCode::FormatInvalid);
    write_page("0 0 300 400", "/Rotate 45");
    EXPECT_EQ(code(correction), ErrorCode::FormatInvalid);
    write_page("0 0 300 400", "");
    EXPECT_EQ(code(correction_for_offset(20_mm, 0_mm)), ErrorCode::ValueInvalid);
    EXPECT_EQ(std::distance(fs::directory_iterator(root_), {}), 1);
    const auto nowhere = apply_correction(path("in.pdf"), path("gone/out.pdf"), correction);
    ASSERT_FALSE(nowhere);
    EXPECT_EQ(nowhere.error().code, ErrorCode::FileUnwritable);
}

}  // namespace
}  // namespace verso::generator
