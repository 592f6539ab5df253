// SPDX-License-Identifier: Apache-2.0
#include "service/http/tls_context.h"

#include <openssl/ssl.h>

#include <fstream>

namespace verso::service {

namespace {

Error unusable(ErrorCode code, const std::filesystem::path& file, const std::string& what) {
    return {code, "the TLS file cannot be used: " + what, file.string(),
            "name a PEM file that this user may read in [serve] certificate and key"};
}

}  // namespace

Result<std::unique_ptr<TlsSource>> TlsSource::open(const TlsFiles& files) {
    std::unique_ptr<TlsSource> source(new TlsSource(files));
    if (auto loaded = source->load(); !loaded) return loaded.error();
    return source;
}

TlsSource::Stamp TlsSource::stamp() const {
    std::error_code ignored;
    return {std::filesystem::last_write_time(files_.certificate, ignored),
            std::filesystem::last_write_time(files_.key, ignored)};
}

Result<void> TlsSource::load() {
    for (const auto& file : {files_.certificate, files_.key}) {
        if (!std::ifstream(file)) {
            return unusable(ErrorCode::FileUnreadable, file, "it is missing or unreadable");
        }
    }
    const auto stamp_before = stamp();
    auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
    context->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_sslv2 |
                         asio::ssl::context::no_sslv3 | asio::ssl::context::no_tlsv1 |
                         asio::ssl::context::no_tlsv1_1);
    SSL_CTX_set_mode(context->native_handle(), SSL_MODE_RELEASE_BUFFERS);
    beast::error_code fault;
    context->use_certificate_chain_file(files_.certificate.string(), fault);
    if (fault) return unusable(ErrorCode::FormatInvalid, files_.certificate, fault.message());
    context->use_private_key_file(files_.key.string(), asio::ssl::context::pem, fault);
    if (fault) return unusable(ErrorCode::FormatInvalid, files_.key, fault.message());
    if (SSL_CTX_check_private_key(context->native_handle()) != 1) {
        return unusable(ErrorCode::FormatInvalid, files_.key,
                        "it is not the key of " + files_.certificate.string());
    }
    context_ = std::move(context);
    loaded_ = stamp_before;
    return {};
}

std::shared_ptr<asio::ssl::context> TlsSource::current() {
    const auto now = std::chrono::steady_clock::now();
    if (now - looked_ > files_.look_every) {
        looked_ = now;
        if (stamp() != loaded_) static_cast<void>(load());
    }
    return context_;
}

}  // namespace verso::service
