// SPDX-License-Identifier: Apache-2.0
#include "printer/socket/raw_connection.h"

#include <netinet/tcp.h>
#include <sys/ioctl.h>

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <optional>
#include <utility>
#include <vector>

namespace verso::printer {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kSlice{50};

Error unreachable(const std::string& host, int port, const std::string& why) {
    return {ErrorCode::PrinterFailed, "cannot be reached: " + why,
            host + ":" + std::to_string(port),
            "is the printer switched on and in the network? is the address right?"};
}

// Small questions leave at once, a peer that vanished is noticed within half a minute of silence,
// and what has not left when we end does not leave later.
void prepare(tcp::socket& socket) {
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    socket.set_option(asio::socket_base::keep_alive(true), ignored);
    const int idle = 10, between = 5, times = 4;
    const int fd = socket.native_handle();
    ::setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof idle);
    ::setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &between, sizeof between);
    ::setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &times, sizeof times);
    socket.set_option(asio::socket_base::linger(true, 0), ignored);
    socket.non_blocking(true, ignored);
}

}  // namespace

struct RawConnection::Parts {
    asio::io_context context;
    tcp::socket socket{context};
};

RawConnection::RawConnection() : parts_(std::make_unique<Parts>()) {}
RawConnection::~RawConnection() { close(); }

bool RawConnection::is_open() const { return parts_->socket.is_open(); }

void RawConnection::close() {
    error_code ignored;
    parts_->socket.close(ignored);
}

void RawConnection::close_in_order() {
    error_code ignored;
    parts_->socket.set_option(asio::socket_base::linger(false, 0), ignored);
    close();
}

// Runs what was begun until it is done; otherwise it is cancelled and has ended all the same.
bool RawConnection::run_until(bool& done, Ms timeout, const Stop& stop) {
    const auto last = Clock::now() + timeout;
    parts_->context.restart();
    while (!done) {
        const auto left = std::chrono::duration_cast<Ms>(last - Clock::now());
        const bool stopped = stop && stop();
        if (left < Ms{0} || stopped) break;
        parts_->context.run_one_for(std::min(kSlice, left + Ms{1}));
        if (parts_->context.stopped() && !done) parts_->context.restart();
    }
    return done;
}

Result<void> RawConnection::connect(const std::string& host, int port, Ms timeout,
                                    const Stop& stop) {
    // A name that is still being looked up holds its context; a new one begins afresh.
    parts_ = std::make_unique<Parts>();
    const auto last = Clock::now() + timeout;
    std::vector<tcp::endpoint> places;
    error_code problem;
    if (const auto address = asio::ip::make_address(host, problem); !problem) {
        places.emplace_back(address, static_cast<unsigned short>(port));
    } else {
        bool found = false;
        tcp::resolver resolver(parts_->context);
        resolver.async_resolve(host, std::to_string(port),
                               [&](const error_code& result, const auto& names) {
                                   found = true;
                                   problem = result;
                                   for (const auto& name : names) places.push_back(name.endpoint());
                               });
        if (!run_until(found, timeout, stop)) {
            resolver.cancel();
            parts_ = std::make_unique<Parts>();
            return unreachable(host, port, "its name is not answered in time");
        }
        if (problem) return unreachable(host, port, "no such name in the network");
    }
    std::string why = "no answer in time";
    for (const tcp::endpoint& place : places) {
        bool done = false;
        error_code ignored;
        parts_->socket.close(ignored);
        parts_->socket.async_connect(place, [&](const error_code& result) {
            done = true;
            problem = result;
        });
        const auto left = std::chrono::duration_cast<Ms>(last - Clock::now());
        if (!run_until(done, left, stop)) {
            parts_->socket.close(ignored);
            while (!done) parts_->context.run_one_for(kSlice);
            problem = asio::error::timed_out;
            if (stop && stop()) break;
            continue;
        }
        if (!problem) {
            prepare(parts_->socket);
            return {};
        }
        why = problem.message();
    }
    close();
    return unreachable(host, port, why);
}

RawConnection::Written RawConnection::write(std::string_view bytes, Ms patience, const Stop& stop) {
    Written out;
    while (out.bytes < bytes.size()) {
        error_code problem;
        const auto rest = bytes.substr(out.bytes);
        out.bytes += parts_->socket.write_some(asio::buffer(rest.data(), rest.size()), problem);
        if (!problem) continue;
        if (problem != asio::error::would_block && problem != asio::error::interrupted)
            return {End::Lost, out.bytes, problem.message()};
        bool done = false;
        parts_->socket.async_wait(tcp::socket::wait_write, [&](const error_code&) { done = true; });
        if (run_until(done, patience, stop)) continue;
        error_code ignored;
        parts_->socket.cancel(ignored);
        while (!done) parts_->context.run_one_for(kSlice);
        out.end = stop && stop() ? End::Stopped : End::TimedOut;
        return out;
    }
    return out;
}

RawConnection::Heard RawConnection::read(Ms timeout, const Stop& stop) {
    std::array<char, 4096> piece{};
    for (bool waited = false;; waited = true) {
        error_code problem;
        const auto got = parts_->socket.read_some(asio::buffer(piece), problem);
        if (!problem) return {End::Done, {piece.data(), got}, {}};
        if (problem == asio::error::eof) return {End::Lost, {}, {}};
        if (problem != asio::error::would_block && problem != asio::error::interrupted)
            return {End::Lost, {}, problem.message()};
        if (waited || timeout <= Ms{0}) return {End::TimedOut, {}, {}};
        bool done = false;
        parts_->socket.async_wait(tcp::socket::wait_read, [&](const error_code&) { done = true; });
        if (run_until(done, timeout, stop)) continue;
        error_code ignored;
        parts_->socket.cancel(ignored);
        while (!done) parts_->context.run_one_for(kSlice);
        if (stop && stop()) return {End::Stopped, {}, {}};
    }
}

Result<void> RawConnection::finish_writing() {
    error_code problem;
    parts_->socket.shutdown(tcp::socket::shutdown_send, problem);
    if (problem)
        return Error{ErrorCode::PrinterFailed, "the connection was lost: " + problem.message(), "",
                     ""};
    return {};
}

int RawConnection::unacknowledged() const {
    int bytes = 0;
    if (!is_open() || ::ioctl(parts_->socket.native_handle(), TIOCOUTQ, &bytes) != 0) return -1;
    return bytes;
}

}  // namespace verso::printer
