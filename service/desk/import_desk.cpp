// SPDX-License-Identifier: Apache-2.0
#include "service/desk/import_desk.h"

#include <cstdlib>
#include <fstream>

#include "service/desk/desk_counter.h"
#include "service/desk/import_works.h"
#include "service/desk/ratings_view.h"
#include "service/desk/scan_works.h"
#include "service/http/body_view.h"
#include "service/http/multipart.h"
#include "service/http/web_text.h"

namespace verso::service {

namespace {

using records::Permission;
using records::Store;
using Phase = SentImport::Phase;

constexpr std::size_t kMostShown = 200;  ///< rejected rows on the page
constexpr std::size_t kFormBytes = std::size_t{16} * 1024;

Error no_imports() {
    return {ErrorCode::NotAllowed, "this service takes no orders", "", "use: verso orders import"};
}

std::string place_of(const Visitor& visitor, const std::string& id) {
    return DeskFrame::base(*visitor.face) + "/import/" + encode_segment(id);
}

std::string_view word_of(Phase phase) {
    switch (phase) {
        case Phase::Checking:
            return "checking";
        case Phase::Checked:
            return "checked";
        case Phase::Importing:
            return "importing";
        case Phase::Imported:
            return "imported";
        case Phase::Failed:
            return "failed";
    }
    return "failed";
}

bool is_under_way(Phase phase) { return phase == Phase::Checking || phase == Phase::Importing; }

void add_report(const generator::Language& language, const records::ImportReport& report,
                PageData& data) {
    const auto count = [&](std::size_t number) {
        return count_text(language, static_cast<std::int64_t>(number));
    };
    data.set("figures", say(language, "desk.import.figures",
                            {{"new", count(report.orders_new)},
                             {"changed", count(report.orders_changed)},
                             {"unchanged", count(report.orders_unchanged)},
                             {"rejected", count(report.orders_rejected)}}))
        .set("format", std::string(records::to_string(report.format)))
        .set("row_count", count(report.rows));
    std::vector<PageData> rejected, kept, remarks;
    for (const auto& row : report.rejected) {
        if (rejected.size() == kMostShown) break;
        rejected.push_back(PageData()
                               .set("rejected_line", std::to_string(row.line))
                               .set("rejected_order", row.order)
                               .set("rejected_column", row.column)
                               .set("rejected_reason", row.reason));
    }
    for (const auto& order : report.kept) {
        kept.push_back(
            PageData().set("kept_order", order.number.get()).set("kept_what", order.what));
    }
    for (const auto& remark : report.remarks) remarks.push_back(PageData().set("remark", remark));
    const std::size_t more = report.rows_rejected - std::min(report.rows_rejected, rejected.size());
    data.set_if("more_rejected", more > 0 ? count(more) : "")
        .set("has_rejected", !rejected.empty())
        .set("rejected", std::move(rejected))
        .set("has_kept", !kept.empty())
        .set("kept", std::move(kept))
        .set("remarks", std::move(remarks));
}

}  // namespace

void ImportDesk::add_routes(Router& router) {
    const auto& keeper = frame_.room().keeper;
    const auto guarded = [&keeper](DeskHandler handler) {
        return keeper.guard(Permission::EditOrders, std::move(handler));
    };
    const auto of_one = [this, guarded](auto method) {
        return guarded([this, method](const HttpRequest& request, const PathValues& path,
                                      const Visitor& visitor) -> Reply {
            return (this->*method)(request, visitor, path.at("import"));
        });
    };
    router.add({Method::Get, "/desk/{shop}/import",
                guarded([this](const HttpRequest& request, const PathValues&,
                               const Visitor& visitor) { return show(request, visitor); })});
    // Who they are is asked before 200 MB are taken from them.
    Route form;
    form.method = Method::Post;
    form.pattern = "/desk/{shop}/import";
    form.handler = guarded([this](const HttpRequest& request, const PathValues&,
                                  const Visitor& visitor) { return take_form(request, visitor); });
    form.most_body = kMostImportBytes + (1U << 20U);
    form.body_to_file = true;
    form.admit = keeper.admit(Permission::EditOrders);
    router.add(std::move(form));
    Route file;
    file.method = Method::Put;
    file.pattern = "/desk/{shop}/import/{import}";
    file.handler = of_one(&ImportDesk::take_file);
    file.most_body = kMostImportBytes;
    file.body_to_file = true;
    file.admit = keeper.admit(Permission::EditOrders);
    router.add(std::move(file));
    router.add({Method::Get, "/desk/{shop}/import/{import}", of_one(&ImportDesk::show_one)});
    router.add({Method::Get, "/desk/{shop}/import/{import}/state", of_one(&ImportDesk::state)});
    router.add(
        {Method::Post, "/desk/{shop}/import/{import}", of_one(&ImportDesk::start), kFormBytes});
}

Reply ImportDesk::show(const HttpRequest& request, const Visitor& visitor) const {
    PageData data;
    data.set("title", say(frame_.language(request, visitor), "desk.import.title"))
        .set("takes", frame_.room().works.imports != nullptr)
        .set("has_import", false);
    return frame_.page(request, visitor, DeskTab::Shop, "desk_import", std::move(data), 200,
                       "import.js");
}

Result<std::string> ImportDesk::take_now(Store& store, const Visitor& visitor,
                                         const std::filesystem::path& file,
                                         const std::string& name) const {
    auto* works = frame_.room().works.imports;
    if (works == nullptr) return no_imports();
    const Instant now = frame_.room().clock.now();
    const std::string safe = safe_file_name(name);
    auto id = works->take(store, visitor.shop, file, safe, now);
    if (!id) return id;
    auto noted = note_act(store, visitor, now, "import check", safe);
    return noted ? id : Result<std::string>(noted.error());
}

Reply ImportDesk::take_form(const HttpRequest& request, const Visitor& visitor) const {
    return frame_.room().gate.slow([this, request, visitor](Store& store) -> HttpResponse {
        const auto refuse = [&](const Error& fault) {
            return frame_.notice(request, visitor, sentence_of(fault), 422);
        };
        const auto body = BodyView::of(request);
        if (!body) return refuse(body.error());
        const auto parts = parse_multipart(request.header("Content-Type"), body->bytes());
        if (!parts) return refuse(parts.error());
        for (const auto& part : *parts) {
            if (part.file_name.empty() || part.content.empty()) continue;
            const std::string file = request.body_file.string() + ".part";
            std::ofstream out(file, std::ios::binary);
            out.write(part.content.data(), static_cast<std::streamsize>(part.content.size()));
            out.close();
            auto id = out ? take_now(store, visitor, file, part.file_name)
                          : Result<std::string>(Error{ErrorCode::FileUnwritable,
                                                      "the file cannot be kept", file,
                                                      "look at the disk"});
            std::error_code ignored;
            std::filesystem::remove(file, ignored);
            return id ? see_other(place_of(visitor, *id)) : refuse(id.error());
        }
        return see_other(DeskFrame::base(*visitor.face) + "/import");
    });
}

Reply ImportDesk::take_file(const HttpRequest& request, const Visitor& visitor,
                            const std::string& name) const {
    return frame_.room().gate.slow([this, request, visitor, name](Store& store) -> HttpResponse {
        auto id = take_now(store, visitor, request.body_file, name);
        if (!id) return text_response(sentence_of(id.error()) + "\n", status_of(id.error()));
        return text_response(place_of(visitor, *id), 202);
    });
}

Reply ImportDesk::show_one(const HttpRequest& request, const Visitor& visitor,
                           const std::string& id) const {
    return frame_.room().gate.slow([this, request, visitor, id](Store& store) -> HttpResponse {
        const auto& language = frame_.language(request, visitor);
        auto* works = frame_.room().works.imports;
        auto sent = works != nullptr ? works->look(store, visitor.shop, id)
                                     : Result<SentImport>(no_imports());
        if (!sent) {
            return frame_.notice(request, visitor, sentence_of(sent.error()),
                                 status_of(sent.error()));
        }
        PageData data;
        data.set("title", say(language, "desk.import.title"))
            .set("takes", true)
            .set("has_import", true)
            .set("file", sent->name)
            .set("phase", std::string(word_of(sent->phase)))
            .set("phase_text", say(language, "desk.import." + std::string(word_of(sent->phase))))
            .set("under_way", is_under_way(sent->phase))
            .set("may_start", sent->phase == Phase::Checked)
            .set("import_place", place_of(visitor, id))
            .set_if("fault", sent->fault)
            .set("has_report", sent->report.has_value());
        if (sent->report) add_report(language, *sent->report, data);
        return frame_.page(request, visitor, DeskTab::Shop, "desk_import", std::move(data), 200,
                           "import.js");
    });
}

Reply ImportDesk::state(const HttpRequest&, const Visitor& visitor, const std::string& id) const {
    return frame_.room().gate.slow([this, visitor, id](Store& store) -> HttpResponse {
        auto* works = frame_.room().works.imports;
        auto sent = works != nullptr ? works->look(store, visitor.shop, id)
                                     : Result<SentImport>(no_imports());
        if (!sent) return text_response("", status_of(sent.error()));
        return text_response(std::string(word_of(sent->phase)));
    });
}

Reply ImportDesk::start(const HttpRequest& request, const Visitor& visitor,
                        const std::string& id) const {
    return frame_.room().gate.slow([this, request, visitor, id](Store& store) -> HttpResponse {
        auto* works = frame_.room().works.imports;
        const Instant now = frame_.room().clock.now();
        Result<void> done = no_imports();
        if (works != nullptr) done = works->start(store, visitor.shop, id, now);
        if (done) done = note_act(store, visitor, now, "import", id);
        if (!done) {
            return frame_.notice(request, visitor, sentence_of(done.error()),
                                 status_of(done.error()));
        }
        return see_other(place_of(visitor, id));
    });
}

}  // namespace verso::service
