// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <shared_mutex>
#include <vector>

#include "core/util/time.h"
#include "service/buyer/card_page.h"
#include "service/buyer/sent_form.h"
#include "service/http/router.h"
#include "service/site/label_works.h"
#include "service/site/layout_shelf.h"
#include "service/site/rate_limit.h"
#include "service/site/records_gate.h"

namespace verso::service {

/// What buyers see: the card's page by QR (/C/…) or by typed code (/K/…), and the page where a code
/// is typed. Translates between forms and the records; which answer counts, the records decide.
class BuyerSite {
  public:
    struct Parts {
        RecordsGate& gate;
        const PageBook& book;
        const ShopFaces& faces;
        LayoutShelf& layouts;
        const Clock& clock;
        int lanes = 1;
        PhotoWorks* photos = nullptr;  ///< null: buyers send none
        LabelWorks* labels = nullptr;  ///< null: return labels are on paper alone
    };
    /// Requires: the parts outlive it.
    explicit BuyerSite(Parts parts);
    /// Requires: the site outlives the router.
    void add_routes(Router& router);

    // For the other pages of a card.
    const Parts& parts() const { return parts_; }
    /// Calls `then` for the card of the path's {link}; a stranger gets the page for one.
    Reply with_card(const HttpRequest& request, const PathValues& path,
                    const std::function<Reply(const CardVisit&)>& then);
    HttpResponse page(const CardVisit& visit, std::string html, int status = 200) const;
    /// For Route::admit: 204 when the {link} is a card's.
    Reply admit_card(const HttpRequest& request, const PathValues& path);
    /// When the records fail; what failed is never told to a stranger.
    static HttpResponse unreachable();

  private:
    enum class By { Link, Code };

    Reply show(const HttpRequest& request, const PathValues& path, By by);
    Reply answer(const HttpRequest& request, const PathValues& path, By by);
    Reply keep_draft(const HttpRequest& request, const PathValues& path);
    Reply withdraw(const HttpRequest& request, const PathValues& path);
    Reply dispute(const HttpRequest& request, const PathValues& path);
    Reply ask_code(const HttpRequest& request, const PathValues& path);
    Reply take_code(const HttpRequest& request, const PathValues& path);

    Result<std::optional<CardVisit>> visit(const HttpRequest& request, const PathValues& path,
                                           By by);
    HttpResponse page_of(const HttpRequest& request, const CardVisit& visit);
    HttpResponse answered_page(const HttpRequest& request, const CardVisit& visit,
                               const generator::Language& language);
    /// An answer on its way into the records.
    struct Answer {
        Response response;
        bool amends = false;
        bool drops_photos = false;  ///< the buyer takes back those that came before
        records::AmendProof proof;
    };
    Answer answer_of(const CardVisit& visit, const FilledForm& form) const;
    static Result<void> write_answer(records::Store& store, const CardVisit& visit,
                                     const Answer& answer);
    Reply record(const HttpRequest& request, const CardVisit& visit, const FilledForm& form);
    // photo_answer.cpp
    Reply answer_with_photos(const HttpRequest& request, const CardVisit& visit);
    HttpResponse keep_with_photos(const HttpRequest& request, const CardVisit& visit,
                                  const std::vector<FormQuestion>& questions,
                                  records::Store& store);
    HttpResponse unknown_card(const HttpRequest& request) const;
    HttpResponse code_page(const HttpRequest& request, const std::string& fault, int status) const;
    const ShopFace& any_face() const;
    std::string policy_of(const ShopFace& face) const;
    bool may_try(const HttpRequest& request);

    Parts parts_;
    std::vector<std::unique_ptr<CardPages>> pages_;  ///< one for each lane
    mutable std::shared_mutex policy_mutex_;
    /// By shop and the face's serial.
    mutable std::map<std::pair<ShopId, long long>, std::string> policies_;
    RateLimit codes_;
};

}  // namespace verso::service
