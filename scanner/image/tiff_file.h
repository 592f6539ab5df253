// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tiffio.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "scanner/image/image_loader.h"

// libtiff on a string_view: private to loader_tiff.cpp and tiff_pixels.cpp.

namespace verso::scanner {

/// An open TIFF whose words land here and never on stderr. Not thread-safe; two of them share
/// nothing. Requires: the bytes outlive it.
class TiffFile {
  public:
    TiffFile(std::string_view bytes, const LoadLimits& limits);
    ~TiffFile();
    TiffFile(const TiffFile&) = delete;
    TiffFile& operator=(const TiffFile&) = delete;

    /// nullptr when the header or the first directory is beyond reading.
    TIFF* tiff() const { return tiff_; }
    /// The first error or warning since forget_words(); empty when none.
    const std::string& words() const { return words_; }
    void forget_words() { words_.clear(); }

    /// A field of the current directory, or what TIFF defines in its absence.
    template <class T>
    T field(std::uint32_t tag, T otherwise) const {
        T value{};
        return TIFFGetFieldDefaulted(tiff_, tag, &value) == 1 ? value : otherwise;
    }

  private:
    static int note(TIFF*, void* self, const char* module, const char* format, va_list args);
    static tmsize_t read(thandle_t self, void* out, tmsize_t size);
    static toff_t seek(thandle_t self, toff_t offset, int whence);
    static toff_t size(thandle_t self);

    std::string_view bytes_;
    std::uint64_t at_ = 0;
    std::string words_;
    TIFF* tiff_ = nullptr;
};

/// Decodes the pixels of the current directory as they are stored: neither turned nor squared.
Result<GrayImage> decode_directory(TiffFile& file, const std::string& where,
                                   const LoadLimits& limits);

}  // namespace verso::scanner
