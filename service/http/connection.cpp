// SPDX-License-Identifier: Apache-2.0
#include "service/http/connection.h"

#include <algorithm>
#include <exception>
#include <optional>

#include "service/http/request_body.h"
#include "service/http/response_writer.h"
#include "service/http/web_text.h"

namespace verso::service {

namespace {

using Clock = std::chrono::steady_clock;

Method method_of(http::verb verb) {
    switch (verb) {
        case http::verb::get:
            return Method::Get;
        case http::verb::head:
            return Method::Head;
        case http::verb::post:
            return Method::Post;
        case http::verb::put:
            return Method::Put;
        case http::verb::patch:
            return Method::Patch;
        case http::verb::delete_:
            return Method::Delete;
        case http::verb::options:
            return Method::Options;
        case http::verb::propfind:
            return Method::Propfind;
        case http::verb::mkcol:
            return Method::Mkcol;
        default:
            return Method::Other;
    }
}

TcpStream& tcp_of(TcpStream& stream) { return stream; }
TcpStream& tcp_of(TlsStream& stream) { return stream.next_layer(); }

/// Path and query of a request target (RFC 9112 section 3.2); false for what is neither in origin
/// nor in absolute form.
bool split_target(std::string_view target, HttpRequest& request) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!target.starts_with(scheme)) continue;
        target.remove_prefix(scheme.size());
        target.remove_prefix(std::min(target.find('/'), target.size()));
        if (target.empty()) target = "/";
    }
    if (!target.starts_with('/')) return false;
    const auto mark = std::min(target.find('?'), target.size());
    request.path = target.substr(0, mark);
    request.query = target.substr(std::min(mark + 1, target.size()));
    return true;
}

using Promise = std::function<void(Respond)>;

/// Starts the promise once it is awaited. A plain function: g++ 12 destroys temporaries of a
/// co_await expression twice. Requires: the promise outlives the wait.
Task<HttpResponse> await_promise(const Promise& promise, Executor executor) {
    return asio::async_initiate<const asio::use_awaitable_t<Executor>, void(HttpResponse)>(
        [executor, &promise](auto handler) {
            auto kept = std::make_shared<decltype(handler)>(std::move(handler));
            promise([executor, kept](HttpResponse response) {
                asio::post(executor, [kept, response = std::move(response)]() mutable {
                    (*kept)(std::move(response));
                });
            });
        },
        asio::use_awaitable_t<Executor>{});
}

/// The conversation over one stream, plain or TLS.
template <class Stream>
class Talk {
  public:
    Talk(Stream& stream, ServerState& server, Lane& lane, OpenConnection& open, Peer peer)
        : stream_(stream), server_(server), lane_(lane), open_(open), direct_(std::move(peer)) {}

    Task<void> run() {
        // g++ 12 makes a trap of a co_await that stands behind &&: each stands alone here.
        while (!server_.stopping) {
            const bool goes_on = co_await next_request();
            if (!goes_on) co_return;
        }
    }

    beast::flat_buffer& buffer() { return buffer_; }

  private:
    const ServerLimits& limits() const { return server_.options.limits; }

    /// Waits for a request and answers it; false when the connection is to end.
    Task<bool> next_request() {
        if (buffer_.size() == 0) {
            const bool came = co_await first_bytes();
            if (!came) co_return false;
        }
        const auto began = Clock::now();
        http::request_parser<http::empty_body> head;
        head.header_limit(static_cast<std::uint32_t>(limits().head_bytes));
        head.body_limit(boost::none);
        tcp_of(stream_).expires_after(limits().head);
        const auto [fault, bytes] =
            co_await http::async_read_header(stream_, buffer_, head, kAwait);
        static_cast<void>(bytes);
        HttpRequest request;
        request.lane = lane_.number;
        request.peer = direct_;
        if (fault) {
            const int status = status_of(fault);
            if (status != 0) {
                co_await send(request, refuse(request, status), {}, began, false);
            }
            co_return false;
        }
        co_return co_await answer(head, request, began);
    }

    Task<bool> first_bytes() {
        // What a quiet connection holds is counted in bytes: ten thousand of them wait here.
        buffer_.shrink_to_fit();
        tcp_of(stream_).expires_after(limits().idle);
        open_.at_rest = true;
        const auto [fault, bytes] = co_await stream_.async_read_some(buffer_.prepare(1024), kAwait);
        open_.at_rest = false;
        buffer_.commit(bytes);
        co_return !fault;
    }

    /// The answer to a header that cannot be used; 0: none, the client is gone.
    static int status_of(const beast::error_code& fault) {
        if (fault == http::error::header_limit || fault == http::error::buffer_overflow) return 431;
        if (fault == http::error::bad_method || fault == http::error::bad_target ||
            fault == http::error::bad_version || fault == http::error::bad_field ||
            fault == http::error::bad_value || fault == http::error::bad_line_ending ||
            fault == http::error::bad_content_length ||
            fault == http::error::bad_transfer_encoding || fault == http::error::bad_obs_fold ||
            fault == http::error::multiple_content_length) {
            return 400;
        }
        return 0;
    }

    Task<bool> answer(http::request_parser<http::empty_body>& head, HttpRequest& request,
                      Clock::time_point began) {
        const auto& message = head.get();
        request.method = method_of(message.method());
        const auto target = message.target();
        const bool is_sound = split_target({target.data(), target.size()}, request);
        for (const auto& field : message) {
            const auto name = field.name_string();
            const auto value = field.value();
            request.headers.emplace_back(std::string(name.data(), name.size()),
                                         std::string(value.data(), value.size()));
        }
        request.peer = forwarded_peer(direct_, request.headers, server_.options.proxies);
        const bool keeps = head.keep_alive() && message.version() == 11;
        if (!is_sound) {
            co_await send(request, refuse(request, 400), {}, began, false);
            co_return false;
        }
        const auto match = server_.application.router->match(request.method, request.path);
        if (match.route == nullptr) {
            // A body that nobody asked for is not read: the connection ends instead.
            const bool goes_on = keeps && head.is_done();
            co_await send(request, refuse_unmatched(request, match), {}, began, goes_on);
            co_return goes_on && !server_.stopping;
        }
        const auto& route = *match.route;
        if (route.admit && !head.is_done()) {
            auto stopped = stranger(route, request, match.values);
            if (stopped) {
                co_await send(request, std::move(*stopped), route.pattern, began, false);
                co_return false;
            }
        }
        int refused = 0;
        if (!head.is_done()) {
            refused = co_await read_body(stream_, buffer_, head, route, server_.options, request);
        }
        if (refused != 0) {
            if (refused > 0) {
                co_await send(request, refuse(request, refused), route.pattern, began, false);
            }
            co_return false;
        }
        auto response = co_await call(route, request, match.values);
        const bool is_sent =
            co_await send(request, std::move(response), route.pattern, began, keeps);
        if (!request.body_file.empty()) {
            std::error_code ignored;
            std::filesystem::remove(request.body_file, ignored);
        }
        co_return is_sent&& keeps && !server_.stopping;
    }

    /// The answer to somebody whose body is not even read; nothing: it is.
    std::optional<HttpResponse> stranger(const Route& route, const HttpRequest& request,
                                         const PathValues& values) {
        try {
            Reply reply = route.admit(request, values);
            auto* response = std::get_if<HttpResponse>(&reply);
            if (response != nullptr && response->status == 204) return std::nullopt;
            if (response != nullptr) return std::move(*response);
        } catch (const std::exception&) {
        }
        return refuse(request, 500);
    }

    /// What a handler throws ends here: the request is lost, the service is not.
    Task<HttpResponse> call(const Route& route, const HttpRequest& request,
                            const PathValues& values) {
        Reply reply = refuse(request, 500);
        try {
            reply = route.handler(request, values);
        } catch (const std::exception&) {
        }
        if (auto* ready = std::get_if<HttpResponse>(&reply)) co_return std::move(*ready);
        co_return co_await promised(std::get<Promise>(std::move(reply)));
    }

    /// Waits for a promised response, whichever thread brings it.
    Task<HttpResponse> promised(Promise promise) {
        tcp_of(stream_).expires_never();
        auto waiting = await_promise(promise, lane_.context.get_executor());
        co_return co_await std::move(waiting);
    }

    HttpResponse refuse(const HttpRequest& request, int status) {
        return server_.application.refuse(request, status);
    }

    HttpResponse refuse_unmatched(const HttpRequest& request, const RouteMatch& match) {
        std::string allowed;
        for (const Method method : match.allowed) {
            allowed += allowed.empty() ? "" : ", ";
            allowed += to_string(method);
        }
        if (allowed.empty()) return refuse(request, 404);
        if (request.method == Method::Options) {
            HttpResponse response{.status = 204, .headers = {}};
            return response.with("Allow", allowed + ", OPTIONS");
        }
        return refuse(request, 405).with("Allow", allowed);
    }

    Task<bool> send(const HttpRequest& request, HttpResponse response, std::string_view pattern,
                    Clock::time_point began, bool keeps) {
        server_.application.finish(request, response);
        const bool with_body = request.method != Method::Head;
        const auto bytes = co_await write_response(stream_, tcp_of(stream_), response, with_body,
                                                   keeps && !server_.stopping, limits().write);
        server_.application.served(
            {.method = request.method,
             .pattern = pattern,
             .status = response.status,
             .bytes = bytes.value_or(0),
             .took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - began)});
        co_return bytes.has_value();
    }

    Stream& stream_;
    ServerState& server_;
    Lane& lane_;
    OpenConnection& open_;
    Peer direct_;
    beast::flat_buffer buffer_;
};

/// Reads the PROXY header of a connection into `peer`; what came behind it stays in `buffer`.
Task<bool> take_proxy_header(TcpStream& stream, Peer& peer, beast::flat_buffer& buffer) {
    for (;;) {
        const auto bytes = buffer.data();
        const auto header =
            parse_proxy_header({static_cast<const char*>(bytes.data()), bytes.size()});
        if (!header) co_return false;
        if (header->bytes > 0) {
            if (!header->address.empty()) peer.address = header->address;
            buffer.consume(header->bytes);
            co_return true;
        }
        const auto [fault, more] = co_await stream.async_read_some(buffer.prepare(512), kAwait);
        if (fault) co_return false;
        buffer.commit(more);
    }
}

Task<void> talk_tls(TcpStream stream, ServerState& server, Lane& lane, OpenConnection& open,
                    Peer peer, asio::ssl::context& tls, beast::flat_buffer early) {
    TlsStream secure(std::move(stream), tls);
    open.stream = &secure.next_layer();
    secure.next_layer().expires_after(server.options.limits.head);
    const auto [fault, used] =
        co_await secure.async_handshake(asio::ssl::stream_base::server, early.data(), kAwait);
    static_cast<void>(used);
    if (fault) co_return;
    peer.is_secure = true;
    Talk talk(secure, server, lane, open, std::move(peer));
    co_await talk.run();
    secure.next_layer().expires_after(std::chrono::seconds(2));
    co_await secure.async_shutdown(kAwait);
}

/// Counts a connection while it lives.
class Counted {
  public:
    Counted(ServerState& server, Lane& lane, OpenConnection& open)
        : server_(server), lane_(lane), open_(open) {
        lane_.open.insert(&open_);
    }
    ~Counted() {
        lane_.open.erase(&open_);
        --server_.connections;
    }
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;

  private:
    ServerState& server_;
    Lane& lane_;
    OpenConnection& open_;
};

}  // namespace

Task<void> talk(TcpStream stream, ServerState& server, Lane& lane,
                std::shared_ptr<asio::ssl::context> tls) {
    OpenConnection open{.stream = &stream, .at_rest = false};
    const Counted counted(server, lane, open);
    beast::error_code fault;
    const auto end = stream.socket().remote_endpoint(fault);
    if (fault) co_return;
    stream.socket().set_option(asio::ip::tcp::no_delay(true), fault);
    Peer peer{.address = end.address().to_string(), .is_secure = false};
    beast::flat_buffer early;
    if (server.options.proxy_protocol && server.options.proxies.has(peer.address)) {
        stream.expires_after(server.options.limits.head);
        const bool is_sound = co_await take_proxy_header(stream, peer, early);
        if (!is_sound) co_return;
    }
    if (tls) {
        co_await talk_tls(std::move(stream), server, lane, open, std::move(peer), *tls,
                          std::move(early));
        co_return;
    }
    Talk talk(stream, server, lane, open, std::move(peer));
    talk.buffer() = std::move(early);
    co_await talk.run();
    stream.socket().shutdown(asio::ip::tcp::socket::shutdown_send, fault);
}

}  // namespace verso::service
