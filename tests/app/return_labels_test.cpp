// SPDX-License-Identifier: Apache-2.0
// Own numbers, in a home whose store is in memory.
#include "app/return_labels.h"

#include <gmock/gmock.h>

#include "core/domain/card_link.h"
#include "core/domain/parcel_number.h"

namespace verso::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ReturnLabels : public ::testing::Test {
  protected:
    ReturnLabels() : home_{Home("/srv/home"), {}, records::open_sqlite_store(":memory:").value()} {
        order_.number = OrderNumber{"#1001"};
        order_.parcels = {{1, "", "", ""}};
    }
    ReturnLabelSettings& settings() { return home_.config.return_label; }
    void use_s10(std::uint64_t from, std::uint64_t to) {
        settings() = {ReturnLabelSettings::Source::S10, "RR", "FR", 0, "", from, to, {}};
    }
    std::unique_ptr<ReturnLabelSource> open() { return open_return_labels(home_).value(); }
    ReturnLabel next(ReturnLabelSource& source) {
        auto label = source.next(order_, 1, make_rma(7));
        EXPECT_TRUE(label) << label.error().text();
        return label.value_or({});
    }

    OpenHome home_;
    Order order_;
};

TEST_F(ReturnLabels, PlainIsTheRma) {
    auto source = open();
    EXPECT_THAT(source->reserve(5).value(), IsEmpty());
    EXPECT_EQ(source->series(), "");
    const ReturnLabel label = next(*source);
    EXPECT_EQ(label.kind, ReturnLabel::Kind::Plain);
    EXPECT_EQ(label.number, "");
    EXPECT_EQ(label.bars, make_rma(7).get());
    EXPECT_EQ(label.text, format_rma(make_rma(7)));
}

TEST_F(ReturnLabels, S10NumbersInOrderEachOnce) {
    use_s10(47312482, 47312999);
    auto source = open();
    EXPECT_THAT(source->reserve(2).value(), ElementsAre(47312482, 47312483));
    const ReturnLabel label = next(*source);
    EXPECT_EQ(label.kind, ReturnLabel::Kind::S10);
    EXPECT_EQ(label.number, "RR473124829FR");
    EXPECT_EQ(label.text, "RR 473 124 829 FR");
    EXPECT_EQ(label.bars, "RR473124829FR");
    EXPECT_EQ(parse_s10(next(*source).number)->serial, 47312483U);
    EXPECT_EQ(parse_s10(next(*source).number)->serial, 47312484U) << "beyond what was set aside";
    EXPECT_EQ(parse_s10(next(*open()).number)->serial, 47312485U) << "a source opened later";
    EXPECT_THAT(source->take_warnings(), IsEmpty());
}

TEST_F(ReturnLabels, SsccNumbers) {
    settings() = {
        ReturnLabelSettings::Source::Sscc, "", "", 0, "9528765", 432101234, 432101299, {}};
    const ReturnLabel label = next(*open());
    EXPECT_EQ(label.kind, ReturnLabel::Kind::Sscc);
    EXPECT_EQ(label.number, "095287654321012346");
    EXPECT_EQ(label.text, "(00) 0 9528765 432101234 6");
    EXPECT_EQ(label.bars, "[00]095287654321012346");
}

TEST_F(ReturnLabels, AWaveThatWasInterruptedGoesOnWithItsOwnNumbers) {
    use_s10(100, 900);
    const auto serials = open()->reserve(3).value();
    auto source = open();
    source->resume(std::span(serials).subspan(1));
    EXPECT_EQ(parse_s10(next(*source).number)->serial, 101U);
    EXPECT_EQ(parse_s10(next(*source).number)->serial, 102U);
    EXPECT_EQ(parse_s10(next(*source).number)->serial, 103U);
    source->resume(std::vector<std::uint64_t>{100'000'000});
    EXPECT_EQ(source->next(order_, 1, make_rma(7)).error().code, ErrorCode::ValueInvalid);
}

TEST_F(ReturnLabels, TellsWhenFewAreLeftAndHowToExtend) {
    use_s10(1, 100);
    auto source = open();
    EXPECT_TRUE(source->reserve(89));
    EXPECT_THAT(source->take_warnings(), IsEmpty());
    EXPECT_TRUE(source->reserve(2));
    EXPECT_THAT(source->take_warnings(), ElementsAre(HasSubstr("9 numbers are left")));
    EXPECT_THAT(source->take_warnings(), IsEmpty()) << "each is given once";
    const Error error = source->reserve(10).error();
    EXPECT_EQ(error.code, ErrorCode::NotAllowed);
    EXPECT_THAT(error.message, HasSubstr("10 numbers are needed, the range 1 to 100 has 9 left"));
    EXPECT_THAT(error.where, HasSubstr("verso.toml [return_label.s10]"));
    EXPECT_THAT(error.cure, HasSubstr("further serials from your post"));
    EXPECT_TRUE(source->reserve(9));
    use_s10(1, 110);
    EXPECT_EQ(parse_s10(next(*open()).number)->serial, 101U) << "extended";
    use_s10(50, 60);
    EXPECT_FALSE(open()->reserve(1)) << "set back to numbers that were given";
}

TEST_F(ReturnLabels, AnotherServiceIsAnotherCount) {
    use_s10(5, 50);
    EXPECT_EQ(next(*open()).number.substr(0, 10), "RR00000005");
    EXPECT_EQ(open()->series(), "s10 RR FR");
    settings().s10_service = "LX";
    EXPECT_EQ(open()->series(), "s10 LX FR");
    EXPECT_EQ(next(*open()).number.substr(0, 10), "LX00000005");
}

TEST_F(ReturnLabels, AFolderThatIsNotThereIsToldAtOnce) {
    settings().source = ReturnLabelSettings::Source::Files;
    settings().folder = "/nonexistent/labels";
    EXPECT_EQ(open_return_labels(home_).error().code, ErrorCode::NotFound);
}

}  // namespace
}  // namespace verso::app
