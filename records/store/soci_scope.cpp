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

ScopeStack::ScopeStack(soci::session& session, const Dialect& dialect, const long long& writes)
    : session_(session), dialect_(dialect), writes_(writes) {}

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

void ScopeStack::open(bool joined) {
    if (depth_ == 0) {
        level().open->execute(true);
        joined_ = joined;
        spoiled_ = false;
        written_before_.clear();
    } else if (joined_) {
        written_before_.push_back(writes_);
    } else {
        level().open->execute(true);
    }
    ++depth_;
}

void ScopeStack::keep() {
    assert(depth_ > 0);
    if (joined_ && depth_ > 1) {
        written_before_.pop_back();
    } else if (spoiled_) {
        throw soci::soci_error("a part of this transaction could not be kept");
    } else {
        levels_.at(depth_ - 1).keep->execute(true);
    }
    --depth_;
}

void ScopeStack::undo() {
    assert(depth_ > 0);
    if (joined_ && depth_ > 1) {
        if (written_before_.back() != writes_) spoiled_ = true;
        written_before_.pop_back();
        --depth_;
        return;
    }
    // The depth falls first: if the database undid everything by itself (disk full), these fail,
    // and the scopes outside must still be able to say so.
    Level& level = levels_.at(--depth_);
    spoiled_ = false;
    level.undo->execute(true);
    if (depth_ > 0) level.keep->execute(true);
}

Scope::Scope(ScopeStack& stack, Inner inner) : stack_(stack) {
    stack_.open(inner == Inner::Joined);
}

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
