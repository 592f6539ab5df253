// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/home_pool.h"
#include "service/site/label_works.h"

namespace verso::app {

/// Return labels as PDF, 100 x 150 mm, set by the template of that name.
class ServeLabels final : public service::LabelWorks {
  public:
    /// Requires: the pool outlives it.
    explicit ServeLabels(HomePool& homes) : homes_(homes) {}
    Result<std::string> draw(ShopId shop, const service::ReturnLabelWish& wish) override;

  private:
    HomePool& homes_;
};

/// The label that a sheet with this number has; the address and the RMA when there is no number or
/// it is not one of the source's.
ReturnLabel known_label(const ReturnLabelSettings& settings, const std::string& number,
                        const Rma& rma);

}  // namespace verso::app
