// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <unordered_map>

#include "app/carrier_files.h"
#include "app/return_labels.h"

namespace verso::app {

/// The carrier's finished labels. Each file's number is read back from its codes and compared with
/// the announced one, so that no buyer gets the label of another; a label that two parcels would
/// share is refused.
class CarrierLabels final : public ReturnLabelSource {
  public:
    /// Requires: the store outlives it.
    CarrierLabels(CarrierFiles files, records::Store& store, ShopId shop);

    std::string series() const override { return {}; }
    Result<std::vector<std::uint64_t>> reserve(std::size_t count) override;
    void resume(std::span<const std::uint64_t> serials) override;
    Result<ReturnLabel> next(const Order& order, int parcel, const Rma& rma) override;
    std::vector<std::string> take_warnings() override;

  private:
    Result<void> claim(const std::string& number, const Order& order, const std::string& where);

    CarrierFiles files_;
    records::Store& store_;
    ShopId shop_;
    std::unordered_map<std::string, std::string> claimed_;  ///< number to parcel, of this wave
    std::vector<std::string> warnings_;
};

/// The label in a carrier's file, its number read back. `announced` may be empty: then the file
/// must have exactly one Code 128 or, in ZPL, one code, and that is the number. ValueInvalid when
/// the codes say another number, or none; FormatInvalid when it is neither PDF, picture nor ZPL of
/// one label; and what reading and rendering say.
Result<ReturnLabel> read_carrier_label(const std::string& path, const std::string& announced);

}  // namespace verso::app
