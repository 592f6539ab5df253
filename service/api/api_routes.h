// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "service/api/api_door.h"
#include "service/desk/scan_works.h"

namespace verso::service {

// The resources of /api/v1, by subject; docs/api.md. Requires: the door outlives the router.

/// orders and cards
void add_order_routes(ApiDoor& door, Router& router);
/// ratings and responses
void add_rating_routes(ApiDoor& door, Router& router);
void add_return_routes(ApiDoor& door, Router& router);
/// carriers' events, and figures
void add_event_routes(ApiDoor& door, Router& router);
void add_figure_routes(ApiDoor& door, Router& router);
/// pictures in; null: this service takes none
void add_scan_routes(ApiDoor& door, Router& router, ScanWorks* works);
/// webhooks out
void add_hook_routes(ApiDoor& door, Router& router);

}  // namespace verso::service
