// SPDX-License-Identifier: Apache-2.0
#include "tests/contract/two_shops.h"

#include <algorithm>
#include <stdexcept>

#include "core/crypto/message_code.h"
#include "records/store/hook_book.h"
#include "records/store/photo_book.h"
#include "records/store/store_tables.h"

namespace verso::records::testing {

namespace {

template <class T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().text());
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

Order order_of(const OrderNumber& number, const std::string& word) {
    Order order = sample_order(number.get());
    order.ship_to.name = word + " Exemple";
    order.ship_to.line1 = "1 rue " + word;
    order.note = word;
    order.email = "buyer@example.com";
    order.parcels.front().tracking = "XY123456789FR";
    return order;
}

void add_paper(Store& store, FullShop& shop, std::uint64_t seed) {
    const LayoutNumber layout = must(store.freeze_layout(sample_layout())).number;
    const Printed printed = sample_print(shop.shared, layout, seed);
    shop.print = printed.insert;
    shop.open = sample_print(shop.own, layout, seed + 1).insert;
    for (PrintedInsert* insert : {&shop.print, &shop.open}) {
        insert->file = shop.word + ".pdf";
        must(store.record_prints(shop.id, std::span(insert, 1)));
    }
    must(store.note_card(shop.id, shop.open.card, CardEvent::Save, shop.word, {}, at(150)));
    shop.scan = must(store.record_scan(shop.id, {"a.tif", std::string(64, 'a'), 1, at(200)})).id;
    shop.reading = sample_reading(printed);
    shop.reading.source = shop.word;
    shop.reading.card = shop.open.card;
    shop.reading.order = shop.own.get();
    shop.reading.reject(RejectionCode::DoubtfulMark, "overall", shop.word);
    shop.kept = must(store.record_reading(shop.id, shop.scan, shop.reading, at(201))).id;
    shop.item = must(store.review_queue(shop.id)).front().id;
    Response response = sample_response(shop.print);
    response.comment = shop.word;
    shop.answer = must(store.record_response(shop.id, response, std::nullopt)).id;
}

void add_work(Store& store, FullShop& shop) {
    WaveRecord wave;
    wave.name = "monday";
    wave.template_name = shop.word;
    wave.request = "{}";
    shop.wave = must(store.create_wave(shop.id, wave, std::vector<WavePosition>{{1, shop.own}}));
    NewJob job{"print", "#1", "{\"word\": \"" + shop.word + "\"}", at(0), 1};
    must(store.jobs().enqueue(shop.id, job, at(10)));
    must(store.jobs().enqueue(shop.id, {"scan", shop.word, "{}", at(0), 1}, at(10)));
    LeaseRequest request;
    request.kinds = {{"scan", 0}};
    request.shop = shop.id;
    const auto leased = must(store.jobs().lease(request, at(20)));
    must(store.jobs().fail(leased.at(0), shop.word, std::nullopt, at(21)));
    shop.dead = leased.at(0).id;
    shop.job = must(store.jobs().list(shop.id, JobState::Waiting, 9)).at(0).id;
}

void add_rest(Store& store, FullShop& shop) {
    shop.made = {shop.print.rma, shop.shared};
    shop.made.label = "XY123456789FR";
    shop.made.comment = shop.word;
    shop.made.lines = {{1, 1}};
    must(store.returns().announce(shop.id, shop.made, shop.word, at(300)));
    CarrierEvent event;
    event.event_id = "1";
    event.tracking = "XY123456789FR";
    event.word = shop.word;
    event.raw = shop.word;
    event.status = ParcelStatus::InTransit;
    event.at = {at(310), std::chrono::minutes{0}};
    must(store.parcel_events().keep(shop.id, std::span(&event, 1), at(311)));
    const DeskEntry entry{at(320), shop.word, "edit", shop.word};
    must(desk_of(store).note_order(shop.id, shop.shared, entry));
    must(desk_of(store).note_order(shop.id, shop.own, {at(321), "buyer", "dispute", shop.word}));
    must(desk_of(store).note_review(shop.id, shop.item, entry));
    must(store.fold_figures(shop.id));
    must(store.take_numbers(shop.id, {"range", 1, 100}, 5));
    AccessBook& book = store.access();
    shop.key = must(book.add_key(shop.id, "till", shop.word, std::vector{KeyScope::Print}, at(1)));
    must(book.claim_request(shop.id, ApiKeyId{}, "same", shop.word, at(9999), at(1)));
    must(book.keep_answer(shop.id, ApiKeyId{}, "same", 200, shop.word));
    must(book.note({0, shop.id, at(1), shop.word, "print", "#1", shop.word}));
    must(book.note_delivery(shop.id, "shopify", "1", at(1)));
    shop.hook = must(hooks_of(store).add_hook(shop.id,
                                              {{},
                                               "https://" + shop.word + ".example.com",
                                               "whsec_" + encode_base64(std::string(24, 's')),
                                               {HookKind::PrintDone},
                                               {}},
                                              at(1)));
    PhotoBook& photos = photos_of(store);
    must(photos.keep_photo(shop.id,
                           {0, shop.own, shop.open.card, Rma(""), shop.word + ".jpg", at(330)}));
    must(photos.keep_photo(
        shop.id, {0, shop.shared, shop.print.card, Rma(""), shop.word + "-1.jpg", at(330)}));
    shop.photo = must(photos.photos_of_order(shop.id, shop.own)).at(0).id;
}

}  // namespace

FullShop fill_shop(Store& store, ShopId id, const std::string& word, std::uint64_t seed) {
    FullShop shop;
    shop.id = id;
    shop.word = word;
    shop.own = OrderNumber{"#" + word};
    for (const OrderNumber& number : {shop.shared, shop.own})
        must(store.save_order(id, order_of(number, word), at(1)));
    add_paper(store, shop, seed);
    add_work(store, shop);
    add_rest(store, shop);
    return shop;
}

Rows all_rows(const std::string& place) {
    static const std::vector<StoreTable> tables = store_tables();
    Rows rows;
    const auto db = connect(place);
    db->query("BEGIN").run();
    for (const StoreTable& table : tables) {
        TableReader reader(*db, table);
        auto& into = rows[table.name];
        while (reader.next()) {
            std::string text;
            for (std::size_t i = 0; i < table.columns.size(); ++i)
                text += table.columns[i].name + "=" + reader.values()[i] + "|";
            into.push_back(std::move(text));
        }
        std::sort(into.begin(), into.end());
    }
    db->query("ROLLBACK").run();
    return rows;
}

Rows rows_added(const Rows& before, const Rows& all) {
    Rows added;
    for (const auto& [table, rows] : all) {
        const auto known = before.find(table);
        const std::vector<std::string> none;
        const auto& old = known != before.end() ? known->second : none;
        std::set_difference(rows.begin(), rows.end(), old.begin(), old.end(),
                            std::back_inserter(added[table]));
    }
    return added;
}

std::string rows_missing(const Rows& wanted, const Rows& all) {
    std::string text;
    for (const auto& [table, rows] : rows_added(all, wanted)) {
        for (const auto& row : rows) text += table + ": " + row + "\n";
    }
    return text;
}

}  // namespace verso::records::testing
