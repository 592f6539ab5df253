// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include <string>

#include "records/carriers/parcel_events.h"
#include "records/store/connection.h"

namespace verso::records {

/// Carriers' events as rows of parcel_event, and what follows from them as rows of parcel_state.
class ParcelEventTable final : public ParcelEvents {
  public:
    /// Told of a parcel that was not delivered before and is now, in the transaction that knows it.
    using Delivered = std::function<Result<void>(ShopId shop, const std::string& parcel, Instant at,
                                                 Instant now)>;
    /// `db` must outlive it.
    ParcelEventTable(Connection& db, Delivered delivered)
        : db_(db), delivered_(std::move(delivered)) {}

    Result<KeptEvents> keep(ShopId shop, std::span<const CarrierEvent> events,
                            Instant now) override;
    Result<std::vector<CarrierEvent>> events_of(ShopId shop, std::string_view parcel) override;

  private:
    bool add(ShopId shop, const CarrierEvent& event, const std::string& parcel, Instant now);
    std::vector<CarrierEvent> rows(ShopId shop, const std::string& parcel);
    Result<void> settle(ShopId shop, const std::string& parcel, Instant now);
    bool was_delivered(ShopId shop, const std::string& parcel);
    void lock(ShopId shop, const std::string& parcel);

    Connection& db_;
    Delivered delivered_;
};

}  // namespace verso::records
