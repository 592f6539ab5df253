// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <toml++/toml.h>

#include <sstream>

#include "app/config.h"

namespace verso::app {

namespace {

std::string quoted(const std::string& text) {
    std::ostringstream out;
    out << toml::value<std::string>(text);
    return out.str();
}

std::string quoted(const std::vector<std::string>& texts) {
    std::string out;
    for (const auto& text : texts) out += (out.empty() ? "" : ", ") + quoted(text);
    return "[" + out + "]";
}

std::string quoted(const std::map<std::string, std::string>& texts) {
    std::string out;
    for (const auto& [key, text] : texts) out += quoted(key) + " = " + quoted(text) + "\n";
    return out;
}

}  // namespace

std::string format_config(const Shop& shop) {
    const Address& back = shop.return_address;
    return fmt::format(
        R"(# Verso reads this file at each start. docs/operating.md explains every key.

[shop]
# Stands at the head of each sheet.
name = {}
# The host of the links on your cards: https://HOST/C/... Choose it once; cards live for years.
link_host = {}
# For orders that say nothing themselves: two letters, a catalogue of templates/strings.
language = {}
# How long a buyer may return, as printed on the return sheet.
return_days = {}

[shop.return_address]
# Where returns go. The label on the return sheet shows it.
name = {}
company = {}
line1 = {}
line2 = {}
postcode = {}
city = {}
region = {}
country = {}

[reply_card]
# The address lines and the authorisation of your reply card, exactly as your post allotted them.
# While they are empty the card says SPECIMEN and no post will carry it unpaid.
address = {}
authorisation = {}
# Whose rules the card follows, a file of templates/profile; empty: as the template says.
profile = {}
# Who at the post approved the printed proof, and when. While it is empty the card says SPECIMEN.
approval = {}

[reply_card.data]
# What the profile asks for besides, each as your post gave it: city = "..."
{}
[return_label]
# Where return labels come from:
#   "plain"  your address and the return number; the buyer pays or the carrier adds its label
#   "s10"    numbers of the international post that you were allotted
#   "sscc"   numbers of your own GS1 company prefix
#   "files"  the carrier's finished labels, one PDF, PNG or ZPL file for each parcel
source = "plain"

# [return_label.s10]
# service = "RR"           # the service and the serials from your contract; never invent them
# country = "FR"
# from = 0
# to = 0

# [return_label.sscc]
# extension = 0
# company_prefix = ""
# from = 0
# to = 0

# [return_label.files]
# folder = "labels"        # beside this file

[reading]
# Reader processes, and what each may use up; 0 workers: as many as processors.
# workers = 0
# seconds_per_page = 20
# megabytes_per_worker = 1024

[store]
# Where everything is kept: verso.db beside this file, or a PostgreSQL that several machines share.
# verso store migrate moves a home across. The environment's VERSO_STORE_URL wins over it.
# url = "postgresql://verso:password@db.example.com/verso"

[strings]
# Your own words instead of the template's, in every language or in one:
# "slip.kind" = "..."      "fr/slip.kind" = "..."
{}
[pictures]
# Files that templates show, beside this one: logo = "logo.png"
{})",
        quoted(shop.name), quoted(shop.link_host), quoted(shop.language), shop.return_days,
        quoted(back.name), quoted(back.company), quoted(back.line1), quoted(back.line2),
        quoted(back.postcode), quoted(back.city), quoted(back.region), quoted(back.country),
        quoted(shop.reply_address), quoted(shop.reply_authorisation), quoted(shop.reply_profile),
        quoted(shop.reply_approval), quoted(shop.reply_data), quoted(shop.strings),
        quoted(shop.pictures));
}

}  // namespace verso::app
