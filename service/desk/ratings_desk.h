// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "records/store/desk_book.h"
#include "service/desk/desk_frame.h"

namespace verso::service {

/// The figures, and what buyers wrote: with replies, moderation by listed reasons, flags, exports.
class RatingsDesk {
  public:
    /// Requires: the frame outlives it, and it the router.
    explicit RatingsDesk(const DeskFrame& frame) : frame_(frame) {}
    void add_routes(Router& router);

  private:
    Reply show(const HttpRequest& request, const Visitor& visitor) const;
    Reply act(const HttpRequest& request, const Visitor& visitor) const;
    Reply show_writing(const HttpRequest& request, const Visitor& visitor,
                       const std::string& order) const;
    Reply send_export(const HttpRequest& request, const Visitor& visitor) const;

    /// The picture of what was written on the card of an order's rating; nothing when nothing was,
    /// or it is not kept any more.
    Result<std::optional<PictureWish>> writing_of(const Visitor& visitor, records::Store& store,
                                                  const OrderNumber& order) const;
    HttpResponse page(const HttpRequest& request, const Visitor& visitor,
                      records::Store& store) const;
    Result<void> add_comments(const HttpRequest& request, const Visitor& visitor,
                              records::Store& store, PageData& data) const;
    Result<PageData> row_of(const HttpRequest& request, const Visitor& visitor,
                            records::Store& store, const Rating& rating) const;

    const DeskFrame& frame_;
};

/// Which ratings a page lists: its query.
struct RatingFilter {
    std::optional<int> stars;
    std::string channel;     ///< "qr" …; empty: all
    bool with_text = false;  ///< those with a comment alone
    std::int64_t before = 0;

    static RatingFilter of(const HttpRequest& request);
    bool wants(const Rating& rating) const;
};

}  // namespace verso::service
