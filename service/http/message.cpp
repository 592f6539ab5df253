// SPDX-License-Identifier: Apache-2.0
#include "service/http/message.h"

#include <algorithm>
#include <array>

#include "service/http/web_text.h"

namespace verso::service {

namespace {

std::string_view find_header(const std::vector<HeaderField>& headers, std::string_view name) {
    for (const auto& [key, value] : headers) {
        if (same_word(key, name)) return value;
    }
    return {};
}

HttpResponse with_type(std::string body, int status, std::string_view type) {
    HttpResponse response{.status = status, .headers = {}};
    response.body = std::make_shared<const std::string>(std::move(body));
    response.with("Content-Type", std::string(type));
    return response;
}

}  // namespace

std::string_view to_string(Method method) {
    static constexpr std::array<std::string_view, 10> kNames{
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "MKCOL", "other"};
    return kNames.at(static_cast<std::size_t>(method));
}

std::string_view HttpRequest::header(std::string_view name) const {
    return find_header(headers, name);
}

std::string HttpRequest::query_value(std::string_view name) const {
    for (const auto& [key, value] : parse_form(query)) {
        if (key == name) return value;
    }
    return {};
}

std::string_view HttpRequest::cookie(std::string_view name) const {
    std::string_view rest = header("Cookie");
    while (!rest.empty()) {
        const auto end = std::min(rest.find(';'), rest.size());
        const auto pair = trimmed(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        const auto equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
            return pair.substr(equals + 1);
        }
    }
    return {};
}

HttpResponse& HttpResponse::with(std::string name, std::string value) {
    headers.emplace_back(std::move(name), std::move(value));
    return *this;
}

std::string_view HttpResponse::header(std::string_view name) const {
    return find_header(headers, name);
}

HttpResponse html_response(std::string page, int status) {
    return with_type(std::move(page), status, "text/html; charset=utf-8");
}

HttpResponse text_response(std::string text, int status) {
    return with_type(std::move(text), status, "text/plain; charset=utf-8");
}

HttpResponse json_response(std::string json, int status) {
    return with_type(std::move(json), status, "application/json");
}

HttpResponse see_other(std::string place) {
    HttpResponse response{.status = 303, .headers = {}};
    response.with("Location", std::move(place));
    return response;
}

std::string_view reason_of(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 206:
            return "Partial Content";
        case 207:
            return "Multi-Status";
        case 303:
            return "See Other";
        case 304:
            return "Not Modified";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 406:
            return "Not Acceptable";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 410:
            return "Gone";
        case 413:
            return "Content Too Large";
        case 414:
            return "URI Too Long";
        case 415:
            return "Unsupported Media Type";
        case 417:
            return "Expectation Failed";
        case 421:
            return "Misdirected Request";
        case 422:
            return "Unprocessable Content";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 501:
            return "Not Implemented";
        case 503:
            return "Service Unavailable";
        default:
            return "Status";
    }
}

}  // namespace verso::service
