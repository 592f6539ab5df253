// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "core/domain/card_link.h"
#include "records/hooks/hook_data.h"
#include "records/lifecycle/change_effect.h"
#include "records/lifecycle/order_words.h"
#include "records/store/order_body.h"
#include "records/store/order_table.h"
#include "records/store/statements.h"
#include "records/store/store_soci.h"

namespace verso::records {

namespace {

/// A row of kCardById and kCardsOfOrder.
struct CardRow {
    long long shop = 0;
    std::string insert, order;
    int revision = 0, parcel = 0;
    long long card = 0;
    CardProof proof;
    int layout = 0;
    std::string template_name, rma, label, file;
    int first_page = 0, pages = 0;
    long long printed_at = 0;
    std::string packer, buyer, state, void_reason;
    long long voided_at = -1;

    Query& bind(Query& query) {
        return query.out(shop, insert, order, revision, parcel, card, proof.secret_hash,
                         proof.public_key, layout, template_name, rma, label, file, first_page,
                         pages, printed_at, packer, buyer, state, void_reason, voided_at);
    }

    CardRecord record() const {
        CardRecord out;
        out.shop = ShopId{shop};
        out.insert = {InsertId{insert},
                      OrderNumber{order},
                      revision,
                      parcel,
                      CardId{static_cast<std::uint64_t>(card)},
                      proof,
                      LayoutNumber{static_cast<std::uint16_t>(layout)},
                      template_name,
                      Rma{rma},
                      label,
                      file,
                      first_page,
                      pages,
                      instant(printed_at),
                      packer,
                      buyer};
        set_state(out, state, voided_at, void_reason);
        return out;
    }
};

Error unknown_card(CardId card) {
    return {ErrorCode::NotFound, "no such card was printed here", format_card(card), ""};
}

}  // namespace

void set_state(CardRecord& card, std::string_view state, long long voided_at,
               std::string_view void_reason) {
    card.phase = parse_card_phase(state).value_or(CardPhase::Voided);
    card.state = is_spent(card.phase) ? CardState::Answered : CardState::Printed;
    if (voided_at < 0) return;
    card.state = CardState::Voided;
    card.void_reason = void_reason;
    card.voided_at = instant(voided_at);
}

std::string_view to_string(CardState state) {
    switch (state) {
        case CardState::Printed:
            return "printed";
        case CardState::Answered:
            return "answered";
        case CardState::Voided:
            return "voided";
    }
    return "";
}

/// Keeps the rows of a wave of prints; statements are prepared once for the wave.
class PrintRows {
  public:
    PrintRows(Connection& db, OrderTable& orders, ShopId shop)
        : db_(db),
          orders_(orders),
          shop_(shop.get()),
          layout_known_(db.query(sql::kHasLayout)),
          owner_(db.query(sql::kPrintOwner)),
          lock_(db.query(sql::kLockOrder)),
          insert_(db.query(sql::kInsertInsert)),
          card_(db.query(sql::kInsertCard)) {
        layout_known_.in(layout_).out(count_);
        owner_.in(row_.revision, shop_, order_).out(order_id_, newest_, body_);
        lock_.in(order_id_, shop_).out(newest_, fingerprint_, erased_);
        insert_
            .in(shop_, insert_id_, order_id_, row_.revision, row_.parcel, layout_,
                row_.template_name, rma_, row_.label, row_.file, row_.first_page, row_.pages,
                printed_at_, row_.packer, row_.buyer)
            .out(key_);
        card_.in(card_id_, key_, row_.proof.secret_hash, row_.proof.public_key);
    }

    /// Takes the next print and finds what it belongs to. The order is kept from changing until the
    /// transaction ends: printing is the boundary of an order.
    Result<void> take(const PrintedInsert& print) {
        row_ = print;
        layout_ = print.layout.get();
        order_ = print.order.get();
        insert_id_ = print.insert.get();
        rma_ = print.rma.get();
        printed_at_ = seconds(print.printed_at);
        card_id_ = static_cast<long long>(print.card.get());
        layout_known_.run();
        if (count_ == 0) {
            return Error{ErrorCode::NotFound, fmt::format("layout {} was never frozen", layout_),
                         order_, ""};
        }
        if (!owner_.run() || !has_parcel()) {
            return Error{ErrorCode::NotFound,
                         fmt::format("there is no order {} revision {} parcel {}", order_,
                                     print.revision, print.parcel),
                         "", "import the order first"};
        }
        lock_.run();
        row_.buyer = buyer();
        if (erased_ != 0) {
            return Error{ErrorCode::NotAllowed, "the buyer of the order was erased", order_,
                         "nothing is printed for it any more"};
        }
        if (newest_ == print.revision) return {};
        auto now = orders_.select(order_id_, order_, newest_);
        if (!now) return now.error();
        if (!*now) return {};
        return check_print_current(printed_, **now, print.parcel);
    }
    /// The revision that was printed; number and revision are those of the print.
    const Order& order() const { return printed_; }
    long long order_id() const { return order_id_; }
    /// The print, with what is known of its buyer.
    const PrintedInsert& print() const { return row_; }
    void write() {
        db_.before(sql::kInsertInsert);
        insert_.run();
        db_.before(sql::kInsertCard);
        card_.run();
    }

  private:
    /// Whether the e-mail of the order had another order before.
    std::string buyer() {
        const std::string word = email_word(printed_.email);
        if (word.empty()) return "";
        const long long placed = seconds(printed_.placed_at.utc);
        if (last_ == 0) db_.query(sql::kLastOrderId).out(last_).run();
        for (int segment = search_segment(last_); segment >= 0; --segment) {
            long long earlier = 0;
            db_.query(sql::kEarlierOrder)
                .in(shop_, segment, word, order_id_, placed)
                .out(earlier)
                .run();
            if (earlier > 0) return "repeat";
        }
        return "first";
    }
    bool has_parcel() {
        auto order = order_from_body(body_);
        if (!order) return false;
        printed_ = std::move(*order);
        printed_.number = row_.order;
        printed_.revision = row_.revision;
        return std::any_of(printed_.parcels.begin(), printed_.parcels.end(),
                           [&](const Parcel& p) { return p.number == row_.parcel; });
    }

    Connection& db_;
    OrderTable& orders_;
    long long shop_ = 0, order_id_ = 0, key_ = 0, printed_at_ = 0, card_id_ = 0, count_ = 0,
              last_ = 0;
    int layout_ = 0, newest_ = 0, erased_ = 0;
    std::string order_, insert_id_, rma_, body_, fingerprint_;
    PrintedInsert row_;
    Order printed_;
    Query layout_known_, owner_, lock_, insert_, card_;
};

Result<void> SociStore::record_prints(ShopId shop, std::span<const PrintedInsert> inserts) {
    return in_scope([&]() -> Result<void> {
        PrintRows rows(db_, *order_table_, shop);
        for (const PrintedInsert& print : inserts) {
            if (auto taken = rows.take(print); !taken) return taken;
            try {
                rows.write();
                count_print(shop, rows.order(), rows.print());
                mark_parcels(shop, rows.order_id(), rows.order());
            } catch (const soci::soci_error& error) {
                if (!is_key_taken(error)) throw;
                return Error{ErrorCode::AlreadyExists,
                             fmt::format("the insert {}, its card or its RMA was printed before",
                                         print.insert.get()),
                             print.order.get(), "print it again with a new card and RMA"};
            }
        }
        return tell_prints(shop, inserts);
    });
}

Result<void> SociStore::tell_prints(ShopId shop, std::span<const PrintedInsert> inserts) {
    if (!hooks_.is_wanted(shop, HookKind::PrintDone)) return {};
    for (const PrintedInsert& print : inserts) {
        auto told = hooks_.tell(shop, HookKind::PrintDone, print_data(print), print.printed_at);
        if (!told) return told;
    }
    return {};
}

Result<std::optional<CardRecord>> SociStore::find_card(CardId card) {
    return in_safety([&]() -> Result<std::optional<CardRecord>> {
        const auto id = static_cast<long long>(card.get());
        CardRow row;
        Query query(db_.cache(), sql::kCardById);
        query.in(id);
        if (!row.bind(query).run()) return std::optional<CardRecord>{};
        return std::optional<CardRecord>{row.record()};
    });
}

Result<std::optional<CardLook>> SociStore::look_at_card(CardId card) {
    return in_safety([&]() -> Result<std::optional<CardLook>> {
        const auto id = static_cast<long long>(card.get());
        CardRow row;
        std::string language;
        Query query(db_.cache(), sql::kCardLook);
        query.in(id);
        if (!row.bind(query).out(language).run()) return std::optional<CardLook>{};
        return std::optional<CardLook>{{row.record(), std::move(language)}};
    });
}

Result<std::optional<CardLook>> look_at_card(Store& store, CardId card) {
    return static_cast<SociStore&>(store).look_at_card(card);
}

Result<std::vector<CardRecord>> SociStore::cards_of(ShopId shop, const OrderNumber& order) {
    return in_safety([&]() -> Result<std::vector<CardRecord>> {
        std::vector<CardRecord> found;
        CardRow row;
        const long long shop_id = shop.get();
        Query query(db_.cache(), sql::kCardsOfOrder);
        query.in(shop_id, order.get());
        row.bind(query);
        for (bool more = query.first(); more; more = query.next()) found.push_back(row.record());
        return found;
    });
}

Result<bool> SociStore::rma_taken(ShopId shop, const Rma& rma) {
    return in_safety([&]() -> Result<bool> {
        const long long shop_id = shop.get();
        const std::string text = rma.get();
        long long uses = 0;
        query(sql::kRmaUses).in(shop_id, text).out(uses).run();
        return uses > 0;
    });
}

Result<void> SociStore::void_card(ShopId shop, CardId card, std::string_view reason, Instant at) {
    if (reason.empty()) {
        return Error{ErrorCode::ValueInvalid, "voiding a card needs a reason", format_card(card),
                     "say why, in a few words"};
    }
    return in_scope([&]() -> Result<void> {
        auto record = find_card(card);
        if (!record) return record.error();
        if (!*record || (*record)->shop != shop) return unknown_card(card);
        // Who answers holds the order, so that one of the two comes first.
        auto order = order_id(shop, (*record)->insert.order);
        if (!order) return order.error();
        order_table_->lock(shop.get(), *order);
        record = find_card(card);
        if (!record) return record.error();
        if ((*record)->state == CardState::Voided) {
            return Error{ErrorCode::NotAllowed,
                         fmt::format("the card is voided already ({})", (*record)->void_reason),
                         format_card(card), ""};
        }
        const auto step = next_phase((*record)->phase, CardEvent::Void);
        if (step.is_refused()) {
            return Error{ErrorCode::NotAllowed, std::string(step.why), format_card(card), ""};
        }
        write_void(**record, reason, at);
        return {};
    });
}

void SociStore::write_void(const CardRecord& card, std::string_view reason, Instant at) {
    const auto id = static_cast<long long>(card.insert.card.get());
    long long moment = seconds(at);
    const std::string text(reason);
    db_.write(sql::kVoidCard, text, moment, moment, id);
    count_void(card);
}

void SociStore::write_phase(CardId card, CardPhase phase, std::string_view draft, Instant at) {
    const auto id = static_cast<long long>(card.get());
    const std::string state(to_string(phase)), text(draft);
    const long long moment = seconds(at);
    db_.write(sql::kMoveCard, state, text, moment, id);
}

Result<CardPhase> SociStore::note_card(ShopId shop, CardId card, CardEvent event,
                                       std::string_view draft, const CardTerms& terms, Instant at) {
    return in_scope([&]() -> Result<CardPhase> {
        auto record = find_card(card);
        if (!record) return record.error();
        if (!*record || (*record)->shop != shop) return unknown_card(card);
        const CardTimes times{(*record)->insert.printed_at, {}};
        const auto moved = allowed_now((*record)->phase, event, times, terms, at);
        if (moved.is_refused()) {
            return Error{ErrorCode::NotAllowed, std::string(moved.why), format_card(card), ""};
        }
        if (event == CardEvent::Save || moved.kind == Transition<CardPhase>::Kind::Moves) {
            write_phase(card, moved.to, draft, at);
        }
        return moved.to;
    });
}

Result<std::string> SociStore::card_draft(ShopId shop, CardId card) {
    return in_safety([&]() -> Result<std::string> {
        auto record = find_card(card);
        if (!record) return record.error();
        if (!*record || (*record)->shop != shop) return unknown_card(card);
        const auto id = static_cast<long long>(card.get());
        std::string draft;
        query(sql::kCardDraft).in(id).out(draft).run();
        return draft;
    });
}

}  // namespace verso::records
