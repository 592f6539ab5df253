// SPDX-License-Identifier: Apache-2.0
#include "service/desk/printers_desk.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "records/store/spool_book.h"
#include "service/desk/form_fields.h"

namespace verso::service {

namespace {

using Json = nlohmann::ordered_json;
using records::Permission;
using records::PrinterLoad;
using records::PrinterRecord;
using records::PrintJob;
using records::PrintState;
using records::Store;

constexpr std::size_t kFormBytes = 16 * 1024;
constexpr int kMostShown = 200;

/// A printer and what waits before it.
struct SeenPrinter {
    PrinterRecord record;
    PrinterLoad load;

    std::string_view word() const {
        if (record.is_paused) return "paused";
        if (load.need_person > 0) return "asks";
        if (!record.trouble.empty()) return "trouble";
        return load.jobs > 0 ? "busy" : "ready";
    }
};

Result<std::vector<SeenPrinter>> see_printers(Store& store) {
    auto& spool = records::spool_of(store);
    auto records = spool.printers();
    if (!records) return records.error();
    std::vector<SeenPrinter> seen;
    for (auto& record : *records) {
        auto load = spool.load(record.id);
        if (!load) return load.error();
        seen.push_back({std::move(record), *load});
    }
    return seen;
}

Result<std::vector<PrintJob>> see_jobs(Store& store, ShopId shop) {
    records::PrintJobFilter filter;
    filter.shop = shop;
    filter.most = kMostShown;
    return records::spool_of(store).print_jobs(filter);
}

/// "3", "4-5 / 10", "7 / 10".
std::string pages_of(const PrintJob& job) {
    const std::string all = std::to_string(job.what.pages);
    if (job.first_unknown > 0) {
        return std::to_string(job.first_unknown) + "–" + std::to_string(job.last_unknown) + " / " +
               all;
    }
    return job.known.printed > 0 ? std::to_string(job.known.printed) + " / " + all : all;
}

PageData row_of(const PrintJob& job, const generator::Language& language) {
    return PageData()
        .set("job_id", std::to_string(job.id.get()))
        .set("job_title", job.what.title)
        .set("job_printer", job.printer_name)
        .set("job_state",
             say(language, "desk.printers.is_" + std::string(records::to_string(job.state))))
        .set("job_pages", pages_of(job))
        .set("job_who", job.what.who)
        .set("job_unknown", job.state == PrintState::Unknown)
        .set("job_waits", job.state == PrintState::Queued)
        .set("job_part", job.state == PrintState::Unknown && job.last_unknown > job.first_unknown)
        .set("job_first", std::to_string(job.first_unknown))
        .set("job_last", std::to_string(job.last_unknown))
        .set_if("job_trouble", job.trouble);
}

std::vector<PageData> printer_rows(const std::vector<SeenPrinter>& printers,
                                   const generator::Language& language) {
    std::vector<PageData> rows;
    for (const auto& printer : printers) {
        std::vector<PageData> others;
        for (const auto& other : printers) {
            if (other.record.id != printer.record.id)
                others.push_back(PageData().set("other_name", other.record.name));
        }
        rows.push_back(PageData()
                           .set("printer_name", printer.record.name)
                           .set("printer_uri", printer.record.uri)
                           .set("printer_word",
                                say(language, "desk.printers.now_" + std::string(printer.word())))
                           .set("printer_waiting", std::to_string(printer.load.jobs))
                           .set("printer_paused", printer.record.is_paused)
                           .set("may_move", printer.load.jobs > 0 && !others.empty())
                           .set("others", std::move(others))
                           .set_if("printer_trouble", printer.record.trouble));
    }
    return rows;
}

Error no_printers() {
    return {ErrorCode::NotAllowed, "this service has no printers", "", "use verso printer"};
}

}  // namespace

void PrintersDesk::add_routes(Router& router) {
    const auto guarded = [this](Permission permission, auto method) {
        return frame_.room().keeper.guard(
            permission,
            [this, method](const HttpRequest& request, const PathValues&, const Visitor& visitor)
                -> Reply { return (this->*method)(request, visitor); });
    };
    router.add(
        {Method::Get, "/desk/{shop}/printers", guarded(Permission::Print, &PrintersDesk::show)});
    router.add({Method::Get, "/desk/{shop}/printers/state",
                guarded(Permission::Print, &PrintersDesk::state)});
    router.add({Method::Post, "/desk/{shop}/printers",
                guarded(Permission::Print, &PrintersDesk::act), kFormBytes});
    router.add({Method::Post, "/desk/{shop}/printers/change",
                guarded(Permission::Configure, &PrintersDesk::change), kFormBytes});
}

HttpResponse PrintersDesk::page(const HttpRequest& request, const Visitor& visitor, Store& store,
                                const std::string& told, const std::string& fault,
                                int status) const {
    const auto& language = frame_.language(request, visitor);
    auto printers = see_printers(store);
    if (!printers) return frame_.notice(request, visitor, sentence_of(printers.error()), 503);
    auto jobs = see_jobs(store, visitor.shop);
    if (!jobs) return frame_.notice(request, visitor, sentence_of(jobs.error()), 503);
    std::vector<PageData> asks, others;
    for (const auto& job : *jobs)
        (job.needs_person() ? asks : others).push_back(row_of(job, language));
    PageData data;
    data.set("title", say(language, "desk.printers"))
        .set("may_configure", visitor.may(Permission::Configure))
        .set("has_printers", !printers->empty())
        .set("printers", printer_rows(*printers, language))
        .set("has_asks", !asks.empty())
        .set("asks", std::move(asks))
        .set("has_jobs", !others.empty())
        .set("jobs", std::move(others))
        .set_if("told", told)
        .set_if("fault", fault);
    return frame_.page(request, visitor, DeskTab::Bench, "desk_printers", std::move(data), status,
                       "printers.js");
}

Reply PrintersDesk::show(const HttpRequest& request, const Visitor& visitor) const {
    return page(request, visitor, frame_.room().gate.reader(request.lane), "", "", 200);
}

/// What changes while one looks: for the bench and the page itself.
Reply PrintersDesk::state(const HttpRequest& request, const Visitor& visitor) const {
    const auto& language = frame_.language(request, visitor);
    Store& store = frame_.room().gate.reader(request.lane);
    auto printers = see_printers(store);
    auto jobs = see_jobs(store, visitor.shop);
    if (!printers || !jobs)
        return json_response(R"({"error":"the records cannot be reached"})", 503);
    Json list = Json::array(), open = Json::array();
    for (const auto& printer : *printers) {
        list.push_back({{"name", printer.record.name},
                        {"state", printer.word()},
                        {"word", say(language, "desk.printers.now_" + std::string(printer.word()))},
                        {"trouble", printer.record.trouble},
                        {"waiting", printer.load.jobs}});
    }
    for (const auto& job : *jobs) {
        open.push_back({{"job", job.id.get()},
                        {"state", records::to_string(job.state)},
                        {"pages", pages_of(job)},
                        {"asks", job.needs_person()}});
    }
    return json_response(Json{{"printers", list}, {"jobs", open}}.dump(
        -1, ' ', false, Json::error_handler_t::replace));
}

Reply PrintersDesk::answer(const HttpRequest& request, const Visitor& visitor,
                           std::function<Result<std::string>(PaperWorks&)> work) const {
    return frame_.room().gate.slow([this, request, visitor,
                                    work = std::move(work)](Store& store) -> HttpResponse {
        auto* paper = frame_.room().works.paper;
        auto done = paper != nullptr ? work(*paper) : Result<std::string>(no_printers());
        if (done && done->empty()) return see_other(DeskFrame::base(*visitor.face) + "/printers");
        return page(request, visitor, store, done ? *done : "",
                    done ? "" : sentence_of(done.error()), done ? 200 : status_of(done.error()));
    });
}

Reply PrintersDesk::act(const HttpRequest& request, const Visitor& visitor) const {
    return answer(request, visitor,
                  [fields = fields_of(request), shop = visitor.shop,
                   who = visitor.user.login](PaperWorks& paper) -> Result<std::string> {
                      const std::string act = text_of(fields, "act"),
                                        name = text_of(fields, "printer");
                      Result<void> done =
                          Error{ErrorCode::ValueInvalid, "there is nothing like " + act, "act", ""};
                      if (act == "pause" || act == "resume")
                          done = paper.pause(shop, name, act == "pause", who);
                      if (act == "test") done = paper.test(shop, name, who);
                      if (act == "move") done = paper.move(shop, name, text_of(fields, "to"), who);
                      if (auto says = records::parse_person_says(act)) {
                          std::int64_t job = 0;
                          const std::string text = text_of(fields, "job");
                          std::from_chars(text.data(), text.data() + text.size(), job);
                          int up_to = 0;
                          const std::string last = text_of(fields, "up_to");
                          std::from_chars(last.data(), last.data() + last.size(), up_to);
                          done = paper.settle(shop, records::JobId{job}, *says, up_to,
                                              text_of(fields, "reason"), who);
                      }
                      return done ? Result<std::string>("") : Result<std::string>(done.error());
                  });
}

Reply PrintersDesk::change(const HttpRequest& request, const Visitor& visitor) const {
    return answer(request, visitor,
                  [fields = fields_of(request), shop = visitor.shop,
                   who = visitor.user.login](PaperWorks& paper) -> Result<std::string> {
                      if (text_of(fields, "act") == "remove") {
                          auto done = paper.remove(shop, text_of(fields, "printer"), who);
                          return done ? Result<std::string>("") : Result<std::string>(done.error());
                      }
                      PrinterForm form{.name = text_of(fields, "name"),
                                       .uri = text_of(fields, "uri"),
                                       .format = text_of(fields, "format"),
                                       .tray = text_of(fields, "tray"),
                                       .certificate = text_of(fields, "certificate")};
                      const std::string dpi = text_of(fields, "dpi");
                      std::from_chars(dpi.data(), dpi.data() + dpi.size(), form.dpi);
                      return paper.add(shop, form, who);
                  });
}

}  // namespace verso::service
