// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "records/carriers/parcel_events.h"
#include "records/store/connection.h"

namespace verso::records {

/// Carriers' events as rows of parcel_event, and what follows from them as rows of parcel_state.
class ParcelEventTable final : public ParcelEvents {
  public:
    /// `db` must outlive it.
    explicit ParcelEventTable(Connection& db) : db_(db) {}

    Result<KeptEvents> keep(ShopId shop, std::span<const CarrierEvent> events,
                            Instant now) override;
    Result<std::vector<CarrierEvent>> events_of(ShopId shop, std::string_view parcel) override;

  private:
    bool add(ShopId shop, const CarrierEvent& event, const std::string& parcel, Instant now);
    std::vector<CarrierEvent> rows(ShopId shop, const std::string& parcel);
    void settle(ShopId shop, const std::string& parcel);
    void lock(ShopId shop, const std::string& parcel);

    Connection& db_;
};

}  // namespace verso::records
