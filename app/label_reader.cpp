// SPDX-License-Identifier: Apache-2.0
#include "app/label_reader.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "scanner/codes/code_reader.h"
#include "scanner/image/image_loader.h"
#include "scanner/render/page_renderer.h"

namespace verso::app {

namespace {

using scanner::FoundCode;
using scanner::GrayImage;
using scanner::PxRect;

constexpr unsigned kSeconds = 20;
constexpr int kLabelDpi = 300;  // three pixels a module of what a 203 dpi printer makes finest
constexpr int kMostCodes = 24;  // of each kind; a label has six
constexpr std::size_t kLongestCode = 4096;

PxRect box_of(const FoundCode& code) {
    double left = 1e9, top = 1e9, right = -1e9, bottom = -1e9;
    for (const auto& corner : code.corners) {
        left = std::min(left, corner.x.value);
        right = std::max(right, corner.x.value);
        top = std::min(top, corner.y.value);
        bottom = std::max(bottom, corner.y.value);
    }
    const int x = static_cast<int>(std::floor(left)), y = static_cast<int>(std::floor(top));
    return {x, y, static_cast<int>(std::ceil(right)) - x + 1,
            static_cast<int>(std::ceil(bottom)) - y + 1};
}

bool is_dark(const GrayImage& image, int x, int y) { return image.row(y)[x] < 128; }

/// Whether the bars go on: most pixels of a row (or column) are as in another one.
bool goes_on(const GrayImage& image, const PxRect& box, bool upright, int from, int to) {
    const int limit = upright ? image.height : image.width;
    if (to < 0 || to >= limit) return false;
    const int begin = std::max(0, upright ? box.x : box.y);
    const int end =
        upright ? std::min(image.width, box.x + box.w) : std::min(image.height, box.y + box.h);
    int same = 0;
    for (int i = begin; i < end; ++i) {
        const bool a = upright ? is_dark(image, i, from) : is_dark(image, from, i);
        const bool b = upright ? is_dark(image, i, to) : is_dark(image, to, i);
        if (a == b) ++same;
    }
    constexpr int kMostTenths = 9;
    return end > begin && same * 10 >= (end - begin) * kMostTenths;
}

/// A linear code is found by a few of its rows: the box of all its bars.
PxRect grown_along_bars(const GrayImage& image, PxRect box) {
    const bool upright = box.w >= box.h;
    const int limit = upright ? image.height : image.width;
    int first = std::clamp(upright ? box.y + box.h / 2 : box.x + box.w / 2, 0, limit - 1);
    int last = first;
    const int middle = first;
    while (goes_on(image, box, upright, middle, first - 1)) --first;
    while (goes_on(image, box, upright, middle, last + 1)) ++last;
    if (upright) {
        const int top = std::min(box.y, first);
        return {box.x, top, box.w, std::max(box.y + box.h, last + 1) - top};
    }
    const int left = std::min(box.x, first);
    return {left, box.y, std::max(box.x + box.w, last + 1) - left, box.h};
}

void paint_white(GrayImage& image, const PxRect& box) {
    constexpr int kMargin = 2;
    const int x0 = std::clamp(box.x - kMargin, 0, image.width);
    const int x1 = std::clamp(box.x + box.w + kMargin, x0, image.width);
    for (int y = std::max(0, box.y - kMargin); y < std::min(image.height, box.y + box.h + kMargin);
         ++y) {
        std::fill(image.row(y) + x0, image.row(y) + x1, std::uint8_t{255});
    }
}

/// Tells each code through the pipe as its length and its text.
void tell(int pipe, const std::string& text) {
    const std::size_t size = std::min(text.size(), kLongestCode);
    std::string message(reinterpret_cast<const char*>(&size), sizeof size);
    message.append(text, 0, size);
    if (::write(pipe, message.data(), message.size()) != ssize_t(message.size())) ::_exit(0);
}

/// What the child does: a code that was found is painted over, so that the next one is found.
void search(GrayImage image, int pipe) {
    for (const CodeKind kind : {CodeKind::Code128, CodeKind::DataMatrix, CodeKind::Qr}) {
        for (int found = 0; found < kMostCodes; ++found) {
            const auto code =
                scanner::read_code(image, {0, 0, image.width, image.height}, kind, true);
            if (!code) break;
            tell(pipe, code->text);
            const PxRect box = box_of(*code);
            paint_white(image, kind == CodeKind::Code128 ? grown_along_bars(image, box) : box);
        }
    }
}

bool read_all(int pipe, void* into, std::size_t size) {
    auto* at = static_cast<char*>(into);
    while (size > 0) {
        const ssize_t got = ::read(pipe, at, size);
        if (got <= 0) return false;
        at += got;
        size -= std::size_t(got);
    }
    return true;
}

std::optional<std::string> next_code(int pipe) {
    std::size_t size = 0;
    if (!read_all(pipe, &size, sizeof size) || size > kLongestCode) return std::nullopt;
    std::string text(size, '\0');
    if (!read_all(pipe, text.data(), size)) return std::nullopt;
    return text;
}

}  // namespace

Result<void> find_codes(const GrayImage& image, const CodeSink& sink) {
    int ends[2];
    if (image.empty()) return {};
    if (::pipe(ends) != 0) return Error{ErrorCode::FileUnreadable, "no pipe can be made", "", ""};
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(ends[0]);
        ::alarm(kSeconds);
        // An abort is expected here; it must leave no core file and no word.
        ::close(STDERR_FILENO);
        ::signal(SIGABRT, [](int) { ::_exit(0); });
        search(image, ends[1]);
        ::_exit(0);
    }
    ::close(ends[1]);
    if (child < 0) {
        ::close(ends[0]);
        return Error{ErrorCode::FileUnreadable, "no process can be made", "", "try again later"};
    }
    std::set<std::string> seen;
    while (auto text = next_code(ends[0])) {
        if (seen.insert(*text).second && !sink(*text)) break;
    }
    ::close(ends[0]);
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    return {};
}

Result<void> find_codes(const std::string& bytes, const std::string& path, const CodeSink& sink) {
    std::optional<GrayImage> picture;
    Result<void> seen;
    if (bytes.starts_with("%PDF")) {
        const auto drawn =
            scanner::render_pages({path, kLabelDpi, 1, 1, false, {}}, [&](int, GrayImage image) {
                picture = std::move(image);
                return false;
            });
        if (!drawn) return drawn.error();
    } else {
        const auto loaded = scanner::load_pages(bytes, path, {}, [&](int, Result<GrayImage> image) {
            if (image) {
                picture = std::move(*image);
            } else {
                seen = image.error();
            }
            return false;
        });
        if (!loaded) return loaded.error();
    }
    if (!seen) return seen;
    return picture ? find_codes(*picture, sink) : Result<void>{};
}

}  // namespace verso::app
