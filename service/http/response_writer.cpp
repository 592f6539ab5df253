// SPDX-License-Identifier: Apache-2.0
#include "service/http/response_writer.h"

#include <unistd.h>

#include <atomic>
#include <ctime>

#include "service/http/request_body.h"

namespace verso::service {

namespace {

/// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 section 5.6.7), made once a second a thread.
const std::string& date_now() {
    thread_local std::time_t made_at = 0;
    thread_local std::string text;
    const std::time_t now = std::time(nullptr);
    if (now != made_at) {
        std::tm parts{};
        gmtime_r(&now, &parts);
        std::array<char, 40> room{};
        std::strftime(room.data(), room.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
        text = room.data();
        made_at = now;
    }
    return text;
}

}  // namespace

std::string format_head(const HttpResponse& response, std::uint64_t length, bool keeps) {
    std::string head;
    head.reserve(1024);
    head += "HTTP/1.1 ";
    head += std::to_string(response.status);
    head += ' ';
    head += reason_of(response.status);
    head += "\r\nDate: ";
    head += date_now();
    for (const auto& [name, value] : response.headers) {
        head += "\r\n";
        head += name;
        head += ": ";
        head += value;
    }
    if (response.status != 204 && response.status != 304) {
        head += "\r\nContent-Length: ";
        head += std::to_string(length);
    }
    head += keeps ? "\r\n\r\n" : "\r\nConnection: close\r\n\r\n";
    return head;
}

std::filesystem::path new_body_file(const std::filesystem::path& spool) {
    static std::atomic<std::uint64_t> next{0};
    return spool / ("upload-" + std::to_string(getpid()) + "-" + std::to_string(++next));
}

bool expects_continue(const HttpRequest& request) {
    return request.header("Expect").starts_with("100-");
}

}  // namespace verso::service
