// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <soci/soci.h>

#include <memory>
#include <vector>

#include "records/store/dialect.h"

namespace verso::records {

/// The open scopes of one connection: the outermost is a transaction, inner ones are savepoints.
/// Its statements are prepared once per depth, because an import opens a scope per order. Where
/// inner scopes are joined to the outermost they cost nothing, and one that is undone after it
/// wrote spoils the whole: it can only be undone then.
class ScopeStack {
  public:
    /// `writes` counts the statements of this connection that may have changed something.
    ScopeStack(soci::session& session, const Dialect& dialect, const long long& writes);

    std::size_t depth() const { return depth_; }
    bool is_spoiled() const { return spoiled_; }
    /// The database failed: whatever it undid by itself, a joined transaction is not kept.
    void spoil() { spoiled_ = spoiled_ || joined_; }
    /// Throws soci::soci_error, as all below. `joined` is looked at for the outermost alone.
    void open(bool joined);
    void keep();
    void undo();

  private:
    struct Level {
        std::unique_ptr<soci::statement> open, keep, undo;
    };
    Level& level();

    soci::session& session_;
    const Dialect& dialect_;
    const long long& writes_;
    std::vector<Level> levels_;
    std::vector<long long> written_before_;  ///< of each joined scope, when it was opened
    std::size_t depth_ = 0;
    bool joined_ = false, spoiled_ = false;
};

/// One scope: undone when it is left without keep(). Scopes are left in the reverse order of
/// opening.
class Scope {
  public:
    enum class Inner { Separate, Joined };
    /// `inner` says what becomes of the scopes in it, when it is the outermost.
    explicit Scope(ScopeStack& stack, Inner inner = Inner::Separate);
    ~Scope();
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

    void keep();

  private:
    ScopeStack& stack_;
    bool open_ = true;
};

}  // namespace verso::records
