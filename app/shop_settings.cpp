// SPDX-License-Identifier: Apache-2.0
#include "app/shop_settings.h"

#include <fcntl.h>
#include <sys/file.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cctype>
#include <sstream>

#include "app/files.h"
#include "app/toml_edit.h"
#include "scanner/worker/owned_fd.h"

namespace verso::app {

namespace fs = std::filesystem;

namespace {

using service::EditableSetting;
using Kind = EditableSetting::Kind;

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : ", ") + word;
    return out;
}

/// "a, b" and "a b" to their words.
std::vector<std::string> words_of(const std::string& text) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : text + " ") {
        if (c != ' ' && c != ',' && c != '\t') {
            word += c;
        } else if (!word.empty()) {
            words.push_back(std::exchange(word, {}));
        }
    }
    return words;
}

std::string toml_text(const std::string& text) {
    std::ostringstream out;
    out << toml::value<std::string>(text);
    return out.str();
}

/// The states in which a shop may let buyers do this.
std::vector<std::string> possible_states(records::Action action) {
    std::vector<std::string> states;
    for (const auto state : records::all_order_states()) {
        if (records::never(records::Actor::Buyer, action, state).empty()) {
            states.emplace_back(records::to_string(state));
        }
    }
    return states;
}

void add_actions(const records::ActionTable& table, std::vector<EditableSetting>& list) {
    for (const auto action : records::all_actions()) {
        const auto choices = possible_states(action);
        if (choices.empty()) continue;
        std::vector<std::string> now;
        for (const auto state : records::all_order_states()) {
            if (table.allows(records::Actor::Buyer, action, state)) {
                now.emplace_back(records::to_string(state));
            }
        }
        list.push_back({"actions.buyer." + std::string(records::to_string(action)), Kind::States,
                        joined(now), choices});
    }
}

/// The value as TOML writes it; ValueInvalid for one of another kind.
Result<std::string> literal_of(const EditableSetting& setting, const std::string& value) {
    const auto wrong = [&](const std::string& must) {
        return Error{ErrorCode::ValueInvalid, "\"" + value + "\" " + must, setting.key, ""};
    };
    switch (setting.kind) {
        case Kind::Number: {
            const bool sound = !value.empty() && value.size() <= 9 &&
                               std::all_of(value.begin(), value.end(),
                                           [](unsigned char c) { return std::isdigit(c) != 0; });
            if (!sound) return wrong("must be a whole number");
            return std::to_string(std::stol(value));  // TOML has no leading zeros
        }
        case Kind::Flag:
            if (value == "true" || value == "yes") return std::string("true");
            if (value == "false" || value == "no") return std::string("false");
            return wrong("must be true or false");
        case Kind::States: {
            std::vector<std::string> words = words_of(value);
            for (auto& word : words) word = toml_text(word);
            return "[" + joined(words) + "]";
        }
        case Kind::Text:
            break;
    }
    return toml_text(value);
}

/// One at a time writes a shop's settings, whichever program it is.
Result<scanner::OwnedFd> settings_lock(const Home& home) {
    const fs::path file = home.folder() / ".settings.lock";
    scanner::OwnedFd lock(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (lock && ::flock(lock.get(), LOCK_EX) == 0) return lock;
    return Error{ErrorCode::FileUnwritable, "the settings cannot be locked", file.string(),
                 "see who may write the folder"};
}

Result<void> write_settings(const Home& home, const std::string& text) {
    std::error_code failed;
    // A link stays one: what it names is written.
    const fs::path place = fs::canonical(home.config(), failed);
    if (failed) {
        return Error{ErrorCode::FileUnreadable, failed.message(), home.config().string(), ""};
    }
    const auto before = fs::status(place, failed).permissions();
    const bool is_private =
        (before & (fs::perms::group_read | fs::perms::others_read)) == fs::perms::none;
    return write_file(place, text, is_private ? FileMode::Private : FileMode::Shared);
}

}  // namespace

std::vector<EditableSetting> editable_settings(const Config& config) {
    const auto number = [](const char* key, int value) {
        return EditableSetting{key, Kind::Number, std::to_string(value), {}};
    };
    const auto flag = [](const char* key, bool value) {
        return EditableSetting{key, Kind::Flag, value ? "true" : "false", {}};
    };
    std::vector<EditableSetting> list{
        {"shop.language", Kind::Text, config.shop.language, {}},
        number("shop.return_days", config.shop.return_days),
        number("cards.card_days", config.life.cards.card_days),
        number("cards.amend_days", config.life.cards.amend_days),
        {"pages.contact", Kind::Text, config.serve.contact, {}},
        flag("pages.product_stars", config.serve.product_stars),
        flag("pages.photos", config.serve.photos),
        flag("review.double", config.life.two_looks),
        number("privacy.images_days", config.privacy.images_days),
        number("privacy.secrets_days", config.privacy.secrets_days),
        number("privacy.addresses_days", config.privacy.addresses_days),
    };
    add_actions(config.life.actions, list);
    return list;
}

Result<std::vector<ChangedSetting>> set_shop_settings(const Home& home,
                                                      const std::vector<SettingValue>& values) {
    constexpr std::uint64_t kLimit = 1 << 20;
    auto lock = settings_lock(home);
    if (!lock) return lock.error();
    auto text = read_file(home.config(), kLimit);
    if (!text) return text.error();
    auto before = parse_config(*text, home.config().string());
    if (!before) return before.error();
    const auto known = editable_settings(*before);
    std::vector<ChangedSetting> changed;
    for (const auto& [key, value] : values) {
        const auto setting = std::find_if(known.begin(), known.end(),
                                          [&key = key](const auto& one) { return one.key == key; });
        if (setting == known.end()) {
            std::vector<std::string> keys;
            for (const auto& one : known) keys.push_back(one.key);
            return Error{ErrorCode::NotFound, "there is no setting of this name to be changed here",
                         key, "there are: " + joined(keys)};
        }
        auto literal = literal_of(*setting, value);
        if (!literal) return literal.error();
        const auto dot = key.rfind('.');
        auto edited = set_toml_value(*text, key.substr(0, dot), key.substr(dot + 1), *literal);
        if (!edited) return edited.error();
        text = *std::move(edited);
        changed.push_back({key, setting->value, ""});
    }
    auto after = parse_config(*text, home.config().string());
    if (!after) return after.error();
    const auto now = editable_settings(*after);
    for (auto& one : changed) {
        one.after = std::find_if(now.begin(), now.end(), [&](const auto& setting) {
                        return setting.key == one.key;
                    })->value;
    }
    std::erase_if(changed, [](const auto& one) { return one.before == one.after; });
    if (changed.empty()) return changed;
    if (auto written = write_settings(home, *text); !written) return written.error();
    return changed;
}

}  // namespace verso::app
