// SPDX-License-Identifier: Apache-2.0
#include "generator/picture/picture_loader.h"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "core/crypto/crypto.h"
#include "generator/picture/foreign_page.h"
#include "generator/picture/jpeg_picture.h"
#include "generator/picture/png_picture.h"

namespace verso::generator {
namespace {

constexpr std::size_t kMostBytes = 20'000'000;
constexpr int kLongestSide = 12'000;
constexpr long long kMostPixels = 40'000'000;
constexpr Mm kLongestPage{5000};

Error too_large(const std::string& name, const std::string& what, const std::string& cure) {
    return {ErrorCode::LimitExceeded, what, name, cure};
}

Result<void> check_pixels(PixelSize size, const std::string& name) {
    if (size.width <= kLongestSide && size.height <= kLongestSide &&
        static_cast<long long>(size.width) * size.height <= kMostPixels) {
        return {};
    }
    return too_large(name, fmt::format("the picture has {} x {} pixels", size.width, size.height),
                     fmt::format("make it smaller: at most {} a side and {} million in all",
                                 kLongestSide, kMostPixels / 1'000'000));
}

Result<PictureFacts> facts_of(Picture::Format format, std::string_view bytes,
                              const std::string& name) {
    auto facts = format == Picture::Format::Jpeg ? read_jpeg_facts(bytes, name)
                                                 : read_png_facts(bytes, name);
    if (!facts) return facts;
    if (auto fits = check_pixels(facts->pixels, name); !fits) return fits.error();
    if (format == Picture::Format::Png) {
        if (auto sound = check_png(bytes, name); !sound) return sound.error();
    }
    return facts;
}

Result<void> measure(Picture& picture, const std::string& name) {
    if (picture.format == Picture::Format::Pdf) {
        const auto size = foreign_page_size(picture.bytes, name);
        if (!size) return size.error();
        if (size->width > kLongestPage || size->height > kLongestPage) {
            return too_large(name, "the PDF's page is longer than 5 m", "");
        }
        picture.width = size->width;
        picture.height = size->height;
        return {};
    }
    const auto facts = facts_of(picture.format, picture.bytes, name);
    if (!facts) return facts.error();
    // A density of one dot an inch or of a million is a mistake of the program that wrote it.
    const auto length = [](int pixels, double dpi) {
        return Mm{pixels / (dpi >= 10 && dpi <= 5000 ? dpi : kUsualDpi) * kMmPerInch};
    };
    picture.width_px = facts->pixels.width;
    picture.height_px = facts->pixels.height;
    picture.width = length(facts->pixels.width, facts->dpi_x);
    picture.height = length(facts->pixels.height, facts->dpi_y);
    return {};
}

}  // namespace

Result<std::shared_ptr<const Picture>> load_picture(std::string bytes, const std::string& name) {
    if (bytes.size() > kMostBytes) {
        return too_large(name, fmt::format("the picture has {} bytes", bytes.size()),
                         fmt::format("make it smaller than {} MB", kMostBytes / 1'000'000));
    }
    auto picture = std::make_shared<Picture>();
    if (bytes.starts_with("\xFF\xD8\xFF")) {
        picture->format = Picture::Format::Jpeg;
    } else if (bytes.starts_with("\x89PNG\r\n\x1A\n")) {
        picture->format = Picture::Format::Png;
    } else if (std::string_view(bytes).substr(0, 1024).find("%PDF-") != std::string_view::npos) {
        picture->format = Picture::Format::Pdf;
    } else {
        return Error{ErrorCode::FormatInvalid, "this is no JPEG, PNG or PDF", name,
                     "save the picture as PNG or JPEG, a label as PDF"};
    }
    picture->bytes = std::move(bytes);
    if (auto measured = measure(*picture, name); !measured) return measured.error();
    picture->sha256 = sha256_hex(picture->bytes);
    return std::shared_ptr<const Picture>(std::move(picture));
}

Result<std::shared_ptr<const Picture>> load_picture(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::string bytes(kMostBytes + 1, '\0');
    if (file) file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!file.is_open() || file.bad() || (file.fail() && !file.eof())) {
        return Error{ErrorCode::FileUnreadable, "the picture cannot be read", path,
                     "check the path and the permissions"};
    }
    bytes.resize(static_cast<std::size_t>(file.gcount()));
    bytes.shrink_to_fit();
    return load_picture(std::move(bytes), path);
}

}  // namespace verso::generator
