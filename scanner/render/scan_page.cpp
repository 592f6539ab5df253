// SPDX-License-Identifier: Apache-2.0
#include "scanner/render/scan_page.h"

#include <fmt/format.h>

#include <filesystem>
#include <sstream>
#include <utility>

#include "scanner/render/child_output.h"
#include "scanner/render/netpbm_stream.h"

namespace verso::scanner {

namespace {

constexpr int kDpi = 300;

/// util-linux's prlimit stands in front: a page can ask for any amount of memory and time. An
/// absolute path cannot be taken for an option.
std::vector<std::string> command_for(const std::string& pdf, int page) {
    const std::string number = std::to_string(page);
    return {"prlimit",
            "--as=1073741824",
            "--cpu=30",
            "--core=0",
            "pdftoppm",
            "-gray",
            "-r",
            std::to_string(kDpi),
            "-f",
            number,
            "-l",
            number,
            std::filesystem::absolute(pdf).string()};
}

}  // namespace

bool tells_of_faults(const std::string& complaint) {
    std::istringstream lines(complaint);
    for (std::string line; std::getline(lines, line);) {
        if (!line.empty() && line.find("Warning") == std::string::npos) return true;
    }
    return false;
}

Result<GrayImage> draw_scan_page(const std::string& pdf, int page, const std::string& where,
                                 const LoadLimits& limits) {
    auto child = ChildOutput::start(command_for(pdf, page));
    if (!child) return child.error();
    auto image = next_picture(*child, kDpi, limits);
    const int status = child->finish();
    if (!image && image.error().code == ErrorCode::LimitExceeded) return image.error().at(where);
    const std::string complaint = child->complaint();
    if (!image || status != 0 || tells_of_faults(complaint)) {
        return Error{
            ErrorCode::FormatInvalid,
            fmt::format("the page is not one image and cannot be drawn (pdftoppm ended "
                        "with {}: {})",
                        status, complaint.substr(0, complaint.find('\n'))),
            where, "scan the paper itself, or save this page as a TIFF or PNG picture of 300 dpi"};
    }
    return std::move(*image);
}

Result<int> load_or_draw_pages(std::string_view bytes, const std::string& path,
                               const LoadLimits& limits, const PageSink& sink) {
    PageHooks hooks;
    hooks.draw = [&](int page) {
        return draw_scan_page(path, page, fmt::format("{}, page {}", path, page), limits);
    };
    return load_pages(bytes, path, limits, sink, hooks);
}

}  // namespace verso::scanner
