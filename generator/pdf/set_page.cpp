// SPDX-License-Identifier: Apache-2.0
#include "generator/pdf/set_page.h"

#include <fmt/format.h>

#include "generator/pdf/deflate.h"
#include "generator/pdf/page_painter.h"

namespace verso::generator {
namespace {

// What PDF readers and libharu take: 3 to 14,400 points.
constexpr Mm kSmallestSide{2}, kLargestSide{5000};

bool is_printable(Mm side) { return side >= kSmallestSide && side <= kLargestSide; }

Error unprintable(PageSize size) {
    return {
        ErrorCode::ValueInvalid,
        fmt::format("a page of {} x {} mm cannot be written", size.width.value, size.height.value),
        "PDF writer",
        fmt::format("a side is {} to {} mm long", kSmallestSide.value, kLargestSide.value)};
}

// The painter's memory is worth keeping: a page's operators are some ten kilobytes.
OperatorBuffer& buffer_of_this_thread() {
    thread_local OperatorBuffer kept;
    return kept;
}

}  // namespace

Result<SetPage> set_page(const FontBook& fonts, const DrawList& page, int deflate_level) {
    if (!is_printable(page.page.width) || !is_printable(page.page.height)) {
        return unprintable(page.page);
    }
    PagePainter painter(fonts, buffer_of_this_thread());
    const auto painted = painter.paint(page);
    if (!painted) return painted.error();
    return SetPage{page.page, deflate(painted->operators, deflate_level), painted->fonts};
}

}  // namespace verso::generator
