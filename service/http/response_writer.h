// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <fstream>
#include <optional>

#include "service/http/net.h"
#include "service/http/server.h"

namespace verso::service {

/// Status line and headers (RFC 9112), with Date, Content-Length and Connection.
std::string format_head(const HttpResponse& response, std::uint64_t length, bool keeps);

/// Sends a response; `tcp` is the lowest layer of `stream`. The bytes of its body, or nothing when
/// the client did not take them in time.
template <class Stream>
Task<std::optional<std::size_t>> write_response(Stream& stream, TcpStream& tcp,
                                                const HttpResponse& response, bool with_body,
                                                bool keeps, std::chrono::milliseconds patience) {
    static constexpr std::uint64_t kPiece = 256 * 1024;
    std::ifstream file;
    std::uint64_t length = response.body ? response.body->size() : 0;
    if (!response.file.empty()) {
        file.open(response.file, std::ios::binary | std::ios::ate);
        length = file ? static_cast<std::uint64_t>(file.tellg()) : 0;
        file.seekg(0);
    }
    const std::string head = format_head(response, length, keeps);
    std::array<asio::const_buffer, 2> first{asio::buffer(head), asio::const_buffer{}};
    if (with_body && response.body) first[1] = asio::buffer(*response.body);
    tcp.expires_after(patience * (1 + (response.body ? length / kPiece : 0)));
    const auto [fault, bytes] = co_await asio::async_write(stream, first, kAwait);
    static_cast<void>(bytes);
    if (fault) co_return std::nullopt;
    if (!with_body || response.file.empty()) co_return length;
    std::string piece(kPiece, '\0');
    for (std::uint64_t sent = 0; sent < length;) {
        file.read(piece.data(), static_cast<std::streamsize>(kPiece));
        const auto got = static_cast<std::size_t>(file.gcount());
        if (got == 0) co_return std::nullopt;  // it became shorter: the length we said is wrong
        tcp.expires_after(patience);
        const auto [stop, some] =
            co_await asio::async_write(stream, asio::buffer(piece.data(), got), kAwait);
        static_cast<void>(some);
        if (stop) co_return std::nullopt;
        sent += got;
    }
    co_return length;
}

}  // namespace verso::service
