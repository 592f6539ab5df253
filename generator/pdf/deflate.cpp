// SPDX-License-Identifier: Apache-2.0
#include "generator/pdf/deflate.h"

#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <memory>
#include <new>

namespace verso::generator {
namespace {

struct FreeCompressor {
    void operator()(libdeflate_compressor* compressor) const {
        libdeflate_free_compressor(compressor);
    }
};

// A compressor is some hundred kilobytes; a document of one page would spend as long on getting it
// as on using it. Each thread therefore keeps its own, one a level.
libdeflate_compressor* compressor_of(int level) {
    thread_local std::array<std::unique_ptr<libdeflate_compressor, FreeCompressor>, 13> kept;
    auto& compressor = kept.at(static_cast<std::size_t>(level));
    if (!compressor) compressor.reset(libdeflate_alloc_compressor(level));
    if (!compressor) throw std::bad_alloc();
    return compressor.get();
}

}  // namespace

std::string deflate(std::string_view bytes, int level) {
    libdeflate_compressor* compressor = compressor_of(std::clamp(level, 0, 12));
    std::string result(libdeflate_zlib_compress_bound(compressor, bytes.size()), '\0');
    result.resize(libdeflate_zlib_compress(compressor, bytes.data(), bytes.size(), result.data(),
                                           result.size()));
    return result;
}

}  // namespace verso::generator
