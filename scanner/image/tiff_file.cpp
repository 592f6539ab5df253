// SPDX-License-Identifier: Apache-2.0
#include "scanner/image/tiff_file.h"

#include <algorithm>
#include <array>
#include <cstdarg>
#include <cstdio>
#include <cstring>

namespace verso::scanner {

namespace {

TiffFile* file_of(thandle_t handle) { return static_cast<TiffFile*>(handle); }

/// No decoder needs more at once than 16 bytes a pixel; a forged strip size would.
tmsize_t allocation_limit(const LoadLimits& limits) {
    constexpr std::uint64_t kBytesPerPixel = 16, kDirectory = 16u << 20;
    return static_cast<tmsize_t>(limits.page_pixels * kBytesPerPixel + kDirectory);
}

}  // namespace

TiffFile::TiffFile(std::string_view bytes, const LoadLimits& limits) : bytes_(bytes) {
    TIFFOpenOptions* options = TIFFOpenOptionsAlloc();
    if (options == nullptr) return;
    TIFFOpenOptionsSetErrorHandlerExtR(options, note, this);
    TIFFOpenOptionsSetWarningHandlerExtR(options, note, this);
    TIFFOpenOptionsSetMaxSingleMemAlloc(options, allocation_limit(limits));
    const auto refuse_write = [](thandle_t, void*, tmsize_t) -> tmsize_t { return 0; };
    const auto close = [](thandle_t) { return 0; };
    // "m": read by calls, because a mapped file could be written to by libtiff's bit reversal.
    tiff_ = TIFFClientOpenExt("", "rm", this, read, refuse_write, seek, close, size, nullptr,
                              nullptr, options);
    TIFFOpenOptionsFree(options);
}

TiffFile::~TiffFile() {
    if (tiff_ != nullptr) TIFFClose(tiff_);
}

int TiffFile::note(TIFF*, void* self, const char*, const char* format, va_list args) {
    std::array<char, 240> text{};
    std::vsnprintf(text.data(), text.size(), format, args);
    // A remark on the age of the file; its pixels are sound.
    if (std::strstr(text.data(), "Old-style LZW") != nullptr) return 1;
    auto& words = file_of(self)->words_;
    if (words.empty()) words = text.data();
    return 1;
}

tmsize_t TiffFile::read(thandle_t self, void* out, tmsize_t size) {
    TiffFile& file = *file_of(self);
    if (file.at_ >= file.bytes_.size() || size <= 0) return 0;
    const auto there =
        std::min<std::uint64_t>(file.bytes_.size() - file.at_, static_cast<std::uint64_t>(size));
    std::memcpy(out, file.bytes_.data() + file.at_, there);
    file.at_ += there;
    return static_cast<tmsize_t>(there);
}

toff_t TiffFile::seek(thandle_t self, toff_t offset, int whence) {
    TiffFile& file = *file_of(self);
    if (whence == SEEK_SET) file.at_ = offset;
    if (whence == SEEK_CUR) file.at_ += offset;
    if (whence == SEEK_END) file.at_ = file.bytes_.size() + offset;
    return file.at_;
}

toff_t TiffFile::size(thandle_t self) { return file_of(self)->bytes_.size(); }

}  // namespace verso::scanner
