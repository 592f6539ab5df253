// SPDX-License-Identifier: Apache-2.0
#include "scanner/codes/matrix_search.h"

#include "tests/support/card_raster.h"

#include <gtest/gtest.h>

namespace verso::scanner {
namespace {

using test::CardPicture;

std::string own_mark() {
    const auto identity = test::sample_identity();
    return format_side_mark({identity.layout, identity.id});
}

bool nowhere(PxPoint) { return false; }

TEST(FindDataMatrices, FindsItInEveryTurnOnLightAndDark) {
    CardPicture card(200);
    card.hide_code(CodeKind::Qr);
    for (int background : {250, 60}) {
        for (double degrees : {0.0, 33.0, 101.0, 190.0, 284.0}) {
            SCOPED_TRACE(testing::Message() << background << " " << degrees);
            const auto found =
                find_data_matrices(card.scanned({degrees, 1, 12, background}), nowhere, 24);
            ASSERT_EQ(found.size(), 1u);
            EXPECT_EQ(found.front().text, own_mark());
        }
    }
}

TEST(FindDataMatrices, FindsItOnATiltedPhoto) {
    CardPicture card(300);
    const auto found = find_data_matrices(card.scanned({20, 1, 12, 60, 35, 0.6, 3}), nowhere, 24);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found.front().text, own_mark());
}

TEST(FindDataMatrices, LeavesOutWhatIsDone) {
    const auto all = [](PxPoint) { return true; };
    EXPECT_TRUE(find_data_matrices(CardPicture(200).picture(), all, 24).empty());
}

}  // namespace
}  // namespace verso::scanner
