// SPDX-License-Identifier: Apache-2.0
#include "records/store/schema.h"

namespace verso::records {

namespace {

// Moments are seconds since 1970 in UTC; times with an offset and days are ISO 8601 text, '' when
// there is none; money is in minor units; names of states as core writes them.
const std::vector<Migration> kSteps{
    {1,
     {
         "CREATE TABLE shop (id {id}, name TEXT NOT NULL)",
         "INSERT INTO shop (name) VALUES ('')",

         "CREATE TABLE customer_order ("
         " id {id}, shop_id BIGINT NOT NULL REFERENCES shop (id), number TEXT NOT NULL,"
         " revision INTEGER NOT NULL, fingerprint TEXT NOT NULL, placed_utc BIGINT NOT NULL,"
         " UNIQUE (shop_id, number))",
         "CREATE TABLE order_revision ("
         " order_id BIGINT NOT NULL REFERENCES customer_order (id), revision INTEGER NOT NULL,"
         " saved_at BIGINT NOT NULL, placed_at TEXT NOT NULL, status TEXT NOT NULL,"
         " payment TEXT NOT NULL, paid_at TEXT NOT NULL, cancelled_at TEXT NOT NULL,"
         " currency TEXT NOT NULL, language TEXT NOT NULL, email TEXT NOT NULL,"
         " phone TEXT NOT NULL, name TEXT NOT NULL, company TEXT NOT NULL, line1 TEXT NOT NULL,"
         " line2 TEXT NOT NULL, postcode TEXT NOT NULL, city TEXT NOT NULL,"
         " region TEXT NOT NULL, country TEXT NOT NULL, promised_on TEXT NOT NULL,"
         " shipping BIGINT NOT NULL, total BIGINT NOT NULL, note TEXT NOT NULL,"
         " PRIMARY KEY (order_id, revision)){clustered}",
         "CREATE TABLE parcel ("
         " order_id BIGINT NOT NULL, revision INTEGER NOT NULL, number INTEGER NOT NULL,"
         " carrier TEXT NOT NULL, service TEXT NOT NULL, tracking TEXT NOT NULL,"
         " PRIMARY KEY (order_id, revision, number),"
         " FOREIGN KEY (order_id, revision) REFERENCES order_revision (order_id, revision))"
         "{clustered}",
         "CREATE TABLE order_line ("
         " order_id BIGINT NOT NULL, revision INTEGER NOT NULL, line INTEGER NOT NULL,"
         " sku TEXT NOT NULL, ean TEXT NOT NULL, title TEXT NOT NULL, variant TEXT NOT NULL,"
         " bin TEXT NOT NULL, quantity INTEGER NOT NULL, unit_price BIGINT NOT NULL,"
         " line_total BIGINT NOT NULL, parcel INTEGER NOT NULL,"
         " PRIMARY KEY (order_id, revision, line),"
         " FOREIGN KEY (order_id, revision, parcel)"
         " REFERENCES parcel (order_id, revision, number)){clustered}",

         "CREATE TABLE layout ("
         " number INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, json TEXT NOT NULL)",

         "CREATE TABLE printed_insert ("
         " id {id}, shop_id BIGINT NOT NULL REFERENCES shop (id), insert_id TEXT NOT NULL,"
         " order_id BIGINT NOT NULL, revision INTEGER NOT NULL, parcel INTEGER NOT NULL,"
         " layout INTEGER NOT NULL REFERENCES layout (number), template_name TEXT NOT NULL,"
         " rma TEXT NOT NULL, label TEXT NOT NULL, file TEXT NOT NULL,"
         " first_page INTEGER NOT NULL, pages INTEGER NOT NULL, printed_at BIGINT NOT NULL,"
         " UNIQUE (shop_id, insert_id),"
         " FOREIGN KEY (order_id, revision, parcel)"
         " REFERENCES parcel (order_id, revision, number))",
         "CREATE INDEX printed_insert_order ON printed_insert (order_id)",
         "CREATE UNIQUE INDEX printed_insert_rma ON printed_insert (shop_id, rma)"
         " WHERE rma <> ''",
         "CREATE TABLE card ("
         " id BIGINT PRIMARY KEY, printed_insert_id BIGINT NOT NULL UNIQUE"
         " REFERENCES printed_insert (id), secret_hash TEXT NOT NULL, public_key TEXT NOT NULL,"
         " answered INTEGER NOT NULL, void_reason TEXT NOT NULL, voided_at BIGINT){clustered}",

         "CREATE TABLE scan ("
         " id {id}, shop_id BIGINT NOT NULL REFERENCES shop (id), sha256 TEXT NOT NULL,"
         " path TEXT NOT NULL, pages INTEGER NOT NULL, recorded_at BIGINT NOT NULL,"
         " UNIQUE (shop_id, sha256))",
         "CREATE TABLE reading ("
         " id {id}, scan_id BIGINT NOT NULL REFERENCES scan (id), page INTEGER NOT NULL,"
         " position INTEGER NOT NULL, card TEXT NOT NULL, order_number TEXT NOT NULL,"
         " verdict TEXT NOT NULL, json TEXT NOT NULL, recorded_at BIGINT NOT NULL,"
         " UNIQUE (scan_id, page, position, card))",

         "CREATE TABLE response ("
         " id {id}, order_id BIGINT NOT NULL REFERENCES customer_order (id),"
         " card_id BIGINT NOT NULL REFERENCES card (id),"
         " reading_id BIGINT REFERENCES reading (id), channel TEXT NOT NULL,"
         " answers TEXT NOT NULL, comment TEXT NOT NULL, publish INTEGER NOT NULL,"
         " recorded_at BIGINT NOT NULL, outcome TEXT NOT NULL)",
         "CREATE INDEX response_order ON response (order_id)",
         "CREATE TABLE rating ("
         " id {id}, order_id BIGINT NOT NULL UNIQUE REFERENCES customer_order (id),"
         " card_id BIGINT NOT NULL REFERENCES card (id), channel TEXT NOT NULL,"
         " answers TEXT NOT NULL, comment TEXT NOT NULL, publish INTEGER NOT NULL,"
         " recorded_at BIGINT NOT NULL)",

         "CREATE TABLE review_item ("
         " id {id}, shop_id BIGINT NOT NULL REFERENCES shop (id),"
         " reading_id BIGINT REFERENCES reading (id),"
         " response_id BIGINT REFERENCES response (id), order_number TEXT NOT NULL,"
         " card TEXT NOT NULL, reasons TEXT NOT NULL, opened_at BIGINT NOT NULL,"
         " settled_at BIGINT, how TEXT NOT NULL)",
     }},
    // Numbers that were given: [first, last] of each, neighbours joined. Rows only grow.
    {2,
     {
         "CREATE TABLE number_range ("
         " id {id}, shop_id BIGINT NOT NULL REFERENCES shop (id), name TEXT NOT NULL,"
         " takings BIGINT NOT NULL, UNIQUE (shop_id, name))",
         "CREATE TABLE number_block ("
         " range_id BIGINT NOT NULL REFERENCES number_range (id), first BIGINT NOT NULL,"
         " last BIGINT NOT NULL, PRIMARY KEY (range_id, first)){clustered}",
         "CREATE INDEX insert_label ON printed_insert (shop_id, label) WHERE label <> ''",
     }},
    {3,
     {
         "CREATE TABLE wave ("
         " id {id}, shop_id BIGINT NOT NULL REFERENCES shop (id), name TEXT NOT NULL,"
         " template_name TEXT NOT NULL, request TEXT NOT NULL, created_at BIGINT NOT NULL,"
         " is_open INTEGER NOT NULL, UNIQUE (shop_id, name))",
         // state: 0 waiting, 1 printed, 2 left out
         "CREATE TABLE wave_position ("
         " wave_id BIGINT NOT NULL REFERENCES wave (id), position INTEGER NOT NULL,"
         " order_id BIGINT NOT NULL REFERENCES customer_order (id), parcel INTEGER NOT NULL,"
         " file INTEGER NOT NULL, state INTEGER NOT NULL,"
         " PRIMARY KEY (wave_id, position)){clustered}",
     }},
    // What a hand left on the card, to know the same piece of paper again (core/domain/piece.h).
    {4,
     {
         "ALTER TABLE reading ADD COLUMN piece TEXT NOT NULL DEFAULT ''",
         "CREATE INDEX reading_card ON reading (card) WHERE piece <> ''",
     }},
};

}  // namespace

std::span<const Migration> migrations() { return kSteps; }

int schema_version() { return kSteps.back().version; }

}  // namespace verso::records
