// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "service/buyer/buyer_site.h"
#include "service/buyer/order_page.h"

namespace verso::service {

/// The pages of the order behind a card, for its secret alone: where it is, what the shop's table
/// still lets a buyer do, returns, and the withdrawal from the contract.
class OrderSite {
  public:
    /// Requires: the buyer site outlives it.
    explicit OrderSite(BuyerSite& buyer) : buyer_(buyer) {}
    /// Requires: the site outlives the router.
    void add_routes(Router& router);

  private:
    Reply show_order(const HttpRequest& request, const PathValues& path);
    Reply cancel(const HttpRequest& request, const PathValues& path);
    Reply show_return(const HttpRequest& request, const PathValues& path);
    Reply announce(const HttpRequest& request, const PathValues& path);
    Reply withdraw_contract(const HttpRequest& request, const PathValues& path);

    Reply show_label(const HttpRequest& request, const PathValues& path);
    HttpResponse label_pdf(const CardVisit& visit, const std::string& name,
                           records::Store& store) const;
    HttpResponse nothing_chosen(const HttpRequest& request, const CardVisit& visit,
                                const BuyerOrder& order) const;
    HttpResponse announce_with_photos(const HttpRequest& request, const CardVisit& visit,
                                      records::Store& store) const;
    HttpResponse return_form(const HttpRequest& request, const CardVisit& visit,
                             const std::string& fault, int status);

    BuyerSite& buyer_;
};

}  // namespace verso::service
