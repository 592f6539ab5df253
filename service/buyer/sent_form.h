// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/util/result.h"
#include "service/http/body_view.h"
#include "service/http/router.h"
#include "service/http/web_text.h"
#include "service/site/photo_works.h"

namespace verso::service {

/// What a buyer's form brought, whichever way the browser sent it.
struct SentForm {
    std::vector<FormField> fields;
    std::vector<std::string_view> photos;  ///< they point into the request's body; none is empty
    bool refused_photos = false;           ///< one was too large, or there were too many
    BodyView body{};                       ///< where `photos` points
};

/// The largest form without photos, in bytes: it is read into memory.
inline constexpr std::size_t kPlainFormBytes = std::size_t{64} * 1024;
/// The largest one with them. More than is kept: who sends a large photo without JavaScript gets
/// the answer kept and a sentence about the photo, not an error.
inline constexpr std::size_t kPhotoFormBytes = std::size_t{64} << 20U;

/// Reads a form that may hold files in its field "photo". FormatInvalid for one that is broken,
/// FileUnreadable. Requires: the request outlives what it gives.
Result<SentForm> read_sent_form(const HttpRequest& request);

/// Whether it brings more than fields: then reading it takes a moment.
bool may_hold_photos(const HttpRequest& request);

/// A route for such forms: those without photos stay in memory, and before a larger one is read
/// `admit` is asked.
Route photo_route(std::string pattern, Handler handler, Handler admit);

}  // namespace verso::service
