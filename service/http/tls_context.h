// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>

#include "service/http/net.h"
#include "service/http/server.h"

namespace verso::service {

/// The certificate that new connections get; read again when its files changed. Of one thread.
class TlsSource {
  public:
    /// FileUnreadable, FormatInvalid: names the file, says what is wrong with it.
    static Result<std::unique_ptr<TlsSource>> open(const TlsFiles& files);
    /// Looks at the files at most as often as they say; files that became unusable leave the last
    /// good certificate in use.
    std::shared_ptr<asio::ssl::context> current();

  private:
    using Stamp = std::pair<std::filesystem::file_time_type, std::filesystem::file_time_type>;
    explicit TlsSource(TlsFiles files) : files_(std::move(files)) {}
    Result<void> load();
    Stamp stamp() const;

    TlsFiles files_;
    std::shared_ptr<asio::ssl::context> context_;
    Stamp loaded_;
    std::chrono::steady_clock::time_point looked_{};
};

}  // namespace verso::service
