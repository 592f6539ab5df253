// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "service/desk/bench_desk.h"
#include "service/desk/customer_desk.h"
#include "service/desk/dispute_desk.h"
#include "service/desk/import_desk.h"
#include "service/desk/login_site.h"
#include "service/desk/people_desk.h"
#include "service/desk/photo_desk.h"
#include "service/desk/printers_desk.h"
#include "service/desk/ratings_desk.h"
#include "service/desk/returns_desk.h"
#include "service/desk/review_desk.h"
#include "service/desk/scan_desk.h"
#include "service/desk/shop_desk.h"

namespace verso::service {

/// All of the desk, put together.
class DeskSite {
  public:
    struct Parts {
        RecordsGate& gate;
        const PageBook& book;
        const ShopFaces& faces;
        LayoutShelf& layouts;
        const Clock& clock;
        DeskWorks works;
        int lanes = 1;
    };
    /// Requires: the parts outlive it.
    explicit DeskSite(Parts parts);
    /// Requires: the site outlives the router.
    void add_routes(Router& router);

  private:
    Gatekeeper keeper_;
    DeskFrame frame_;
    LoginSite login_;
    BenchDesk bench_;
    PrintersDesk printers_;
    ScanDesk scans_;
    ReviewDesk review_;
    ReturnsDesk returns_;
    CustomerDesk customers_;
    RatingsDesk ratings_;
    ShopDesk shop_;
    PeopleDesk people_;
    PhotoDesk photos_;
    ImportDesk imports_;
    DisputeDesk disputes_;
};

}  // namespace verso::service
