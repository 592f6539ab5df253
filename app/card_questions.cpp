// SPDX-License-Identifier: Apache-2.0
#include "app/card_questions.h"

#include <fmt/format.h>

#include "core/domain/card_link.h"

namespace verso::app {

Result<std::vector<Question>> questions_of(OpenHome& home, const records::CardRecord& card) {
    auto layouts = home.store->layouts();
    if (!layouts) return layouts.error();
    for (const Layout& layout : *layouts) {
        if (layout.number != card.insert.layout || layout.cards.empty()) continue;
        return layout.cards.front().questions;
    }
    return Error{ErrorCode::NotFound,
                 fmt::format("this home has no layout {}", card.insert.layout.get()),
                 format_typed_code(card.insert.card), "restore the home's database"};
}

}  // namespace verso::app
