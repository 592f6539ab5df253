// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fstream>

#include "service/http/net.h"
#include "service/http/server.h"

namespace verso::service {

/// How long a body of that many bytes may take: the base, and 16 KiB a second.
inline std::chrono::milliseconds time_for_body(const ServerLimits& limits, std::uint64_t bytes) {
    return limits.body + std::chrono::milliseconds(bytes / 16);
}

/// A new file in the spool for one body; its name is unique in the process.
std::filesystem::path new_body_file(const std::filesystem::path& spool);

/// Whether the client waits for a word before it sends the body (RFC 9110 section 10.1.1).
bool expects_continue(const HttpRequest& request);

namespace detail {

template <class Stream>
Task<int> body_to_file(Stream& stream, beast::flat_buffer& buffer,
                       http::request_parser<http::buffer_body>& parser,
                       const std::filesystem::path& path) {
    std::ofstream file(path, std::ios::binary);
    std::string piece(std::size_t{64} * 1024, '\0');
    while (!parser.is_done()) {
        parser.get().body().data = piece.data();
        parser.get().body().size = piece.size();
        const auto [fault, bytes] = co_await http::async_read(stream, buffer, parser, kAwait);
        static_cast<void>(bytes);
        if (fault == http::error::body_limit) co_return 413;
        if (fault && fault != http::error::need_buffer) co_return -1;
        file.write(piece.data(),
                   static_cast<std::streamsize>(piece.size() - parser.get().body().size));
        if (!file) co_return 503;
    }
    file.close();
    co_return file ? 0 : 503;
}

template <class Stream>
Task<int> body_to_memory(Stream& stream, beast::flat_buffer& buffer,
                         http::request_parser<http::string_body>& parser) {
    const auto [fault, bytes] = co_await http::async_read(stream, buffer, parser, kAwait);
    static_cast<void>(bytes);
    if (fault == http::error::body_limit) co_return 413;
    const bool is_gone = fault == http::error::end_of_stream ||
                         fault == http::error::partial_message || fault == beast::error::timeout;
    co_return !fault ? 0 : is_gone ? -1 : 400;
}

}  // namespace detail

/// Reads what comes behind a header into the request. 0: all is there; a status to refuse with: it
/// is too long or cannot be kept; -1: the client is gone, or so slow that it was cut off.
template <class Stream>
Task<int> read_body(Stream& stream, beast::flat_buffer& buffer,
                    http::request_parser<http::empty_body>& head, const Route& route,
                    const ServerOptions& options, HttpRequest& request) {
    const auto length = head.content_length();
    if (length && *length > route.most_body) co_return 413;
    if (expects_continue(request)) {
        static constexpr std::string_view kGoOn = "HTTP/1.1 100 Continue\r\n\r\n";
        co_await asio::async_write(stream, asio::buffer(kGoOn), kAwait);
    }
    auto& tcp = beast::get_lowest_layer(stream);
    tcp.expires_after(time_for_body(options.limits, length.value_or(route.most_body)));
    if (!route.body_to_file || (length && *length <= route.body_in_memory)) {
        http::request_parser<http::string_body> parser(std::move(head));
        parser.body_limit(route.most_body);
        const int status = co_await detail::body_to_memory(stream, buffer, parser);
        request.body = std::move(parser.get().body());
        co_return status;
    }
    http::request_parser<http::buffer_body> parser(std::move(head));
    parser.body_limit(route.most_body);
    request.body_file = new_body_file(options.spool);
    const int status = co_await detail::body_to_file(stream, buffer, parser, request.body_file);
    if (status != 0) {
        std::error_code ignored;
        std::filesystem::remove(request.body_file, ignored);
    }
    co_return status;
}

}  // namespace verso::service
