// SPDX-License-Identifier: Apache-2.0
#include "app/job_handlers.h"

#include <chrono>
#include <nlohmann/json.hpp>
#include <system_error>
#include <thread>

#include "app/files.h"
#include "app/hook_delivery.h"
#include "app/print_once.h"
#include "app/print_plan.h"
#include "app/reading_options.h"
#include "app/retention.h"
#include "app/scan_intake.h"
#include "app/serve_imports.h"
#include "app/uploads.h"
#include "core/crypto/crypto.h"

namespace verso::app {

namespace fs = std::filesystem;

namespace {

using records::CompleteJob;
using records::LeasedJob;
using Json = nlohmann::ordered_json;

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Error bad_payload(const LeasedJob& job, std::string_view key) {
    return {ErrorCode::ValueInvalid, "the payload has no " + std::string(key),
            job.kind + " " + job.key, "drop the job and put it in again"};
}

/// A text of the payload; empty when it is not there.
std::string text_of(const LeasedJob& job, const std::string& key) {
    const auto json = Json::parse(job.payload, nullptr, false);
    if (!json.is_object() || !json.contains(key) || !json[key].is_string()) return "";
    return json[key].get<std::string>();
}

Result<void> do_scan(OpenHome& home, ImageReader& images, Output& out,
                     const std::atomic<bool>& stop, const LeasedJob& job,
                     const CompleteJob& complete) {
    const std::string file = text_of(job, "file");
    if (file.empty()) return bad_payload(job, "file");
    if (auto entered = enter_shop(home, job.shop); !entered) return entered;
    ReadingOptions options;
    options.names = {file};
    auto request = reading_request(options, 1, home);
    if (!request) return request.error();
    // A wave that was printed since the last job may have brought a new layout.
    auto book = LayoutBook::load(*home.store);
    if (!book) return book.error();
    return images.read(
        {file}, *request, *book, home.config.reading, 1, out,
        [&](const std::string& name, Result<FileReadings> found) -> Result<void> {
            if (stop && (!found || !found->faults.empty())) {
                return Error{ErrorCode::Internal, "the worker was stopped while it read", name, ""};
            }
            if (!found) return found.error();
            const PileOf pile = text_of(job, "cards") == "any" ? PileOf::AnyShop : PileOf::OneShop;
            auto taken =
                take_in_scan(home, name, std::move(*found), pile, system_clock(), complete);
            if (!taken) return taken.error();
            for (const auto& fault : taken->faults) out.fail(fault);
            forget_upload(home.home, name);
            return {};
        });
}

/// Prints go one after the other in a home; the one that is under way is waited for.
Result<PrintLock> patient_print(OpenHome& home, const PrintTools& tools) {
    constexpr std::chrono::milliseconds kPatience{20'000}, kPause{100};
    const auto end = std::chrono::steady_clock::now() + kPatience;
    for (;;) {
        auto lock = begin_print(home, tools);
        if (lock || lock.error().code != ErrorCode::NotAllowed) return lock;
        // Not the job's fault: it is tried again later.
        if (std::chrono::steady_clock::now() > end)
            return Error{ErrorCode::FileUnwritable, lock.error().message, lock.error().where, ""};
        std::this_thread::sleep_for(kPause);
    }
}

/// Why nothing was printed; nothing when all parcels have their inserts, by an earlier print.
Result<void> why_nothing(const std::vector<SkippedParcel>& skipped) {
    for (const auto& parcel : skipped) {
        if (parcel.why != SkippedParcel::Why::AlreadyPrinted) return parcel.error;
    }
    return {};
}

Result<void> do_print(OpenHome& home, Output& out, const LeasedJob& job,
                      const CompleteJob& complete) {
    if (auto entered = enter_shop(home, job.shop); !entered) return entered;
    PrintRequest request;
    request.orders = {text_of(job, "order")};
    request.template_name = text_of(job, "template");
    request.reprint = text_of(job, "reprint");
    if (request.orders.front().empty()) return bad_payload(job, "order");
    if (request.template_name.empty()) return bad_payload(job, "template");
    request.file = sheets_of(home.home, job.id.get());
    std::error_code failed;
    fs::create_directories(request.file.parent_path(), failed);
    const PrintTools tools{system_random(), system_clock(), out, {}};
    auto lock = patient_print(home, tools);
    if (!lock) return lock.error();
    std::vector<SkippedParcel> skipped;
    auto parcels = plan_parcels(home, request, PrintSequence::Store,
                                [&](const SkippedParcel& parcel) { skipped.push_back(parcel); });
    if (!parcels) return parcels.error();
    auto sheets = print_parcels(home, request, *parcels, tools,
                                [&](const std::vector<FinishedInsert>&) { return complete(); });
    if (!sheets) return sheets.error();
    for (const auto& warning : sheets->warnings) out.warn(warning);
    skipped.insert(skipped.end(), sheets->skipped.begin(), sheets->skipped.end());
    return sheets->inserts.empty() ? why_nothing(skipped) : Result<void>{};
}

}  // namespace

fs::path sheets_of(const Home& home, std::int64_t job) {
    return home.spool() / "jobs" / ("print-" + std::to_string(job) + ".pdf");
}

JobHandlers job_handlers(OpenHome& home, ImageReader& images, Output& out,
                         const std::atomic<bool>& stop) {
    JobHandlers handlers;
    handlers["print"] = [&](const LeasedJob& job, const CompleteJob& complete) {
        return do_print(home, out, job, complete);
    };
    handlers["scan"] = [&](const LeasedJob& job, const CompleteJob& complete) {
        return do_scan(home, images, out, stop, job, complete);
    };
    handlers["retention"] = [&](const LeasedJob& job, const CompleteJob&) -> Result<void> {
        if (auto entered = enter_shop(home, job.shop); !entered) return entered;
        auto run = run_retention(home, system_clock().now(), out);
        return run ? Result<void>{} : Result<void>(run.error());
    };
    handlers["import"] = [&](const LeasedJob& job, const CompleteJob& complete) -> Result<void> {
        if (auto entered = enter_shop(home, job.shop); !entered) return entered;
        return do_import(home, job, complete);
    };
    handlers["webhook"] = [&](const LeasedJob& job, const CompleteJob&) {
        return deliver_webhook(home, job);
    };
    return handlers;
}

Result<records::NewJob> scan_job(const std::string& file, PileOf pile) {
    constexpr std::uint64_t kLargest = 512ULL << 20U;
    auto bytes = read_file(file, kLargest);
    if (!bytes) return bytes.error();
    records::NewJob job;
    job.kind = "scan";
    job.key = sha256_hex(*bytes);
    Json payload{{"file", fs::absolute(file).string()}};
    if (pile == PileOf::AnyShop) payload["cards"] = "any";
    job.payload = dump(payload);
    return job;
}

records::NewJob print_job(const std::string& order, const std::string& template_name,
                          const std::string& reprint, Instant now) {
    records::NewJob job;
    job.kind = "print";
    job.key = order;
    // One print for each order; each reprint is asked for by itself.
    if (!reprint.empty()) job.key += " again " + format_utc(now);
    Json payload{{"order", order}, {"template", template_name}};
    if (!reprint.empty()) payload["reprint"] = reprint;
    job.payload = dump(payload);
    return job;
}

}  // namespace verso::app
