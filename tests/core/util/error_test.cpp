// SPDX-License-Identifier: Apache-2.0
#include "core/util/error.h"

#include <gtest/gtest.h>

#include <set>

namespace verso {
namespace {

TEST(Error, TextSaysWhereWhatAndCure) {
    const Error error{ErrorCode::FileUnreadable, "cannot be read", "a.csv", "check its rights"};
    EXPECT_EQ(error.text(), "a.csv: cannot be read; check its rights");
}

TEST(Error, TextLeavesOutWhatIsEmpty) {
    EXPECT_EQ((Error{ErrorCode::Usage, "no file given", "", ""}.text()), "no file given");
}

TEST(Error, AtPutsTheOuterPlaceFirst) {
    const Error inner{ErrorCode::ValueInvalid, "not a day", "line 7", ""};
    EXPECT_EQ(inner.at("a.csv").where, "a.csv: line 7");
    EXPECT_EQ((Error{ErrorCode::ValueInvalid, "x", "", ""}.at("a.csv").where), "a.csv");
}

TEST(Error, EveryCodeHasItsOwnName) {
    std::set<std::string_view> names;
    for (int i = 0; i <= int(ErrorCode::Internal); ++i) names.insert(to_string(ErrorCode(i)));
    EXPECT_EQ(names.size(), std::size_t(ErrorCode::Internal) + 1);
}

}  // namespace
}  // namespace verso
