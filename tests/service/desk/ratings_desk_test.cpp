// SPDX-License-Identifier: Apache-2.0
#include "service/desk/ratings_desk.h"

#include <gmock/gmock.h>

#include "records/store/desk_book.h"
#include "service/desk/ratings_view.h"
#include "service_fixture.h"

namespace verso::service {
namespace {

using records::Role;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

class FakeExports final : public ExportWorks {
  public:
    std::vector<std::string> kinds() override { return {"ratings"}; }
    Result<MadeExport> make(records::Store&, ShopId, const std::string& kind, const std::string&,
                            const std::string&) override {
        if (kind != "ratings") return Error{ErrorCode::ValueInvalid, "no such export", kind, ""};
        return MadeExport{"ratings.csv", "text/csv", "order\r\n#1001\r\n", "c1"};
    }
};

class RatingsDeskTest : public testing::ServiceTest {
  protected:
    void SetUp() override {
        works_.exports = &exports_;
        ServiceTest::SetUp();
        merchant_ = staff(Role::Merchant);
        ASSERT_EQ(post(page_of(card_), "kind=scores&q.overall=2&comment=Late+%3Cagain%3E").status,
                  303);
    }
    std::string page(const std::string& query = "") {
        return *get_as(merchant_, "/desk/main/ratings" + query).body;
    }
    HttpResponse act(const std::string& body) {
        return post_as(merchant_, "/desk/main/ratings", "order=%231001&" + body);
    }
    FakeExports exports_;
    Staff merchant_;
};

TEST_F(RatingsDeskTest, TheScoreStandsWithItsIntervalAndItsDenominator) {
    const std::string text = page();
    EXPECT_THAT(text, HasSubstr("<p class=\"score\">2,00</p>"));
    EXPECT_THAT(text, HasSubstr("entre "));
    EXPECT_THAT(text, HasSubstr("1 / 1 "));
    EXPECT_THAT(text, HasSubstr("Late &lt;again&gt;"));
}

TEST_F(RatingsDeskTest, FiltersLeaveOutWhatDoesNotFit) {
    EXPECT_THAT(page("?stars=2&channel=qr&text=1"), HasSubstr("Late"));
    EXPECT_THAT(page("?stars=5"), Not(HasSubstr("Late")));
    EXPECT_THAT(page("?channel=paper"), Not(HasSubstr("Late")));
    EXPECT_THAT(page("?before=1"), Not(HasSubstr("Late"))) << "nothing is older than the first";
    EXPECT_THAT(page("?stars=%00&by=nonsense&since=never"), HasSubstr("Late"));
}

TEST_F(RatingsDeskTest, OnlyTheTextIsHiddenAndForAListedReasonAlone) {
    EXPECT_EQ(act("act=hide&reason=bad-score").status, 422);
    EXPECT_EQ(act("act=hide&reason=insult").status, 303);
    EXPECT_THAT(page(), HasSubstr("masqué"));
    const auto rating = store().find_rating(ShopId{1}, OrderNumber{"#1001"}).value();
    EXPECT_EQ(rating->answers.at("overall"), 2) << "a score is nobody's to change";
    EXPECT_EQ(act("act=show").status, 303);
    EXPECT_THAT(page(), Not(HasSubstr("masqué")));
    EXPECT_THAT(audit(), Contains(merchant_.login + " rating hide #1001"));
    EXPECT_EQ(act("act=delete").status, 422);
}

TEST_F(RatingsDeskTest, AReplyAndAFlagAreTakenBack) {
    EXPECT_EQ(act("act=reply&text=Sorry").status, 303);
    EXPECT_THAT(page(), HasSubstr("Sorry"));
    EXPECT_EQ(act("act=reply&text=").status, 303);
    EXPECT_THAT(page(), Not(HasSubstr("Sorry")));
    EXPECT_EQ(act("act=flag").status, 303);
    EXPECT_THAT(page(), HasSubstr("value=\"unflag\""));
    EXPECT_EQ(act("act=unflag").status, 303);
    EXPECT_THAT(page(), Not(HasSubstr("value=\"unflag\"")));
    EXPECT_EQ(post_as(merchant_, "/desk/main/ratings", "act=reply&text=x&order=%239999").status,
              404);
}

TEST_F(RatingsDeskTest, AReviewerReadsAndChangesNothing) {
    const Staff reviewer = staff(Role::Reviewer);
    const std::string text = *get_as(reviewer, "/desk/main/ratings").body;
    EXPECT_THAT(text, HasSubstr("Late"));
    EXPECT_THAT(text, Not(HasSubstr("value=\"hide\"")));
    EXPECT_THAT(text, Not(HasSubstr("/ratings/export")));
}

TEST_F(RatingsDeskTest, AnExportIsAFileAndIsNoted) {
    const auto file = get_as(merchant_, "/desk/main/ratings/export?kind=ratings&format=csv");
    EXPECT_EQ(file.header("Content-Disposition"), "attachment; filename=\"ratings.csv\"");
    EXPECT_EQ(*file.body, "order\r\n#1001\r\n");
    EXPECT_THAT(audit(), Contains(merchant_.login + " export ratings.csv"));
    EXPECT_EQ(get_as(merchant_, "/desk/main/ratings/export?kind=all").status, 422);
}

TEST(RatingsView, WritesNumbersAsTheLanguageDoes) {
    generator::Language french;
    french.formats.decimal = ",";
    french.formats.group = "_";
    EXPECT_EQ(number_text(french, 4.307, 2), "4,31");
    EXPECT_EQ(count_text(french, 999), "999");
    EXPECT_EQ(count_text(french, 1204), "1_204");
    EXPECT_EQ(count_text(french, 1234567), "1_234_567");
}

TEST(RatingsView, ATrendNeedsTwoWeeksWithAMean) {
    std::vector<records::WeekFigures> weeks(3);
    weeks[0].mean = 4.0;
    weeks[0].interval = {3.5, 4.5};
    EXPECT_EQ(trend_picture(weeks, "trend"), "");
    weeks[2].mean = 5.0;
    weeks[2].interval = {4.5, 5};
    const std::string picture = trend_picture(weeks, "the <trend>");
    EXPECT_THAT(picture, HasSubstr("aria-label=\"the &lt;trend&gt;\""));
    // 1 to 5 stars over 140 units with 8 above and below; the week between has no point.
    EXPECT_THAT(picture, HasSubstr("points=\"0.0,39.0 640.0,8.0\""));
}

}  // namespace
}  // namespace verso::service
