// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_ipp.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>

namespace verso::tests {

namespace {

std::string two_bytes(std::size_t value) {
    return {static_cast<char>(value >> 8U), static_cast<char>(value)};
}

/// RST instead of FIN: what is cut is not closed in order.
void reset(int socket) {
    const linger now{1, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

/// Headers and body of one request; empty when the client went or the end of patience came.
std::string read_request(int socket, const std::atomic<bool>& ends, std::size_t most) {
    std::string bytes;
    std::size_t whole = std::string::npos;
    std::array<char, 1U << 16U> piece{};
    while (!ends && bytes.size() < std::min(whole, most)) {
        pollfd one{socket, POLLIN, 0};
        if (::poll(&one, 1, 20) <= 0) continue;
        const ssize_t got = ::recv(socket, piece.data(), piece.size(), 0);
        if (got <= 0) return {};
        bytes.append(piece.data(), static_cast<std::size_t>(got));
        const auto head = bytes.find("\r\n\r\n");
        const auto length = bytes.find("Content-Length: ");
        if (whole == std::string::npos && head != std::string::npos && length < head)
            whole = head + 4 + std::strtoul(bytes.c_str() + length + 16, nullptr, 10);
    }
    const auto head = bytes.find("\r\n\r\n");
    return head == std::string::npos ? std::string() : bytes.substr(head + 4);
}

}  // namespace

FakeIpp::FakeIpp(Script script, std::size_t read_most)
    : script_(std::move(script)), read_most_(read_most) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    ::listen(listener_, 16);
    port_ = ntohs(address.sin_port);
    accepting_ = std::thread([this] { accept_all(); });
}

FakeIpp::~FakeIpp() {
    ends_ = true;
    accepting_.join();
    for (auto& thread : threads_) thread.join();
    ::close(listener_);
}

void FakeIpp::accept_all() {
    while (!ends_) {
        pollfd one{listener_, POLLIN, 0};
        if (::poll(&one, 1, 10) <= 0) continue;
        const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket >= 0) threads_.emplace_back([this, socket] { serve(socket); });
    }
}

void FakeIpp::serve(int socket) {
    for (bool goes_on = true; goes_on && !ends_;) {
        FakeRequest request;
        request.body = read_request(socket, ends_, read_most_);
        if (request.body.size() < 8) break;
        request.operation = (static_cast<unsigned char>(request.body[2]) << 8) |
                            static_cast<unsigned char>(request.body[3]);
        {
            const std::lock_guard lock(mutex_);
            operations_.push_back(request.operation);
            request.number = static_cast<int>(operations_.size());
        }
        goes_on = answer(socket, script_(request));
    }
    ::close(socket);
}

bool FakeIpp::pause(int ms) const {
    for (; ms > 0 && !ends_; ms -= 5)
        std::this_thread::sleep_for(std::chrono::milliseconds(std::min(ms, 5)));
    return !ends_;
}

bool FakeIpp::answer(int socket, const FakeReply& reply) {
    while (reply.is_silent && pause(20)) {
    }
    if (reply.is_silent || !pause(reply.delay_ms)) return false;
    std::string bytes = reply.raw;
    if (bytes.empty())
        bytes = "HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\nContent-Length: " +
                std::to_string(reply.ipp.size()) + "\r\n\r\n" + reply.ipp;
    if (reply.cut_after >= 0) bytes.resize(std::min<std::size_t>(bytes.size(), reply.cut_after));
    const std::size_t piece = reply.drip_ms > 0 ? 1 : bytes.size();
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        if (::send(socket, bytes.data() + at, piece, MSG_NOSIGNAL) <= 0) return false;
        if (reply.drip_ms > 0 && !pause(reply.drip_ms)) return false;
    }
    if (reply.cut_after >= 0) reset(socket);
    return reply.cut_after < 0 && !reply.closes && reply.raw.empty();
}

std::vector<int> FakeIpp::operations() const {
    const std::lock_guard lock(mutex_);
    return operations_;
}

int FakeIpp::count(int operation) const {
    const auto all = operations();
    return static_cast<int>(std::count(all.begin(), all.end(), operation));
}

std::string FakeIpp::attribute(int tag, const std::string& name, const std::string& value) {
    return std::string(1, static_cast<char>(tag)) + two_bytes(name.size()) + name +
           two_bytes(value.size()) + value;
}

std::string FakeIpp::number(int tag, const std::string& name, int value) {
    const auto bits = static_cast<std::uint32_t>(value);
    return attribute(tag, name, two_bytes(bits >> 16U) + two_bytes(bits & 0xFFFFU));
}

std::string FakeIpp::message(int status, const std::string& groups) {
    std::string bytes{2, 0};
    bytes += two_bytes(static_cast<std::size_t>(status)) + std::string("\0\0\0\1", 4) + group(1) +
             attribute(0x47, "attributes-charset", "utf-8") +
             attribute(0x48, "attributes-natural-language", "en");
    return bytes + groups + group(3);
}

}  // namespace verso::tests
