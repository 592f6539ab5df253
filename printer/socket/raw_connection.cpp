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
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
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

/// Of the asker and the thread that asks; whoever is last takes it away.
struct LookUp {
    std::mutex mutex;
    bool is_done = false;
    std::vector<tcp::endpoint> found;
};

// Where a host is; nothing when that is not told in time, none when there is none. The machine's
// own look-up knows no time: it is left to end by itself.
std::optional<std::vector<tcp::endpoint>> look_up(const std::string& host, int port,
                                                  Clock::time_point last,
                                                  const RawConnection::Stop& stop) {
    error_code problem;
    if (const auto address = asio::ip::make_address(host, problem); !problem)
        return std::vector{tcp::endpoint(address, static_cast<unsigned short>(port))};
    const auto shared = std::make_shared<LookUp>();
    std::thread([shared, host, port] {
        asio::io_context context;
        error_code ignored;
        const auto names = tcp::resolver(context).resolve(host, std::to_string(port), ignored);
        const std::lock_guard guard(shared->mutex);
        for (const auto& name : names) shared->found.push_back(name.endpoint());
        shared->is_done = true;
    }).detach();
    while (Clock::now() < last && !(stop && stop())) {
        {
            const std::lock_guard guard(shared->mutex);
            if (shared->is_done) return shared->found;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return std::nullopt;
}

}  // namespace

struct RawConnection::Parts {
    asio::io_context context;
    tcp::socket socket{context};

    bool run_until(bool& done, Ms timeout, const Stop& stop);
    /// What is wrong, or nothing.
    std::string connect_to(const tcp::endpoint& place, Ms timeout, const Stop& stop);
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
bool RawConnection::Parts::run_until(bool& done, Ms timeout, const Stop& stop) {
    const auto last = Clock::now() + timeout;
    context.restart();
    while (!done) {
        const auto left = std::chrono::duration_cast<Ms>(last - Clock::now());
        const bool stopped = stop && stop();
        if (left < Ms{0} || stopped) break;
        context.run_one_for(std::min(kSlice, left + Ms{1}));
        if (context.stopped() && !done) context.restart();
    }
    return done;
}

Result<void> RawConnection::connect(const std::string& host, int port, Ms timeout,
                                    const Stop& stop) {
    const auto last = Clock::now() + timeout;
    close();
    const auto places = look_up(host, port, last, stop);
    if (!places) return unreachable(host, port, "its name is not answered in time");
    if (places->empty()) return unreachable(host, port, "no such name in the network");
    std::string why;
    for (std::size_t i = 0; i < places->size() && !(stop && stop()); ++i) {
        // A network that swallows one kind of address must not take all of the time.
        const auto left = std::chrono::duration_cast<Ms>(last - Clock::now());
        why = parts_->connect_to(places->at(i), left / static_cast<int>(places->size() - i), stop);
        if (why.empty()) return {};
    }
    close();
    return unreachable(host, port, why);
}

std::string RawConnection::Parts::connect_to(const tcp::endpoint& place, Ms timeout,
                                             const Stop& stop) {
    error_code ignored;
    socket.close(ignored);
    bool done = false;
    error_code problem;
    socket.async_connect(place, [&](const error_code& result) {
        done = true;
        problem = result;
    });
    if (!run_until(done, timeout, stop)) {
        socket.close(ignored);
        while (!done) context.run_one_for(kSlice);
        return "no answer in time";
    }
    if (problem) return problem.message();
    prepare(socket);
    return {};
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
        if (parts_->run_until(done, patience, stop)) continue;
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
        if (parts_->run_until(done, timeout, stop)) continue;
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
