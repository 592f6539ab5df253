// SPDX-License-Identifier: Apache-2.0
#include "generator/layout/table_rows.h"

#include <gtest/gtest.h>

#include <random>

namespace verso::generator {
namespace {

/// Rows of these heights on pages of `room`, with a footer; the number of rows on each page.
std::vector<std::size_t> pages_of(const std::vector<double>& rows, double room, double footer,
                                  std::size_t keep) {
    std::vector<std::size_t> out;
    std::size_t done = 0;
    for (bool finished = false; !finished && out.size() <= rows.size();) {
        const auto taken = take_rows(rows.size() - done, Mm{room}, Mm{footer}, keep,
                                     [&](std::size_t n) { return Mm{rows.at(done + n)}; });
        done += taken.heights.size();
        finished = taken.finished;
        out.push_back(taken.heights.size());
    }
    EXPECT_EQ(done, rows.size());
    return out;
}

using Pages = std::vector<std::size_t>;

TEST(TakeRows, TheFooterTakesRowsAlong) {
    EXPECT_EQ(pages_of({5, 5, 5}, 20, 5, 1), Pages{3});
    EXPECT_EQ(pages_of({5, 5, 5, 5}, 20, 5, 1), (Pages{3, 1}));
    EXPECT_EQ(pages_of({5, 5, 5, 5}, 20, 5, 2), (Pages{2, 2}));
    EXPECT_EQ(pages_of({5, 5, 5, 5, 5}, 20, 5, 1), (Pages{4, 1}));
}

TEST(TakeRows, HighRowsTakeTheirRoom) {
    EXPECT_EQ(pages_of({5, 10, 5, 5}, 20, 5, 1), (Pages{3, 1}));
    EXPECT_EQ(pages_of({10, 10, 15, 5}, 20, 5, 1), (Pages{2, 1, 1}));
}

TEST(TakeRows, EveryTableEnds) {
    const unsigned seed = 20261122;
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    for (int i = 0; i < 2000; ++i) {
        std::vector<double> rows(1 + random() % 40);
        for (double& row : rows) row = 4.0 + double(random() % 3) * 3;
        const auto pages = pages_of(rows, 15 + double(random() % 60), 5, 1 + random() % 4);
        EXPECT_EQ(std::count(pages.begin(), pages.end(), 0U), 0);
    }
}

}  // namespace
}  // namespace verso::generator
