// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/print_request.h"
#include "app/wiring.h"
#include "records/lifecycle/print_rule.h"

namespace verso::app {

/// In which order the sheets come.
enum class PrintSequence {
    Store,  ///< as `verso orders list` shows the orders
    Pick,   ///< the way through the warehouse: records/lifecycle/pick_order.h
};

/// What the rules say of one parcel: to be printed, perhaps after voiding cards, or the reason why
/// not.
struct ParcelDecision {
    records::PrintPlan plan;
    std::optional<SkippedParcel> skipped;  ///< set: no sheet
};
ParcelDecision decide_parcel(const Order& order, int parcel,
                             const std::vector<records::CardRecord>& cards, bool reprint);

/// The parcels that a request means and that may have a sheet, each once, in sequence; those that
/// may not go to `skipped`. NotFound for an order.
Result<std::vector<ParcelToPrint>> plan_parcels(
    OpenHome& home, const PrintRequest& request, PrintSequence sequence,
    const std::function<void(const SkippedParcel&)>& skipped);

/// What the sheets will lack because verso.toml does not say it.
std::vector<std::string> gaps_of(const Shop& shop, const generator::SheetPlan& sheet);

/// A print never writes over another one: the sheets in it may not be on paper yet. AlreadyExists;
/// FileUnwritable when it cannot be made there. An empty path is free.
Result<void> check_free(const std::filesystem::path& file);

}  // namespace verso::app
