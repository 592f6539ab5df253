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
    // A revision never changes and is always read whole: one JSON document (order_body.h) instead
    // of rows in three tables. What lists and rules ask of an order's newest revision stands beside
    // its number. PostgreSQL has no home from before this step, so there is nothing to take over
    // there.
    {5,
     {
         "ALTER TABLE customer_order ADD COLUMN placed_at TEXT NOT NULL DEFAULT ''",
         "ALTER TABLE customer_order ADD COLUMN status TEXT NOT NULL DEFAULT ''",
         "ALTER TABLE customer_order ADD COLUMN payment TEXT NOT NULL DEFAULT ''",
         "ALTER TABLE customer_order ADD COLUMN name TEXT NOT NULL DEFAULT ''",
         "ALTER TABLE customer_order ADD COLUMN country TEXT NOT NULL DEFAULT ''",
         "ALTER TABLE customer_order ADD COLUMN language TEXT NOT NULL DEFAULT ''",
         "ALTER TABLE customer_order ADD COLUMN currency TEXT NOT NULL DEFAULT ''",
         "ALTER TABLE customer_order ADD COLUMN total BIGINT NOT NULL DEFAULT 0",
         "ALTER TABLE customer_order ADD COLUMN lines INTEGER NOT NULL DEFAULT 0",
         "ALTER TABLE customer_order ADD COLUMN parcels INTEGER NOT NULL DEFAULT 0",
         "ALTER TABLE customer_order ADD COLUMN insider INTEGER NOT NULL DEFAULT 0",
         "CREATE TABLE order_body ("
         " order_id BIGINT NOT NULL REFERENCES customer_order (id), revision INTEGER NOT NULL,"
         " saved_at BIGINT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (order_id, revision))",
         "{sqlite}UPDATE customer_order SET (placed_at, status, payment, name, country, language,"
         " currency, total) = (SELECT r.placed_at, r.status, r.payment, r.name, r.country,"
         " r.language, r.currency, r.total FROM order_revision r"
         " WHERE r.order_id = customer_order.id AND r.revision = customer_order.revision),"
         " lines = (SELECT count(*) FROM order_line l WHERE l.order_id = customer_order.id"
         "  AND l.revision = customer_order.revision),"
         " parcels = (SELECT count(*) FROM parcel p WHERE p.order_id = customer_order.id"
         "  AND p.revision = customer_order.revision)",
         "{sqlite}INSERT INTO order_body (order_id, revision, saved_at, body)"
         " SELECT r.order_id, r.revision, r.saved_at, json_object('placed_at', r.placed_at,"
         " 'status', r.status, 'payment', r.payment, 'paid_at', r.paid_at,"
         " 'cancelled_at', r.cancelled_at, 'currency', r.currency, 'language', r.language,"
         " 'email', r.email, 'phone', r.phone, 'ship_to', json_object('name', r.name,"
         " 'company', r.company, 'line1', r.line1, 'line2', r.line2, 'postcode', r.postcode,"
         " 'city', r.city, 'region', r.region, 'country', r.country),"
         " 'promised_on', r.promised_on, 'shipping', r.shipping, 'total', r.total,"
         " 'note', r.note,"
         " 'parcels', (SELECT json_group_array(json_object('number', p.number,"
         "  'carrier', p.carrier, 'service', p.service, 'tracking', p.tracking))"
         "  FROM (SELECT * FROM parcel WHERE order_id = r.order_id AND revision = r.revision"
         "  ORDER BY number) p),"
         " 'lines', (SELECT json_group_array(json_object('line', l.line, 'sku', l.sku,"
         "  'ean', l.ean, 'title', l.title, 'variant', l.variant, 'bin', l.bin,"
         "  'quantity', l.quantity, 'unit_price', l.unit_price,"
         "  'line_total', l.line_total, 'parcel', l.parcel))"
         "  FROM (SELECT * FROM order_line WHERE order_id = r.order_id AND revision = r.revision"
         "  ORDER BY line) l)) FROM order_revision r",

         // The prints no longer refer to the row of a parcel.
         "{sqlite}CREATE TABLE printed_insert_5 ("
         " id {id}, shop_id BIGINT NOT NULL REFERENCES shop (id), insert_id TEXT NOT NULL,"
         " order_id BIGINT NOT NULL REFERENCES customer_order (id), revision INTEGER NOT NULL,"
         " parcel INTEGER NOT NULL, layout INTEGER NOT NULL REFERENCES layout (number),"
         " template_name TEXT NOT NULL, rma TEXT NOT NULL, label TEXT NOT NULL,"
         " file TEXT NOT NULL, first_page INTEGER NOT NULL, pages INTEGER NOT NULL,"
         " printed_at BIGINT NOT NULL, UNIQUE (shop_id, insert_id))",
         "{sqlite}INSERT INTO printed_insert_5 SELECT id, shop_id, insert_id, order_id, revision,"
         " parcel, layout, template_name, rma, label, file, first_page, pages, printed_at"
         " FROM printed_insert",
         "{sqlite}DROP TABLE printed_insert",
         "{sqlite}ALTER TABLE printed_insert_5 RENAME TO printed_insert",
         "{sqlite}CREATE INDEX printed_insert_order ON printed_insert (order_id)",
         "{sqlite}CREATE UNIQUE INDEX printed_insert_rma ON printed_insert (shop_id, rma)"
         " WHERE rma <> ''",
         "{sqlite}CREATE INDEX insert_label ON printed_insert (shop_id, label) WHERE label <> ''",
         "DROP TABLE order_line",
         "{sqlite}DROP TABLE parcel",
         "{sqlite}DROP TABLE order_revision",
         "{postgres}DROP TABLE parcel CASCADE",
         "{postgres}DROP TABLE order_revision CASCADE",
         "{postgres}ALTER TABLE printed_insert ADD FOREIGN KEY (order_id)"
         " REFERENCES customer_order (id)",
     }},
    // Orders are found by words of the buyer's name, e-mail and tracking number (order_words.h).
    // Words come in no order, so a shop's index is cut into segments of neighbouring orders: an
    // import writes to the last one alone, which stays in memory.
    {6,
     {
         "CREATE TABLE order_search ("
         " shop_id BIGINT NOT NULL, segment INTEGER NOT NULL, word TEXT{binary} NOT NULL,"
         " order_id BIGINT NOT NULL, PRIMARY KEY (shop_id, segment, word, order_id)){clustered}",
         "CREATE UNIQUE INDEX shop_name ON shop (name)",
         // What people and programs did to an order, beside its revisions.
         "CREATE TABLE order_event ("
         " id {id}, shop_id BIGINT NOT NULL REFERENCES shop (id),"
         " order_id BIGINT NOT NULL REFERENCES customer_order (id), at BIGINT NOT NULL,"
         " who TEXT NOT NULL, what TEXT NOT NULL, detail TEXT NOT NULL)",
         "CREATE INDEX order_event_order ON order_event (order_id)",
         "ALTER TABLE printed_insert ADD COLUMN packer TEXT NOT NULL DEFAULT ''",
     }},
    // What carriers told, as they told it, and where each parcel stands by it.
    {7,
     {
         "CREATE TABLE parcel_event ("
         " id {id}, shop_id BIGINT NOT NULL REFERENCES shop (id), event_key TEXT NOT NULL,"
         " source TEXT NOT NULL, carrier TEXT NOT NULL, tracking TEXT NOT NULL,"
         " status TEXT NOT NULL, cause TEXT NOT NULL, happened_at BIGINT NOT NULL,"
         " promised_on TEXT NOT NULL, raw TEXT NOT NULL, recorded_at BIGINT NOT NULL,"
         " UNIQUE (shop_id, event_key))",
         "CREATE INDEX parcel_event_tracking ON parcel_event (shop_id, tracking)",
         "CREATE TABLE parcel_state ("
         " shop_id BIGINT NOT NULL REFERENCES shop (id), tracking TEXT NOT NULL,"
         " carrier TEXT NOT NULL, status TEXT NOT NULL, cause TEXT NOT NULL,"
         " changed_at BIGINT NOT NULL, delivered_at BIGINT NOT NULL, promised_on TEXT NOT NULL,"
         " PRIMARY KEY (shop_id, tracking)){clustered}",
     }},
    // Responses that are no scores, stars for articles, amended and withdrawn ratings; the states
    // of a card (lifecycle/card_life.h); who settled what in review.
    {8,
     {
         "ALTER TABLE response ADD COLUMN kind TEXT NOT NULL DEFAULT 'scores'",
         "ALTER TABLE response ADD COLUMN products TEXT NOT NULL DEFAULT '{}'",
         "ALTER TABLE rating ADD COLUMN products TEXT NOT NULL DEFAULT '{}'",
         "ALTER TABLE rating ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0",
         "ALTER TABLE rating ADD COLUMN answered_at BIGINT NOT NULL DEFAULT 0",
         "UPDATE rating SET answered_at = recorded_at",
         // What it counts for (figures/figure_cell.h), to be taken back exactly.
         "ALTER TABLE rating ADD COLUMN figures TEXT NOT NULL DEFAULT ''",
         "ALTER TABLE card ADD COLUMN state TEXT NOT NULL DEFAULT 'printed'",
         "UPDATE card SET state = 'final' WHERE answered = 1",
         "ALTER TABLE card DROP COLUMN answered",
         "ALTER TABLE card ADD COLUMN draft TEXT NOT NULL DEFAULT ''",
         "ALTER TABLE card ADD COLUMN changed_at BIGINT NOT NULL DEFAULT 0",
         "CREATE TABLE review_action ("
         " id {id}, review_id BIGINT NOT NULL REFERENCES review_item (id), at BIGINT NOT NULL,"
         " who TEXT NOT NULL, action TEXT NOT NULL, detail TEXT NOT NULL)",
         "CREATE INDEX review_action_item ON review_action (review_id)",
         "CREATE INDEX review_open ON review_item (shop_id, id) WHERE settled_at IS NULL",
     }},
    {9,
     {
         "CREATE TABLE return_case ("
         " id {id}, shop_id BIGINT NOT NULL REFERENCES shop (id), rma TEXT NOT NULL,"
         " order_id BIGINT NOT NULL REFERENCES customer_order (id), parcel INTEGER NOT NULL,"
         " state TEXT NOT NULL, channel TEXT NOT NULL, wish TEXT NOT NULL,"
         " tracking TEXT NOT NULL, detail TEXT NOT NULL, opened_at BIGINT NOT NULL,"
         " changed_at BIGINT NOT NULL, UNIQUE (shop_id, rma))",
         "CREATE INDEX return_case_order ON return_case (order_id)",
         "CREATE INDEX return_case_tracking ON return_case (shop_id, tracking)"
         " WHERE tracking <> ''",
         "CREATE TABLE return_line ("
         " return_id BIGINT NOT NULL REFERENCES return_case (id), line INTEGER NOT NULL,"
         " expected INTEGER NOT NULL, received INTEGER NOT NULL, reason TEXT NOT NULL,"
         " condition TEXT NOT NULL, note TEXT NOT NULL, PRIMARY KEY (return_id, line)){clustered}",
         // What a scanned code is looked up under: lifecycle/label_match.h.
         "CREATE TABLE return_key ("
         " shop_id BIGINT NOT NULL REFERENCES shop (id), label_key TEXT NOT NULL,"
         " return_id BIGINT NOT NULL REFERENCES return_case (id), grade INTEGER NOT NULL,"
         " PRIMARY KEY (shop_id, label_key, return_id)){clustered}",
         "CREATE TABLE return_event ("
         " id {id}, return_id BIGINT NOT NULL REFERENCES return_case (id), at BIGINT NOT NULL,"
         " who TEXT NOT NULL, what TEXT NOT NULL, detail TEXT NOT NULL)",
         "CREATE INDEX return_event_case ON return_event (return_id)",
         "CREATE TABLE return_photo ("
         " id {id}, return_id BIGINT NOT NULL REFERENCES return_case (id), line INTEGER NOT NULL,"
         " file TEXT NOT NULL, added_at BIGINT NOT NULL)",
     }},
    // Figures: what each print, void and response counts for, one row each (figures/figure_cell.h),
    // and its sums. period 0 is all time, else the day number of a week's Monday.
    {10,
     {
         "CREATE TABLE figure_entry ("
         " id {id}, shop_id BIGINT NOT NULL REFERENCES shop (id), entry TEXT NOT NULL)",
         "CREATE INDEX figure_entry_shop ON figure_entry (shop_id, id)",
         "CREATE TABLE figure_cell ("
         " shop_id BIGINT NOT NULL REFERENCES shop (id), dimension TEXT NOT NULL,"
         " period INTEGER NOT NULL, name TEXT NOT NULL, measure TEXT NOT NULL,"
         " value INTEGER NOT NULL, n BIGINT NOT NULL,"
         " PRIMARY KEY (shop_id, dimension, period, name, measure, value)){clustered}",
     }},
    {11,
     {
         "CREATE TABLE job ("
         " id {id}, shop_id BIGINT NOT NULL REFERENCES shop (id), kind TEXT NOT NULL,"
         " job_key TEXT NOT NULL, payload TEXT NOT NULL, state TEXT NOT NULL,"
         " run_at BIGINT NOT NULL, attempts INTEGER NOT NULL, max_attempts INTEGER NOT NULL,"
         " lease_owner TEXT NOT NULL, lease_until BIGINT NOT NULL, lease_token BIGINT NOT NULL,"
         " last_error TEXT NOT NULL, created_at BIGINT NOT NULL, done_at BIGINT NOT NULL,"
         " UNIQUE (shop_id, kind, job_key))",
         "CREATE INDEX job_due ON job (kind, run_at) WHERE state = 'waiting'",
         "CREATE INDEX job_leased ON job (kind, lease_until) WHERE state = 'leased'",
         "CREATE INDEX job_dead ON job (shop_id, id) WHERE state = 'dead'",
         // What was erased for whom: numbers and days, nothing that was erased.
         "CREATE TABLE erasure ("
         " id {id}, shop_id BIGINT NOT NULL REFERENCES shop (id), at BIGINT NOT NULL,"
         " who TEXT NOT NULL, reason TEXT NOT NULL, orders INTEGER NOT NULL,"
         " files INTEGER NOT NULL)",
     }},
    // What the carrier wrote beside what it means, and the wall clock where it was written.
    {12,
     {
         "ALTER TABLE parcel_event ADD COLUMN utc_offset INTEGER NOT NULL DEFAULT 0",
         "ALTER TABLE parcel_event ADD COLUMN word TEXT NOT NULL DEFAULT ''",
         "ALTER TABLE parcel_event ADD COLUMN told_tracking TEXT NOT NULL DEFAULT ''",
         "ALTER TABLE parcel_event ADD COLUMN order_number TEXT NOT NULL DEFAULT ''",
         "ALTER TABLE parcel_event ADD COLUMN order_key TEXT NOT NULL DEFAULT ''",
         "ALTER TABLE parcel_event ADD COLUMN parcel INTEGER NOT NULL DEFAULT 0",
         "ALTER TABLE parcel_state ADD COLUMN delivered_offset INTEGER NOT NULL DEFAULT 0",
     }},
    // Whose buyer was erased, whose picture is gone, and the files that are still to be deleted.
    {13,
     {
         "ALTER TABLE customer_order ADD COLUMN erased INTEGER NOT NULL DEFAULT 0",
         "ALTER TABLE scan ADD COLUMN image_gone INTEGER NOT NULL DEFAULT 0",
         "CREATE TABLE erasure_file ("
         " id {id}, shop_id BIGINT NOT NULL REFERENCES shop (id), kind TEXT NOT NULL,"
         " name TEXT NOT NULL, UNIQUE (shop_id, kind, name))",
     }},
    // Who may log in, where; tokens are kept by their SHA-256 only (access_book.h).
    {14,
     {
         "CREATE TABLE app_user ("
         " id {id}, login TEXT NOT NULL UNIQUE, name TEXT NOT NULL, password_hash TEXT NOT NULL,"
         " disabled INTEGER NOT NULL, created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL)",
         "CREATE TABLE user_role ("
         " user_id BIGINT NOT NULL REFERENCES app_user (id),"
         " shop_id BIGINT NOT NULL REFERENCES shop (id), role TEXT NOT NULL,"
         " PRIMARY KEY (user_id, shop_id)){clustered}",
         "CREATE INDEX user_role_shop ON user_role (shop_id)",
         "CREATE TABLE user_session ("
         " token_hash TEXT NOT NULL, user_id BIGINT NOT NULL REFERENCES app_user (id),"
         " created_at BIGINT NOT NULL, used_at BIGINT NOT NULL, expires_at BIGINT NOT NULL,"
         " rotated INTEGER NOT NULL, PRIMARY KEY (token_hash)){clustered}",
         "CREATE INDEX user_session_user ON user_session (user_id)",
         "CREATE INDEX user_session_end ON user_session (expires_at)",
         // user_id 0: the first admin, who is not there yet.
         "CREATE TABLE access_link ("
         " token_hash TEXT NOT NULL, purpose TEXT NOT NULL, user_id BIGINT NOT NULL,"
         " created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, used_at BIGINT NOT NULL,"
         " PRIMARY KEY (token_hash)){clustered}",
         "CREATE INDEX access_link_user ON access_link (user_id)",
     }},
    {15,
     {
         "CREATE TABLE api_key ("
         " id {id}, shop_id BIGINT NOT NULL REFERENCES shop (id), name TEXT NOT NULL,"
         " key_hash TEXT NOT NULL UNIQUE, scopes TEXT NOT NULL, created_at BIGINT NOT NULL,"
         " used_at BIGINT NOT NULL, revoked_at BIGINT NOT NULL)",
         "CREATE INDEX api_key_shop ON api_key (shop_id)",
         // Idempotency keys and what was answered. key_id 0: somebody at a desk.
         "CREATE TABLE kept_answer ("
         " shop_id BIGINT NOT NULL REFERENCES shop (id), key_id BIGINT NOT NULL,"
         " request_key TEXT NOT NULL, request_sha256 TEXT NOT NULL, status INTEGER NOT NULL,"
         " body TEXT NOT NULL, expires_at BIGINT NOT NULL,"
         " PRIMARY KEY (shop_id, key_id, request_key)){clustered}",
         "CREATE INDEX kept_answer_end ON kept_answer (expires_at)",
     }},
    // Who did what; shop_id 0: to the home as a whole.
    {16,
     {
         "CREATE TABLE audit_entry ("
         " id {id}, shop_id BIGINT NOT NULL, at BIGINT NOT NULL, who TEXT NOT NULL,"
         " what TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT NOT NULL)",
         "CREATE INDEX audit_entry_shop ON audit_entry (shop_id, id)",
         "CREATE TABLE seen_delivery ("
         " shop_id BIGINT NOT NULL REFERENCES shop (id), source TEXT NOT NULL,"
         " delivery TEXT NOT NULL, seen_at BIGINT NOT NULL,"
         " PRIMARY KEY (shop_id, source, delivery)){clustered}",
         "CREATE INDEX seen_delivery_age ON seen_delivery (seen_at)",
     }},
    // What the shop's export said last of an order that is another here (import_merge.h).
    {17,
     {
         "ALTER TABLE customer_order ADD COLUMN said_other INTEGER NOT NULL DEFAULT 0",
         "CREATE TABLE order_said ("
         " order_id BIGINT PRIMARY KEY REFERENCES customer_order (id), body TEXT NOT NULL)"
         "{clustered}",
     }},
    // Parcels as figures: whose they are, what was counted of them, and whether that is to be done
    // anew; whether a buyer had ordered before, as it was when the insert was printed.
    {18,
     {
         "ALTER TABLE parcel_state ADD COLUMN order_id BIGINT NOT NULL DEFAULT 0",
         "ALTER TABLE parcel_state ADD COLUMN uncounted INTEGER NOT NULL DEFAULT 1",
         "ALTER TABLE parcel_state ADD COLUMN counted TEXT NOT NULL DEFAULT ''",
         "CREATE INDEX parcel_state_uncounted ON parcel_state (shop_id, tracking)"
         " WHERE uncounted = 1",
         "CREATE INDEX parcel_state_order ON parcel_state (order_id) WHERE order_id <> 0",
         "ALTER TABLE printed_insert ADD COLUMN buyer TEXT NOT NULL DEFAULT ''",
     }},
    // Where a shop's own systems are told of what happens (hook_book.h), and lists in pages
    // (list_book.h).
    {19,
     {
         "CREATE TABLE hook ("
         " id {id}, shop_id BIGINT NOT NULL REFERENCES shop (id), url TEXT NOT NULL,"
         " secret TEXT NOT NULL, kinds TEXT NOT NULL, created_at BIGINT NOT NULL)",
         "CREATE INDEX hook_shop ON hook (shop_id)",
         "CREATE INDEX customer_order_list ON customer_order (shop_id, id)",
         "CREATE INDEX return_case_list ON return_case (shop_id, id)",
         "CREATE INDEX rating_list ON rating (recorded_at, id)",
     }},
    // Printers, and documents on their way to them (spool_book.h). A job in a lane waits for those
    // before it.
    {20,
     {
         "CREATE TABLE printer ("
         " id {id}, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE, uri TEXT NOT NULL,"
         " settings TEXT NOT NULL, is_paused INTEGER NOT NULL, trouble TEXT NOT NULL,"
         " seen_at BIGINT NOT NULL, created_at BIGINT NOT NULL)",
         "ALTER TABLE job ADD COLUMN lane BIGINT NOT NULL DEFAULT 0",
         "ALTER TABLE job ADD COLUMN lane_rank INTEGER NOT NULL DEFAULT 0",
         "CREATE INDEX job_lane ON job (lane, lane_rank, id) WHERE lane <> 0 AND state <> 'done'",
         "CREATE TABLE print_job ("
         " id BIGINT PRIMARY KEY, shop_id BIGINT NOT NULL REFERENCES shop (id),"
         " printer_id BIGINT NOT NULL, file TEXT NOT NULL, title TEXT NOT NULL,"
         " is_zpl INTEGER NOT NULL, width INTEGER NOT NULL,"
         " height INTEGER NOT NULL, both_sides INTEGER NOT NULL, dpi INTEGER NOT NULL,"
         " pages INTEGER NOT NULL, sheets INTEGER NOT NULL, is_urgent INTEGER NOT NULL,"
         " wave TEXT NOT NULL, who TEXT NOT NULL, cards TEXT NOT NULL, name TEXT NOT NULL, attempt "
         "INTEGER NOT NULL,"
         " state TEXT NOT NULL, step TEXT NOT NULL, device_job TEXT NOT NULL,"
         " since BIGINT NOT NULL, sent INTEGER NOT NULL, printed INTEGER NOT NULL,"
         " mark TEXT NOT NULL, trouble TEXT NOT NULL, first_unknown INTEGER NOT NULL,"
         " last_unknown INTEGER NOT NULL, created_at BIGINT NOT NULL,"
         " changed_at BIGINT NOT NULL)",
         "CREATE INDEX print_job_open ON print_job (printer_id, id)"
         " WHERE state NOT IN ('done', 'cancelled')",
         "CREATE INDEX print_job_shop ON print_job (shop_id, id)",
     }},
    // Photos that buyers send (photo_book.h). rma '': with the card's answer.
    {21,
     {
         "CREATE TABLE buyer_photo ("
         " id {id}, shop_id BIGINT NOT NULL REFERENCES shop (id),"
         " order_id BIGINT NOT NULL REFERENCES customer_order (id), card_id BIGINT NOT NULL,"
         " rma TEXT NOT NULL, path TEXT NOT NULL, sent_at BIGINT NOT NULL)",
         "CREATE INDEX buyer_photo_order ON buyer_photo (order_id)",
         "CREATE INDEX buyer_photo_card ON buyer_photo (card_id)",
         "CREATE INDEX buyer_photo_age ON buyer_photo (shop_id, sent_at)",
     }},
    // Answers that buyers dispute are found without looking at all that was ever done.
    {22,
     {
         "CREATE INDEX order_event_dispute ON order_event (shop_id, id) WHERE what = 'dispute'",
     }},
};

}  // namespace

std::span<const Migration> migrations() { return kSteps; }

int schema_version() { return kSteps.back().version; }

}  // namespace verso::records
