// SPDX-License-Identifier: Apache-2.0
#include "service/http/server.h"

#include <deque>
#include <thread>
#include <vector>

#include "service/http/connection.h"
#include "service/http/net.h"
#include "service/http/tls_context.h"

namespace verso::service {

struct Server::Parts {
    ServerState state;
    std::deque<Lane> lanes;
    std::vector<std::thread> threads;
    std::unique_ptr<TlsSource> tls;
    std::unique_ptr<asio::basic_socket_acceptor<asio::ip::tcp, Executor>> acceptor;
    std::uint16_t port = 0;

    Result<void> listen();
    Task<void> accept();
    void run();
    void stop();
};

namespace {

Error cannot_listen(const ServerOptions& options, const std::string& why) {
    return {ErrorCode::NotAllowed,
            "cannot listen on " + options.address + ":" + std::to_string(options.port) + ": " + why,
            "", "choose another address or port with --listen ADDRESS:PORT"};
}

/// A connection's handler must not take the server with it.
void end_quietly(std::exception_ptr thrown) { static_cast<void>(thrown); }

}  // namespace

Result<void> Server::Parts::listen() {
    const auto& options = state.options;
    beast::error_code fault;
    const auto address = asio::ip::make_address(options.address, fault);
    if (fault) {
        return Error{ErrorCode::ValueInvalid, "\"" + options.address + "\" is not an IP address",
                     "", "write --listen 127.0.0.1:8080, or 0.0.0.0:8080 for the whole network"};
    }
    const asio::ip::tcp::endpoint end(address, options.port);
    acceptor = std::make_unique<asio::basic_socket_acceptor<asio::ip::tcp, Executor>>(
        lanes.front().context);
    acceptor->open(end.protocol(), fault);
    if (!fault) acceptor->set_option(asio::socket_base::reuse_address(true), fault);
    if (!fault) acceptor->bind(end, fault);
    if (!fault) acceptor->listen(4096, fault);
    if (fault) return cannot_listen(options, fault.message());
    port = acceptor->local_endpoint().port();
    return {};
}

Task<void> Server::Parts::accept() {
    // Connections go round: the kernel's own sharing gives one lane far more than another.
    for (std::size_t turn = 0;; turn = (turn + 1) % lanes.size()) {
        Lane& lane = lanes[turn];
        asio::basic_stream_socket<asio::ip::tcp, Executor> socket(lane.context);
        const auto [fault] = co_await acceptor->async_accept(socket, kAwait);
        if (state.stopping || fault == asio::error::operation_aborted) co_return;
        if (fault) {
            // Out of file descriptors, mostly: some will be free again soon.
            asio::basic_waitable_timer<std::chrono::steady_clock,
                                       asio::wait_traits<std::chrono::steady_clock>, Executor>
                pause(lanes.front().context, std::chrono::milliseconds(50));
            co_await pause.async_wait(kAwait);
            continue;
        }
        if (++state.connections > state.options.limits.connections) {
            --state.connections;
            continue;
        }
        auto context = tls ? tls->current() : nullptr;
        asio::post(lane.context, [this, &lane, context, socket = std::move(socket)]() mutable {
            asio::co_spawn(lane.context,
                           talk(TcpStream(std::move(socket)), state, lane, std::move(context)),
                           end_quietly);
        });
    }
}

void Server::Parts::run() {
    asio::co_spawn(lanes.front().context, accept(), end_quietly);
    for (auto& lane : lanes) {
        threads.emplace_back([&lane] {
            const auto guard = asio::make_work_guard(lane.context);
            lane.context.run();
        });
    }
}

void Server::Parts::stop() {
    if (state.stopping.exchange(true)) return;
    asio::post(lanes.front().context, [this] { acceptor->close(); });
    for (auto& lane : lanes) {
        asio::post(lane.context, [&lane] {
            for (auto* open : lane.open) {
                if (open->at_rest) open->stream->close();
            }
        });
    }
    const auto until = std::chrono::steady_clock::now() + state.options.limits.farewell;
    while (state.connections > 0 && std::chrono::steady_clock::now() < until) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    for (auto& lane : lanes) lane.context.stop();
    for (auto& thread : threads) thread.join();
}

Result<std::unique_ptr<Server>> Server::start(ServerOptions options, Application application) {
    auto parts = std::make_unique<Parts>();
    parts->state.options = std::move(options);
    parts->state.application = std::move(application);
    for (int number = 0; number < std::max(1, parts->state.options.lanes); ++number) {
        parts->lanes.emplace_back().number = number;
    }
    if (!parts->state.options.tls.empty()) {
        auto tls = TlsSource::open(parts->state.options.tls);
        if (!tls) return tls.error();
        parts->tls = *std::move(tls);
    }
    if (auto listening = parts->listen(); !listening) return listening.error();
    parts->run();
    return std::unique_ptr<Server>(new Server(std::move(parts)));
}

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Server::~Server() { stop(); }
std::uint16_t Server::port() const { return parts_->port; }
int Server::connections() const { return parts_->state.connections; }
void Server::stop() { parts_->stop(); }

}  // namespace verso::service
