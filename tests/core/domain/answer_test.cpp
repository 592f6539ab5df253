// SPDX-License-Identifier: Apache-2.0
#include "core/domain/answer.h"

#include <gtest/gtest.h>

namespace verso {
namespace {

TEST(ResponseKind, EachNameGivesItsKindBack) {
    for (auto kind : {ResponseKind::Scores, ResponseKind::NotReceived, ResponseKind::Cancelled}) {
        EXPECT_EQ(parse_response_kind(to_string(kind)).value(), kind);
    }
}

TEST(ResponseKind, AnUnknownNameIsRefusedWithTheKnownOnes) {
    const auto kind = parse_response_kind("score");
    ASSERT_FALSE(kind);
    EXPECT_EQ(kind.error().code, ErrorCode::ValueInvalid);
    EXPECT_NE(kind.error().text().find("not-received"), std::string::npos);
}

}  // namespace
}  // namespace verso
