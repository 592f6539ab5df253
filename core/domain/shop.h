// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/domain/order.h"

namespace verso {

/// What the sheet says about the shop. Read from verso.toml, section [shop].
struct Shop {
    std::string name;
    std::string link_host;   ///< the host of card links, lower case: "avis.maison-exemple.example"
    std::string language;    ///< for orders that bring none, ISO 639-1
    Address return_address;  ///< where returns go; `name` is the first line
    int return_days = 30;    ///< printed in the return procedure
    /// The lines of the reply card's address as the post allotted them. Empty: the return address,
    /// and the card says SPECIMEN, because no post has agreed to carry it.
    std::vector<std::string> reply_address;
    /// The post's authorisation of the reply card. Empty: SPECIMEN.
    std::string reply_authorisation;
    /// Which post's rules the reply card follows, a file of templates/profile. Empty: the
    /// template's own choice.
    std::string reply_profile;
    /// Who at the post approved the proof, and when. Empty: SPECIMEN.
    std::string reply_approval;
    /// What the profile asks for besides, by its own keys: permit city, STID, postcode of the bars.
    std::map<std::string, std::string> reply_data;
    /// Strings that stand in for those of the catalogues, in every language or in one:
    /// "slip.kind" or "fr/slip.kind".
    std::map<std::string, std::string> strings;
    /// Numbers that templates name, by template and name: the place of a peel-off window in mm.
    std::map<std::string, std::map<std::string, double>> template_settings;
    /// Pictures that templates name, by that name: "logo" and its file, absolute.
    std::map<std::string, std::string> pictures;
};

}  // namespace verso
