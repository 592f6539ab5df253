// SPDX-License-Identifier: Apache-2.0
#include "printer/ipp/ipp_certificate.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <memory>

namespace verso::printer {

namespace {

template <auto free_it>
struct Freed {
    template <class Thing>
    void operator()(Thing* thing) const {
        free_it(thing);
    }
};
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Store = std::unique_ptr<X509_STORE, Freed<X509_STORE_free>>;
using Context = std::unique_ptr<X509_STORE_CTX, Freed<X509_STORE_CTX_free>>;
struct FreeStack {
    void operator()(STACK_OF(X509) * all) const { sk_X509_pop_free(all, X509_free); }
};
using Stack = std::unique_ptr<STACK_OF(X509), FreeStack>;

Certificate from_der(const std::string& der) {
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    return Certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
}

bool is_address(const std::string& host) {
    in_addr four{};
    in6_addr six{};
    return ::inet_pton(AF_INET, host.c_str(), &four) == 1 ||
           ::inet_pton(AF_INET6, host.c_str(), &six) == 1;
}

}  // namespace

bool is_vouched_for(const std::vector<std::string>& chain, const std::string& host) {
    if (chain.empty()) return false;
    const auto leaf = from_der(chain.front());
    const Stack others(sk_X509_new_null());
    const Store store(X509_STORE_new());
    const Context context(X509_STORE_CTX_new());
    if (!leaf || !others || !store || !context) return false;
    for (std::size_t at = 1; at < chain.size(); ++at) {
        auto one = from_der(chain[at]);
        if (one && sk_X509_push(others.get(), one.get()) > 0) (void)one.release();
    }
    if (X509_STORE_set_default_paths(store.get()) != 1 ||
        X509_STORE_CTX_init(context.get(), store.get(), leaf.get(), others.get()) != 1 ||
        X509_STORE_CTX_set_purpose(context.get(), X509_PURPOSE_SSL_SERVER) != 1)
        return false;
    X509_VERIFY_PARAM* wanted = X509_STORE_CTX_get0_param(context.get());
    const int is_set = is_address(host)
                           ? X509_VERIFY_PARAM_set1_ip_asc(wanted, host.c_str())
                           : X509_VERIFY_PARAM_set1_host(wanted, host.data(), host.size());
    return is_set == 1 && X509_verify_cert(context.get()) == 1;
}

std::string plain_fingerprint(const std::string& text) {
    std::string hex;
    for (const char letter : text) {
        if (letter == ':' || letter == ' ') continue;
        hex += letter >= 'A' && letter <= 'F' ? static_cast<char>(letter - 'A' + 'a') : letter;
    }
    return hex;
}

}  // namespace verso::printer
