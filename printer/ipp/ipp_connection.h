// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cups/http.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/util/result.h"
#include "printer/ipp/ipp_judgement.h"
#include "printer/ipp/ipp_values.h"
#include "printer/ipp/ipp_watchdog.h"

namespace verso::printer {

/// Where and how a printer is reached.
struct IppEndpoint {
    std::string host;  ///< or the path of a socket of this machine
    int port = 631;
    std::string resource;  ///< "/ipp/print"
    bool is_secret = false;
    std::string certificate;  ///< SHA-256 that was accepted, 64 hex digits, or empty
};

/// A document that follows a request, read from an open file as it leaves.
struct IppBody {
    int file = -1;
    std::int64_t bytes = 0;
    std::function<void()> half_way;  ///< called once; may be empty
};

/// What came of one request.
struct IppExchange {
    Result<IppAnswer> answer;
    Arrived left = Arrived::No;      ///< of the body, where there is no answer
    bool is_new_connection = false;  ///< the one before was closed meanwhile
};

/// A connection to one printer over HTTP, kept open from one request to the next. Nothing is
/// asked for twice by itself: a request whose answer is lost is lost. One thread.
class IppConnection {
  public:
    IppConnection(IppEndpoint endpoint, std::chrono::milliseconds connect_timeout,
                  std::chrono::milliseconds answer_timeout);
    ~IppConnection();
    IppConnection(const IppConnection&) = delete;
    IppConnection& operator=(const IppConnection&) = delete;

    /// Nothing to do when it is open and sound. PrinterFailed: cannot be reached, not trusted.
    Result<void> open();
    void close();
    /// Opens, sends and waits for the answer. PrinterFailed: it broke, the time was over, or what
    /// came is not IPP; the connection is closed then.
    IppExchange ask(std::string_view request);
    IppExchange ask(std::string_view request, const IppBody& body);
    /// Asked while an answer is waited for; true ends the wait as if the connection had broken.
    void set_stop(std::function<bool()> stop) { stop_ = std::move(stop); }
    /// SHA-256 of the certificate that is shown, hex; trusted or not.
    Result<std::string> shown_certificate();

  private:
    struct Close {
        void operator()(http_t* http) const { httpClose(http); }
    };

    Result<void> connect();
    Result<void> check_certificate();
    bool is_stale() const;
    bool send_head(std::string_view request, std::int64_t body);
    IppExchange send_body(const IppBody& body);
    Result<IppAnswer> receive();
    Result<std::string> receive_bytes();
    Error failure(std::string_view what) const;
    void extend();
    static int on_timeout(http_t* http, void* self);

    IppEndpoint endpoint_;
    std::chrono::milliseconds connect_timeout_, answer_timeout_;
    std::chrono::steady_clock::time_point deadline_;
    std::unique_ptr<http_t, Close> http_;
    std::function<bool()> stop_;
    IppWatchdog watchdog_;
    int opens_ = 0;        ///< connections up to now
    int broken_ = 0;       ///< that were closed between two requests, without a word before
    bool closes_ = false;  ///< after this exchange
};

}  // namespace verso::printer
