// SPDX-License-Identifier: Apache-2.0
#include "records/store/statements.h"
#include "records/store/store_soci.h"

namespace verso::records {

namespace {

constexpr long long kLastNumber = 1023;  // two Crockford digits in the card link

}  // namespace

Result<Layout> SociStore::freeze_layout(const Layout& layout) {
    return in_scope([&]() -> Result<Layout> {
        Layout frozen = layout;
        const std::string sha256 = layout_sha256(layout);
        long long number = 0;
        if (query(sql::kLayoutNumber).in(sha256).out(number).run()) {
            frozen.number = LayoutNumber{static_cast<std::uint16_t>(number)};
            return frozen;
        }
        query(sql::kLastLayout).out(number).run();
        if (++number > kLastNumber) {
            return Error{ErrorCode::LimitExceeded, "all 1023 layout numbers are taken", db_.place(),
                         "start a new home for new templates; this one stays for its cards"};
        }
        frozen.number = LayoutNumber{static_cast<std::uint16_t>(number)};
        const std::string json = to_json(frozen);
        before(sql::kInsertLayout);
        query(sql::kInsertLayout).in(number, sha256, json).run();
        return frozen;
    });
}

Result<std::vector<Layout>> SociStore::layouts() {
    return in_safety([&]() -> Result<std::vector<Layout>> {
        std::vector<Layout> found;
        std::string json;
        Query query(db_.cache(), sql::kLayouts);
        query.out(json);
        for (bool more = query.first(); more; more = query.next()) {
            auto layout = parse_layout(json);
            if (!layout) return layout.error().at(db_.place());
            found.push_back(std::move(*layout));
        }
        return found;
    });
}

}  // namespace verso::records
