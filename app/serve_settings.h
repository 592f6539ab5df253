// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/config_section.h"

namespace verso::app {

/// How a shop's pages look and who may send it messages, and how the home is served: verso.toml,
/// sections [pages], [tracking], [webhooks], [bench] and [serve].
struct ServeSettings {
    std::string accent = "#0b5d4b";               ///< "#rrggbb"; white text stands on it
    bool product_stars = false;                   ///< stars for single articles on the page
    bool photos = true;                           ///< buyers may send photos
    std::string contact;                          ///< for buyers: a mail address or a page
    std::map<std::string, std::string> tracking;  ///< by carrier: an address with {number} in it
    std::map<std::string, std::string> webhooks;  ///< by source: its secret
    /// Hooks may lead to this machine, the LAN and by plain HTTP.
    bool private_hooks = false;
    std::string certificate, key;      ///< PEM files, absolute; both or none
    std::vector<std::string> proxies;  ///< addresses and networks that may speak for others
    bool proxy_protocol = false;
    std::string bench_template = "a4-fold";  ///< of the sheets that the bench prints
    std::string bench_printer;  ///< that takes them; empty: the home's only one, else the folder
    std::string bench_folder;   ///< where they are put, absolute; empty: spool/bench of the shop
};

/// Reads the sections out of the whole file; `path` is where it stands, for file names in it.
/// Faults stay in the sections, which are given back.
std::vector<ConfigSection> read_serve(ConfigSection& root, const std::string& path,
                                      ServeSettings& into);

/// The contrast of two colours "#rrggbb", 1 to 21 (WCAG 2.2, "contrast ratio"); 0 for what is none.
double contrast(std::string_view one, std::string_view other);

}  // namespace verso::app
