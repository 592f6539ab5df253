// SPDX-License-Identifier: Apache-2.0
#include "records/store/soci_scope.h"

#include <fmt/format.h>

#include <cassert>

namespace verso::records {

namespace {

std::unique_ptr<soci::statement> prepared(soci::session& session, const std::string& text) {
    return std::make_unique<soci::statement>((session.prepare << text));
}

}  // namespace

ScopeStack::ScopeStack(soci::session& session, const Dialect& dialect)
    : session_(session), dialect_(dialect) {}

ScopeStack::Level& ScopeStack::level() {
    if (depth_ == levels_.size()) {
        Level made;
        if (depth_ == 0) {
            made.open = prepared(session_, std::string(dialect_.begin_writing));
            made.keep = prepared(session_, "COMMIT");
            made.undo = prepared(session_, "ROLLBACK");
        } else {
            made.open = prepared(session_, fmt::format("SAVEPOINT scope_{}", depth_));
            made.keep = prepared(session_, fmt::format("RELEASE SAVEPOINT scope_{}", depth_));
            made.undo = prepared(session_, fmt::format("ROLLBACK TO SAVEPOINT scope_{}", depth_));
        }
        levels_.push_back(std::move(made));
    }
    return levels_.at(depth_);
}

void ScopeStack::open() {
    level().open->execute(true);
    ++depth_;
}

void ScopeStack::keep() {
    assert(depth_ > 0);
    levels_.at(depth_ - 1).keep->execute(true);
    --depth_;
}

void ScopeStack::undo() {
    assert(depth_ > 0);
    // The depth falls first: if the database undid everything by itself (disk full), these fail,
    // and the scopes outside must still be able to say so.
    Level& level = levels_.at(--depth_);
    level.undo->execute(true);
    if (depth_ > 0) level.keep->execute(true);
}

Scope::Scope(ScopeStack& stack) : stack_(stack) { stack_.open(); }

Scope::~Scope() {
    if (!open_) return;
    try {
        stack_.undo();
    } catch (const std::exception&) {
        // What could not be undone was undone by the database already; nothing was committed.
    }
}

void Scope::keep() {
    stack_.keep();
    open_ = false;
}

}  // namespace verso::records
