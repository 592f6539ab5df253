// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "generator/template/catalogue.h"
#include "records/desk/order_story.h"
#include "records/store/desk_book.h"
#include "service/buyer/card_form.h"
#include "service/desk/gatekeeper.h"
#include "service/pages/page_data.h"

namespace verso::service {

/// One order with all that the staff may see of it.
struct CustomerView {
    records::OrderStory story;
    std::vector<records::DeskEntry> notes;
    std::vector<records::KeptRevision> revisions;
    std::vector<Response> responses;
    std::optional<Rating> rating;
    std::vector<records::Return> returns;
    std::vector<FormQuestion> questions;  ///< of the newest card that is not voided; may be empty
};

/// Reads it. NotFound for an order that the shop has not.
Result<CustomerView> read_customer(records::Store& store, ShopId shop, const OrderNumber& number);

/// What desk_order.html shows, with what this visitor may do now. Pure.
PageData customer_page(const CustomerView& view, const Visitor& visitor,
                       const generator::Language& language);

/// The rows of a search.
std::vector<PageData> found_rows(const std::vector<records::OrderSummary>& found,
                                 const generator::Language& language);

/// "desk.state.packing" in words; the name itself where no catalogue has it.
std::string word_for(const generator::Language& language, const std::string& area,
                     std::string_view name);

}  // namespace verso::service
