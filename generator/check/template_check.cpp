// SPDX-License-Identifier: Apache-2.0
#include "generator/check/template_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "generator/check/sheet_rules.h"
#include "generator/profile/postal_profile.h"
#include "generator/profile/side_items.h"
#include "generator/sample/specimen.h"

namespace verso::generator {

namespace {

/// What languages and orders do not change in a message: all before the first text or number.
std::string_view stem(const std::string& message) {
    return std::string_view(message).substr(0, message.find_first_of("\"0123456789"));
}

/// Adds what is not there yet; the languages repeat each other.
void add_new(Findings& all, const Findings& found) {
    for (const auto& finding : found) {
        const bool told = std::any_of(all.begin(), all.end(), [&](const Finding& known) {
            return known.place == finding.place && known.cure == finding.cure &&
                   known.severity == finding.severity &&
                   stem(known.message) == stem(finding.message);
        });
        if (!told) all.push_back(finding);
    }
}

class Checker {
  public:
    Checker(const InsertTemplate& design, const FontBook& fonts, const Shop& shop)
        : design_(design), fonts_(fonts), shop_(shop) {}

    void check_order(const Order& order) {
        InsertTrace trace;
        for (const auto& parcel : order.parcels) {
            trace.pages.clear();
            auto insert = design_.lay_out(
                {order, parcel.number, shop_, specimen_card(), specimen_rma()}, &trace);
            if (!insert) {
                const Error& error = insert.error();
                add_new(findings_, {{Finding::Severity::Error, error.where, error.message,
                                     "a real order like this one would be left out"}});
                continue;
            }
            for (std::size_t i = 0; i < insert->pages.size(); ++i) {
                check_page(insert->pages[i], trace.pages.at(i));
            }
        }
    }
    void check_paper() {
        Findings found;
        check_parts(design_.plan(), design_.layout(), found);
        for (const auto& sentence : design_.plan().borrowed) {
            found.push_back({Finding::Severity::Warning, "templates/strings", sentence,
                             "add the strings to the catalogue"});
        }
        add_new(findings_, found);
    }
    Findings take() {
        std::stable_sort(
            findings_.begin(), findings_.end(),
            [](const Finding& a, const Finding& b) { return a.severity > b.severity; });
        return std::move(findings_);
    }

  private:
    void check_page(const DrawList& page, const InsertTrace::Page& trace) {
        const SheetPlan& plan = design_.plan();
        const InkedPage inked = ink_of(page, trace, plan, fonts_);
        Findings found;
        check_inside(inked, found);
        check_overlaps(inked, found);
        check_codes(inked, plan.resolution, found);
        check_mark_boxes(inked, design_.layout(), found);
        check_guides(plan, design_.layout(), inked, found);
        for (const auto& side : plan.sides) {
            if (side.page == trace.design) check_side(page, trace, side, found);
        }
        add_new(findings_, found);
    }
    void check_side(const DrawList& page, const InsertTrace::Page& trace, const AddressSide& side,
                    Findings& out) const {
        const SheetPlan& plan = design_.plan();
        const PostalSide seen = side_of_page(page, trace, plan.blocks, side.box, side.turn, fonts_);
        for (const auto& broken : check_postal_side(seen, plan.reply.profile->rules)) {
            const std::string& place =
                broken.pointer.empty() ? plan.blocks.at(side.block).place : broken.pointer;
            out.push_back(
                {broken.confirmed ? Finding::Severity::Error : Finding::Severity::Warning, place,
                 fmt::format("{}, rule {}: {}", broken.post, broken.rule, broken.sentence),
                 broken.cure});
        }
    }

    const InsertTemplate& design_;
    const FontBook& fonts_;
    const Shop& shop_;
    Findings findings_;
};

}  // namespace

std::vector<Order> check_orders(const std::string& language) {
    const Order usual = specimen_order(language, 3);
    Order abroad = usual, untracked = usual;
    abroad.ship_to.country = abroad.ship_to.country == "CH" ? "AT" : "CH";
    untracked.parcels.front() = {1, "", "", ""};
    untracked.promised_on.reset();
    return {usual,
            specimen_order(language, 1),
            specimen_order(language, 12),
            specimen_order(language, 60),
            in_two_parcels(specimen_order(language, 6), 2),
            with_long_names(usual),
            abroad,
            untracked};
}

Result<std::vector<Finding>> check_template(std::string_view name,
                                            const std::vector<std::string>& folders,
                                            std::shared_ptr<const FontBook> fonts,
                                            const Shop* shop) {
    auto design = InsertTemplate::load(name, folders, fonts, shop);
    if (!design) {
        const Error& error = design.error();
        if (error.code != ErrorCode::TemplateInvalid) return error;
        return std::vector<Finding>{
            {Finding::Severity::Error, error.where, error.message, error.cure}};
    }
    const Shop specimen = specimen_shop();
    Checker checker(**design, *fonts, shop == nullptr ? specimen : *shop);
    checker.check_paper();
    for (const auto& language : (*design)->languages()) {
        for (const auto& order : check_orders(language)) checker.check_order(order);
    }
    return checker.take();
}

}  // namespace verso::generator
