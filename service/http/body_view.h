// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/util/result.h"
#include "service/http/message.h"

namespace verso::service {

/// The bytes of a request's body, in memory or in its file: those of a file are read when they are
/// looked at. Copies share them. Requires: the request outlives it.
class BodyView {
  public:
    /// FileUnreadable.
    static Result<BodyView> of(const HttpRequest& request);
    std::string_view bytes() const { return bytes_; }

  private:
    std::shared_ptr<const void> mapped_;
    std::string_view bytes_;
};

/// The fields at the beginning of a multipart form in a file, as a form of its own: what its first
/// 64 KiB hold whole. Empty when they hold nothing, or the body is in memory.
std::string first_fields(const HttpRequest& request);

}  // namespace verso::service
