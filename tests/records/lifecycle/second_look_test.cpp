// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/second_look.h"

#include <gtest/gtest.h>

namespace verso::records {
namespace {

using L = SecondLook;

struct Case {
    std::vector<Look> earlier;
    Look now;
    bool is_supervisor;
    L outcome;
};

TEST(SecondLook, TheTable) {
    const Case cases[]{
        {{}, {"ann", "4"}, false, L::AnotherPerson},
        {{}, {"ann", "4"}, true, L::AnotherPerson},
        {{{"ann", "4"}}, {"bob", "4"}, false, L::Enough},
        {{{"ann", "4"}}, {"bob", "5"}, false, L::Supervisor},
        {{{"ann", "4"}}, {"bob", "5"}, true, L::Enough},
        {{{"ann", "4"}}, {"ann", "4"}, false, L::AnotherPerson},
        {{{"ann", "4"}}, {"ann", "5"}, true, L::AnotherPerson},
        {{{"ann", "4"}, {"ann", "5"}}, {"bob", "5"}, false, L::Enough},
        {{{"ann", "4"}, {"ann", "5"}}, {"bob", "4"}, false, L::Supervisor},
        {{{"ann", "4"}, {"bob", "5"}}, {"cid", "3"}, true, L::Enough},
        {{{"ann", "4"}, {"bob", "5"}}, {"cid", "3"}, false, L::Supervisor},
        {{{"ann", "4"}, {"bob", "discard"}}, {"bob", "4"}, false, L::Enough},
    };
    for (const Case& one : cases) {
        EXPECT_EQ(judge_look(one.earlier, one.now, one.is_supervisor), one.outcome)
            << one.now.who << " says " << one.now.said << " after " << one.earlier.size()
            << (one.is_supervisor ? ", supervisor" : "");
    }
}

TEST(SecondLook, NobodyIsShownAThingTwiceAndADisputeToASupervisorAlone) {
    EXPECT_TRUE(may_look({}, "ann", false));
    const std::vector<Look> one{{"ann", "4"}}, two{{"ann", "4"}, {"bob", "5"}};
    EXPECT_FALSE(may_look(one, "ann", true));
    EXPECT_TRUE(may_look(one, "bob", false));
    EXPECT_FALSE(may_look(two, "cid", false));
    EXPECT_TRUE(may_look(two, "cid", true));
    EXPECT_TRUE(may_look(two, "bob", true)) << "a supervisor may have been one of the two";
}

}  // namespace
}  // namespace verso::records
