// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/card/card_layout.h"
#include "core/domain/answer.h"
#include "service/http/web_text.h"

namespace verso::service {

// The questions of a card as fields of a form. Pure.

/// A question as the page shows it: those of the layout's card, in their order, but for the tick
/// to publish, which stands beside the comment.
struct FormQuestion {
    std::string id;
    std::vector<int> values;
    bool is_yes_no = false;    ///< its values are 1 and 0
    bool is_required = false;  ///< the overall one
};
std::vector<FormQuestion> form_questions(const Layout& layout);

/// Stars that an article may have.
inline constexpr int kMostStars = 5;

/// What was filled in.
struct FilledForm {
    Answers answers;
    std::map<int, int> products{};  ///< stars by the order's line
    std::string comment;
    bool publish = false;
    ResponseKind kind = ResponseKind::Scores;
    bool drops_photos = false;  ///< the photos that were sent before are taken back
    int photos_before = 0;      ///< that came with the answer which is changed
    bool lost_photos = false;   ///< some came with this form: browsers do not send them twice
    std::set<std::string, std::less<>>
        faults;  ///< questions with a wrong value or none that needs one
};

/// Longest comment that is kept, in bytes of UTF-8.
inline constexpr std::size_t kMostComment = 4000;

/// Reads the fields "q.ID", "p.LINE" of these lines, "comment", "publish", "kind", "drop-photos". A
/// value that the question has not is a fault, an absent answer is one only where it is required;
/// fields of other names are left alone. The comment is cut at a character, control characters but
/// line ends become spaces.
FilledForm read_form(const std::vector<FormField>& fields,
                     const std::vector<FormQuestion>& questions, std::span<const int> lines = {});

}  // namespace verso::service
