// SPDX-License-Identifier: Apache-2.0
#include "records/desk/card_questions.h"

#include <fmt/format.h>

#include "core/domain/card_link.h"

namespace verso::records {

Result<std::vector<Question>> questions_of(const Counter& counter, const CardRecord& card) {
    auto layouts = counter.store.layouts();
    if (!layouts) return layouts.error();
    for (const Layout& layout : *layouts) {
        if (layout.number != card.insert.layout || layout.cards.empty()) continue;
        return layout.cards.front().questions;
    }
    return Error{ErrorCode::NotFound,
                 fmt::format("this home has no layout {}", card.insert.layout.get()),
                 format_typed_code(card.insert.card), "restore the home's database"};
}

}  // namespace verso::records
