// SPDX-License-Identifier: Apache-2.0
#pragma once

// Every SQL statement of the store, by name. Both SQLite and PostgreSQL run them as they stand;
// what they do not share is in dialect.h. Each one about a shop's things is bound to :shop.
namespace verso::records::sql {

inline constexpr char kVersions[] = "SELECT version FROM schema_version";
inline constexpr char kApplied[] = "SELECT coalesce(max(version), 0) FROM schema_version";
inline constexpr char kCreateVersions[] =
    "CREATE TABLE schema_version (version INTEGER PRIMARY KEY, applied_at BIGINT NOT NULL)";
inline constexpr char kInsertVersion[] =
    "INSERT INTO schema_version (version, applied_at) VALUES (:version, :at)";

inline constexpr char kInsertShop[] = "INSERT INTO shop (name) VALUES (:name) RETURNING id";
inline constexpr char kShops[] = "SELECT id FROM shop ORDER BY id";
inline constexpr char kFindShop[] = "SELECT id FROM shop WHERE name = :name";
inline constexpr char kShopName[] = "SELECT name FROM shop WHERE id = :id";

// ---- orders
inline constexpr char kOrderHead[] =
    "SELECT id, revision, fingerprint, erased, said_other FROM customer_order"
    " WHERE shop_id = :shop AND number = :number";
/// To be ended by a list of numbers and a bracket.
inline constexpr char kOrderHeads[] =
    "SELECT id, number, revision, fingerprint FROM customer_order"
    " WHERE shop_id = :shop AND number IN (";
/// The same where a list is one value: {"#1","#2"}.
inline constexpr char kOrderHeadsOfList[] =
    "SELECT id, number, revision, fingerprint FROM customer_order"
    " WHERE shop_id = :shop AND number = ANY (CAST(:numbers AS TEXT[]))";
/// Ids that nobody else gets, with blanks between them, where several count them up at once.
inline constexpr char kTakeOrderIds[] =
    "WITH counter AS MATERIALIZED"
    " (SELECT CAST(pg_get_serial_sequence('customer_order', 'id') AS REGCLASS) AS name)"
    " SELECT string_agg(CAST(nextval(counter.name) AS TEXT), ' ')"
    " FROM counter, generate_series(1, CAST(:count AS BIGINT))";
inline constexpr char kLockOrder[] =
    "SELECT revision, fingerprint, erased FROM customer_order"
    " WHERE id = :id AND shop_id = :shop{lock}";
inline constexpr char kHeadColumns[] =
    "customer_order (id, shop_id, number, fingerprint, revision, placed_utc, placed_at, status,"
    " payment, name, country, language, currency, total, lines, parcels, insider)";
inline constexpr char kBodyColumns[] = "order_body (order_id, revision, saved_at, body)";
inline constexpr char kWordColumns[] = "order_search (shop_id, segment, word, order_id)";
inline constexpr char kUpdateOrder[] =
    "UPDATE customer_order SET revision = :revision, fingerprint = :fingerprint,"
    " placed_utc = :placed_utc, placed_at = :placed_at, status = :status, payment = :payment,"
    " name = :name, country = :country, language = :language, currency = :currency,"
    " total = :total, lines = :lines, parcels = :parcels, insider = :insider"
    " WHERE id = :id AND shop_id = :shop";
inline constexpr char kDeleteWord[] =
    "DELETE FROM order_search WHERE shop_id = :shop AND segment = :segment AND word = :word"
    " AND order_id = :id";
inline constexpr char kSelectBody[] =
    "SELECT body FROM order_body WHERE order_id = :id AND revision = :revision";
inline constexpr char kSaid[] = "SELECT body FROM order_said WHERE order_id = :id";
inline constexpr char kKeepSaid[] =
    "INSERT INTO order_said (order_id, body) VALUES (:id, :body)"
    " ON CONFLICT (order_id) DO UPDATE SET body = excluded.body";
inline constexpr char kDropSaid[] = "DELETE FROM order_said WHERE order_id = :id";
inline constexpr char kMarkSaid[] = "UPDATE customer_order SET said_other = :other WHERE id = :id";
inline constexpr char kListOrders[] =
    "SELECT number, revision, placed_at, status, payment, name, country, language, lines, parcels,"
    " total, currency FROM customer_order"
    " WHERE shop_id = :shop ORDER BY placed_utc, length(number), number{binary}";
inline constexpr char kSummary[] =
    "SELECT number, revision, placed_at, status, payment, name, country, language, lines, parcels,"
    " total, currency FROM customer_order WHERE id = :id AND shop_id = :shop";
inline constexpr char kSummaryByNumber[] =
    "SELECT number, revision, placed_at, status, payment, name, country, language, lines, parcels,"
    " total, currency FROM customer_order WHERE shop_id = :shop AND number = :number";
inline constexpr char kOrderIds[] =
    "SELECT id, number, revision FROM customer_order WHERE shop_id = :shop"
    " ORDER BY placed_utc, length(number), number{binary}";
inline constexpr char kLastOrderId[] = "SELECT coalesce(max(id), 0) FROM customer_order";
/// Those that have a word of a range, in all segments from one down to the first.
inline constexpr char kOrdersByWord[] =
    "WITH RECURSIVE part (segment) AS (SELECT CAST(:segment AS INTEGER)"
    " UNION ALL SELECT segment - 1 FROM part WHERE segment > 0)"
    " SELECT found.order_id FROM part CROSS JOIN order_search AS found WHERE found.shop_id = :shop"
    " AND found.segment = part.segment AND found.word >= :from AND found.word < :to LIMIT :most";
/// The same where the planner must be told to go from segment to segment.
inline constexpr char kOrdersByWordOnServer[] =
    "SELECT found.order_id FROM generate_series(CAST(:segment AS INTEGER), 0, -1) AS part"
    " CROSS JOIN LATERAL (SELECT order_id, word FROM order_search WHERE shop_id = :shop"
    " AND segment = part AND word >= :from AND word < :to ORDER BY word LIMIT :each) AS found"
    " LIMIT :most";
inline constexpr char kOrderOfRma[] =
    "SELECT order_id FROM printed_insert WHERE shop_id = :shop AND rma = :rma AND rma <> ''";

// ---- layouts
inline constexpr char kLayoutNumber[] = "SELECT number FROM layout WHERE sha256 = :sha256";
inline constexpr char kLastLayout[] = "SELECT coalesce(max(number), 0) FROM layout";
inline constexpr char kInsertLayout[] =
    "INSERT INTO layout (number, sha256, json) VALUES (:number, :sha256, :json)";
inline constexpr char kLayouts[] = "SELECT json FROM layout ORDER BY number";

// ---- inserts and cards
inline constexpr char kHasLayout[] = "SELECT count(*) FROM layout WHERE number = :number";
inline constexpr char kPrintOwner[] =
    "SELECT o.id, o.revision, b.body FROM customer_order o JOIN order_body b"
    " ON b.order_id = o.id AND b.revision = :revision"
    " WHERE o.shop_id = :shop AND o.number = :number";
inline constexpr char kInsertInsert[] =
    "INSERT INTO printed_insert (shop_id, insert_id, order_id, revision, parcel, layout,"
    " template_name, rma, label, file, first_page, pages, printed_at, packer, buyer)"
    " VALUES (:shop, :insert_id, :order_id, :revision, :parcel, :layout, :template_name, :rma,"
    " :label, :file, :first_page, :pages, :printed_at, :packer, :buyer) RETURNING id";
inline constexpr char kEarlierOrder[] =
    "SELECT count(*) FROM order_search s JOIN customer_order o ON o.id = s.order_id"
    " WHERE s.shop_id = :shop AND s.segment = :segment AND s.word = :word AND o.id <> :own"
    " AND o.placed_utc <= :placed AND o.status <> 'cancelled'";
inline constexpr char kInsertCard[] =
    "INSERT INTO card (id, printed_insert_id, secret_hash, public_key, void_reason)"
    " VALUES (:id, :printed_insert_id, :secret_hash, :public_key, '')";
inline constexpr char kCardById[] =
    "SELECT i.shop_id, i.insert_id, o.number, i.revision, i.parcel, c.id, c.secret_hash,"
    " c.public_key, i.layout, i.template_name, i.rma, i.label, i.file, i.first_page, i.pages,"
    " i.printed_at, i.packer, i.buyer, c.state, c.void_reason, coalesce(c.voided_at, -1)"
    " FROM card c JOIN printed_insert i ON i.id = c.printed_insert_id"
    " JOIN customer_order o ON o.id = i.order_id WHERE c.id = :card";
inline constexpr char kCardLook[] =
    "SELECT i.shop_id, i.insert_id, o.number, i.revision, i.parcel, c.id, c.secret_hash,"
    " c.public_key, i.layout, i.template_name, i.rma, i.label, i.file, i.first_page, i.pages,"
    " i.printed_at, i.packer, i.buyer, c.state, c.void_reason, coalesce(c.voided_at, -1), "
    "o.language"
    " FROM card c JOIN printed_insert i ON i.id = c.printed_insert_id"
    " JOIN customer_order o ON o.id = i.order_id WHERE c.id = :card";
/// What a decision about an answer needs of its card, and the revision that was printed; the order
/// and the card are kept from others until the transaction ends.
inline constexpr char kAnsweredCard[] =
    "SELECT i.shop_id, o.id, o.number, i.revision, i.parcel, i.template_name, i.printed_at,"
    " i.packer, i.buyer, c.state, c.void_reason, coalesce(c.voided_at, -1), b.body"
    " FROM card c JOIN printed_insert i ON i.id = c.printed_insert_id"
    " JOIN customer_order o ON o.id = i.order_id"
    " JOIN order_body b ON b.order_id = o.id AND b.revision = i.revision"
    " WHERE c.id = :card{lock_o_c}";
inline constexpr char kCardsOfOrder[] =
    "SELECT i.shop_id, i.insert_id, o.number, i.revision, i.parcel, c.id, c.secret_hash,"
    " c.public_key, i.layout, i.template_name, i.rma, i.label, i.file, i.first_page, i.pages,"
    " i.printed_at, i.packer, i.buyer, c.state, c.void_reason, coalesce(c.voided_at, -1)"
    " FROM customer_order o JOIN printed_insert i ON i.order_id = o.id"
    " JOIN card c ON c.printed_insert_id = i.id"
    " WHERE o.shop_id = :shop AND o.number = :number ORDER BY i.id";
inline constexpr char kRmaUses[] =
    "SELECT count(*) FROM printed_insert WHERE shop_id = :shop AND rma = :rma AND rma <> ''";
inline constexpr char kVoidCard[] =
    "UPDATE card SET state = 'voided', draft = '', void_reason = :reason, voided_at = :at,"
    " changed_at = :changed WHERE id = :card";
inline constexpr char kMoveCard[] =
    "UPDATE card SET state = :state, draft = :draft, changed_at = :at WHERE id = :card";
inline constexpr char kCardDraft[] = "SELECT draft FROM card WHERE id = :card";

inline constexpr char kLabelOrders[] =
    "SELECT o.number FROM printed_insert i JOIN customer_order o ON o.id = i.order_id"
    " WHERE i.shop_id = :shop AND i.label = :label AND i.label <> '' ORDER BY i.id";

// ---- number ranges. The first statement of a taking writes, so that the row is locked from there
// on, on a database that locks rows too.
inline constexpr char kUseRange[] =
    "UPDATE number_range SET takings = takings + 1 WHERE shop_id = :shop AND name = :name"
    " RETURNING id";
inline constexpr char kInsertRange[] =
    "INSERT INTO number_range (shop_id, name, takings) VALUES (:shop, :name, 1) RETURNING id";
inline constexpr char kBlocks[] =
    "SELECT first, last FROM number_block WHERE range_id = :range AND last >= :from"
    " AND first <= :to ORDER BY first";
inline constexpr char kGrowBlock[] =
    "UPDATE number_block SET last = :last WHERE range_id = :range AND last = :before";
inline constexpr char kBlockLast[] =
    "SELECT last FROM number_block WHERE range_id = :range AND last = :before";
inline constexpr char kInsertBlock[] =
    "INSERT INTO number_block (range_id, first, last) VALUES (:range, :first, :last)";

// ---- waves
inline constexpr char kInsertWave[] =
    "INSERT INTO wave (shop_id, name, template_name, request, created_at, is_open)"
    " VALUES (:shop, :name, :template_name, :request, :at, 1) RETURNING id";
inline constexpr char kInsertWavePosition[] =
    "INSERT INTO wave_position (wave_id, position, order_id, parcel, file, state)"
    " VALUES (:wave, :position, :order_id, :parcel, :file, :state)";
inline constexpr char kWaves[] =
    "SELECT w.id, w.name, w.template_name, w.request, w.created_at, w.is_open,"
    " (SELECT count(*) FROM wave_position p WHERE p.wave_id = w.id),"
    " (SELECT count(*) FROM wave_position p WHERE p.wave_id = w.id AND p.state = 1),"
    " (SELECT count(*) FROM wave_position p WHERE p.wave_id = w.id AND p.state = 2)"
    " FROM wave w WHERE w.shop_id = :shop ORDER BY w.id";
inline constexpr char kWaveByName[] =
    "SELECT w.id, w.name, w.template_name, w.request, w.created_at, w.is_open,"
    " (SELECT count(*) FROM wave_position p WHERE p.wave_id = w.id),"
    " (SELECT count(*) FROM wave_position p WHERE p.wave_id = w.id AND p.state = 1),"
    " (SELECT count(*) FROM wave_position p WHERE p.wave_id = w.id AND p.state = 2)"
    " FROM wave w WHERE w.shop_id = :shop AND w.name = :name";
inline constexpr char kWavePositions[] =
    "SELECT p.position, o.number, p.parcel, p.file, p.state"
    " FROM wave w JOIN wave_position p ON p.wave_id = w.id"
    " JOIN customer_order o ON o.id = p.order_id"
    " WHERE w.shop_id = :shop AND w.id = :wave AND p.position BETWEEN :first AND :last"
    " ORDER BY p.position";
inline constexpr char kFirstWaiting[] =
    "SELECT coalesce(min(position), 0) FROM wave_position WHERE wave_id = :wave AND state = 0";
inline constexpr char kWaveOfShop[] =
    "SELECT count(*) FROM wave WHERE id = :wave AND shop_id = :shop";
inline constexpr char kMarkWavePosition[] =
    "UPDATE wave_position SET state = :state WHERE wave_id = :wave AND position = :position";
inline constexpr char kCloseWave[] = "UPDATE wave SET is_open = 0 WHERE id = :wave";

// ---- scans, readings, review
inline constexpr char kScanId[] =
    "SELECT id, image_gone FROM scan WHERE shop_id = :shop AND sha256 = :sha256";
inline constexpr char kInsertScan[] =
    "INSERT INTO scan (shop_id, sha256, path, pages, recorded_at)"
    " VALUES (:shop, :sha256, :path, :pages, :at) RETURNING id";
inline constexpr char kInsertErasureFile[] =
    "INSERT INTO erasure_file (shop_id, kind, name) VALUES (:shop, :kind, :name)"
    " ON CONFLICT (shop_id, kind, name) DO NOTHING";
inline constexpr char kScanOfShop[] =
    "SELECT count(*) FROM scan WHERE id = :scan AND shop_id = :shop";
inline constexpr char kFindReading[] =
    "SELECT r.id, r.verdict, r.order_number, coalesce(v.reasons, '[]') FROM reading r"
    " JOIN scan s ON s.id = r.scan_id LEFT JOIN review_item v ON v.reading_id = r.id"
    " WHERE s.shop_id = :shop AND r.scan_id = :scan AND r.page = :page"
    " AND r.position = :position AND r.card = :card";
inline constexpr char kInsertReading[] =
    "INSERT INTO reading (scan_id, page, position, card, order_number, verdict, json, piece,"
    " recorded_at)"
    " VALUES (:scan, :page, :position, :card, :order_number, :verdict, :json, :piece, :at)"
    " RETURNING id";
inline constexpr char kEarlierReadings[] =
    "SELECT r.id, r.verdict, r.order_number, r.piece, coalesce(v.reasons, '[]'), s.path, r.page"
    " FROM reading r JOIN scan s ON s.id = r.scan_id LEFT JOIN review_item v ON v.reading_id = r.id"
    " WHERE s.shop_id = :shop AND r.card = :card AND r.piece <> '' ORDER BY r.id LIMIT 50";
inline constexpr char kInsertReview[] =
    "INSERT INTO review_item (shop_id, reading_id, response_id, order_number, card, reasons,"
    " opened_at, how)"
    " VALUES (:shop, nullif(CAST(:reading AS BIGINT), 0), nullif(CAST(:response AS BIGINT), 0), "
    ":order_number, :card, :reasons,"
    " :at, '')";
// ---- responses and ratings
inline constexpr char kReadingOfShop[] =
    "SELECT count(*) FROM reading r JOIN scan s ON s.id = r.scan_id"
    " WHERE r.id = :reading AND s.shop_id = :shop";
inline constexpr char kInsertResponse[] =
    "INSERT INTO response (order_id, card_id, reading_id, channel, answers, comment, publish,"
    " recorded_at, kind, products, outcome)"
    " VALUES (:order_id, :card, nullif(CAST(:reading AS BIGINT), 0), :channel, :answers, :comment,"
    " :publish, :at, :kind, :products, :outcome) RETURNING id";
inline constexpr char kInsertRating[] =
    "INSERT INTO rating (order_id, card_id, channel, answers, comment, publish, recorded_at,"
    " products, answered_at, figures)"
    " VALUES (:order_id, :card, :channel, :answers, :comment, :publish, :at, :products,"
    " :answered, :figures)";
inline constexpr char kReplaceRating[] =
    "UPDATE rating SET card_id = :card, channel = :channel, answers = :answers,"
    " comment = :comment, publish = :publish, recorded_at = :at, products = :products,"
    " withdrawn = 0, figures = :figures WHERE order_id = :order_id";
inline constexpr char kWithdrawRating[] =
    "UPDATE rating SET withdrawn = 1, figures = '' WHERE order_id = :order_id";
inline constexpr char kRatingFacts[] =
    "SELECT card_id, channel, answers, comment, publish, recorded_at, products, withdrawn,"
    " answered_at, figures FROM rating WHERE order_id = :order_id";
inline constexpr char kRatingOfOrder[] =
    "SELECT o.number, t.card_id, t.channel, t.answers, t.comment, t.publish, t.recorded_at,"
    " 'scores', t.products FROM rating t JOIN customer_order o ON o.id = t.order_id"
    " WHERE o.shop_id = :shop AND o.number = :number AND t.withdrawn = 0";
inline constexpr char kRatings[] =
    "SELECT o.number, t.card_id, t.channel, t.answers, t.comment, t.publish, t.recorded_at,"
    " 'scores', t.products FROM rating t JOIN customer_order o ON o.id = t.order_id"
    " WHERE o.shop_id = :shop AND t.withdrawn = 0 ORDER BY t.id";
inline constexpr char kNewestRatings[] =
    "SELECT t.id, o.number, t.card_id, t.channel, t.answers, t.comment, t.publish, t.recorded_at,"
    " 'scores', t.products FROM rating t JOIN customer_order o ON o.id = t.order_id"
    " WHERE o.shop_id = :shop AND t.withdrawn = 0 AND t.id < :before ORDER BY t.id DESC"
    " LIMIT :most";
inline constexpr char kResponsesOfOrder[] =
    "SELECT o.number, t.card_id, t.channel, t.answers, t.comment, t.publish, t.recorded_at,"
    " t.kind, t.products FROM response t JOIN customer_order o ON o.id = t.order_id"
    " WHERE o.shop_id = :shop AND o.number = :number ORDER BY t.id";

inline constexpr char kResponseInReview[] =
    "SELECT t.id, o.number, t.card_id, t.channel, t.answers, t.comment, t.publish, t.recorded_at,"
    " t.kind, t.products FROM response t JOIN customer_order o ON o.id = t.order_id"
    " WHERE o.shop_id = :shop AND (t.id = :response OR t.reading_id = :reading)"
    " ORDER BY t.id DESC LIMIT 1";
inline constexpr char kOutcome[] =
    "UPDATE response SET outcome = :outcome WHERE id = :id AND order_id = :order";

// ---- figures
inline constexpr char kInsertFigures[] =
    "INSERT INTO figure_entry (shop_id, entry) VALUES (:shop, :entry)";
inline constexpr char kTakeFigureEntries[] =
    "SELECT id, entry FROM figure_entry WHERE shop_id = :shop ORDER BY id LIMIT 20000{lock}";
inline constexpr char kDeleteFigureEntries[] =
    "DELETE FROM figure_entry WHERE shop_id = :shop AND id = :id";
inline constexpr char kFigureCellColumns[] =
    "figure_cell (shop_id, dimension, period, name, measure, value, n)";
inline constexpr char kFigureCells[] =
    "SELECT dimension, period, name, measure, value, n FROM figure_cell"
    " WHERE shop_id = :shop AND dimension = :dimension AND period >= :from AND period <= :to"
    " AND n <> 0 ORDER BY period, name, measure, value";

inline constexpr char kCounts[] =
    "SELECT (SELECT count(*) FROM customer_order WHERE shop_id = s.id),"
    " (SELECT count(*) FROM printed_insert WHERE shop_id = s.id),"
    " (SELECT count(*) FROM card c JOIN printed_insert i ON i.id = c.printed_insert_id"
    "  WHERE i.shop_id = s.id AND c.voided_at IS NOT NULL),"
    " (SELECT count(*) FROM scan WHERE shop_id = s.id),"
    " (SELECT count(*) FROM reading r JOIN scan n ON n.id = r.scan_id WHERE n.shop_id = s.id),"
    " (SELECT count(*) FROM reading r JOIN scan n ON n.id = r.scan_id"
    "  WHERE n.shop_id = s.id AND r.verdict = 'accepted'),"
    " (SELECT count(*) FROM response t JOIN customer_order o ON o.id = t.order_id"
    "  WHERE o.shop_id = s.id),"
    " (SELECT count(*) FROM rating t JOIN customer_order o ON o.id = t.order_id"
    "  WHERE o.shop_id = s.id AND t.withdrawn = 0),"
    " (SELECT count(*) FROM review_item WHERE shop_id = s.id AND settled_at IS NULL)"
    " FROM shop s WHERE s.id = :shop";

}  // namespace verso::records::sql
