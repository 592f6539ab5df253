// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "records/store/review_book.h"
#include "service/api/api_routes.h"
#include "service/desk/scan_works.h"

namespace verso::service {

namespace {

using records::KeyScope;

bool is_digest(std::string_view text) {
    constexpr std::size_t kDigits = 64;
    return text.size() == kDigits && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

/// How far the file with these bytes is: read, or on its way through the queue.
Result<Json> scan_json(records::Store& store, ShopId shop, const std::string& id) {
    auto& book = records::reviews_of(store);
    auto scan = book.find_scan(shop, id);
    if (!scan) return scan.error();
    if (*scan) {
        return Json{{"id", id},
                    {"state", "done"},
                    {"pages", (*scan)->pages},
                    {"accepted", (*scan)->accepted},
                    {"review", (*scan)->review},
                    {"unreadable", (*scan)->unreadable},
                    {"error", nullptr}};
    }
    auto job = book.find_job(shop, "scan", id);
    if (!job) return job.error();
    if (!*job) return Error{ErrorCode::NotFound, "no such file was sent", id, ""};
    const std::string& error = (*job)->last_error;
    return Json{{"id", id},
                {"state", records::to_string((*job)->state)},
                {"pages", 0},
                {"accepted", 0},
                {"review", 0},
                {"unreadable", 0},
                {"error", error.empty() ? Json(nullptr) : Json(error)}};
}

Result<ApiAnswer> take_scan(const ApiCall& call, ScanWorks* works) {
    if (works == nullptr) {
        return Error{ErrorCode::NotAllowed, "this service takes no scans", "", ""};
    }
    if (call.request.body_file.empty()) {
        return Error{ErrorCode::ValueInvalid, "the body is empty", "body", "send the file's bytes"};
    }
    const std::string name = safe_file_name(call.request.query_value("name"));
    auto ticket = works->take(call.store, {call.shop(), call.request.body_file, name}, call.now);
    if (!ticket) return ticket.error();
    auto json = scan_json(call.store, call.shop(), ticket->sha256);
    if (!json) return json.error();
    (*json)["new"] = ticket->is_new;
    ApiAnswer answer = answer_json(*json, 202);
    answer.what = "scan";
    answer.subject = ticket->sha256.substr(0, 16);
    return answer;
}

Result<ApiAnswer> show_scan(const ApiCall& call) {
    const std::string& id = call.path.at("id");
    if (!is_digest(id)) return Error{ErrorCode::NotFound, "no such file was sent", id, ""};
    auto json = scan_json(call.store, call.shop(), id);
    if (!json) return json.error();
    return answer_json(*json);
}

}  // namespace

void add_scan_routes(ApiDoor& door, Router& router, ScanWorks* works) {
    door.read(router, "/api/v1/scans/{id}", KeyScope::ScansWrite, {}, show_scan);
    door.take_file(router, "/api/v1/scans", KeyScope::ScansWrite, {"name"}, kMostScanBytes,
                   [works](const ApiCall& call) { return take_scan(call, works); });
}

}  // namespace verso::service
