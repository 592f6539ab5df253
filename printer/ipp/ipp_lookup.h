// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cups/http.h>

#include <chrono>
#include <memory>
#include <string>

namespace verso::printer {

struct FreeAddresses {
    void operator()(http_addrlist_t* all) const { httpAddrFreeList(all); }
};
using Addresses = std::unique_ptr<http_addrlist_t, FreeAddresses>;

/// The addresses of a host, or of a socket's path; empty when it is not known, or when nobody has
/// told within `timeout`. The machine's own look-up knows no time: it is left to end by itself.
Addresses look_up(const std::string& host, int port, std::chrono::milliseconds timeout);

}  // namespace verso::printer
