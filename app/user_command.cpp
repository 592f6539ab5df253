// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/password_prompt.h"
#include "app/user_desk.h"
#include "core/crypto/password.h"
#include "records/access/login.h"

namespace verso::app {

namespace {

using records::Role;
using records::User;

struct UserCall {
    std::string name, display, role;
    bool from_input = false;
};

/// A password that was asked for, judged and hashed: before any lock is taken.
Result<std::string> new_hash(const UserCall& asked, const std::string& login) {
    auto password = ask_new_password(login, asked.from_input);
    if (!password) return password;
    if (auto good = records::check_password(*password, login); !good) return good.error();
    return hash_password(*password);
}

Result<ExitCode> add(const UserCall& asked, Call& call) {
    auto login = records::fold_login(asked.name);
    if (!login) return login.error();
    auto role = records::parse_role(asked.role);
    if (!role) return role.error().at("--role");
    auto home = open_home(call);
    if (!home) return home.error();
    auto known = home->store->access().find_user(*login);
    if (!known) return known.error();
    if (*known) {
        return Error{ErrorCode::AlreadyExists, "there is a user of this name", *login,
                     fmt::format("give a role in another shop with: verso user role {} ROLE "
                                 "--shop SHOP",
                                 *login)};
    }
    auto hash = new_hash(asked, *login);
    if (!hash) return hash.error();
    User user;
    user.login = *login;
    user.name = asked.display.empty() ? asked.name : asked.display;
    user.password_hash = *hash;
    auto made = change(*home, "add user", *login, asked.role, [&](auto& book, Instant at) {
        auto id = book.add_user(user, at);
        return id ? book.set_role(*id, home->shop, *role, at) : Result<void>(id.error());
    });
    if (!made) return made.error();
    return tell_user(*home, *login, call.out);
}

/// Does something to a user who is there, and tells how it is then.
template <class Act>
Result<ExitCode> act_on(const UserCall& asked, Call& call, const std::string& what,
                        const std::string& detail, Act act) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto user = require_user(*home, asked.name);
    if (!user) return user.error();
    auto done = change(*home, what, user->login, detail,
                       [&](auto& book, Instant at) { return act(*home, book, *user, at); });
    if (!done) return done.error();
    return tell_user(*home, user->login, call.out);
}

Result<ExitCode> set_role(const UserCall& asked, Call& call) {
    std::optional<Role> role;
    if (asked.role != "none") {
        auto named = records::parse_role(asked.role);
        if (!named) return named.error();
        role = *named;
    }
    return act_on(asked, call, "set role", asked.role,
                  [&](auto& home, auto& book, const User& user, Instant at) {
                      return book.set_role(user.id, home.shop, role, at);
                  });
}

Result<ExitCode> set_disabled(const UserCall& asked, bool disabled, Call& call) {
    return act_on(asked, call, disabled ? "disable user" : "enable user", "",
                  [&](auto&, auto& book, const User& user, Instant at) {
                      return book.set_disabled(user.id, disabled, at);
                  });
}

Result<ExitCode> set_password(const UserCall& asked, Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto user = require_user(*home, asked.name);
    if (!user) return user.error();
    auto hash = new_hash(asked, user->login);
    if (!hash) return hash.error();
    auto done = change(*home, "set password", user->login, "", [&](auto& book, Instant at) {
        return book.set_password(user->id, *hash, at);
    });
    if (!done) return done.error();
    call.out.say("The password is new; open sessions are ended.");
    return tell_user(*home, user->login, call.out);
}

/// A link that works once, within a day: for somebody's password, or without a name for the first
/// admin.
Result<ExitCode> make_link(const UserCall& asked, Call& call) {
    constexpr std::chrono::hours kLives{24};
    auto home = open_home(call);
    if (!home) return home.error();
    std::optional<records::UserId> user;
    if (!asked.name.empty()) {
        auto named = require_user(*home, asked.name);
        if (!named) return named.error();
        user = named->id;
    } else {
        auto admins = home->store->access().admins();
        if (!admins) return admins.error();
        if (*admins > 0) {
            return Error{ErrorCode::NotAllowed, "there is an admin already", "",
                         "name the user whose password it is for: verso user link NAME"};
        }
    }
    const std::string token = records::make_token(system_random());
    const auto purpose = user ? records::LinkPurpose::Reset : records::LinkPurpose::FirstAdmin;
    auto made = change(*home, "make link", asked.name, "", [&](auto& book, Instant at) {
        return book.add_link(token, purpose, user, at + kLives, at);
    });
    if (!made) return made.error();
    const std::string place = "/desk/link/" + token;
    call.out.say(place);
    call.out.warn("it works once, within a day, at the address of your service");
    call.out.line(nlohmann::ordered_json{{"link", place}}.dump());
    return ExitCode::Ok;
}

Result<ExitCode> list(Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    using Shop = std::optional<ShopId>;
    auto users = home->store->access().users(home->shop_named ? Shop(home->shop) : Shop());
    if (!users) return users.error();
    return tell_users(*home, *users, call.out);
}

CLI::App* declare_named(CLI::App& parent, std::string_view name, std::string_view sentence,
                        std::string_view example, const std::shared_ptr<UserCall>& asked) {
    CLI::App* command = declare(parent, name, sentence, example);
    command->add_option("NAME", asked->name, "The log-in name")->required();
    return command;
}

void add_password_option(CLI::App& command, UserCall& asked) {
    command.add_flag("--password-stdin", asked.from_input,
                     "The password is the first line of standard input");
}

void add_making(CLI::App& users, Program& program) {
    auto asked = std::make_shared<UserCall>();
    CLI::App* made = declare_named(users, "add", "Make a user with a role in a shop.",
                                   "verso user add emma --role packer", asked);
    made->add_option("--role", asked->role, "packer, reviewer, merchant, admin")->required();
    made->add_option("--name", asked->display, "The name for people");
    add_password_option(*made, *asked);
    made->callback(
        [asked, &program] { program.chosen = [asked](Call& call) { return add(*asked, call); }; });
    declare(users, "list", "The users of the home; with --shop, of one shop.",
            "verso user list --json")
        ->callback([&program] { program.chosen = list; });
}

void add_changing(CLI::App& users, Program& program) {
    auto asked = std::make_shared<UserCall>();
    CLI::App* role = declare_named(users, "role", "Give a user another role in a shop, or none.",
                                   "verso user role emma reviewer --shop boutique", asked);
    role->add_option("ROLE", asked->role, "packer, reviewer, merchant, admin, none")->required();
    role->callback([asked, &program] {
        program.chosen = [asked](Call& call) { return set_role(*asked, call); };
    });
    for (const bool disabled : {true, false}) {
        declare_named(users, disabled ? "disable" : "enable",
                      disabled ? "Let a user log in no more; open sessions end."
                               : "Let a disabled user log in again.",
                      disabled ? "verso user disable emma" : "verso user enable emma", asked)
            ->callback([asked, disabled, &program] {
                program.chosen = [asked, disabled](Call& call) {
                    return set_disabled(*asked, disabled, call);
                };
            });
    }
    CLI::App* link = declare(users, "link",
                             "Make a link by which a user chooses a password; without a name, the "
                             "first admin.",
                             "verso user link emma");
    link->add_option("NAME", asked->name, "The log-in name");
    link->callback([asked, &program] {
        program.chosen = [asked](Call& call) { return make_link(*asked, call); };
    });
    CLI::App* password =
        declare_named(users, "password", "Give a user a new password; open sessions end.",
                      "verso user password emma", asked);
    add_password_option(*password, *asked);
    password->callback([asked, &program] {
        program.chosen = [asked](Call& call) { return set_password(*asked, call); };
    });
}

}  // namespace

void add_user_command(Program& program) {
    CLI::App* users =
        declare(program.parser, "user",
                "Who may log in and in which role, and the keys of programs.", "verso user list");
    users->require_subcommand(1);
    add_making(*users, program);
    add_changing(*users, program);
    add_key_commands(*users, program);
}

}  // namespace verso::app
