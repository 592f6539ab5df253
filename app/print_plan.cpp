// SPDX-License-Identifier: Apache-2.0
#include "app/print_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <unordered_set>

#include "records/lifecycle/pick_order.h"
#include "records/lifecycle/release_rule.h"

namespace verso::app {

namespace fs = std::filesystem;

namespace {

/// A parcel whose order is not released to packing yet (verso.toml, [release]).
SkippedParcel waiting(const Order& order, int parcel, const records::ReleaseDecision& release) {
    return {order.number.get(), parcel, SkippedParcel::Why::Forbidden,
            Error{ErrorCode::NotAllowed, release.why, "",
                  release.until ? "print it then" : "see: verso orders show"}};
}

/// Collects the keys of the parcels that may be printed.
class Planner {
  public:
    Planner(OpenHome& home, bool reprint, const std::function<void(const SkippedParcel&)>& skipped)
        : home_(home), reprint_(reprint), skipped_(skipped) {}

    Result<void> add(const Order& order) {
        auto cards = home_.store->cards_of(home_.shop, order.number);
        if (!cards) return cards.error();
        const auto release =
            records::decide_release(order, home_.config.life.release, system_clock().now());
        for (const Parcel& parcel : order.parcels) {
            auto decided = decide_parcel(order, parcel.number, *cards, reprint_);
            if (!release.is_released && decided.plan.decision == records::PrintDecision::Fresh) {
                decided.skipped = waiting(order, parcel.number, release);
            }
            if (decided.skipped) {
                skipped_(*decided.skipped);
            } else {
                keys.push_back(
                    {records::first_bin(order, parcel.number), order.number.get(), parcel.number});
            }
        }
        return {};
    }

    std::vector<records::PickKey> keys;

  private:
    OpenHome& home_;
    bool reprint_;
    const std::function<void(const SkippedParcel&)>& skipped_;
};

}  // namespace

ParcelDecision decide_parcel(const Order& order, int parcel,
                             const std::vector<records::CardRecord>& cards, bool reprint) {
    ParcelDecision out{records::plan_print(order, parcel, cards, reprint), std::nullopt};
    const bool forbidden = out.plan.decision == records::PrintDecision::Forbidden;
    if (forbidden || out.plan.decision == records::PrintDecision::AlreadyPrinted) {
        using Why = SkippedParcel::Why;
        Error error{forbidden ? ErrorCode::NotAllowed : ErrorCode::AlreadyExists, out.plan.reason,
                    "", forbidden ? "" : "to print it again say why with --reprint REASON"};
        out.skipped = SkippedParcel{order.number.get(), parcel,
                                    forbidden ? Why::Forbidden : Why::AlreadyPrinted, error};
    }
    return out;
}

Result<std::vector<ParcelToPrint>> plan_parcels(
    OpenHome& home, const PrintRequest& request, PrintSequence sequence,
    const std::function<void(const SkippedParcel&)>& skipped) {
    Planner planner(home, !request.reprint.empty(), skipped);
    if (request.orders.empty()) {
        auto visited =
            home.store->orders(home.shop, [&](const Order& order) { return planner.add(order); });
        if (!visited) return visited.error();
    }
    std::unordered_set<std::string> named;  // who names an order twice wants it once
    for (const auto& number : request.orders) {
        if (!named.insert(number).second) continue;
        auto order = home.store->find_order(home.shop, OrderNumber(number));
        if (!order) return order.error();
        if (auto added = planner.add(*order); !added) return added.error();
    }
    if (sequence == PrintSequence::Pick) {
        std::sort(planner.keys.begin(), planner.keys.end(), records::is_picked_before);
    }
    std::vector<ParcelToPrint> parcels;
    parcels.reserve(planner.keys.size());
    for (const auto& key : planner.keys) {
        parcels.push_back({OrderNumber(key.order), key.parcel, 0});
    }
    return parcels;
}

std::vector<std::string> gaps_of(const Shop& shop, const generator::SheetPlan& sheet) {
    std::vector<std::string> gaps;
    if (shop.return_address.line1.empty() || shop.return_address.city.empty()) {
        gaps.emplace_back(
            "the return label has no address: fill in [shop.return_address] in verso.toml");
    }
    if (!sheet.sides.empty() && sheet.reply.specimen) {
        gaps.push_back(
            fmt::format("the card says SPECIMEN: {} is missing in [reply_card] of verso.toml",
                        fmt::join(sheet.reply.missing, ", ")));
    }
    return gaps;
}

Result<void> check_free(const fs::path& file) {
    std::error_code failed;
    if (file.empty()) return {};
    if (fs::is_directory(file, failed)) {
        return Error{ErrorCode::FileUnwritable, "is a folder", file.string(), "name a file in it"};
    }
    if (fs::exists(file, failed) && fs::file_size(file, failed) != 0) {
        return Error{ErrorCode::AlreadyExists, "is there already and may not be on paper yet",
                     file.string(), "name another file, or move that one away"};
    }
    if (!fs::is_directory(file.parent_path(), failed)) {
        return Error{ErrorCode::FileUnwritable, "its folder does not exist", file.string(),
                     "make the folder first"};
    }
    return {};
}

}  // namespace verso::app
