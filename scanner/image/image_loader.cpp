// SPDX-License-Identifier: Apache-2.0
#include "scanner/image/image_loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <filesystem>
#include <fstream>

#include "scanner/image/byte_view.h"
#include "scanner/image/decoders.h"
#include "scanner/image/pixels.h"

namespace verso::scanner {

namespace {

using std::string_view_literals::operator""sv;

enum class Format { Jpeg, Png, Tiff, Pdf, WebP, Heif, Pnm, Unknown };

constexpr std::size_t kPdfJunk = 1024;  // readers look for "%PDF-" in the first 1024 bytes

/// An ISO base media file (ISO/IEC 14496-12, 4.3) of one of the brands of ISO/IEC 23008-12 annex B
/// and of AVIF, in first place or among the compatible ones.
bool is_heif(std::string_view bytes) {
    constexpr std::size_t kBrandsAt = 8, kMostBytes = 256;
    if (bytes.size() < 12 || bytes.substr(4, 4) != "ftyp") return false;
    const std::size_t size = ByteView{bytes}.u32(0);
    const std::size_t end = std::min({bytes.size(), size, kMostBytes});
    for (std::size_t at = kBrandsAt; at + 4 <= end; at += 4) {
        for (std::string_view brand : {"heic", "heix", "heim", "heis", "mif1", "avif"}) {
            if (bytes.substr(at, 4) == brand) return true;
        }
    }
    return false;
}

bool is_pnm(std::string_view bytes) {
    constexpr std::string_view kBlanks(" \t\r\n#");
    return bytes.size() > 2 && bytes[0] == 'P' && bytes[1] >= '1' && bytes[1] <= '6' &&
           kBlanks.find(bytes[2]) != std::string_view::npos;
}

Format sniff(std::string_view bytes) {
    const auto starts = [&](std::string_view magic) {
        return bytes.substr(0, magic.size()) == magic;
    };
    if (starts("\xFF\xD8\xFF"sv)) return Format::Jpeg;
    if (starts("\x89PNG\r\n\x1A\n"sv)) return Format::Png;
    for (std::string_view magic : {"II*\0"sv, "MM\0*"sv, "II+\0"sv, "MM\0+"sv}) {
        if (starts(magic)) return Format::Tiff;
    }
    if (starts("RIFF"sv) && bytes.substr(std::min<std::size_t>(8, bytes.size()), 4) == "WEBP")
        return Format::WebP;
    if (is_heif(bytes)) return Format::Heif;
    if (is_pnm(bytes)) return Format::Pnm;
    if (bytes.substr(0, kPdfJunk).find("%PDF-") != std::string_view::npos) return Format::Pdf;
    return Format::Unknown;
}

}  // namespace

PictureKind picture_kind(std::string_view bytes) {
    switch (sniff(bytes)) {
        case Format::Jpeg:
            return PictureKind::Jpeg;
        case Format::Png:
            return PictureKind::Png;
        case Format::WebP:
            return PictureKind::WebP;
        case Format::Heif:
            return PictureKind::Heif;
        default:
            return PictureKind::Other;
    }
}

namespace {

/// What an unreadable file seems to be, for people who wonder.
std::string guess(std::string_view bytes) {
    const auto starts = [&](std::string_view magic) {
        return bytes.substr(0, magic.size()) == magic;
    };
    if (bytes.size() > 11 && bytes.substr(4, 4) == "ftyp") return "it looks like a video";
    if (starts("RIFF")) return "it looks like sound or video";
    if (starts("GIF8")) return "it looks like GIF";
    if (starts("BM")) return "it looks like BMP";
    if (starts("PK")) return "it looks like a ZIP or an office document";
    if (starts("<")) return "it looks like HTML, XML or SVG";
    if (starts("\xFF\x4F\xFF\x51"sv) || starts("\0\0\0\x0CjP"sv)) return "it looks like JPEG 2000";
    return "its first bytes are of none of these";
}

Result<int> dispatch(std::string_view bytes, const std::string& name, const LoadLimits& limits,
                     const PageSink& sink, const PageHooks& hooks) {
    switch (sniff(bytes)) {
        case Format::Jpeg:
            if (hooks.wants(1)) sink(1, decode_jpeg(bytes, page_place(name, 1), limits));
            return 1;
        case Format::Png:
            if (hooks.wants(1)) sink(1, decode_png(bytes, page_place(name, 1), limits));
            return 1;
        case Format::Tiff:
            return decode_tiff(bytes, name, limits, sink, hooks);
        case Format::Pdf:
            return decode_pdf(bytes, name, limits, sink, hooks);
        case Format::WebP:
            if (hooks.wants(1)) sink(1, decode_webp(bytes, page_place(name, 1), limits));
            return 1;
        case Format::Heif:
            return decode_heif(bytes, name, limits, sink, hooks);
        case Format::Pnm:
            return decode_pnm(bytes, name, limits, sink, hooks);
        case Format::Unknown:
            break;
    }
    return Error{
        ErrorCode::FormatInvalid,
        fmt::format("this is no JPEG, PNG, TIFF, PDF, WebP, HEIC, AVIF or PNM: {}", guess(bytes)),
        name, "scan to TIFF, PDF or JPEG"};
}

Error too_large(const std::string& name, std::uint64_t size, const LoadLimits& limits) {
    return {ErrorCode::LimitExceeded,
            fmt::format("the file has {} bytes; the limit is {}", size, limits.file_bytes), name,
            "split it, or scan in gray at 300 dpi"};
}

Result<std::string> read_file(const std::string& path, const LoadLimits& limits) {
    namespace fs = std::filesystem;
    std::error_code failed;
    const fs::file_status status = fs::status(path, failed);
    if (status.type() == fs::file_type::not_found) {
        return Error{ErrorCode::NotFound, "there is no such file", path, "check the path"};
    }
    // A pipe or device could block or never end.
    if (failed || status.type() != fs::file_type::regular) {
        return Error{ErrorCode::FileUnreadable, "this is not a file", path, "name an image file"};
    }
    const std::uint64_t size = fs::file_size(path, failed);
    if (!failed && size > limits.file_bytes) return too_large(path, size, limits);
    std::ifstream in(path, std::ios::binary);
    std::string bytes(failed ? 0 : static_cast<std::size_t>(size), '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (failed || !in || static_cast<std::uint64_t>(in.gcount()) != size) {
        return Error{ErrorCode::FileUnreadable, "the file cannot be read", path,
                     "check its permissions, and that nothing is still writing it"};
    }
    return bytes;
}

}  // namespace

Result<int> load_pages(std::string_view bytes, const std::string& name, const LoadLimits& limits,
                       const PageSink& sink, const PageHooks& hooks) {
    if (bytes.empty()) {
        return Error{ErrorCode::FormatInvalid, "the file is empty", name, "scan the card again"};
    }
    if (bytes.size() > limits.file_bytes) return too_large(name, bytes.size(), limits);
    return dispatch(bytes, name, limits, sink, hooks);
}

Result<int> load_pages(const std::string& path, const LoadLimits& limits, const PageSink& sink,
                       const PageHooks& hooks) {
    const auto bytes = read_file(path, limits);
    if (!bytes) return bytes.error();
    return load_pages(*bytes, path, limits, sink, hooks);
}

}  // namespace verso::scanner
