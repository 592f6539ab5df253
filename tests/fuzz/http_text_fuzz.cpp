// SPDX-License-Identifier: Apache-2.0
// Any bytes as the texts of a request: path, query, form, cookie, multipart body, PROXY header.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "service/http/multipart.h"
#include "service/http/proxy_header.h"
#include "service/http/router.h"
#include "service/http/web_text.h"

namespace {

using namespace verso::service;

const Router& router() {
    static const Router all = [] {
        Router made;
        const auto nothing = [](const HttpRequest&, const PathValues&) -> Reply {
            return HttpResponse{};
        };
        for (const char* pattern :
             {"/", "/C/{link}", "/C/{link}/order", "/api/v1/orders/{number}",
              "/api/v1/orders/import", "/desk/{shop}/{page}", "/hooks/{shop}/{source}"}) {
            made.add({Method::Get, pattern, nothing});
        }
        return made;
    }();
    return all;
}

void expect(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    // No zero byte is in a request's line, no slash in a segment.
    const bool is_line = text.find('\0') == text.npos;
    for (const auto& [name, value] : router().match(Method::Get, text).values) {
        expect(value.find('/') == value.npos && (!is_line || value.find('\0') == value.npos));
    }
    if (const auto decoded = decode_segment(text);
        decoded && is_line && text.find('/') == text.npos) {
        expect(decode_segment(encode_segment(*decoded)) == decoded);
    }
    expect(parse_form(text).size() <= 1000);
    const auto escaped = escape_html(text);
    expect(escaped.find_first_of("<>\"'") == escaped.npos);
    HttpRequest request;
    request.query = text;
    request.headers = {{"Cookie", std::string(text)}};
    static_cast<void>(request.query_value("lang"));
    static_cast<void>(request.cookie("session"));
    if (const auto header = parse_proxy_header(text)) expect(header->bytes <= size);
    TrustedPeers proxies = TrustedPeers::parse({"192.0.2.0/24"}).value();
    request.headers = {{"Forwarded", std::string(text)}, {"X-Forwarded-For", std::string(text)}};
    static_cast<void>(forwarded_peer({"192.0.2.1"}, request.headers, proxies));
    // The first line is the content type, the rest the body.
    const auto end = std::min(text.find('\n'), size);
    const auto body = text.substr(std::min(end + 1, size));
    if (const auto parts = parse_multipart(text.substr(0, end), body)) {
        expect(parts->size() <= 200);
        for (const auto& part : *parts) {
            expect(part.content.data() >= body.data() &&
                   part.content.data() + part.content.size() <= body.data() + body.size());
            expect(part.file_name.find('/') == std::string::npos);
        }
    }
    return 0;
}
