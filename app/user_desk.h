// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/wiring.h"
#include "records/store/access_book.h"

namespace verso::app {

// What the commands about users and keys share.

using Change = std::function<Result<void>(records::AccessBook& book, Instant at)>;

/// Does it and notes it in the audit, in one transaction. DatabaseFailed, and what `act` says.
Result<void> change(OpenHome& home, const std::string& what, const std::string& subject,
                    const std::string& detail, const Change& act);

/// The user of this name. NotFound with the names that there are.
Result<records::User> require_user(OpenHome& home, const std::string& name);

/// Tells one user, or many, for people and as JSON.
Result<ExitCode> tell_user(OpenHome& home, const std::string& login, Output& out);
Result<ExitCode> tell_users(OpenHome& home, const std::vector<records::User>& users, Output& out);

/// `verso user key …`, declared under `users`.
void add_key_commands(CLI::App& users, Program& program);

}  // namespace verso::app
