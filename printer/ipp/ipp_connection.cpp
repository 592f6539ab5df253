// SPDX-License-Identifier: Apache-2.0
#include "printer/ipp/ipp_connection.h"

#include <cups/cups.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <vector>

#include "core/crypto/sha256.h"
#include "printer/ipp/ipp_answers.h"
#include "printer/ipp/ipp_certificate.h"
#include "printer/ipp/ipp_lookup.h"

namespace verso::printer {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

namespace {

constexpr double kWaitSlice = 0.1;  ///< s; how often a wait looks at the time
/// Some printers close after each answer and do not say so: then each request has a connection.
constexpr int kMostBroken = 2;
constexpr std::size_t kLongestAnswer = 4U << 20U;  ///< CUPS tells some 100 KB of 500 jobs

Error failed(std::string message, std::string_view cure) {
    return Error{ErrorCode::PrinterFailed, std::move(message), "", std::string(cure)};
}

/// The IPP status that says what an HTTP status says; 0 for one that IPP has no word for.
int ipp_status_of(http_status_t status) {
    switch (static_cast<int>(status)) {
        case 401:
            return 0x0402;  // client-error-not-authenticated
        case 403:
            return 0x0403;
        case 404:
        case 405:
            return 0x0406;
        case 408:
            return 0x0405;
        case 413:
            return 0x0408;
        default:
            return static_cast<int>(status) >= 500 && static_cast<int>(status) < 600 ? 0x0502 : 0;
    }
}

std::vector<std::string> shown_chain(http_t* http) {
    std::vector<std::string> chain;
    cups_array_t* credentials = nullptr;
    if (httpCopyCredentials(http, &credentials) != 0) return chain;
    for (auto* one = static_cast<http_credential_t*>(cupsArrayFirst(credentials)); one != nullptr;
         one = static_cast<http_credential_t*>(cupsArrayNext(credentials)))
        chain.emplace_back(static_cast<const char*>(one->data), one->datalen);
    httpFreeCredentials(credentials);
    return chain;
}

std::string fingerprint(const std::string& der) {
    Sha256 sha;
    sha.add(der);
    return sha.hex();
}

}  // namespace

IppConnection::IppConnection(IppEndpoint endpoint, milliseconds connect_timeout,
                             milliseconds answer_timeout)
    : endpoint_(std::move(endpoint)),
      connect_timeout_(connect_timeout),
      answer_timeout_(answer_timeout) {
    endpoint_.certificate = plain_fingerprint(endpoint_.certificate);
}

IppConnection::~IppConnection() { close(); }

void IppConnection::extend() {
    deadline_ = Clock::now() + answer_timeout_;
    watchdog_.watch(httpGetFd(http_.get()), deadline_);
}

/// libcups asks after each slice without a byte: 1 waits on.
int IppConnection::on_timeout(http_t* http, void* self) {
    (void)http;
    const auto& own = *static_cast<IppConnection*>(self);
    return Clock::now() < own.deadline_ && !(own.stop_ && own.stop_()) ? 1 : 0;
}

void IppConnection::close() {
    watchdog_.sleep();
    http_.reset();
}

/// Whatever can be read between two requests is the end of the connection.
bool IppConnection::is_stale() const {
    pollfd one{httpGetFd(http_.get()), POLLIN, 0};
    return one.fd < 0 || ::poll(&one, 1, 0) != 0;
}

Result<void> IppConnection::open() {
    if (http_ && !is_stale()) return {};
    close();
    ++opens_;
    auto connected = connect();
    if (connected && endpoint_.is_secret) connected = check_certificate();
    if (!connected) close();
    return connected;
}

Result<void> IppConnection::connect() {
    const auto encryption = endpoint_.is_secret ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_NEVER;
    const auto addresses = look_up(endpoint_.host, endpoint_.port, connect_timeout_);
    if (!addresses)
        return failed(fmt::format("the host \"{}\" is not known", endpoint_.host),
                      "look at the name in the printer's address, or write its IP address");
    // The addresses are copied; no time means: not connected yet.
    http_.reset(httpConnect2(endpoint_.host.c_str(), endpoint_.port, addresses.get(), AF_UNSPEC,
                             encryption, 1, 0, nullptr));
    if (!http_) return failed("no connection can be made", "look at the machine's memory");
    deadline_ = Clock::now() + connect_timeout_;
    httpSetTimeout(http_.get(), kWaitSlice, on_timeout, this);
    int cancel = 0;
    if (httpReconnect2(http_.get(), static_cast<int>(connect_timeout_.count()), &cancel) != 0) {
        const auto* why = cupsLastErrorString();
        return failed(fmt::format("the printer cannot be reached at {}:{}: {}", endpoint_.host,
                                  endpoint_.port, why == nullptr ? "no answer" : why),
                      endpoint_.is_secret
                          ? "look whether it is switched on, at the cable and the address; does it "
                            "speak TLS there? else write ipp://"
                          : "look whether it is switched on, at the cable and the address");
    }
    return {};
}

Result<void> IppConnection::check_certificate() {
    const auto chain = shown_chain(http_.get());
    if (chain.empty())
        return failed("the printer showed no certificate",
                      "mend its TLS settings, or write ipp://");
    const auto shown = fingerprint(chain.front());
    if (!endpoint_.certificate.empty() && shown == endpoint_.certificate) return {};
    if (endpoint_.certificate.empty() && is_vouched_for(chain, endpoint_.host)) return {};
    if (endpoint_.certificate.empty())
        return failed(
            fmt::format("nobody vouches for the printer's certificate; its SHA-256 is {}", shown),
            fmt::format("compare it with what the printer's panel shows, then accept it: "
                        "verso printer add … --accept-certificate {}",
                        shown));
    return failed(fmt::format("the printer shows another certificate than the one that was "
                              "accepted; its SHA-256 is {}",
                              shown),
                  fmt::format("find out why it has a new one, or who answers in its place; then "
                              "remove the printer and add it again with --accept-certificate {}",
                              shown));
}

Result<std::string> IppConnection::shown_certificate() {
    close();
    auto reached = connect();
    const auto chain = reached ? shown_chain(http_.get()) : std::vector<std::string>();
    close();
    if (!reached) return reached.error();
    if (chain.empty()) return failed("the printer showed no certificate", "write ipp://");
    return fingerprint(chain.front());
}

IppExchange IppConnection::ask(std::string_view request) { return ask(request, IppBody{}); }

IppExchange IppConnection::ask(std::string_view request, const IppBody& body) {
    const int opened_before = opens_;
    if (auto opened = open(); !opened) return {opened.error(), Arrived::No, true};
    const bool is_new = opens_ != opened_before;
    extend();
    closes_ = false;
    IppExchange exchange{IppAnswer{}, Arrived::No};
    if (!send_head(request, body.bytes)) {
        exchange.answer = failure("while it was asked");
    } else if (body.bytes > 0) {
        exchange = send_body(body);
    } else {
        exchange.answer = receive();
    }
    if (!exchange.answer && !is_new && Clock::now() < deadline_) ++broken_;
    const bool is_last =
        closes_ || !http_ || broken_ >= kMostBroken ||
        std::string_view(httpGetField(http_.get(), HTTP_FIELD_CONNECTION)).find("lose") !=
            std::string_view::npos;
    watchdog_.sleep();
    if (!exchange.answer || is_last) close();
    exchange.is_new_connection = is_new;
    return exchange;
}

bool IppConnection::send_head(std::string_view request, std::int64_t body) {
    http_t* http = http_.get();
    httpClearFields(http);
    httpSetField(http, HTTP_FIELD_CONTENT_TYPE, "application/ipp");
    httpSetField(http, HTTP_FIELD_ACCEPT_ENCODING, "identity");
    const bool is_ipv6 = endpoint_.host.find(':') != std::string::npos;
    const std::string host = endpoint_.host.starts_with('/') ? std::string("localhost")
                             : is_ipv6 ? fmt::format("[{}]:{}", endpoint_.host, endpoint_.port)
                                       : fmt::format("{}:{}", endpoint_.host, endpoint_.port);
    httpSetField(http, HTTP_FIELD_HOST, host.c_str());
    httpSetLength(http, request.size() + static_cast<std::size_t>(body));
    if (httpPost(http, endpoint_.resource.c_str()) != 0) return false;
    if (httpWrite2(http, request.data(), request.size()) != static_cast<ssize_t>(request.size()))
        return false;
    return httpFlushWrite(http) >= 0;
}

/// The document in pieces; an answer that comes before its end is a refusal, and is read.
IppExchange IppConnection::send_body(const IppBody& body) {
    http_t* http = http_.get();
    std::array<char, 1U << 16U> piece{};
    std::int64_t sent = 0;
    while (sent < body.bytes) {
        const auto want = std::min<std::int64_t>(piece.size(), body.bytes - sent);
        const ssize_t got = ::pread(body.file, piece.data(), static_cast<std::size_t>(want), sent);
        if (got < 0 && errno == EINTR) continue;
        const auto left = sent == 0 ? Arrived::No : Arrived::Partly;
        if (got <= 0) {
            closes_ = true;
            return {Error{ErrorCode::FileUnreadable,
                          "the document became shorter while it was sent", "", "print it again"},
                    left};
        }
        extend();
        const bool is_taken =
            httpWrite2(http, piece.data(), static_cast<std::size_t>(got)) == got &&
            httpFlushWrite(http) >= 0;
        const bool has_spoken = httpWait(http, 0) != 0;
        if (!is_taken || (has_spoken && sent + got < body.bytes)) {
            auto early = receive();
            const bool is_refusal = early && refusal_of(early->status) != Refusal::None;
            closes_ = true;
            if (is_refusal) return {std::move(early), Arrived::Partly};
            // All may have left all the same, if this was the last piece.
            return {failure("while the document was sent"),
                    sent + got < body.bytes ? Arrived::Partly : Arrived::Maybe};
        }
        const bool is_half = sent < body.bytes / 2 && sent + got >= body.bytes / 2;
        sent += got;
        if (is_half && body.half_way) body.half_way();
    }
    extend();
    return {receive(), Arrived::Maybe};
}

Result<IppAnswer> IppConnection::receive() {
    http_status_t status = HTTP_STATUS_CONTINUE;
    while (status == HTTP_STATUS_CONTINUE) status = httpUpdate(http_.get());
    if (status == HTTP_STATUS_ERROR) return failure("before it answered");
    if (const int refused = ipp_status_of(status); refused != 0) {
        IppAnswer answer;
        answer.status = refused;
        answer.message = fmt::format("HTTP {}", static_cast<int>(status));
        closes_ = true;  // its body is not read
        return answer;
    }
    if (status == HTTP_STATUS_UPGRADE_REQUIRED)
        return failed("the printer answers only over TLS", "write ipps:// in its address");
    const std::string_view type = httpGetField(http_.get(), HTTP_FIELD_CONTENT_TYPE);
    const auto strange = failed(
        "what answers there does not speak IPP: it may be a web page or "
        "another service",
        "mend the port and path of the printer's address: most have port "
        "631 and /ipp/print");
    if (status != HTTP_STATUS_OK || !type.starts_with("application/ipp")) return strange;
    auto bytes = receive_bytes();
    if (!bytes) return bytes.error();
    auto answer = parse_ipp_answer(*bytes);
    if (!answer)
        return failed("the printer's answer is no sound IPP message",
                      "is its firmware of today? A queue of CUPS (cups:QUEUE) may do better");
    return *std::move(answer);
}

Result<std::string> IppConnection::receive_bytes() {
    std::string bytes;
    std::array<char, 1U << 14U> piece{};
    for (;;) {
        const ssize_t got = httpRead2(http_.get(), piece.data(), piece.size());
        if (got < 0) return failure("in the middle of its answer");
        if (got == 0) return bytes;
        bytes.append(piece.data(), static_cast<std::size_t>(got));
        if (bytes.size() > kLongestAnswer)
            return failed("the printer's answer has no end", "look whether it is a printer");
        if (Clock::now() >= deadline_)
            return failed("the printer's answer takes too long", "look at the network");
        if (httpGetState(http_.get()) == HTTP_STATE_WAITING) return bytes;
    }
}

Error IppConnection::failure(std::string_view what) const {
    if (Clock::now() >= deadline_)
        return failed(fmt::format("the printer said nothing for {} s {}",
                                  static_cast<double>(answer_timeout_.count()) / 1000, what),
                      "look whether it is switched on, and whether this is its address: most have "
                      "port 631");
    const int code = http_ ? httpError(http_.get()) : 0;
    return failed(
        fmt::format("the connection to the printer broke {}{}", what,
                    code == 0 ? std::string() : ": " + std::generic_category().message(code)),
        "look at the cable, and whether the printer was switched off");
}

}  // namespace verso::printer
