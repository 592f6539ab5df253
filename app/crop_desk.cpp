// SPDX-License-Identifier: Apache-2.0
#include "app/crop_desk.h"

#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

namespace verso::app {

namespace fs = std::filesystem;

Result<CropDesk> CropDesk::set_up(std::string folder, std::optional<Transcriber> transcriber) {
    if (!folder.empty() || !transcriber)
        return CropDesk(std::move(folder), false, std::move(transcriber));
    std::error_code failed;
    const fs::path all = fs::temp_directory_path(failed);
    std::string name = (failed ? fs::path("/tmp") : all) / "verso-crops-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) {
        return Error{ErrorCode::FileUnwritable, "no folder for crops of handwriting can be made",
                     name, "name one with --crop-dir"};
    }
    return CropDesk(std::move(name), true, std::move(transcriber));
}

CropDesk::CropDesk(CropDesk&& other) noexcept
    : folder_(std::move(other.folder_)),
      private_(std::exchange(other.private_, false)),
      transcriber_(std::move(other.transcriber_)) {}

CropDesk::~CropDesk() {
    std::error_code ignored;
    if (private_) fs::remove_all(folder_, ignored);
}

void CropDesk::finish(Reading& reading) const {
    if (transcriber_) transcriber_->guess_at(reading);
    if (!private_) return;
    for (auto& field : reading.fields) {
        for (auto* picture : {&field.crop, &field.original}) {
            std::error_code ignored;
            if (!picture->empty()) fs::remove(*picture, ignored);
            picture->clear();
        }
    }
}

}  // namespace verso::app
