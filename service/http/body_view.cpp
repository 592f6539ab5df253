// SPDX-License-Identifier: Apache-2.0
#include "service/http/body_view.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace verso::service {

Result<BodyView> BodyView::of(const HttpRequest& request) {
    BodyView view;
    if (request.body_file.empty()) {
        view.bytes_ = request.body;
        return view;
    }
    const Error failed{ErrorCode::FileUnreadable, "the body cannot be read",
                       request.body_file.string(), ""};
    std::error_code unknown;
    const std::size_t size = std::filesystem::file_size(request.body_file, unknown);
    if (unknown) return failed;
    if (size == 0) return view;
    const int descriptor = ::open(request.body_file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return failed;
    void* bytes = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    ::close(descriptor);
    if (bytes == MAP_FAILED) return failed;
    view.mapped_ =
        std::shared_ptr<const void>(bytes, [bytes, size](const void*) { ::munmap(bytes, size); });
    view.bytes_ = std::string_view(static_cast<const char*>(bytes), size);
    return view;
}

std::string first_fields(const HttpRequest& request) {
    constexpr std::size_t kMost = std::size_t{64} * 1024;
    if (request.body_file.empty()) return "";
    std::ifstream file(request.body_file, std::ios::binary);
    std::string head(kMost, '\0');
    file.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(file.gcount()));
    // Browsers begin with the boundary; what stands before its last place here is whole.
    const auto line = head.find("\r\n");
    if (line == std::string::npos || !head.starts_with("--")) return "";
    const std::string boundary = "\r\n" + head.substr(0, line);
    const auto last = head.rfind(boundary);
    if (last == std::string::npos) return "";
    return head.substr(0, last) + boundary + "--";
}

}  // namespace verso::service
