// SPDX-License-Identifier: Apache-2.0
// Readings are put together by hand; the policy sees no image.
#include "scanner/pipeline/verdict_policy.h"

#include <gtest/gtest.h>

namespace verso::scanner {
namespace {

AnswerReading answer(const std::string& question, AnswerState state) {
    AnswerReading out;
    out.question = question;
    out.state = state;
    if (state == AnswerState::Marked) out.value = 3;
    return out;
}

Reading decided(AnswerState overall, AnswerState other, bool comment) {
    Reading reading;
    reading.answers = {answer("overall", overall), answer("delivery", other)};
    reading.fields = {{"comment", comment, ""}};
    decide_verdict(reading);
    return reading;
}

TEST(VerdictPolicy, AcceptsARatingWithNothingAgainstIt) {
    const Reading reading = decided(AnswerState::Marked, AnswerState::Blank, true);
    EXPECT_EQ(reading.verdict, Verdict::Accepted);
    EXPECT_TRUE(reading.reasons.empty());
}

TEST(VerdictPolicy, SendsAnyReasonToReview) {
    Reading reading;
    reading.answers = {answer("overall", AnswerState::Marked)};
    reading.reasons.push_back({RejectionCode::CodesDisagree, "", ""});
    decide_verdict(reading);
    EXPECT_EQ(reading.verdict, Verdict::Review);
}

TEST(VerdictPolicy, NamesWhatIsMissing) {
    EXPECT_TRUE(decided(AnswerState::Blank, AnswerState::Marked, false)
                    .has_reason(RejectionCode::NoOverall));
    EXPECT_TRUE(decided(AnswerState::Blank, AnswerState::Blank, true)
                    .has_reason(RejectionCode::CommentOnly));
    EXPECT_TRUE(decided(AnswerState::Blank, AnswerState::Blank, false)
                    .has_reason(RejectionCode::BlankCard));
}

TEST(VerdictPolicy, AcceptsNothingWithoutAnOverallQuestion) {
    Reading reading;
    decide_verdict(reading);
    EXPECT_EQ(reading.verdict, Verdict::Review);
}

}  // namespace
}  // namespace verso::scanner
