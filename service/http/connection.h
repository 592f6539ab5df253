// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <memory>
#include <unordered_set>

#include "service/http/net.h"
#include "service/http/server.h"

namespace verso::service {

/// What all connections of one server share.
struct ServerState {
    ServerOptions options;
    Application application;
    std::atomic<int> connections{0};
    std::atomic<bool> stopping{false};
};

/// A connection as its lane sees it; of that lane's thread alone.
struct OpenConnection {
    TcpStream* stream = nullptr;
    bool at_rest = false;  ///< waits for a request: may be closed without harm
};

/// One of the server's threads: its connections live and die on it.
struct Lane {
    int number = 0;
    asio::io_context context{1};
    std::unordered_set<OpenConnection*> open;
};

/// Talks with one client until either has enough. `tls` null: in plain text.
Task<void> talk(TcpStream stream, ServerState& server, Lane& lane,
                std::shared_ptr<asio::ssl::context> tls);

}  // namespace verso::service
