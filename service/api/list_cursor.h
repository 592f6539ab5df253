// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/util/result.h"
#include "core/util/time.h"
#include "records/store/list_book.h"

namespace verso::service {

/// How far a program has come in a list, as a text that it keeps and gives back. Rows become
/// visible a little after the moment or the number that they bear, and not in its order, where
/// several write at once. So the cursor moves on only over rows that are older than ten seconds; of
/// the younger ones it remembers which were given, at most 200, and further young ones wait until
/// they are old enough. Each row comes once, none is lost. Pure.
class ListCursor {
  public:
    static constexpr std::chrono::seconds kYoung{10};
    static constexpr std::size_t kMostMarks = 200;

    /// Before everything.
    ListCursor() = default;
    /// Usage for anything but what text() gave.
    static Result<ListCursor> parse(std::string_view text);
    std::string text() const;

    /// Behind which place to look, and how many rows at least must be looked at for `limit` new
    /// ones.
    records::ListPlace place() const { return place_; }
    int rows_for(int limit) const { return limit + static_cast<int>(marks_.size()) + 1; }

    struct Row {
        records::ListPlace place;
        Instant at{};      ///< when it was written
        std::string mark;  ///< what makes it another row; any text
    };
    /// What of the rows behind place(), in their order, is given now; the cursor moves on.
    struct Page {
        std::vector<std::size_t> chosen;  ///< by their index
        bool more = false;                ///< there is more already
    };
    Page take(const std::vector<Row>& rows, int limit, Instant now);

  private:
    records::ListPlace place_;
    std::set<std::string> marks_;
};

}  // namespace verso::service
