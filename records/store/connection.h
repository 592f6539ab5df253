// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <soci/soci.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>

#include "core/util/result.h"
#include "core/util/time.h"
#include "records/store/dialect.h"
#include "records/store/soci_query.h"
#include "records/store/soci_scope.h"
#include "records/store/store.h"

namespace verso::records {

/// One connection to a database, as all parts of the store use it: statements by text, scopes, and
/// the border at which exceptions become Errors. Not thread-safe.
class Connection {
  public:
    /// `place` is for messages: the file, or the URL without its password. Throws soci::soci_error
    /// when the database does not open.
    Connection(const Dialect& dialect, const std::string& connect, std::string place,
               const StoreOptions& options);

    const Dialect& dialect() const { return dialect_; }
    const std::string& place() const { return place_; }
    ScopeStack& scopes() { return scopes_; }
    StatementCache& cache() { return cache_; }
    /// For what is no statement (row_stream.h).
    soci::session& session() { return session_; }

    Query query(std::string text) { return Query(cache_, std::move(text)); }
    /// To be called before each statement that writes.
    void before(std::string_view statement) const {
        if (before_write_) before_write_(statement);
    }
    /// A writing statement without rows; how many rows it changed.
    template <class... Values>
    long long write(std::string_view text, Values&... values) {
        before(text);
        return query(std::string(text)).in(values...).change();
    }

    Error failure(const std::exception& error) const;

    /// Runs `work`, which gives a Result, and turns what it throws into DatabaseFailed.
    template <class Work>
    std::invoke_result_t<Work> in_safety(Work&& work) {
        try {
            return work();
        } catch (const std::exception& error) {
            scopes_.spoil();
            return failure(error);
        }
    }

    /// The same inside a scope of its own, kept only when the Result is a value. The outermost
    /// scope is run again when another transaction was in its way; `work` must stand that.
    template <class Work>
    std::invoke_result_t<Work> in_scope(Work&& work) {
        constexpr int kTries = 8;
        const Frame frame(frames_);
        const bool outermost = scopes_.depth() == 0;
        for (int attempt = 1;; ++attempt) {
            try {
                Scope scope(scopes_);
                auto result = work();
                if (result) scope.keep();
                return result;
            } catch (const std::exception& error) {
                scopes_.spoil();
                // An inner scope must let its outermost one start again: after a collision the
                // database takes nothing more of the whole transaction.
                if (is_collision(error)) {
                    if (frame.is_inner()) throw;
                    if (outermost && attempt < kTries) continue;
                }
                return failure(error);
            }
        }
    }

  private:
    /// Counts the calls of in_scope() that are under way inside one another.
    class Frame {
      public:
        explicit Frame(int& depth) : depth_(depth) { ++depth_; }
        ~Frame() { --depth_; }
        Frame(const Frame&) = delete;
        Frame& operator=(const Frame&) = delete;
        bool is_inner() const { return depth_ > 1; }

      private:
        int& depth_;
    };

    int frames_ = 0;
    std::string place_;
    std::function<void(std::string_view)> before_write_;
    const Dialect& dialect_;
    soci::session session_;
    StatementCache cache_;
    ScopeStack scopes_;
};

/// A bare connection to a store's place (open_store): nothing is made or migrated by it. Throws
/// soci::soci_error. Requires: an SQLite path without quotation marks.
std::unique_ptr<Connection> connect(const std::string& place);

/// Seconds since 1970, as moments are kept.
inline long long seconds(Instant at) { return at.time_since_epoch().count(); }
inline Instant instant(long long value) { return Instant{std::chrono::seconds{value}}; }

}  // namespace verso::records
