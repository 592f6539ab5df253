// SPDX-License-Identifier: Apache-2.0
#include "service/outbound/http_post.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <sys/socket.h>

#include <array>
#include <memory>
#include <span>

#include "service/outbound/public_address.h"

namespace verso::service {

namespace {

/// What one call's callbacks share.
struct Call {
    bool allow_private = false;
    bool was_refused = false;
    std::size_t received = 0;
};

using Handle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using HeaderList = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

std::span<const unsigned char> bytes_of(const sockaddr& place) {
    if (place.sa_family == AF_INET) {
        const auto& four = reinterpret_cast<const sockaddr_in&>(place);
        return {reinterpret_cast<const unsigned char*>(&four.sin_addr), 4};
    }
    if (place.sa_family == AF_INET6) {
        const auto& six = reinterpret_cast<const sockaddr_in6&>(place);
        return {reinterpret_cast<const unsigned char*>(&six.sin6_addr), 16};
    }
    return {};
}

curl_socket_t open_socket(void* shared, curlsocktype purpose, curl_sockaddr* place) {
    auto& call = *static_cast<Call*>(shared);
    if (purpose != CURLSOCKTYPE_IPCXN) return CURL_SOCKET_BAD;
    if (!call.allow_private && !is_public_address(bytes_of(place->addr))) {
        call.was_refused = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(place->family, place->socktype | SOCK_CLOEXEC, place->protocol);
}

/// Reads and forgets; a long answer ends the call.
std::size_t forget(char*, std::size_t size, std::size_t count, void* shared) {
    constexpr std::size_t kMost = 64 * 1024;
    auto& call = *static_cast<Call*>(shared);
    call.received += size * count;
    return call.received > kMost ? 0 : size * count;
}

void set_terms(CURL* handle, const PostTerms& terms, Call& call) {
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, terms.allow_private ? "https,http" : "https");
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle, CURLOPT_PROXY, "");
    curl_easy_setopt(handle, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(terms.whole.count()));
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(terms.whole.count() / 3));
    curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, &call);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, forget);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &call);
}

Error refused(const std::string& url) {
    return {ErrorCode::NotAllowed, "the address leads to no public place by HTTPS", url,
            "give another one, or set [hooks] allow_private = true in the shop's verso.toml"};
}

}  // namespace

Result<int> post_once(const std::string& url, const std::vector<HeaderField>& headers,
                      const std::string& body, const PostTerms& terms) {
    static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    const Handle handle(ready ? curl_easy_init() : nullptr, curl_easy_cleanup);
    if (!handle) return Error{ErrorCode::Internal, "libcurl cannot be started", url, ""};
    Call call{terms.allow_private};
    HeaderList list(nullptr, curl_slist_free_all);
    for (const auto& [name, value] : headers) {
        curl_slist* longer = curl_slist_append(list.get(), (name + ": " + value).c_str());
        if (longer == nullptr) return Error{ErrorCode::Internal, "no memory", url, ""};
        static_cast<void>(list.release());
        list.reset(longer);
    }
    std::array<char, CURL_ERROR_SIZE> why{};
    set_terms(handle.get(), terms, call);
    curl_easy_setopt(handle.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, list.get());
    curl_easy_setopt(handle.get(), CURLOPT_POST, 1L);
    curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDS, body.data());
    curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(body.size()));
    curl_easy_setopt(handle.get(), CURLOPT_ERRORBUFFER, why.data());
    const CURLcode done = curl_easy_perform(handle.get());
    long status = 0;
    curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
    if (call.was_refused || done == CURLE_UNSUPPORTED_PROTOCOL) return refused(url);
    // A long answer was cut off: its status is known all the same.
    const bool is_answered = done == CURLE_OK || (done == CURLE_WRITE_ERROR && status != 0);
    if (is_answered) return static_cast<int>(status);
    const std::string text = why.front() != '\0' ? why.data() : curl_easy_strerror(done);
    return Error{ErrorCode::FileUnwritable, "nobody took it: " + text, url,
                 "see that the address answers"};
}

}  // namespace verso::service
