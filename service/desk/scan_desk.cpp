// SPDX-License-Identifier: Apache-2.0
#include "service/desk/scan_desk.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/crypto/message_code.h"
#include "records/store/review_book.h"
#include "service/buyer/card_page.h"
#include "service/desk/desk_counter.h"
#include "service/http/body_view.h"
#include "service/http/multipart.h"
#include "service/http/web_text.h"

namespace verso::service {

namespace {

using Json = nlohmann::ordered_json;
using records::JobState;
using records::Permission;
using records::ScanSummary;
using records::Store;

constexpr std::size_t kMostFormBytes = kMostScanBytes + (1U << 20U);
constexpr int kRecent = 30;
constexpr std::size_t kMostAsked = 50;

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

HttpResponse problem_json(int status, const std::string& message) {
    return json_response(dump({{"error", {{"message", message}}}}), status);
}

Error no_scans() {
    return {ErrorCode::NotAllowed, "this service takes no scans", "", "use: verso scan"};
}

std::string last_part(const std::string& path) { return path.substr(path.rfind('/') + 1); }

bool is_digest(std::string_view text) {
    return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

/// How far the file with these bytes is.
Result<Json> state_of(Store& store, ShopId shop, const std::string& sha256) {
    auto& book = records::reviews_of(store);
    auto scan = book.find_scan(shop, sha256);
    if (!scan) return scan.error();
    auto job = book.find_job(shop, "scan", sha256);
    if (!job) return job.error();
    Json json{{"id", sha256}};
    if (*scan) {
        json.update({{"state", "done"},
                     {"pages", (*scan)->pages},
                     {"accepted", (*scan)->accepted},
                     {"review", (*scan)->review},
                     {"unreadable", (*scan)->unreadable}});
        return json;
    }
    json["state"] = *job ? std::string(records::to_string((*job)->state)) : "unknown";
    json["error"] = *job ? (*job)->last_error : "";
    return json;
}

Result<ScanTicket> take_now(ScanWorks* works, Store& store, const Visitor& visitor,
                            const std::filesystem::path& file, const std::string& name,
                            Instant now) {
    if (works == nullptr) return no_scans();
    auto ticket = works->take(store, {visitor.shop, file, safe_file_name(name)}, now);
    if (!ticket) return ticket;
    auto noted = note_act(store, visitor, now, "scan", ticket->sha256.substr(0, 16));
    return noted ? ticket : Result<ScanTicket>(noted.error());
}

std::vector<PageData> scan_rows(const std::vector<ScanSummary>& scans,
                                const generator::Language& language) {
    std::vector<PageData> rows;
    for (const ScanSummary& scan : scans) {
        rows.push_back(
            PageData()
                .set("scan_file", last_part(scan.path))
                .set("scan_when", day_text(language, scan.at))
                .set("scan_pages", std::to_string(scan.pages))
                .set("scan_accepted", std::to_string(scan.accepted))
                .set("scan_review", std::to_string(scan.review))
                .set("scan_unreadable", std::to_string(scan.unreadable))
                .set_if("scan_waiting", scan.waiting > 0 ? std::to_string(scan.waiting) : ""));
    }
    return rows;
}

/// Jobs that are not done: what waits, and what no reader could read.
std::vector<PageData> job_rows(Store& store, ShopId shop, const generator::Language& language) {
    std::vector<PageData> rows;
    for (const JobState state : {JobState::Leased, JobState::Waiting, JobState::Dead}) {
        auto jobs = store.jobs().list(shop, state, kRecent);
        if (!jobs) return rows;
        for (const auto& job : *jobs) {
            if (job.kind != "scan") continue;
            const auto payload = Json::parse(job.payload, nullptr, false);
            const std::string file =
                payload.is_object() ? payload.value("file", std::string()) : std::string();
            const std::string word(records::to_string(state));
            rows.push_back(PageData()
                               .set("job_file", last_part(file))
                               .set("job_id", job.key)
                               .set("job_dead", state == JobState::Dead)
                               .set("job_state", say(language, "desk.scans.state_" + word))
                               .set_if("job_error", state == JobState::Dead ? job.last_error : ""));
        }
    }
    return rows;
}

HttpResponse admitted() {
    HttpResponse response;
    response.status = 204;
    return response;
}

HttpResponse wants_key() {
    return text_response("a key that may write scans is needed\n", 401)
        .with("WWW-Authenticate", "Basic realm=\"scans\"");
}

// Enough of WebDAV (RFC 4918) for scanners that send into a folder: class 1 without locks.

constexpr std::size_t kDavBytes = std::size_t{64} * 1024;  ///< of a question

HttpResponse dav_options() {
    HttpResponse response{.status = 200, .headers = {}};
    return response.with("DAV", "1")
        .with("MS-Author-Via", "DAV")
        .with("Allow", "OPTIONS, PROPFIND, PUT, MKCOL");
}

/// The folder as it always is: empty to who asks. A shop's name is plain.
HttpResponse dav_folder(const std::string& shop) {
    HttpResponse response = text_response(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
        "<D:multistatus xmlns:D=\"DAV:\"><D:response><D:href>/scan-in/" +
            encode_segment(shop) +
            "/</D:href><D:propstat><D:prop><D:resourcetype><D:collection/></D:resourcetype>"
            "<D:displayname>" +
            escape_html(shop) +
            "</D:displayname></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>"
            "</D:response></D:multistatus>\n",
        207);
    response.headers.clear();
    return response.with("Content-Type", "application/xml; charset=utf-8");
}

/// The key that came with the request, when it may write scans of that shop.
Result<std::optional<records::ApiKey>> scan_key(Store& store, const HttpRequest& request,
                                                ShopId shop, Instant now) {
    const std::string token = basic_password(request.header("Authorization"));
    if (token.empty()) return std::optional<records::ApiKey>{};
    auto key = store.access().use_key(token, now);
    if (!key) return key.error();
    const bool may = *key && (*key)->shop == shop &&
                     std::find((*key)->scopes.begin(), (*key)->scopes.end(),
                               records::KeyScope::ScansWrite) != (*key)->scopes.end();
    return may ? std::move(*key) : std::optional<records::ApiKey>{};
}

/// The parts of a form, each in a file of its own beside nothing else.
Result<void> write_part(const std::filesystem::path& file, std::string_view bytes) {
    std::ofstream out(file, std::ios::binary);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (out) return {};
    return Error{ErrorCode::FileUnwritable, "the file cannot be kept", file.string(),
                 "look at the disk"};
}

}  // namespace

std::string safe_file_name(std::string_view name) {
    constexpr std::size_t kLongest = 100;
    const auto cut = name.find_last_of("/\\");
    if (cut != std::string_view::npos) name.remove_prefix(cut + 1);
    std::string out;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        out += byte < 0x20 || byte == 0x7f ? '_' : c;
    }
    if (out.size() > kLongest) {
        // The ending says to people what it is; no letter is cut in its middle.
        out.erase(0, out.size() - kLongest);
        while (!out.empty() && (static_cast<unsigned char>(out.front()) & 0xC0U) == 0x80U) {
            out.erase(0, 1);
        }
    }
    out.erase(0, out.find_first_not_of('.'));
    return out.empty() ? "scan" : out;
}

std::string basic_password(std::string_view header) {
    const auto value = trimmed(header);
    const auto blank = std::min(value.find(' '), value.size());
    if (!same_word(value.substr(0, blank), "Basic")) return "";
    const auto text = decode_base64(trimmed(value.substr(blank)));
    if (!text) return "";
    const auto colon = text->find(':');
    return colon == std::string::npos ? "" : text->substr(colon + 1);
}

void ScanDesk::add_routes(Router& router) {
    const auto plain = [this](auto method) {
        return frame_.room().keeper.guard(
            Permission::Scan,
            [this, method](const HttpRequest& request, const PathValues&, const Visitor& visitor) {
                return (this->*method)(request, visitor);
            });
    };
    router.add({Method::Get, "/desk/{shop}/scans", plain(&ScanDesk::show)});
    Route form;
    form.method = Method::Post;
    form.pattern = "/desk/{shop}/scans";
    form.handler = plain(&ScanDesk::take_form);
    form.most_body = kMostFormBytes;
    form.body_to_file = true;
    form.admit = frame_.room().keeper.admit(Permission::Scan);
    router.add(std::move(form));
    router.add({Method::Get, "/desk/{shop}/scans/state", plain(&ScanDesk::state)});
    // Who they are is asked before 200 MB are taken from them.
    Route sent;
    sent.method = Method::Put;
    sent.pattern = "/desk/{shop}/scans/{name}";
    sent.handler = frame_.room().keeper.guard(
        Permission::Scan,
        [this](const HttpRequest& request, const PathValues& path, const Visitor& visitor) {
            return take_file(request, visitor, path.at("name"));
        });
    sent.most_body = kMostScanBytes;
    sent.body_to_file = true;
    sent.admit = frame_.room().keeper.guard(
        Permission::Scan,
        [](const HttpRequest&, const PathValues&, const Visitor&) -> Reply { return admitted(); });
    router.add(std::move(sent));
    Route device;
    device.method = Method::Put;
    device.pattern = "/scan-in/{shop}/{name}";
    device.handler = [this](const HttpRequest& request, const PathValues& path) {
        return take_from_device(request, path);
    };
    device.most_body = kMostScanBytes;
    device.body_to_file = true;
    device.admit = [this](const HttpRequest& request, const PathValues& path) -> Reply {
        return admit_device(request, path);
    };
    router.add(std::move(device));
    add_folder_routes(router);
}

void ScanDesk::add_folder_routes(Router& router) {
    const auto add = [&](Method method, const std::string& pattern, Handler handler,
                         std::size_t most = 0) {
        Route route;
        route.method = method;
        route.pattern = pattern;
        route.handler = std::move(handler);
        route.most_body = most;
        if (most > 0) {
            route.admit = [this](const HttpRequest& request, const PathValues& path) -> Reply {
                return admit_device(request, path);
            };
        }
        router.add(std::move(route));
    };
    const Handler allowed = [](const HttpRequest&, const PathValues&) -> Reply {
        return dav_options();
    };
    const Handler folder = [this](const HttpRequest& request, const PathValues& path) -> Reply {
        auto admitted = admit_device(request, path);
        return admitted.status == 204 ? dav_folder(path.at("shop")) : admitted;
    };
    const Handler nothing = [this](const HttpRequest& request, const PathValues& path) -> Reply {
        auto admitted = admit_device(request, path);
        // What was sent is in the queue and not to be looked at from here.
        return admitted.status == 204 ? text_response("nothing is shown here\n", 404) : admitted;
    };
    const Handler no_folders = [this](const HttpRequest& request, const PathValues& path) -> Reply {
        auto admitted = admit_device(request, path);
        return admitted.status == 204
                   ? text_response("folders are not made here: put the files into this one\n", 403)
                   : admitted;
    };
    for (const char* pattern : {"/scan-in/{shop}", "/scan-in/{shop}/"}) {
        add(Method::Options, pattern, allowed);
        add(Method::Propfind, pattern, folder, kDavBytes);
    }
    add(Method::Options, "/scan-in/{shop}/{name}", allowed);
    add(Method::Propfind, "/scan-in/{shop}/{name}", nothing, kDavBytes);
    for (const char* pattern : {"/scan-in/{shop}", "/scan-in/{shop}/", "/scan-in/{shop}/{name}",
                                "/scan-in/{shop}/{name}/"}) {
        add(Method::Mkcol, pattern, no_folders, kDavBytes);
    }
}

Reply ScanDesk::show(const HttpRequest& request, const Visitor& visitor) const {
    Store& store = frame_.room().gate.reader(request.lane);
    const auto& language = frame_.language(request, visitor);
    auto scans = records::reviews_of(store).recent_scans(visitor.shop, kRecent);
    if (!scans) {
        return frame_.notice(request, visitor, sentence_of(scans.error()),
                             status_of(scans.error()));
    }
    auto jobs = job_rows(store, visitor.shop, language);
    PageData data;
    data.set("title", say(language, "desk.tab.scans"))
        .set("takes", frame_.room().works.scans != nullptr)
        .set("has_jobs", !jobs.empty())
        .set("jobs", std::move(jobs))
        .set("has_scans", !scans->empty())
        .set("scans", scan_rows(*scans, language))
        .set("may_review", visitor.may(Permission::Review));
    return frame_.page(request, visitor, DeskTab::Scans, "desk_scans", std::move(data), 200,
                       "scans.js");
}

Reply ScanDesk::take_form(const HttpRequest& request, const Visitor& visitor) const {
    return frame_.room().gate.slow([this, request, visitor](Store& store) -> HttpResponse {
        const auto body = BodyView::of(request);
        const auto parts = body ? parse_multipart(request.header("Content-Type"), body->bytes())
                                : Result<std::vector<FormPart>>(body.error());
        const Instant now = frame_.room().clock.now();
        std::string fault = parts ? "" : sentence_of(parts.error());
        for (const auto& part : parts ? *parts : std::vector<FormPart>{}) {
            if (part.file_name.empty() || part.content.empty() || !fault.empty()) continue;
            std::string folder = std::filesystem::temp_directory_path() / "verso-scan-XXXXXX";
            if (::mkdtemp(folder.data()) == nullptr) {
                fault = "the file cannot be kept";
                continue;
            }
            const auto file = std::filesystem::path(folder) / "part";
            auto done = write_part(file, part.content);
            if (done) {
                auto ticket =
                    take_now(frame_.room().works.scans, store, visitor, file, part.file_name, now);
                if (!ticket) done = ticket.error();
            }
            if (!done) fault = sentence_of(done.error());
            std::error_code ignored;
            std::filesystem::remove_all(folder, ignored);
        }
        if (!fault.empty()) return frame_.notice(request, visitor, fault, 422);
        return see_other(DeskFrame::base(*visitor.face) + "/scans");
    });
}

Reply ScanDesk::take_file(const HttpRequest& request, const Visitor& visitor,
                          const std::string& name) const {
    // The file goes when the reply is there: the work moves it away before.
    return frame_.room().gate.slow([this, request, visitor, name](Store& store) -> HttpResponse {
        const Instant now = frame_.room().clock.now();
        auto ticket =
            take_now(frame_.room().works.scans, store, visitor, request.body_file, name, now);
        if (!ticket) return problem_json(status_of(ticket.error()), sentence_of(ticket.error()));
        return json_response(dump({{"id", ticket->sha256}, {"new", ticket->is_new}}), 202);
    });
}

Reply ScanDesk::state(const HttpRequest& request, const Visitor& visitor) const {
    Store& store = frame_.room().gate.reader(request.lane);
    Json list = Json::array();
    std::string ids = request.query_value("ids");
    for (std::size_t asked = 0; !ids.empty() && asked < kMostAsked; ++asked) {
        const auto end = std::min(ids.find(','), ids.size());
        const std::string id = ids.substr(0, end);
        ids.erase(0, std::min(end + 1, ids.size()));
        if (!is_digest(id)) continue;
        auto json = state_of(store, visitor.shop, id);
        if (!json) return problem_json(503, "the records cannot be reached");
        list.push_back(std::move(*json));
    }
    return json_response(dump({{"scans", std::move(list)}}));
}

HttpResponse ScanDesk::admit_device(const HttpRequest& request, const PathValues& path) const {
    const ShopFace* face = frame_.room().faces.find(path.at("shop"));
    if (face == nullptr) return wants_key();
    auto key = scan_key(frame_.room().gate.reader(request.lane), request, face->id,
                        frame_.room().clock.now());
    if (!key) return text_response("the records cannot be reached\n", 503);
    return *key ? admitted() : wants_key();
}

Reply ScanDesk::take_from_device(const HttpRequest& request, const PathValues& path) const {
    const ShopFace* face = frame_.room().faces.find(path.at("shop"));
    if (face == nullptr) return wants_key();
    return frame_.room().gate.slow(
        [this, request, face, name = path.at("name")](Store& store) -> HttpResponse {
            return keep_from_device(request, *face, name, store);
        });
}

HttpResponse ScanDesk::keep_from_device(const HttpRequest& request, const ShopFace& face,
                                        const std::string& name, Store& store) const {
    const Instant now = frame_.room().clock.now();
    auto key = scan_key(store, request, face.id, now);
    if (!key) return text_response("the records cannot be reached\n", 503);
    if (!*key) return wants_key();
    auto* works = frame_.room().works.scans;
    auto ticket = works == nullptr
                      ? Result<ScanTicket>(no_scans())
                      : works->take(store, {face.id, request.body_file, safe_file_name(name)}, now);
    if (!ticket)
        return text_response(sentence_of(ticket.error()) + "\n", status_of(ticket.error()));
    auto noted = store.access().note({.shop = face.id,
                                      .at = now,
                                      .who = "key " + (*key)->name,
                                      .what = "scan",
                                      .subject = ticket->sha256.substr(0, 16),
                                      .detail = ""});
    if (!noted) return text_response("the records cannot be reached\n", 503);
    return text_response("taken\n", 201);
}

}  // namespace verso::service
