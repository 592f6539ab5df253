// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "records/store/store.h"
#include "service/buyer/card_form.h"
#include "service/site/shop_face.h"

namespace verso::service {

/// Somebody who came with a card: by the QR, which holds the secret, or by the typed code, which
/// opens the form and nothing else.
struct CardVisit {
    /// An article that came with the card.
    struct Article {
        int line = 0;  ///< of the order
        std::string title;
    };
    records::CardRecord card;
    const ShopFace* face = nullptr;
    std::string language;  ///< of the order as it is now; empty when it has none
    bool has_secret = false;
    std::string place{};  ///< path of the card's page, "/C/…" or "/K/…"
    records::CardPhase phase = records::CardPhase::Printed;  ///< now, with expiry looked at
    /// Those that may be given stars: where the shop asks for them, by the card's secret.
    std::vector<Article> articles{};
    bool takes_photos = false;  ///< the shop lets who comes by the secret send some
    bool has_labels = false;    ///< return labels can be downloaded
};

/// What a form's fields say of the card's questions and articles.
FilledForm filled_form(const std::vector<FormField>& fields,
                       const std::vector<FormQuestion>& questions, const CardVisit& visit);

/// The card of a link's last part: 35 digits, in any case. Nothing when the text is no link, the
/// card was never printed here or its secret is wrong: a stranger is told no difference.
/// DatabaseFailed. Requires: `faces` outlives the visit.
Result<std::optional<CardVisit>> visit_by_link(records::Store& store, const ShopFaces& faces,
                                               std::string_view link, Instant now);
/// The same for a typed code, "4K7M-2Q9X-W3HTB".
Result<std::optional<CardVisit>> visit_by_code(records::Store& store, const ShopFaces& faces,
                                               std::string_view code, Instant now);

}  // namespace verso::service
