// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace verso::service {

// What a handler sees and gives. No socket, no third party: a handler is tested by calling it.

enum class Method { Get, Head, Post, Put, Patch, Delete, Options, Propfind, Mkcol, Other };
/// "GET", "HEAD" …; "other" for what we never serve.
std::string_view to_string(Method method);

using HeaderField = std::pair<std::string, std::string>;

/// Where a request came from. Kept for the time of the request alone: no address is ever stored.
struct Peer {
    std::string address;     ///< of the buyer's machine, behind named proxies too; "192.0.2.7"
    bool is_secure = false;  ///< TLS ended here, or at a named proxy that says so
};

struct HttpRequest {
    Method method = Method::Get;
    std::string path;   ///< as it came, still percent-encoded, without query: "/C/0A4K…"
    std::string query;  ///< behind the ?, still encoded
    std::vector<HeaderField> headers;  ///< in the order in which they came
    std::string body;                  ///< empty when it went into `body_file`
    std::filesystem::path body_file;   ///< of routes that take large bodies; gone after the reply
    Peer peer;
    int lane = 0;  ///< which of the server's threads calls, from 0

    /// The first header of that name, in any case; empty when there is none.
    std::string_view header(std::string_view name) const;
    /// The first value of that name in the query, decoded; empty when there is none.
    std::string query_value(std::string_view name) const;
    /// The value of a cookie; empty when it was not sent.
    std::string_view cookie(std::string_view name) const;
};

struct HttpResponse {
    int status = 200;
    std::vector<HeaderField> headers;
    /// Shared, so that what never changes is not copied for each request; null: no body.
    std::shared_ptr<const std::string> body{};
    /// Instead of `body`: a file that is sent in pieces.
    std::filesystem::path file{};

    HttpResponse& with(std::string name, std::string value);
    /// The first header of that name; empty when there is none.
    std::string_view header(std::string_view name) const;
};

HttpResponse html_response(std::string page, int status = 200);
HttpResponse text_response(std::string text, int status = 200);
HttpResponse json_response(std::string json, int status = 200);
/// 303: the browser fetches that page next. `place` is a path of ours.
HttpResponse see_other(std::string place);

/// Called once, from any thread.
using Respond = std::function<void(HttpResponse)>;

/// What a handler gives: the response, or the promise of one. A promise is kept by calling the
/// Respond that it is started with; handlers give one for what must not hold up other requests.
using Reply = std::variant<HttpResponse, std::function<void(Respond)>>;

/// "OK", "Not Found" … of RFC 9110 section 15; "Status" for a number that we never send.
std::string_view reason_of(int status);

}  // namespace verso::service
