// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <soci/soci.h>

#include <memory>
#include <vector>

#include "records/store/dialect.h"

namespace verso::records {

/// The open scopes of one connection: the outermost is a transaction, inner ones are savepoints.
/// Its statements are prepared once per depth, because an import opens a scope per order.
class ScopeStack {
  public:
    ScopeStack(soci::session& session, const Dialect& dialect);

    std::size_t depth() const { return depth_; }
    /// Throws soci::soci_error, as all below.
    void open();
    void keep();
    void undo();

  private:
    struct Level {
        std::unique_ptr<soci::statement> open, keep, undo;
    };
    Level& level();

    soci::session& session_;
    const Dialect& dialect_;
    std::vector<Level> levels_;
    std::size_t depth_ = 0;
};

/// One scope: undone when it is left without keep(). Scopes are left in the reverse order of
/// opening.
class Scope {
  public:
    explicit Scope(ScopeStack& stack);
    ~Scope();
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

    void keep();

  private:
    ScopeStack& stack_;
    bool open_ = true;
};

}  // namespace verso::records
