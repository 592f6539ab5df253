// SPDX-License-Identifier: Apache-2.0
#include "scanner/registration/registration_verdict.h"

#include "tests/support/card_raster.h"

#include <gtest/gtest.h>

namespace verso::scanner {
namespace {

const ReadRegion& card() { return test::sample_layout().cards.front(); }

/// A scan at 300 dpi with nothing against it.
Registration good() {
    Registration r;
    const double k = 300 / kMmPerInch;
    r.map = Homography({k, 0, 0, 0, k, 0, 0, 0, 1});
    r.px_per_mm = k;
    r.tones = {240, 30};
    r.worst_mm = 0.05;
    r.forecast_mm = 0.06;
    r.blur_mm = 0.08;
    r.fiducials = 3;
    return r;
}

RejectionCode cause_of(Registration r, double dpi = 300) {
    const auto fault = judge_registration(r, card(), dpi);
    EXPECT_TRUE(fault.has_value());
    return fault ? fault->code : RejectionCode::ReaderFailed;
}

TEST(JudgeRegistration, PassesAGoodOneWithAHighQuality) {
    Registration r = good();
    EXPECT_FALSE(judge_registration(r, card(), 300).has_value());
    EXPECT_GT(r.quality, 0.8);
}

TEST(JudgeRegistration, NamesToner) {
    Registration r = good();
    r.tones = {200, 176};
    EXPECT_EQ(cause_of(r), RejectionCode::Toner);
}

TEST(JudgeRegistration, NamesBlur) {
    Registration r = good();
    r.blur_mm = 0.47;
    EXPECT_EQ(cause_of(r), RejectionCode::Blur);
}

TEST(JudgeRegistration, NamesAMissingCorner) {
    Registration r = good();
    r.forecast_mm = 2.2;
    r.fiducials = 1;
    const auto fault = judge_registration(r, card(), 300);
    ASSERT_TRUE(fault.has_value());
    EXPECT_EQ(fault->code, RejectionCode::CornerMissing);
    EXPECT_NE(fault->detail.find("1 of 3 fiducials"), std::string::npos) << fault->detail;
}

TEST(JudgeRegistration, NamesWhatMakesPointsMisfit) {
    Registration r = good();
    r.worst_mm = 0.8;
    EXPECT_EQ(cause_of(r), RejectionCode::Registration);
    EXPECT_EQ(cause_of(r, 350), RejectionCode::Scale) << "86 % of the size";
    EXPECT_EQ(cause_of(r, 72), RejectionCode::Registration) << "the file does not know";
    const double k = 300 / kMmPerInch;
    r.map = Homography({k, 0, 0, 0, k * 1.05, 0, 0, 0, 1});
    EXPECT_EQ(cause_of(r), RejectionCode::Stretch);
}

TEST(JudgeRegistration, AsksForTheBoxesWhereTheyWereAsked) {
    Registration r = good();
    r.outlines = 0.9;
    EXPECT_FALSE(judge_registration(r, card(), 300).has_value());
    r.outlines = 0.5;
    EXPECT_EQ(cause_of(r), RejectionCode::Registration);
}

}  // namespace
}  // namespace verso::scanner
