// SPDX-License-Identifier: Apache-2.0
// Any bytes as the JSON body of a call of the API, and as a cursor: no store is involved.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "records/hooks/hook.h"
#include "service/api/body_reader.h"
#include "service/api/list_cursor.h"
#include "service/api/order_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace verso::service;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto cursor = ListCursor::parse(text)) {
        // Whatever is taken is written back as something that is taken.
        const auto again = ListCursor::parse(cursor->text());
        if (!again || again->text() != cursor->text()) std::abort();
    }
    static_cast<void>(verso::records::check_hook_url(text));
    static_cast<void>(verso::records::parse_webhook_job(text));
    const auto json = parse_body(text);
    if (!json) return 0;
    static_cast<void>(check_order_members(*json, ""));
    BodyReader body(*json);
    body.text_if_any("order");
    body.whole_or("parcel", 1, 99, 0);
    body.flag_or("insider", false);
    for (BodyReader& line : body.objects("lines", 500)) {
        line.whole("line", 1, 100);
        line.text("reason", 50);
    }
    static_cast<void>(body.end());
    return 0;
}
