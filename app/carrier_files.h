// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/domain/order.h"
#include "core/util/result.h"

namespace verso::app {

/// A file that the carrier made for one parcel.
struct CarrierFile {
    std::filesystem::path path;
    std::string number;  ///< as it was announced; empty: nobody said it
};

/// Which file of a folder is whose. With a list (labels.csv: ORDER, PARCEL, FILE, NUMBER) the list
/// says it; without one the names do: ORDER.pdf, ORDER_NUMBER.pdf, ORDER-PARCEL_NUMBER.pdf, the
/// order with or without its #. Immutable once open.
class CarrierFiles {
  public:
    /// NotFound, FileUnreadable, FormatInvalid (the list lacks a column).
    static Result<CarrierFiles> open(const std::filesystem::path& folder);

    /// NotFound when there is no file for the parcel; ValueInvalid when there are several.
    Result<CarrierFile> find(const Order& order, int parcel) const;

    /// Rows of the list that could not be used, one sentence each.
    const std::vector<std::string>& faults() const { return faults_; }

  private:
    Result<void> read_list(const std::filesystem::path& list);
    Result<void> read_names();

    std::filesystem::path folder_;
    bool listed_ = false;
    /// By "ORDER" or "ORDER-PARCEL" for names, "ORDER/PARCEL" for the list; the order without #.
    std::map<std::string, std::vector<CarrierFile>> files_;
    std::vector<std::string> faults_;
};

}  // namespace verso::app
