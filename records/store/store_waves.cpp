// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "records/store/order_table.h"
#include "records/store/statements.h"
#include "records/store/store_soci.h"

namespace verso::records {

namespace {

/// A row of kWaves and kWaveByName.
struct WaveRow {
    long long id = 0, created_at = 0;
    int is_open = 0, positions = 0, printed = 0, left_out = 0;
    std::string name, template_name, request;

    Query& bind(Query& query) {
        return query.out(id, name, template_name, request, created_at, is_open, positions, printed,
                         left_out);
    }
    WaveRecord record() const {
        return {WaveId{id},
                name,
                template_name,
                request,
                Instant{std::chrono::seconds{created_at}},
                is_open != 0,
                positions,
                printed,
                left_out};
    }
};

WavePositionState state_of(int number) {
    switch (number) {
        case 0:
            return WavePositionState::Waiting;
        case 1:
            return WavePositionState::Printed;
        default:
            return WavePositionState::LeftOut;
    }
}

Error unknown_wave(WaveId wave) {
    return {ErrorCode::NotFound, fmt::format("this shop has no wave with key {}", wave.get()), "",
            ""};
}

}  // namespace

std::string_view to_string(WavePositionState state) {
    switch (state) {
        case WavePositionState::Waiting:
            return "waiting";
        case WavePositionState::Printed:
            return "printed";
        case WavePositionState::LeftOut:
            return "left-out";
    }
    return "";
}

Result<WaveId> SociStore::create_wave(ShopId shop, const WaveRecord& wave,
                                      std::span<const WavePosition> parcels) {
    if (wave.name.empty() || parcels.empty()) {
        return Error{ErrorCode::ValueInvalid, "a wave needs a name and parcels", wave.name, ""};
    }
    return in_scope([&]() -> Result<WaveId> {
        auto known = find_wave(shop, wave.name);
        if (!known) return known.error();
        if (*known) {
            return Error{ErrorCode::AlreadyExists, "there is a wave of this name", wave.name,
                         "give another name"};
        }
        const long long shop_id = shop.get(), at = wave.created_at.time_since_epoch().count();
        long long id = 0, order_id = 0;
        before(sql::kInsertWave);
        query(sql::kInsertWave)
            .in(shop_id, wave.name, wave.template_name, wave.request, at)
            .out(id)
            .run();
        WavePosition row;
        int state = 0;
        Query insert(db_.cache(), sql::kInsertWavePosition);
        insert.in(id, row.position, order_id, row.parcel, row.file, state);
        for (const WavePosition& parcel : parcels) {
            const auto head = order_table_->find_head(shop_id, parcel.order.get());
            if (!head) {
                return Error{ErrorCode::NotFound,
                             fmt::format("there is no order {}", parcel.order.get()), wave.name,
                             "import the order first"};
            }
            row = parcel;
            order_id = head->id;
            state = static_cast<int>(parcel.state);
            before(sql::kInsertWavePosition);
            insert.run();
        }
        return WaveId{id};
    });
}

Result<std::optional<WaveRecord>> SociStore::find_wave(ShopId shop, const std::string& name) {
    return in_safety([&]() -> Result<std::optional<WaveRecord>> {
        const long long shop_id = shop.get();
        WaveRow row;
        Query query(db_.cache(), sql::kWaveByName);
        query.in(shop_id, name);
        if (!row.bind(query).run()) return std::optional<WaveRecord>{};
        return std::optional<WaveRecord>{row.record()};
    });
}

Result<std::vector<WaveRecord>> SociStore::waves(ShopId shop) {
    return in_safety([&]() -> Result<std::vector<WaveRecord>> {
        std::vector<WaveRecord> found;
        const long long shop_id = shop.get();
        WaveRow row;
        Query query(db_.cache(), sql::kWaves);
        query.in(shop_id);
        row.bind(query);
        for (bool more = query.first(); more; more = query.next()) found.push_back(row.record());
        return found;
    });
}

Result<std::vector<WavePosition>> SociStore::wave_positions(ShopId shop, WaveId wave, int first,
                                                            int last) {
    return in_safety([&]() -> Result<std::vector<WavePosition>> {
        std::vector<WavePosition> found;
        const long long shop_id = shop.get(), id = wave.get();
        WavePosition row;
        std::string number;
        int state = 0;
        Query query(db_.cache(), sql::kWavePositions);
        query.in(shop_id, id, first, last).out(row.position, number, row.parcel, row.file, state);
        for (bool more = query.first(); more; more = query.next()) {
            row.order = OrderNumber{number};
            row.state = state_of(state);
            found.push_back(row);
        }
        return found;
    });
}

Result<int> SociStore::first_waiting(ShopId shop, WaveId wave) {
    return in_safety([&]() -> Result<int> {
        const long long shop_id = shop.get(), id = wave.get();
        long long known = 0;
        int first = 0;
        query(sql::kWaveOfShop).in(id, shop_id).out(known).run();
        if (known == 0) return unknown_wave(wave);
        query(sql::kFirstWaiting).in(id).out(first).run();
        return first;
    });
}

Result<void> SociStore::mark_positions(ShopId shop, WaveId wave,
                                       std::span<const WavePosition> places) {
    return in_scope([&]() -> Result<void> {
        const long long shop_id = shop.get(), id = wave.get();
        long long known = 0;
        query(sql::kWaveOfShop).in(id, shop_id).out(known).run();
        if (known == 0) return unknown_wave(wave);
        int state = 0, position = 0;
        Query update(db_.cache(), sql::kMarkWavePosition);
        update.in(state, id, position);
        for (const WavePosition& place : places) {
            state = static_cast<int>(place.state);
            position = place.position;
            before(sql::kMarkWavePosition);
            update.run();
        }
        return {};
    });
}

Result<void> SociStore::close_wave(ShopId shop, WaveId wave) {
    return in_scope([&]() -> Result<void> {
        auto waiting = first_waiting(shop, wave);
        if (!waiting) return waiting.error();
        if (*waiting != 0) {
            return Error{ErrorCode::NotAllowed,
                         fmt::format("place {} of the wave still waits", *waiting), "",
                         "print the rest first"};
        }
        const long long id = wave.get();
        before(sql::kCloseWave);
        query(sql::kCloseWave).in(id).run();
        return {};
    });
}

}  // namespace verso::records
