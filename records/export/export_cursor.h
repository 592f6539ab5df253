// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/answer.h"
#include "core/util/result.h"

namespace verso::records {

/// How far an export has come, so that the next one gives only what is new. Rows are dated to the
/// second and several writers may be at work, so a moment alone would lose a row or repeat one: the
/// cursor is a moment, and the marks of the rows of its last ten seconds that were given already.
/// Beyond a thousand of those some come again: a row comes at least once, and mostly exactly once.
class ExportCursor {
  public:
    /// Before everything.
    ExportCursor() = default;
    /// Reads what text() gave; ValueInvalid for anything else.
    static Result<ExportCursor> parse(std::string_view text);
    std::string text() const;

    /// Whether the row was recorded, or changed, after this cursor.
    bool is_new(const Response& row) const;

    /// Collects what was seen, new or not; gives the cursor behind all of it.
    class Advance {
      public:
        explicit Advance(const ExportCursor& from) : from_(from) {}
        void saw(const Response& row);
        ExportCursor cursor() const;

      private:
        struct Seen {
            Instant at;
            std::string mark;
        };
        void drop_old();

        const ExportCursor& from_;
        Instant newest_{};
        std::vector<Seen> recent_;
        std::size_t next_drop_ = 4000;
        bool any_ = false;
    };

  private:
    Instant up_to_{};              ///< all rows until then, it included, were given
    std::set<std::string> marks_;  ///< and of the later ones those
    bool is_start_ = true;
};

}  // namespace verso::records
