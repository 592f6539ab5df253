// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "core/util/error.h"
#include "service/http/message.h"

namespace verso::service {

// What programs are told when something is wrong: RFC 9457, application/problem+json. `detail` says
// what, `where` which member, parameter or thing, `cure` what to do. Pure.

HttpResponse problem(int status, const Error& error);
/// The status of what the records or a format say.
int status_of(ErrorCode code);
HttpResponse problem(const Error& error);
/// For what the server itself refuses under /api/: 404, 405, 413 …
HttpResponse plain_problem(int status);

}  // namespace verso::service
