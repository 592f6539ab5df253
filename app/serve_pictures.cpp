// SPDX-License-Identifier: Apache-2.0
#include "app/serve_pictures.h"

#include <algorithm>

namespace verso::app {

namespace fs = std::filesystem;

namespace {

bool is_digest(const std::string& text) {
    return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

/// The picture as the home keeps it: by its digest, with the ending that its file had.
Result<std::string> kept_file(const fs::path& images, const service::PictureWish& wish) {
    const Error gone{ErrorCode::NotFound, "the picture is not kept any more", wish.path, ""};
    if (!is_digest(wish.sha256)) return gone;
    const fs::path file = images / (wish.sha256 + fs::path(wish.path).extension().string());
    std::error_code failed;
    if (!fs::is_regular_file(file, failed)) return gone;
    return file.string();
}

}  // namespace

Result<std::string> ServePictures::draw(const service::PictureWish& wish) {
    auto file = kept_file(images_, wish);
    if (!file) return file.error();
    scanner::ReadChoice choice;
    choice.view = scanner::PageView{wish.page, wish.corners, wish.width, wish.height};
    return thread_.make(*file, choice, "view", wish.path + ", page " + std::to_string(wish.page));
}

}  // namespace verso::app
