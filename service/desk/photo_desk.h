// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "records/store/photo_book.h"
#include "service/desk/desk_frame.h"
#include "service/http/router.h"

namespace verso::service {

/// Buyers' photos, for the staff alone: those of answers for who reads ratings or settles reviews,
/// those of returns for who takes returns too.
class PhotoDesk {
  public:
    /// Requires: the frame outlives it.
    explicit PhotoDesk(const DeskFrame& frame) : frame_(frame) {}
    /// Requires: the desk outlives the router.
    void add_routes(Router& router);

  private:
    Reply show(const HttpRequest& request, const Visitor& visitor, const std::string& id) const;

    const DeskFrame& frame_;
};

/// Whether they may look at it.
bool may_see(const Visitor& visitor, const records::BuyerPhoto& photo);

/// Which photos of an order a page shows.
enum class PhotosOf { Answers, Everything };

/// Puts the photos of an order that the visitor may see into a page or a row, for the partial
/// desk_photos: those of one return when `rma` is not empty. DatabaseFailed.
Result<void> add_photos(records::Store& store, const Visitor& visitor, const OrderNumber& order,
                        PhotosOf which, const Rma& rma, PageData& data);

}  // namespace verso::service
