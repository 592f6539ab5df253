// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

#include "core/util/result.h"
#include "service/http/message.h"

namespace verso::service {

struct PostTerms {
    /// Plain HTTP and addresses that are not public (this machine, the LAN) may be called. Default:
    /// HTTPS to public addresses alone.
    bool allow_private = false;
    std::chrono::milliseconds whole{15000};  ///< for everything, from the name to the answer
};

/// Posts a body and gives the status of the answer; what the answer holds is not kept. The address
/// is looked at when it is connected to, so that no name can lead elsewhere in between. Redirects
/// are not followed, proxies of the environment not used, certificates checked. NotAllowed: the
/// terms forbid the address. FileUnwritable: nobody answered in time; worth another try. Any
/// thread; it waits.
Result<int> post_once(const std::string& url, const std::vector<HeaderField>& headers,
                      const std::string& body, const PostTerms& terms);

}  // namespace verso::service
