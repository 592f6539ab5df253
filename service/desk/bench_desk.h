// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "service/desk/bench_answer.h"
#include "service/desk/desk_frame.h"

namespace verso::service {

/// The packer's page: one field, one big answer; waves below it.
class BenchDesk {
  public:
    /// Requires: the frame outlives it, and it the router.
    explicit BenchDesk(const DeskFrame& frame) : frame_(frame) {}
    void add_routes(Router& router);

  private:
    Reply show(const HttpRequest& request, const Visitor& visitor) const;
    Reply scan(const HttpRequest& request, const Visitor& visitor) const;
    Reply sheet(const HttpRequest& request, const Visitor& visitor, const std::string& name) const;
    Reply waves(const HttpRequest& request, const Visitor& visitor) const;
    Reply act_on_wave(const HttpRequest& request, const Visitor& visitor) const;

    BenchAnswer decide(records::Store& store, const HttpRequest& request,
                       const Visitor& visitor) const;
    Result<BenchAnswer> print(records::Store& store, const HttpRequest& request,
                              const Visitor& visitor, BenchAsk ask) const;
    HttpResponse page(const HttpRequest& request, const Visitor& visitor, records::Store& store,
                      const BenchAnswer* answer, long long ms) const;

    const DeskFrame& frame_;
};

}  // namespace verso::service
