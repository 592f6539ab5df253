// SPDX-License-Identifier: Apache-2.0
#include "app/share.h"

#include <cstdlib>
#include <system_error>

namespace verso::app {

namespace fs = std::filesystem;

namespace {

std::vector<fs::path> candidates() {
    const char* variable = std::getenv("VERSO_SHARE");
    // Who names a folder means that one, and wants to hear when it is wrong.
    if (variable != nullptr && *variable != '\0') return {variable};
    std::error_code failed;
    const fs::path program = fs::read_symlink("/proc/self/exe", failed);
    return {VERSO_BUILD_SHARE, program.parent_path().parent_path() / "share" / "verso"};
}

}  // namespace

Result<Share> find_share() {
    std::string looked;
    for (const auto& folder : candidates()) {
        std::error_code ignored;
        if (fs::is_directory(folder / "fonts", ignored) &&
            fs::is_directory(folder / "templates", ignored)) {
            return Share(folder);
        }
        looked += (looked.empty() ? "" : ", ") + folder.string();
    }
    return Error{
        ErrorCode::DependencyMissing, "the program's own files (fonts and templates) are not there",
        looked,
        "build it again, or set VERSO_SHARE to the folder that holds fonts/ and templates/"};
}

std::vector<std::string> template_folders(const Home& home, const Share& share) {
    std::vector<std::string> folders = home.template_folders();
    folders.push_back(share.templates());
    return folders;
}

}  // namespace verso::app
