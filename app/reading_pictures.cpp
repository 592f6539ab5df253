// SPDX-License-Identifier: Apache-2.0
#include "app/reading_pictures.h"

#include <filesystem>
#include <fstream>

namespace verso::app {

namespace fs = std::filesystem;

std::string ReadingPictures::path_of(std::string_view sent) const {
    if (const auto name = scanner::picture_name(sent, "crop"); name && !crops_.empty())
        return (fs::path(crops_) / *name).string();
    if (const auto name = scanner::picture_name(sent, "debug"); name && !debug_.empty())
        return (fs::path(debug_) / *name).string();
    return "";
}

void ReadingPictures::take(const scanner::Picture& picture) {
    const std::string path = path_of(picture.path);
    if (path.empty()) return;
    const std::string unfinished = path + ".part";
    std::error_code failed;
    std::ofstream out(unfinished, std::ios::binary);
    out.write(picture.png.data(), static_cast<std::streamsize>(picture.png.size()));
    out.close();
    if (out) fs::rename(unfinished, path, failed);
    if (out && !failed) {
        written_.insert(picture.path);
    } else {
        fs::remove(unfinished, failed);
    }
}

void ReadingPictures::name_in(Reading& reading) const {
    for (auto& field : reading.fields) {
        for (auto* picture : {&field.crop, &field.original}) {
            *picture = written_.count(*picture) > 0 ? path_of(*picture) : "";
        }
    }
}

}  // namespace verso::app
