// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/util/result.h"
#include "service/http/message.h"
#include "service/http/proxy_header.h"
#include "service/http/router.h"

namespace verso::service {

/// Certificate chain and key, PEM. Read again when either file changed.
struct TlsFiles {
    std::filesystem::path certificate, key;
    std::chrono::milliseconds look_every{60000};  ///< at most so often
    bool empty() const { return certificate.empty(); }
};

struct ServerLimits {
    std::size_t head_bytes = 8192;          ///< of one request's line and headers
    int connections = 20000;                ///< beyond: closed at once
    std::chrono::milliseconds idle{60000};  ///< between requests
    std::chrono::milliseconds head{10000};  ///< from a request's first byte to its last header
    /// For a body: this, and the time that its bytes take at 16 KiB a second.
    std::chrono::milliseconds body{20000};
    std::chrono::milliseconds write{30000};    ///< for a response to be taken, per 256 KiB
    std::chrono::milliseconds farewell{5000};  ///< for what is under way when the server stops
};

/// One answered request, for the access log and the counters. Holds no address, no path, no query.
struct Served {
    Method method = Method::Get;
    std::string_view pattern;  ///< of the route; empty when none was found
    int status = 0;
    std::size_t bytes = 0;  ///< of the response's body
    std::chrono::microseconds took{};
};

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  ///< 0: a free one, see Server::port
    int lanes = 1;           ///< threads that answer
    TlsFiles tls;
    TrustedPeers proxies;
    bool proxy_protocol = false;  ///< named proxies begin connections with a PROXY header
    std::filesystem::path spool;  ///< where large bodies are kept while they come
    ServerLimits limits;
};

/// What the server answers with.
struct Application {
    const Router* router = nullptr;
    /// The body of an error that the server itself finds (404, 405, 413 …). Any lane's thread.
    std::function<HttpResponse(const HttpRequest&, int status)> refuse;
    /// Called for every response before it is sent, to add what all of them carry.
    std::function<void(const HttpRequest&, HttpResponse&)> finish;
    /// Called after each. Any lane's thread, several at once.
    std::function<void(const Served&)> served;
};

/// HTTP/1.1 (RFC 9112) on one address. Handlers are called on the lanes' threads: HttpRequest::lane
/// says which, so that each may have what only one thread may use. A handler that throws is a 500.
class Server {
  public:
    /// Listens and answers from now on. FileUnreadable, FormatInvalid: certificate or key;
    /// NotAllowed, ValueInvalid: the address cannot be listened on, with the cure. Requires: what
    /// `application` names outlives the server.
    static Result<std::unique_ptr<Server>> start(ServerOptions options, Application application);
    /// Stops, as stop() does.
    ~Server();

    std::uint16_t port() const;
    /// Connections that are open.
    int connections() const;
    /// Takes no more connections, ends those at rest, waits `farewell` for those at work.
    void stop();

  private:
    struct Parts;
    explicit Server(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace verso::service
