// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "service/buyer/card_form.h"
#include "service/buyer/card_visit.h"
#include "service/pages/page_book.h"

namespace verso::service {

/// What the page of an answered card shows.
struct AnswerStory {
    Response answer;      ///< the last one of this card
    std::string receipt;  ///< receipt_of()
    bool counts = true;   ///< it is the order's rating, or says the same
    bool is_withdrawn = false;
    bool is_disputed = false;        ///< the buyer says that it is somebody else's
    std::string reply{};             ///< of the shop; empty when there is none
    int photos = 0;                  ///< that came with it
    bool refused_photo = false;      ///< just now one could not be taken
    std::optional<Instant> until{};  ///< it may be changed until then; nothing: not any more
};

/// A short number made of everything that was recorded of an answer: SHA-256 over the card, the
/// moment, the answers and the comment, the first 20 hex digits in groups of 5. Who has the answer
/// can make it again.
std::string receipt_of(const Response& response);

/// The layout of that number; null when it cannot be had.
using LayoutFinder = std::function<const Layout*(LayoutNumber)>;

/// The buyer's pages of one card, as HTML. Pure but for its cache; one for each lane.
class CardPages {
  public:
    /// Requires: both outlive it; `layouts` is asked on the lane's own thread.
    CardPages(const PageBook& book, LayoutFinder layouts)
        : book_(book), layouts_(std::move(layouts)) {}

    /// The form. `filled`, when given, is shown in it, with its faults.
    std::string form(const CardVisit& visit, const generator::Language& language,
                     const FilledForm* filled);
    /// The form of a card that nobody has filled in: made once a shop, layout and language.
    std::shared_ptr<const std::string> empty_form(const CardVisit& visit,
                                                  const generator::Language& language);
    std::string done(const CardVisit& visit, const generator::Language& language,
                     const AnswerStory& story);
    /// One title and one sentence: voided, expired, noted …
    std::string notice(const CardVisit& visit, const generator::Language& language,
                       std::string_view title_key, std::string_view text_key);
    const std::vector<FormQuestion>& questions(const CardVisit& visit);

  private:
    PageData base(const ShopFace& face, const generator::Language& language) const;
    std::string render_form(const CardVisit& visit, const generator::Language& language,
                            const std::string& order, const std::string& place,
                            const FilledForm* filled);

    const PageBook& book_;
    LayoutFinder layouts_;
    std::map<LayoutNumber, std::vector<FormQuestion>> questions_;
    /// A form cut where the order's number and the page's path go: piece, slot, piece, slot …
    struct CutForm {
        std::vector<std::string> pieces;
        std::string slots;
    };
    static CutForm cut(std::string_view page);
    /// By shop, the face's serial, layout, language and whether the secret was shown.
    std::map<std::tuple<ShopId, long long, LayoutNumber, std::string, bool>, CutForm> forms_;
};

/// What every page of a shop's buyers has: language, words, colours, script.
PageData page_base(const PageBook& book, const ShopFace& face, const generator::Language& language);

/// The Content-Security-Policy of buyers' pages: our own script, and the one style sheet that
/// stands in the page, by its hash.
std::string buyer_policy(const PageBook& book, const ShopFace& face);

/// The day in that language, on the clock of UTC.
std::string day_text(const generator::Language& language, Instant at);

}  // namespace verso::service
