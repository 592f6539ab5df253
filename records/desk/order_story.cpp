// SPDX-License-Identifier: Apache-2.0
#include "records/desk/order_story.h"

#include <fmt/format.h>

#include <algorithm>

#include "records/store/desk_book.h"

namespace verso::records {

namespace {

constexpr int kMostShown = 5;  // of the orders that a text may mean

Result<std::vector<ParcelStory>> read_parcels(Store& store, ShopId shop, const Order& order) {
    std::vector<ParcelStory> parcels;
    for (const Parcel& parcel : order.parcels) {
        ParcelStory story;
        story.parcel = parcel.number;
        for (const std::string& name : parcel_names(order, parcel)) {
            auto events = store.parcel_events().events_of(shop, name);
            if (!events) return events.error();
            story.events.insert(story.events.end(), events->begin(), events->end());
        }
        story.state = parcel_state(story.events);
        parcels.push_back(std::move(story));
    }
    return parcels;
}

OrderState state_of(const OrderStory& story) {
    const auto left = std::count_if(story.parcels.begin(), story.parcels.end(),
                                    [](const ParcelStory& one) { return has_left(one.state); });
    const auto delivered =
        std::count_if(story.parcels.begin(), story.parcels.end(),
                      [](const ParcelStory& one) { return one.state.delivered.has_value(); });
    const bool was_delivered =
        std::any_of(story.revisions.begin(), story.revisions.end(),
                    [](const Order& one) { return one.status == OrderStatus::Delivered; });
    return order_state(facts_of(story.order, story.cards, static_cast<int>(left),
                                static_cast<int>(delivered), was_delivered));
}

}  // namespace

Result<OrderStory> read_story(Store& store, ShopId shop, const OrderNumber& number) {
    OrderStory story;
    auto order = store.find_order(shop, number);
    if (!order) return order.error();
    story.order = std::move(*order);
    auto kept = desk_of(store).revisions_of(shop, number);
    if (!kept) return kept.error();
    for (const KeptRevision& one : *kept) {
        if (one.revision >= story.order.revision) continue;
        auto earlier = store.find_order(shop, number, one.revision);
        if (!earlier) return earlier.error();
        story.revisions.push_back(std::move(*earlier));
    }
    story.revisions.push_back(story.order);
    auto cards = store.cards_of(shop, number);
    if (!cards) return cards.error();
    story.cards = std::move(*cards);
    auto parcels = read_parcels(store, shop, story.order);
    if (!parcels) return parcels.error();
    story.parcels = std::move(*parcels);
    story.state = state_of(story);
    return story;
}

Result<void> check_staff_may(const ActionTable& table, Action action, const OrderStory& story) {
    auto answer = answer_action(table, Actor::Staff, action, story.state);
    if (answer.is_allowed) return {};
    return Error{ErrorCode::NotAllowed,
                 fmt::format("{} is not possible: {}", to_string(action), answer.why),
                 story.order.number.get(), "docs/lifecycle.md has the table of what may be done"};
}

Result<OrderNumber> find_one_order(Store& store, ShopId shop, const std::string& text) {
    auto exact = store.find_order(shop, OrderNumber(text));
    if (exact) return exact->number;
    if (exact.error().code != ErrorCode::NotFound) return exact.error();
    auto found = store.search_orders(shop, text, kMostShown);
    if (!found) return found.error();
    if (found->empty()) return exact.error();
    if (found->size() == 1) return found->front().number;
    std::string numbers;
    for (const auto& one : *found) numbers += (numbers.empty() ? "" : ", ") + one.number.get();
    const bool more = found->size() == static_cast<std::size_t>(kMostShown);
    return Error{ErrorCode::NotAllowed,
                 fmt::format("'{}' may mean {}{}", text, numbers, more ? " or others" : ""), "",
                 "give the number of the order"};
}

}  // namespace verso::records
