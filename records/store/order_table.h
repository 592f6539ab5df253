// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/domain/order.h"
#include "records/store/row_writer.h"

namespace verso::records {

/// The newest state of an order, enough to see whether a re-import changes it.
struct OrderHead {
    long long id = 0;
    int revision = 0;
    std::string fingerprint;
    int erased = 0;      ///< 1: the buyer was erased; nothing of the order comes in any more
    int said_other = 0;  ///< 1: the shop's export says something else, which is kept beside it
};

using OrderHeads = std::map<std::string, OrderHead, std::less<>>;

/// An order on its way into the tables.
struct OrderToKeep {
    const Order* order = nullptr;
    std::string fingerprint;
    int revision = 1;
};

/// Orders as rows. An import keeps hundreds of thousands, so its statements are prepared once per
/// connection and take many rows each. Throws soci::soci_error.
class OrderTable {
  public:
    explicit OrderTable(Connection& db);

    std::optional<OrderHead> find_head(long long shop, const std::string& number);
    /// Those of these orders that are known.
    OrderHeads find_heads(long long shop, std::span<const Order> orders);
    /// Keeps orders that are not known yet, each number once.
    void insert(long long shop, std::span<const OrderToKeep> orders, Instant at);
    /// The head as it stands now, kept from others until the transaction ends.
    OrderHead lock(long long shop, long long id);
    /// Keeps the next revision of a known order. `before` is what it replaces.
    void update(long long shop, long long id, const OrderToKeep& kept, const Order& before,
                Instant at);

    /// What the shop's export said last, where the newest revision says something else.
    Result<std::optional<Order>> said(long long id, const std::string& number);
    /// Keeps that; nothing once the newest revision says the same.
    void keep_said(long long id, const std::optional<Order>& said);

    /// Nothing when there is no such revision. The Error tells of a value that no Verso wrote.
    Result<std::optional<Order>> select(long long id, const std::string& number, int revision);

  private:
    struct HeadRow {
        static constexpr std::size_t kColumns = 17;
        HeadRow() = default;
        HeadRow(long long key, long long of_shop, const OrderToKeep& kept);
        template <class To>
        void bind(To& to) {
            to.in(id, shop, number, fingerprint, revision, placed_utc, placed_at, status, payment,
                  name, country, language, currency, total, lines, parcels, insider);
        }

        long long id = 0, shop = 0;
        std::string number, fingerprint;
        int revision = 0;
        long long placed_utc = 0;
        std::string placed_at, status, payment, name, country, language, currency;
        long long total = 0;
        int lines = 0, parcels = 0, insider = 0;
    };
    struct BodyRow {
        static constexpr std::size_t kColumns = 4;
        template <class To>
        void bind(To& to) {
            to.in(order_id, revision, saved_at, body);
        }

        long long order_id = 0;
        int revision = 0;
        long long saved_at = 0;
        std::string body;
    };
    struct WordRow {
        static constexpr std::size_t kColumns = 4;
        template <class To>
        void bind(To& to) {
            to.in(shop, segment, word, order_id);
        }
        friend auto operator<=>(const WordRow&, const WordRow&) = default;

        long long shop = 0;
        int segment = 0;
        std::string word;
        long long order_id = 0;
    };

    OrderHeads find_few_heads(long long shop, std::span<const Order> orders);
    /// Keys for new orders, in this transaction.
    std::vector<long long> take_ids(std::size_t count);
    void add_words(long long shop, long long id, std::vector<std::string> words,
                   std::vector<WordRow>& to);
    void update_words(long long shop, long long id, const Order& before, const Order& after);

    Connection& db_;
    RowWriter<HeadRow> heads_;
    RowWriter<BodyRow> bodies_;
    RowWriter<WordRow> words_;
    std::vector<HeadRow> head_rows_;
    std::vector<BodyRow> body_rows_;
    std::vector<WordRow> word_rows_;
};

/// The fingerprint of each; much of an import's time, so two threads share the work.
std::vector<std::string> fingerprints(std::span<const Order> orders);

/// Which part of the search index an order's words are in.
int search_segment(long long order_id);

}  // namespace verso::records
