// SPDX-License-Identifier: Apache-2.0
#include "service/buyer/card_visit.h"

#include "core/crypto/crypto.h"
#include "core/domain/card_link.h"
#include "records/store/card_look.h"

namespace verso::service {

namespace {

using records::CardRecord;

/// The lines of the card's parcel, as they were printed. A page is no list: the first dozen.
Result<void> add_articles(records::Store& store, CardVisit& to) {
    constexpr std::size_t kMost = 12;
    const auto& insert = to.card.insert;
    auto order = store.find_order(to.card.shop, insert.order, insert.revision);
    if (!order) return order.error();
    for (const OrderLine& line : order->lines_of(insert.parcel)) {
        if (to.articles.size() == kMost) break;
        const std::string variant = line.variant.empty() ? "" : " (" + line.variant + ")";
        to.articles.push_back({line.line, line.title + variant});
    }
    return {};
}

Result<std::optional<CardVisit>> visit(records::Store& store, const ShopFaces& faces, CardId id,
                                       const CardSecret* secret, Instant now) {
    auto found = records::look_at_card(store, id);
    if (!found) return found.error();
    if (!*found) return std::optional<CardVisit>();
    CardRecord& card = (*found)->card;
    if (secret != nullptr && !secret_matches(id, *secret, card.insert.proof.secret_hash)) {
        return std::optional<CardVisit>();
    }
    const ShopFace* face = faces.find(card.shop);
    if (face == nullptr) return std::optional<CardVisit>();
    CardVisit visit{.card = std::move(card),
                    .face = face,
                    .language = std::move((*found)->language),
                    .has_secret = secret != nullptr,
                    .place = {},
                    .phase = records::CardPhase::Printed};
    const records::CardTimes times{.printed_at = visit.card.insert.printed_at, .answered_at = {}};
    visit.phase = records::phase_at(visit.card.phase, times, face->cards, now);
    if (visit.has_secret && face->product_stars) {
        if (auto added = add_articles(store, visit); !added) return added.error();
    }
    return std::optional(std::move(visit));
}

}  // namespace

FilledForm filled_form(const std::vector<FormField>& fields,
                       const std::vector<FormQuestion>& questions, const CardVisit& visit) {
    std::vector<int> lines;
    for (const auto& article : visit.articles) lines.push_back(article.line);
    return read_form(fields, questions, lines);
}

Result<std::optional<CardVisit>> visit_by_link(records::Store& store, const ShopFaces& faces,
                                               std::string_view link, Instant now) {
    // The host is whatever name the service was reached by: a merchant moves it, cards stay.
    const auto parsed = parse_link("HTTPS://X/C/" + std::string(link));
    if (!parsed) return std::optional<CardVisit>();
    auto found = visit(store, faces, parsed->card.id, &parsed->card.secret, now);
    if (found && *found) (*found)->place = "/C/" + std::string(link);
    return found;
}

Result<std::optional<CardVisit>> visit_by_code(records::Store& store, const ShopFaces& faces,
                                               std::string_view code, Instant now) {
    const auto id = parse_card(code);
    if (!id) return std::optional<CardVisit>();
    auto found = visit(store, faces, *id, nullptr, now);
    if (found && *found) (*found)->place = "/K/" + format_typed_code(*id);
    return found;
}

}  // namespace verso::service
