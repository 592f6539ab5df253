// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "generator/template/catalogue.h"
#include "service/desk/review_view.h"
#include "service/pages/page_data.h"

namespace verso::service {

/// What the form held that was sent last, so that a refused one keeps it: by field name.
using SentFields = std::map<std::string, std::string, std::less<>>;

/// What desk_review.html shows of one thing. `place` is its address: "/desk/main/review/7". Pure.
PageData review_page(const ReviewView& view, const generator::Language& language,
                     const std::string& place, const SentFields& sent);

/// "probably 4 (91 %)".
std::string proposal_text(const Proposal& proposal, const Question& question,
                          const generator::Language& language);

}  // namespace verso::service
