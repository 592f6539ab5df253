// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/store_grow.h"

#include <fmt/format.h>

#include <chrono>

#include "core/domain/card_link.h"
#include "records/figures/figure_facts.h"
#include "records/store/order_table.h"
#include "records/store/statements.h"
#include "tests/bench/store_fill.h"
#include "tests/records/builders.h"

namespace verso::records::bench {

using namespace verso::records::testing;

namespace {

constexpr std::int64_t kTwoYears = 2 * 365 * 86'400;
constexpr std::int64_t kWeek = 7 * 86'400;

// An order is its number from 0 on; both databases count with 64 bits.
constexpr const char* kOrders =
    "WITH RECURSIVE n(i) AS (SELECT CAST(:from AS BIGINT) UNION ALL"
    " SELECT i + 1 FROM n WHERE i + 1 < :to), made(i, first, last) AS (SELECT i,"
    " CASE i % 7 WHEN 0 THEN 'Ada' WHEN 1 THEN 'Bruno' WHEN 2 THEN 'Clara' WHEN 3 THEN 'Denis'"
    " WHEN 4 THEN 'Elsa' WHEN 5 THEN 'Fabio' ELSE 'Greta' END, (i * 48271) % 200000 FROM n) ";
constexpr const char* kHeads =
    "INSERT INTO customer_order (id, shop_id, number, fingerprint, revision, placed_utc, placed_at,"
    " status, payment, name, country, language, currency, total, lines, parcels, insider)"
    " SELECT i + 1, 1, '#' || (1000000 + i),"
    " 'c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00', 1,"
    " 1790000000 - 63072000 + i * 6, '2026-01-01T12:00:00+02:00', 'open', 'paid',"
    " first || ' Exemple' || last, substr('FRDEESITBENL', CAST(i % 6 * 2 + 1 AS INTEGER), 2),"
    " 'fr', 'EUR', 1870, 3, 1, 0 FROM made";
constexpr const char* kBodies =
    "INSERT INTO order_body (order_id, revision, saved_at, body) SELECT i + 1, 1, 1790000000,"
    " '{\"placed_at\":\"2026-01-01T12:00:00+02:00\",\"status\":\"open\",\"payment\":\"paid\","
    "\"paid_at\":\"2026-01-01T12:00:05+02:00\",\"currency\":\"EUR\",\"language\":\"fr\","
    "\"email\":\"buyer' || ((i * 2654435761) % 4294967296) || "
    "'@example.com\",\"ship_to\":{\"name\":\"'"
    " || first || ' Exemple' || last || '\",\"line1\":\"1 rue d’Exemple\",\"postcode\":\"07140\","
    "\"city\":\"Les Vans\",\"country\":\"' || substr('FRDEESITBENL', CAST(i % 6 * 2 + 1 AS "
    "INTEGER),"
    " 2) || '\"},\"promised_on\":\"2026-10-05\",\"shipping\":490,\"total\":1870,"
    "\"note\":\"Sonner, deux fois\",\"parcels\":[{\"number\":1,\"carrier\":\"Example Post '"
    " || (i % 4) || '\",\"service\":\"Domicile\",\"tracking\":\"TEST' || (10000000000 + i) || "
    "'\"}],"
    "\"lines\":[{\"line\":1,\"sku\":\"SEL-1\",\"ean\":\"2000000044736\",\"title\":\"Fleur de sel\","
    "\"variant\":\"125 g\",\"bin\":\"E-08-1\",\"quantity\":2,\"unit_price\":690,"
    "\"line_total\":1380,\"parcel\":1},{\"line\":2,\"sku\":\"SKU-' || ((i * 7919) % 2000) ||"
    " '\",\"ean\":\"2000000044736\",\"title\":\"Fleur de sel\",\"variant\":\"125 g\","
    "\"bin\":\"E-08-1\",\"quantity\":2,\"unit_price\":690,\"line_total\":1380,\"parcel\":1},"
    "{\"line\":3,\"sku\":\"SKU-' || ((i * 104729) % 2000) || '\",\"ean\":\"2000000044736\","
    "\"title\":\"Fleur de sel\",\"variant\":\"125 g\",\"bin\":\"E-08-1\",\"quantity\":2,"
    "\"unit_price\":690,\"line_total\":1380,\"parcel\":1}]}' FROM made";
constexpr const char* kWords =
    "INSERT INTO order_search (shop_id, segment, word, order_id)"
    " SELECT 1, CAST(:segment AS INTEGER), word, id FROM ("
    "SELECT 'n:' || lower(first) || ' exemple' || last AS word, i + 1 AS id FROM made UNION ALL"
    " SELECT 'n:exemple' || last || ' ' || lower(first), i + 1 FROM made UNION ALL"
    " SELECT 'e:buyer' || ((i * 2654435761) % 4294967296) || '@example.com', i + 1 FROM made"
    " UNION ALL SELECT 't:TEST' || (10000000000 + i), i + 1 FROM made) AS words ORDER BY word, id";

struct PrintRow {
    static constexpr std::size_t kColumns = 15;
    template <class To>
    void bind(To& to) {
        to.in(id, shop, insert, order, one, one, one, name, rma, none, file, one, two, printed_at,
              none);
    }
    long long id = 0, shop = 1;
    std::string insert;
    long long order = 0;
    int one = 1, two = 2;
    std::string name = "a4-fold", rma, none, file = "wave.pdf";
    long long printed_at = 0;
};
constexpr const char* kPrintColumns =
    "printed_insert (id, shop_id, insert_id, order_id, revision, parcel, layout, template_name,"
    " rma, label, file, first_page, pages, printed_at, packer)";

struct CardRow {
    static constexpr std::size_t kColumns = 6;
    template <class To>
    void bind(To& to) {
        to.in(card, print, hash, key, none, state);
    }
    long long card = 0, print = 0;
    std::string hash, key, none, state = "final";
};
constexpr const char* kCardColumns =
    "card (id, printed_insert_id, secret_hash, public_key, void_reason, state)";

struct AnswerRow {
    long long order = 0, card = 0;
    std::string channel = "qr", answers, none;
    int zero = 0;
    long long recorded_at = 0;
    std::string kind = "scores", products = "{}", outcome = "first", figures;
};
struct ResponseRow : AnswerRow {
    static constexpr std::size_t kColumns = 10;
    template <class To>
    void bind(To& to) {
        to.in(order, card, channel, answers, none, zero, recorded_at, kind, products, outcome);
    }
};
constexpr const char* kResponseColumns =
    "response (order_id, card_id, channel, answers, comment, publish, recorded_at, kind, products,"
    " outcome)";
struct RatingRow : AnswerRow {
    static constexpr std::size_t kColumns = 10;
    template <class To>
    void bind(To& to) {
        to.in(order, card, channel, answers, none, zero, recorded_at, products, recorded_at,
              figures);
    }
};
constexpr const char* kRatingColumns =
    "rating (order_id, card_id, channel, answers, comment, publish, recorded_at, products,"
    " answered_at, figures)";

struct CellRow {
    static constexpr std::size_t kColumns = 7;
    template <class To>
    void bind(To& to) {
        to.in(shop, dimension, period, name, measure, value, n);
    }
    long long shop = 1;
    std::string dimension;
    int period = 0;
    std::string name, measure;
    int value = 0;
    long long n = 0;
};
constexpr const char* kCellColumns =
    "figure_cell (shop_id, dimension, period, name, measure, value, n)";

FigureFacts facts_of_order(long long i) {
    FigureFacts facts;
    facts.carrier = fmt::format("Example Post {}", i % 4);
    facts.service = "Domicile";
    facts.country = std::string("FRDEESITBENL").substr(static_cast<std::size_t>(i % 6) * 2, 2);
    facts.template_name = "a4-fold";
    facts.skus = {"SEL-1", fmt::format("SKU-{}", (i * 7919) % 2000)};
    const std::string third = fmt::format("SKU-{}", (i * 104'729) % 2000);
    if (third != facts.skus[1]) facts.skus.push_back(third);
    return facts;
}

long long order_of(int i, int orders, int responses) {
    return static_cast<long long>(i) * orders / responses;
}

void grow_orders(Connection& db, int orders) {
    constexpr long long kSegment = 1 << 18;
    for (long long from = 0; from < orders;) {
        // Segments are cut by id, which is one more than the number.
        const long long segment = search_segment(from + 1);
        const long long to = std::min<long long>(orders, (segment + 1) * kSegment - 1);
        Scope scope(db.scopes());
        db.query(std::string(kOrders) + kHeads).in(from, to).run();
        db.query(std::string(kOrders) + kBodies).in(from, to).run();
        db.query(std::string(kOrders) + kWords).in(from, to, segment).run();
        scope.keep();
        from = to;
    }
}

/// The i-th print, its card and its answer, and what they count for.
struct Rows {
    std::vector<PrintRow> prints;
    std::vector<CardRow> cards;
    std::vector<ResponseRow> responses;
    std::vector<RatingRow> ratings;
    FigureFold fold;

    void add(int i, int orders, int count, const CardProof& proof) {
        const PrintedInsert print = grown_print(i, orders, count);
        const long long order = order_of(i, orders, count);
        const auto card = static_cast<long long>(print.card.get());
        PrintRow row;
        row.id = i + 1;
        row.insert = print.insert.get();
        row.order = order + 1;
        row.rma = print.rma.get();
        row.printed_at = seconds(print.printed_at);
        prints.push_back(std::move(row));
        cards.push_back({card, i + 1, proof.secret_hash, proof.public_key, "", "final"});
        Response response = answer_to(print, i);
        const FigureFacts facts = facts_of_order(order);
        const DayNumber day = day_of(print.printed_at);
        const FigureEntry entry = entry_of_response(facts, response, day);
        fold.add(entry_of_print(facts, day));
        fold.add(entry);
        ResponseRow answer;
        answer.order = order + 1;
        answer.card = card;
        answer.answers = fmt::format("{{\"delivery\":1,\"overall\":{}}}", 1 + i % 5);
        answer.recorded_at = seconds(response.recorded_at);
        RatingRow rating{answer};
        rating.figures = to_text(entry);
        responses.push_back(std::move(answer));
        ratings.push_back(std::move(rating));
    }
};

void grow_answers(Connection& db, int orders, int responses) {
    constexpr int kBatch = 10'000;
    const CardProof proof = sample_print(OrderNumber{"#1"}, LayoutNumber{1}, 1).insert.proof;
    RowWriter<PrintRow> prints(db, kPrintColumns);
    RowWriter<CardRow> cards(db, kCardColumns);
    RowWriter<ResponseRow> answers(db, kResponseColumns);
    RowWriter<RatingRow> ratings(db, kRatingColumns);
    Rows rows;
    for (int i = 0; i < responses; ++i) {
        rows.add(i, orders, responses, proof);
        if ((i + 1) % kBatch != 0 && i + 1 != responses) continue;
        Scope scope(db.scopes());
        prints.write_new(rows.prints);
        cards.write_new(rows.cards);
        answers.write_new(rows.responses);
        ratings.write_new(rows.ratings);
        scope.keep();
    }
    std::vector<CellRow> cells;
    for (const FigureCell& cell : rows.fold.cells()) {
        cells.push_back(
            {1, cell.dimension, cell.period, cell.key, cell.measure, cell.value, cell.n});
    }
    fmt::print("cells             {:>9}\n", cells.size());
    Scope scope(db.scopes());
    RowWriter<CellRow>(db, kCellColumns).write_new(cells);
    scope.keep();
}

/// Counts go on behind the rows that came with their ids.
void set_counters(Connection& db) {
    for (const char* table : {"customer_order", "printed_insert"}) {
        long long last = 0;
        db.query(fmt::format("SELECT setval(pg_get_serial_sequence('{0}', 'id'), max(id)) FROM {0}",
                             table))
            .out(last)
            .run();
    }
    db.query("ANALYZE").run();
}

}  // namespace

PrintedInsert grown_print(int i, int orders, int responses) {
    const auto scattered = (static_cast<std::uint64_t>(i) * 2'654'435'761ULL) % (1ULL << 32U);
    PrintedInsert print;
    print.insert = InsertId{"I" + std::to_string(i)};
    print.order = OrderNumber{number_of(static_cast<int>(order_of(i, orders, responses)))};
    print.card = CardId{(scattered << 28U) + static_cast<std::uint64_t>(i)};
    print.rma = make_rma((scattered << 8U) + (static_cast<std::uint64_t>(i) & 0xFFU));
    print.printed_at = at(kTwoYears * i / responses - kTwoYears - kWeek);
    return print;
}

void grow_store(const std::string& place, int orders, int responses) {
    using Clock = std::chrono::steady_clock;
    if (!open(place)->freeze_layout(sample_layout())) throw std::runtime_error("no layout");
    const auto db = connect(place);
    const auto timed = [](const char* what, int rows, const auto& work) {
        const auto start = Clock::now();
        work();
        const double s = std::chrono::duration<double>(Clock::now() - start).count();
        fmt::print("{:<16}  {:>9} rows {:>7.0f} s\n", what, rows, s);
        std::fflush(stdout);
    };
    timed("orders", orders, [&] { grow_orders(*db, orders); });
    timed("answers", responses, [&] { grow_answers(*db, orders, responses); });
    if (is_postgres_url(place)) set_counters(*db);
}

}  // namespace verso::records::bench
