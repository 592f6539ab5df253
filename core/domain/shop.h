// SPDX-License-Identifier: Apache-2.0
#pragma once

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
};

}  // namespace verso
