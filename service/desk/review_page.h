// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "generator/template/catalogue.h"
#include "service/desk/form_fields.h"
#include "service/desk/review_view.h"
#include "service/pages/page_data.h"

namespace verso::service {

/// What desk_review.html shows of one thing. `place` is its address: "/desk/main/review/7"; `sent`
/// is what the form held that was refused, so that nothing is typed twice. Pure.
PageData review_page(const ReviewView& view, const generator::Language& language,
                     const std::string& place, const FormFields& sent);

/// "probably 4 (91 %)".
std::string proposal_text(const Proposal& proposal, const Question& question,
                          const generator::Language& language);

}  // namespace verso::service
