// SPDX-License-Identifier: Apache-2.0
#include "scanner/render/page_renderer.h"

#include <fmt/format.h>

#include <cmath>
#include <optional>

#include "scanner/render/child_output.h"

namespace verso::scanner {

namespace {

std::vector<std::string> command_for(const RenderJob& job) {
    std::vector<std::string> command{
        "pdftoppm", "-gray", "-r", std::to_string(job.dpi), "-f", std::to_string(job.first_page)};
    if (job.last_page > 0) command.insert(command.end(), {"-l", std::to_string(job.last_page)});
    if (job.odd_only) command.push_back("-o");
    if (job.crop.w > Mm{0}) {
        const auto pixels = [&](Mm length) {
            return std::to_string(std::lround(length.value * job.dpi / kMmPerInch));
        };
        command.insert(command.end(), {"-x", pixels(job.crop.x), "-y", pixels(job.crop.y), "-W",
                                       pixels(job.crop.w), "-H", pixels(job.crop.h)});
    }
    command.push_back(job.pdf);
    return command;
}

/// One number of a PGM header and the white space behind it.
std::optional<int> header_number(ChildOutput& child) {
    int value = 0;
    char c = 0;
    for (int digits = 0; digits < 8; ++digits) {
        if (child.read(&c, 1) != 1) return std::nullopt;
        if (c < '0' || c > '9') return digits > 0 ? std::optional<int>(value) : std::nullopt;
        value = value * 10 + (c - '0');
    }
    return std::nullopt;
}

/// The next picture of the stream (Netpbm P5, maxval 255), nothing at its end.
std::optional<GrayImage> next_picture(ChildOutput& child, int dpi) {
    char magic[3];
    if (child.read(magic, 3) != 3 || magic[0] != 'P' || magic[1] != '5') return std::nullopt;
    const auto width = header_number(child), height = header_number(child),
               top = header_number(child);
    if (!width || !height || !top || *top != 255) return std::nullopt;
    GrayImage image{*width, *height, double(dpi), {}};
    image.pixels.resize(std::size_t(*width) * std::size_t(*height));
    if (child.read(image.pixels.data(), image.pixels.size()) != image.pixels.size())
        return std::nullopt;
    return image;
}

}  // namespace

Result<int> render_pages(const RenderJob& job, const RenderSink& sink) {
    auto child = ChildOutput::start(command_for(job));
    if (!child) return child.error();
    int delivered = 0;
    int page = job.first_page;
    if (job.odd_only && page % 2 == 0) ++page;
    for (;; page += job.odd_only ? 2 : 1) {
        auto image = next_picture(*child, job.dpi);
        if (!image) break;
        ++delivered;
        if (!sink(page, std::move(*image))) return delivered;
    }
    if (const int status = child->finish(); status != 0) {
        return Error{ErrorCode::FileUnreadable,
                     fmt::format("cannot be rendered (pdftoppm ended with {}): {}", status,
                                 child->complaint()),
                     job.pdf, ""};
    }
    return delivered;
}

}  // namespace verso::scanner
