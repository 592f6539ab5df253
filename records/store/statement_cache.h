// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <soci/soci.h>

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "records/store/dialect.h"

namespace verso::records {

/// The prepared statements of one connection, to be used again: preparing one costs several times
/// what running it does. One that is in use is not in the cache, so that a visitor may run the same
/// statement inside the reading of its rows. Not thread-safe, as its connection.
class StatementCache {
  public:
    StatementCache(soci::session& session, const Dialect& dialect)
        : session_(session), dialect_(dialect) {}

    /// A statement ready to be bound. Throws soci::soci_error when the database does not take it.
    std::unique_ptr<soci::statement> take(std::string_view text);
    /// Keeps a statement that was read to its end, without its bindings.
    void give_back(std::string_view text, std::unique_ptr<soci::statement> statement);
    /// Forgets all: before the schema changes.
    void clear() { idle_.clear(); }
    /// How many statements were run that may have changed something: all that are no SELECT.
    const long long& writes() const { return writes_; }
    void count_write() { ++writes_; }

  private:
    soci::session& session_;
    const Dialect& dialect_;
    long long writes_ = 0;
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>{}(text);
        }
    };
    std::unordered_map<std::string, std::vector<std::unique_ptr<soci::statement>>, Hash,
                       std::equal_to<>>
        idle_;
};

}  // namespace verso::records
