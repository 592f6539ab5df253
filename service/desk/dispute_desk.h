// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "service/desk/desk_frame.h"
#include "service/http/router.h"

namespace verso::service {

/// Answers of which the buyer says that they are not theirs: somebody looks into it and says, with
/// a reason, whether the answer goes on to count.
class DisputeDesk {
  public:
    /// Requires: the frame outlives it.
    explicit DisputeDesk(const DeskFrame& frame) : frame_(frame) {}
    /// Requires: the desk outlives the router.
    void add_routes(Router& router);

  private:
    Reply settle(const HttpRequest& request, const Visitor& visitor) const;

    const DeskFrame& frame_;
};

/// Puts the disputes that wait into a page, for the partial desk_disputes. DatabaseFailed.
Result<void> add_disputes(records::Store& store, const Visitor& visitor,
                          const generator::Language& language, PageData& data);

}  // namespace verso::service
