// SPDX-License-Identifier: Apache-2.0
#include "printer/ipp/ipp_device.h"

#include <cups/cups.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <ctime>
#include <thread>

#include "printer/device/document_file.h"
#include "printer/ipp/ipp_connection.h"
#include "printer/ipp/ipp_machine.h"
#include "printer/ipp/ipp_requests.h"

namespace verso::printer {

namespace {

using std::chrono::milliseconds;
using Kind = IppAction::Kind;

constexpr int kVersionNotSupported = 0x0503;
constexpr milliseconds kStopSlice{50};  ///< how soon a wait sees that it shall end

/// A queue's name as part of an address (RFC 3986, 2.1).
std::string escaped(const std::string& text) {
    std::string out;
    for (const char letter : text) {
        const bool is_plain =
            (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
            (letter >= '0' && letter <= '9') || letter == '-' || letter == '_' || letter == '.';
        out += is_plain ? std::string(1, letter)
                        : fmt::format("%{:02X}", static_cast<unsigned char>(letter));
    }
    return out;
}

/// HOST, HOST:PORT, [IPv6]:PORT or the path of a socket.
void set_server(IppEndpoint& endpoint, std::string server) {
    if (server.starts_with('/')) {
        endpoint.host = server;
        return;
    }
    if (server.starts_with('[')) {
        const auto end = std::min(server.find(']'), server.size());
        endpoint.host = server.substr(1, end - 1);
        server = end < server.size() ? server.substr(end + 1) : "";
    } else {
        endpoint.host = server.substr(0, server.find(':'));
        server = server.substr(endpoint.host.size());
    }
    if (server.size() > 1)
        std::from_chars(server.data() + 1, server.data() + server.size(), endpoint.port);
}

IppEndpoint endpoint_of(const DeviceUri& uri, const DeviceOptions& options) {
    IppEndpoint endpoint;
    endpoint.certificate = options.certificate;
    if (uri.kind != DeviceKind::Cups) {
        endpoint.host = uri.host;
        endpoint.port = uri.port;
        endpoint.resource = uri.resource;
        endpoint.is_secret = uri.kind == DeviceKind::Ipps;
        return endpoint;
    }
    endpoint.resource = "/printers/" + escaped(uri.target);
    const auto server = uri.options.find("server");
    if (server != uri.options.end()) {
        set_server(endpoint, server->second);
    } else {  // $CUPS_SERVER, client.conf, the machine's own socket, localhost
        endpoint.host = cupsServer();
        endpoint.port = ippPort();
    }
    return endpoint;
}

IppAddressee addressee_of(const IppEndpoint& endpoint) {
    const bool is_local = endpoint.host.starts_with('/');
    const bool is_ipv6 = !is_local && endpoint.host.find(':') != std::string::npos;
    const auto host = is_local  ? std::string("localhost")
                      : is_ipv6 ? fmt::format("[{}]", endpoint.host)
                                : endpoint.host;
    return {fmt::format("{}://{}:{}{}", endpoint.is_secret ? "ipps" : "ipp", host, endpoint.port,
                        endpoint.resource),
            20};
}

IppMoment moment() {
    return {std::chrono::duration_cast<milliseconds>(
                std::chrono::steady_clock::now().time_since_epoch()),
            static_cast<std::int64_t>(std::time(nullptr))};
}

/// The document while it is handed over.
class OpenFile {
  public:
    explicit OpenFile(const std::string& path)
        : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    ~OpenFile() {
        if (file_ >= 0) ::close(file_);
    }
    int get() const { return file_; }

  private:
    int file_;
};

class IppDevice : public Device {
  public:
    IppDevice(const DeviceUri& uri, const DeviceOptions& options)
        : uri_(uri.text),
          options_(options),
          endpoint_(endpoint_of(uri, options)),
          addressee_(addressee_of(endpoint_)),
          connection_(endpoint_, options.connect_timeout, options.answer_timeout) {
        // CUPS says 0 of what its filters do not count.
        if (uri.kind == DeviceKind::Cups) memory_.counting = Counting::SaysZero;
    }

    Result<DeviceState> state() override {
        auto answer = ask_printer(true);
        if (!answer) return answer.error();
        return device_state(answer->printer);
    }

    Result<Capabilities> capabilities() override {
        auto answer = ask_printer(false);
        if (!answer) return answer.error();
        return std::move(answer->printer.capabilities);
    }

    Outcome hand_over(const Document& document, const HandOver& known,
                      HandOverNotes& notes) override;

  private:
    Result<IppAnswer> ask_printer(bool state_only);
    IppExchange ask_printer_exchange(bool state_only);
    IppExchange exchange(const IppMachine& machine, const IppAction& action,
                         const Document& document, const IppBody& body);
    IppEvent perform(const IppMachine& machine, const IppAction& action, const Document& document,
                     const IppBody& body, HandOverNotes& notes);

    std::string uri_;
    DeviceOptions options_;
    IppEndpoint endpoint_;
    IppAddressee addressee_;
    IppConnection connection_;
    IppMemory memory_;
};

/// Printers that know only IPP/1.1 say so to the first question.
IppExchange IppDevice::ask_printer_exchange(bool state_only) {
    auto exchange = connection_.ask(ask_printer_request(addressee_, state_only));
    if (exchange.answer && exchange.answer->status == kVersionNotSupported &&
        addressee_.version != 11) {
        addressee_.version = 11;
        exchange = connection_.ask(ask_printer_request(addressee_, state_only));
    }
    return exchange;
}

Result<IppAnswer> IppDevice::ask_printer(bool state_only) {
    auto exchange = ask_printer_exchange(state_only);
    if (!exchange.answer) return exchange.answer.error().at(uri_);
    if (refusal_of(exchange.answer->status) != Refusal::None)
        return refusal_error(*exchange.answer, "a question for its state").at(uri_);
    return std::move(exchange.answer);
}

IppExchange IppDevice::exchange(const IppMachine& machine, const IppAction& action,
                                const Document& document, const IppBody& body) {
    switch (action.kind) {
        case Kind::AskPrinter:
            return ask_printer_exchange(false);
        case Kind::ListActive:
        case Kind::ListFinished:
            return connection_.ask(
                list_jobs_request(addressee_, action.kind == Kind::ListFinished));
        case Kind::CreateJob:
            return connection_.ask(create_job_request(addressee_, document.name, machine.choice(),
                                                      machine.has_scaling_none()));
        case Kind::SendDocument:
            return connection_.ask(send_document_request(addressee_, action.job, document.name,
                                                         machine.choice().format),
                                   body);
        case Kind::CancelJob:
            return connection_.ask(cancel_job_request(addressee_, action.job));
        default:
            return connection_.ask(ask_job_request(addressee_, action.job));
    }
}

/// In slices, so that it ends soon when it shall.
void wait_for(milliseconds wait, const IppMachine& machine, HandOverNotes& notes) {
    while (wait > milliseconds(0)) {
        const auto slice = std::min(wait, kStopSlice);
        std::this_thread::sleep_for(slice);
        wait -= slice;
        if (machine.can_stop() && wait > milliseconds(0) && notes.stop_asked()) return;
    }
}

IppEvent IppDevice::perform(const IppMachine& machine, const IppAction& action,
                            const Document& document, const IppBody& body, HandOverNotes& notes) {
    IppEvent event;
    event.kind = IppEvent::Kind::Finished;
    switch (action.kind) {
        case Kind::Connect:
            if (auto opened = connection_.open(); !opened) {
                event.kind = IppEvent::Kind::Unreachable;
                event.error = opened.error();
            }
            break;
        case Kind::Keep:
            if (!notes.keep(action.keep)) event.kind = IppEvent::Kind::KeepFailed;
            break;
        case Kind::Wait:
            wait_for(action.wait, machine, notes);
            break;
        default: {
            connection_.set_stop([&] { return machine.can_stop() && notes.stop_asked(); });
            auto done = exchange(machine, action, document, body);
            event.kind = done.answer ? IppEvent::Kind::Answer : IppEvent::Kind::Lost;
            connection_.set_stop({});
            event.left = done.left;
            event.is_new_connection = done.is_new_connection;
            if (done.answer)
                event.answer = *std::move(done.answer);
            else
                event.error = done.answer.error();
        }
    }
    event.now = moment();
    return event;
}

Outcome IppDevice::hand_over(const Document& document, const HandOver& known,
                             HandOverNotes& notes) {
    auto size = document_size(document, options_.most_bytes);
    const bool is_fresh = known.step == HandOver::Step::Waiting;
    if (!size && is_fresh) return {Outcome::Kind::Failed, size.error()};
    const OpenFile file(document.file.string());
    IppBody body{file.get(), size && file.get() >= 0 ? *size : -1,
                 [&notes] { notes.step("ipp: half of the document sent"); }};
    IppMachine machine({document, body.bytes}, known, options_, memory_);
    IppEvent event;
    event.now = moment();
    auto action = machine.resume(event);
    for (;;) {
        if (action.tell) notes.tell(*action.tell);
        if (action.kind == Kind::End) break;
        if (machine.can_stop() && notes.stop_asked()) return {Outcome::Kind::Stopped, {}};
        event = perform(machine, action, document, body, notes);
        if (action.kind != Kind::Wait) notes.step(fmt::format("ipp: {}", to_string(action.kind)));
        action = machine.resume(event);
    }
    auto& reason = action.outcome.reason;
    if (!reason.message.empty() && reason.where.empty()) reason = reason.at(uri_);
    return std::move(action.outcome);
}

}  // namespace

std::unique_ptr<Device> make_ipp_device(const DeviceUri& uri, const DeviceOptions& options) {
    return std::make_unique<IppDevice>(uri, options);
}

Result<std::string> shown_certificate(const DeviceUri& uri, const DeviceOptions& options) {
    if (uri.kind != DeviceKind::Ipps)
        return Error{ErrorCode::ValueInvalid, "only printers of ipps:// show a certificate",
                     uri.text, "write ipps:// in its address"};
    IppConnection connection(endpoint_of(uri, options), options.connect_timeout,
                             options.answer_timeout);
    auto shown = connection.shown_certificate();
    if (!shown) return shown.error().at(uri.text);
    return shown;
}

}  // namespace verso::printer
