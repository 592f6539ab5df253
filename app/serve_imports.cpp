// SPDX-License-Identifier: Apache-2.0
#include "app/serve_imports.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/files.h"
#include "app/orders_import.h"
#include "app/uploads.h"
#include "records/access/login.h"
#include "records/store/review_book.h"

namespace verso::app {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;
using records::ImportReport;
using Phase = service::SentImport::Phase;

constexpr std::uint64_t kMostReport = 4U << 20U;
constexpr std::string_view kTrial = "trial", kDone = "done";

bool is_id(const std::string& id) {
    return !id.empty() && id.size() <= 40 &&
           std::all_of(id.begin(), id.end(), [](unsigned char c) { return std::isalnum(c) != 0; });
}

Error not_there(const std::string& id) {
    return {ErrorCode::NotFound, "this file is not there any more", id, "send it again"};
}

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

records::NewJob job_of(const fs::path& file, const std::string& id, std::string_view what) {
    records::NewJob job;
    job.kind = "import";
    job.key = id + " " + std::string(what);
    job.payload = dump({{"file", file.string()}, {"id", id}, {"what", what}});
    job.max_attempts = 3;
    return job;
}

ImportReport report_of(const Json& json) {
    ImportReport report;
    if (auto format = records::parse_import_format(json.value("format", "auto"))) {
        report.format = *format;
    }
    report.orders_new = json.value("new", std::size_t{0});
    report.orders_changed = json.value("changed", std::size_t{0});
    report.orders_unchanged = json.value("unchanged", std::size_t{0});
    report.orders_rejected = json.value("rejected_orders", std::size_t{0});
    report.orders_kept = json.value("kept_orders", std::size_t{0});
    report.rows = json.value("rows", std::size_t{0});
    report.rows_rejected = json.value("rejected_rows", std::size_t{0});
    for (const auto& row : json.value("rejected", Json::array())) {
        report.rejected.push_back({row.value("line", std::size_t{0}), row.value("order", ""),
                                   row.value("column", ""), row.value("reason", "")});
    }
    for (const auto& order : json.value("kept", Json::array())) {
        report.kept.push_back({OrderNumber(order.value("order", "")), order.value("what", "")});
    }
    for (const auto& remark : json.value("remarks", Json::array())) {
        if (remark.is_string()) report.remarks.push_back(remark.get<std::string>());
    }
    return report;
}

std::optional<Json> read_json(const fs::path& file) {
    auto text = read_file(file, kMostReport);
    if (!text) return std::nullopt;
    Json json = Json::parse(*text, nullptr, false);
    if (!json.is_object()) return std::nullopt;
    return json;
}

Result<void> write_json(const fs::path& file, const Json& json) {
    return write_file(file, dump(json), FileMode::Private);
}

}  // namespace

Result<std::string> ServeImports::take(records::Store& store, ShopId shop, const fs::path& file,
                                       const std::string& name, Instant now) {
    std::error_code failed;
    if (fs::file_size(file, failed) == 0 || failed) {
        return Error{ErrorCode::FormatInvalid, "the file is empty", name, "send it again"};
    }
    std::string id = records::make_token(system_random()).substr(0, 20);
    std::erase_if(id, [](unsigned char c) { return std::isalnum(c) == 0; });
    const fs::path folder = place_of_import(home_, shop, id);
    const fs::path kept = folder / "orders";
    fs::create_directories(folder, failed);
    fs::permissions(folder, fs::perms::owner_all, failed);
    if (!failed) fs::rename(file, kept, failed);
    if (failed) {
        return Error{ErrorCode::FileUnwritable, "the file cannot be kept: " + failed.message(),
                     kept.string(), "see whether the disk is full"};
    }
    fs::permissions(kept, fs::perms::owner_read | fs::perms::owner_write, failed);
    auto noted = write_json(folder / "sent.json", {{"name", name}});
    if (!noted) return noted.error();
    auto queued = store.jobs().enqueue(shop, job_of(kept, id, kTrial), now);
    if (!queued) return queued.error();
    return id;
}

Result<void> ServeImports::start(records::Store& store, ShopId shop, const std::string& id,
                                 Instant now) {
    auto sent = look(store, shop, id);
    if (!sent) return sent.error();
    if (sent->phase == Phase::Importing || sent->phase == Phase::Imported) return {};
    if (sent->phase != Phase::Checked) {
        return Error{ErrorCode::NotAllowed, "the file is not looked through yet, or cannot be read",
                     sent->name, "wait for it, or send another file"};
    }
    const fs::path file = place_of_import(home_, shop, id) / "orders";
    auto queued = store.jobs().enqueue(shop, job_of(file, id, kDone), now);
    return queued ? Result<void>() : queued.error();
}

Result<service::SentImport> ServeImports::look(records::Store& store, ShopId shop,
                                               const std::string& id) {
    if (!is_id(id)) return not_there(id);
    const fs::path folder = place_of_import(home_, shop, id);
    const auto named = read_json(folder / "sent.json");
    if (!named) return not_there(id);
    service::SentImport sent{.id = id, .name = named->value("name", std::string())};
    for (const auto& [what, under_way, over] :
         {std::tuple{kDone, Phase::Importing, Phase::Imported},
          std::tuple{kTrial, Phase::Checking, Phase::Checked}}) {
        const auto result = read_json(folder / (std::string(what) + ".json"));
        if (result) {
            sent.fault = result->value("fault", std::string());
            sent.phase = sent.fault.empty() ? over : Phase::Failed;
            if (sent.fault.empty()) sent.report = report_of(*result);
            return sent;
        }
        auto job =
            records::reviews_of(store).find_job(shop, "import", id + " " + std::string(what));
        if (!job) return job.error();
        if (!*job) continue;
        const bool is_dead = (*job)->state == records::JobState::Dead;
        sent.phase = is_dead ? Phase::Failed : under_way;
        if (is_dead) sent.fault = (*job)->last_error;
        if (what == kDone) {
            if (auto trial = read_json(folder / "trial.json")) sent.report = report_of(*trial);
        }
        return sent;
    }
    return not_there(id);
}

Result<void> do_import(OpenHome& home, const records::LeasedJob& job,
                       const records::CompleteJob& complete) {
    const Json payload = Json::parse(job.payload, nullptr, false);
    const std::string id = payload.is_object() ? payload.value("id", std::string()) : "";
    const bool is_trial = payload.is_object() && payload.value("what", "") == kTrial;
    if (!is_id(id)) {
        return Error{ErrorCode::ValueInvalid, "the payload has no id", job.key, "drop the job"};
    }
    const fs::path folder = place_of_import(home.home, job.shop, id);
    const fs::path file = folder / "orders";
    std::error_code failed;
    if (!fs::exists(file, failed)) return complete();  // it was swept away, or is taken in
    const auto named = read_json(folder / "sent.json");
    const std::string name = named ? named->value("name", std::string()) : "";
    auto report = import_one(home, file, is_trial);
    std::string told;
    if (report) {
        told = import_json(name, *report);
    } else if (report.error().code == ErrorCode::DatabaseFailed) {
        return report.error();
    } else {
        Error fault = report.error();
        fault.where = name;
        told = dump({{"fault", fault.text()}});
    }
    const std::string what(is_trial ? kTrial : kDone);
    auto written = write_file(folder / (what + ".json"), told, FileMode::Private);
    if (!written) return written;
    // What was taken in is not needed any more; what it came to is shown for a day.
    if (!is_trial && report) fs::remove(file, failed);
    static_cast<void>(sweep_uploads(home, system_clock().now()));
    return complete();
}

}  // namespace verso::app
