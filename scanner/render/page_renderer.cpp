// SPDX-License-Identifier: Apache-2.0
#include "scanner/render/page_renderer.h"

#include <fmt/format.h>

#include <cmath>

#include "scanner/render/child_output.h"
#include "scanner/render/netpbm_stream.h"

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

}  // namespace

Result<int> render_pages(const RenderJob& job, const RenderSink& sink) {
    auto child = ChildOutput::start(command_for(job));
    if (!child) return child.error();
    int delivered = 0;
    int page = job.first_page;
    if (job.odd_only && page % 2 == 0) ++page;
    for (;; page += job.odd_only ? 2 : 1) {
        auto image = next_picture(*child, job.dpi, LoadLimits{});
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
