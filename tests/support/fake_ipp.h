// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace verso::tests {

/// What a bad printer does with one request.
struct FakeReply {
    std::string ipp;         ///< bytes of the message; see FakeIpp::message
    int delay_ms = 0;        ///< before it answers
    int drip_ms = 0;         ///< between single bytes
    long cut_after = -1;     ///< bytes of the whole HTTP answer, then the connection is reset
    bool is_silent = false;  ///< says nothing, and keeps the connection open
    bool closes = false;     ///< after the answer
    std::string raw{};       ///< instead of an HTTP answer
};

/// One request as it came.
struct FakeRequest {
    int operation = 0;
    int number = 0;    ///< counted from 1 over all connections
    std::string body;  ///< the whole message with what follows it
};

/// A server that answers each request as a test tells it: by hand-made IPP bytes, too late, in
/// part, or not at all. A thread for each connection, ended with this object.
class FakeIpp {
  public:
    using Script = std::function<FakeReply(const FakeRequest&)>;
    /// `read_most`: bytes of a request after which no more is read.
    explicit FakeIpp(Script script, std::size_t read_most = std::size_t{1} << 30U);
    ~FakeIpp();
    FakeIpp(const FakeIpp&) = delete;
    FakeIpp& operator=(const FakeIpp&) = delete;

    int port() const { return port_; }
    std::string uri() const { return "ipp://127.0.0.1:" + std::to_string(port_) + "/ipp/print"; }
    /// Operations in the order in which they came.
    std::vector<int> operations() const;
    int count(int operation) const;

    /// A message: status, then operation attributes, then `groups`.
    static std::string message(int status, const std::string& groups = "");
    /// A delimiter: 2 job, 4 printer, 5 unsupported.
    static std::string group(int tag) { return {static_cast<char>(tag)}; }
    static std::string attribute(int tag, const std::string& name, const std::string& value);
    static std::string number(int tag, const std::string& name, int value);
    static std::string keyword(const std::string& name, const std::string& value) {
        return attribute(0x44, name, value);
    }

  private:
    void accept_all();
    void serve(int socket);
    bool answer(int socket, const FakeReply& reply);
    bool pause(int ms) const;

    Script script_;
    std::size_t read_most_;
    int listener_ = -1, port_ = 0;
    std::atomic<bool> ends_{false};
    mutable std::mutex mutex_;
    std::vector<int> operations_, sockets_;
    std::vector<std::thread> threads_;
    std::thread accepting_;
};

}  // namespace verso::tests
