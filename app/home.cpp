// SPDX-License-Identifier: Apache-2.0
#include "app/home.h"

#include <cstdlib>
#include <system_error>

#include "app/files.h"

namespace verso::app {

namespace fs = std::filesystem;

bool Home::exists() const {
    std::error_code ignored;
    return fs::is_regular_file(main_config(), ignored);
}

bool Home::has_shop() const {
    std::error_code ignored;
    return fs::is_regular_file(config(), ignored);
}

std::vector<std::string> Home::template_folders() const {
    std::vector<std::string> folders{templates().string()};
    if (!shop_.empty()) folders.push_back((root_ / "templates").string());
    return folders;
}

Home find_home(const std::string& option) {
    if (!option.empty()) return Home(option);
    const char* variable = std::getenv("VERSO_HOME");
    if (variable != nullptr && *variable != '\0') return Home(variable);
    return Home("verso-home");
}

Result<Home> existing_home(const std::string& option) {
    Home home = find_home(option);
    if (home.exists()) return home;
    std::string command = "verso init";
    if (!option.empty()) command += " --home " + option;
    return Error{ErrorCode::HomeInvalid, "there is no home here (no verso.toml)",
                 home.root().string(), "make one with: " + command};
}

namespace {

Result<void> make_folders(const std::vector<fs::path>& folders) {
    for (const auto& folder : folders) {
        std::error_code failed;
        fs::create_directories(folder, failed);
        if (failed) {
            return Error{ErrorCode::FileUnwritable, "cannot make the folder: " + failed.message(),
                         folder.string(), "choose another place with --home"};
        }
    }
    return {};
}

}  // namespace

Result<void> make_home(const Home& home, const std::string& config_text) {
    std::error_code failed;
    if (fs::exists(home.root(), failed) && !fs::is_empty(home.root(), failed)) {
        // A former init that was cut short left our own folders and no configuration: go on.
        for (const auto& entry : fs::directory_iterator(home.root(), failed)) {
            const auto& path = entry.path();
            if (path == home.images() || path == home.spool() || path == home.templates()) continue;
            return Error{ErrorCode::AlreadyExists, "the folder is not empty and not a home",
                         home.root().string(), "name an empty or a new folder with --home"};
        }
    }
    auto made = make_folders({home.root(), home.images(), home.spool(), home.templates()});
    if (!made) return made;
    fs::permissions(home.root(), fs::perms::owner_all, failed);
    return write_file(home.config(), config_text, FileMode::Private);
}

Result<void> make_shop_folder(const Home& home, const std::string& config_text) {
    if (auto made = make_folders({home.folder(), home.templates(), home.notes()}); !made)
        return made;
    return write_file(home.config(), config_text, FileMode::Private);
}

}  // namespace verso::app
