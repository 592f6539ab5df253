// SPDX-License-Identifier: Apache-2.0
#include "service/desk/bench_desk.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <nlohmann/json.hpp>

#include "core/domain/card_link.h"
#include "records/desk/order_story.h"
#include "service/http/web_text.h"

namespace verso::service {

namespace {

using Json = nlohmann::ordered_json;
using records::CardRecord;
using records::Permission;
using records::Store;

constexpr std::size_t kFormBytes = 16 * 1024;

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<int> number_of(const std::string& text) {
    int value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, fault] = std::from_chars(text.data(), end, value);
    return fault == std::errc() && stop == end ? std::optional<int>(value) : std::nullopt;
}

std::string folded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c != ' ' && c != '-')
            out += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }
    return out;
}

/// The card of a sheet whose code somebody scanned or typed.
std::optional<CardId> card_of(const std::string& text) {
    if (auto link = parse_link(text)) return link->card.id;
    if (auto mark = parse_side_mark(text)) return mark->id;
    if (auto card = parse_card(text)) return *card;
    return std::nullopt;
}

/// The parcel whose own number was scanned; none: the order was named.
std::optional<int> parcel_of(const Order& order, const std::string& text) {
    const std::string wanted = folded(text);
    for (const auto& parcel : order.parcels) {
        if (!parcel.tracking.empty() && folded(parcel.tracking) == wanted) return parcel.number;
    }
    return std::nullopt;
}

const char* word_of(BenchAnswer::Kind kind) {
    switch (kind) {
        case BenchAnswer::Kind::Printed:
            return "printed";
        case BenchAnswer::Kind::Valid:
            return "valid";
        case BenchAnswer::Kind::Stop:
            break;
    }
    return "stop";
}

std::string sheet_place(const Visitor& visitor, const BenchAnswer& answer) {
    if (answer.file.empty()) return "";
    return DeskFrame::base(*visitor.face) + "/bench/sheet/" + encode_segment(answer.file);
}

Json json_of(const Visitor& visitor, const BenchAnswer& answer, long long ms) {
    Json json{{"verdict", word_of(answer.kind)},
              {"order", answer.order},
              {"buyer", answer.buyer},
              {"pieces", answer.pieces},
              {"text", answer.text},
              {"may_reprint", answer.may_reprint},
              {"sheet", sheet_place(visitor, answer)},
              {"ms", ms}};
    if (answer.parcel) json["parcel"] = *answer.parcel;
    return json;
}

Json json_of(const BenchWave& wave) {
    return {{"name", wave.name},       {"positions", wave.positions},
            {"printed", wave.printed}, {"left_out", wave.left_out},
            {"open", wave.is_open},    {"running", wave.is_running},
            {"fault", wave.fault}};
}

std::string subject_of(const BenchAsk& ask) {
    return ask.order.get() + (ask.parcel ? " parcel " + std::to_string(*ask.parcel) : "");
}

/// The printers that share a wave: "to", as often as the form has it.
std::vector<std::string> printers_of(const HttpRequest& request) {
    std::vector<std::string> names;
    for (const auto& [name, value] : parse_form(request.body)) {
        const bool is_new = std::find(names.begin(), names.end(), value) == names.end();
        if (name == "to" && !value.empty() && is_new) names.push_back(value);
    }
    return names;
}

/// Where sheets may go, the chosen one said in words.
void set_printers(const std::vector<PrinterState>& printers, const std::string& chosen,
                  const generator::Language& language, PageData& data) {
    if (printers.empty()) return;
    const auto named = std::find_if(printers.begin(), printers.end(),
                                    [&](const auto& one) { return one.name == chosen; });
    const PrinterState& now = named != printers.end() ? *named : printers.front();
    std::vector<PageData> choices;
    int need = 0;
    for (const auto& printer : printers) {
        need += printer.need_person;
        choices.push_back(PageData()
                              .set("choice_name", printer.name)
                              .set("choice_now", &printer == &now)
                              .set("choice_folder", !printer.is_printer));
    }
    const std::string word = now.is_paused         ? "desk.printers.now_paused"
                             : now.need_person > 0 ? "desk.printers.now_asks"
                             : now.is_ready        ? "desk.bench.printer_ready"
                                                   : "desk.bench.printer_trouble";
    data.set("printer_name", now.name)
        .set("printer_word", say(language, word))
        .set("printer_waiting", std::to_string(now.waiting))
        .set("has_waiting", now.waiting > 0)
        .set("asks", need > 0)
        .set("into_folder", !now.is_printer)
        .set("has_choices", printers.size() > 1)
        .set("choices", std::move(choices))
        .set_if("printer_trouble", now.trouble);
}

Error no_bench() {
    return {ErrorCode::NotAllowed, "this service prints nothing", "",
            "print with verso print, or serve with a bench"};
}

}  // namespace

void BenchDesk::add_routes(Router& router) {
    const auto guarded = [this](auto method) {
        return frame_.room().keeper.guard(
            Permission::Print,
            [this, method](const HttpRequest& request, const PathValues&, const Visitor& visitor)
                -> Reply { return (this->*method)(request, visitor); });
    };
    router.add({Method::Get, "/desk/{shop}/bench", guarded(&BenchDesk::show)});
    router.add({Method::Post, "/desk/{shop}/bench", guarded(&BenchDesk::scan), kFormBytes});
    router.add({Method::Get, "/desk/{shop}/bench/waves", guarded(&BenchDesk::waves)});
    router.add(
        {Method::Post, "/desk/{shop}/bench/waves", guarded(&BenchDesk::act_on_wave), kFormBytes});
    router.add(
        {Method::Get, "/desk/{shop}/bench/sheet/{name}",
         frame_.room().keeper.guard(Permission::Print,
                                    [this](const HttpRequest& request, const PathValues& path,
                                           const Visitor& visitor) -> Reply {
                                        return sheet(request, visitor, path.at("name"));
                                    })});
}

HttpResponse BenchDesk::page(const HttpRequest& request, const Visitor& visitor, Store& store,
                             const BenchAnswer* answer, long long ms) const {
    const auto& language = frame_.language(request, visitor);
    PageData data;
    data.set("title", say(language, "desk.tab.bench")).set("has_answer", answer != nullptr);
    if (answer != nullptr) {
        const bool is_stop = answer->kind == BenchAnswer::Kind::Stop;
        data.set("answer_class", is_stop ? "stopped" : "printed")
            .set("answer_word",
                 say(language, std::string("desk.bench.") + word_of(answer->kind) + "_word"))
            .set("answer_order", answer->order)
            .set("answer_parcel", answer->parcel ? std::to_string(*answer->parcel) : "")
            .set("answer_sheet", sheet_place(visitor, *answer))
            .set("has_sheet", !answer->file.empty())
            .set("may_reprint", answer->may_reprint)
            .set("answer_ms", std::to_string(ms));
        data.set_if("answer_buyer", answer->buyer).set_if("answer_text", answer->text);
    }
    auto* bench = frame_.room().works.bench;
    std::vector<PageData> rows;
    if (bench != nullptr) {
        set_printers(bench->printers(visitor.shop), form_value(request, "printer"), language, data);
        if (auto waves = bench->waves(visitor.shop, store)) {
            for (auto it = waves->rbegin(); it != waves->rend() && rows.size() < 8; ++it) {
                const int done = it->printed + it->left_out;
                rows.push_back(PageData()
                                   .set("wave_name", it->name)
                                   .set("wave_done", std::to_string(done))
                                   .set("wave_all", std::to_string(it->positions))
                                   .set("wave_left_out", it->left_out > 0
                                                             ? std::to_string(it->left_out)
                                                             : std::string())
                                   .set("has_left_out", it->left_out > 0)
                                   .set("wave_running", it->is_running)
                                   .set("wave_waits", it->is_open && !it->is_running)
                                   .set_if("wave_fault", it->fault));
            }
        }
    }
    data.set("has_waves", !rows.empty()).set("waves", std::move(rows));
    return frame_.page(request, visitor, DeskTab::Bench, "desk_bench", std::move(data), 200,
                       "bench.js");
}

Reply BenchDesk::show(const HttpRequest& request, const Visitor& visitor) const {
    return page(request, visitor, frame_.room().gate.reader(request.lane), nullptr, 0);
}

Result<BenchAnswer> BenchDesk::print(Store& store, const HttpRequest& request,
                                     const Visitor& visitor, BenchAsk ask) const {
    auto* bench = frame_.room().works.bench;
    if (bench == nullptr) return no_bench();
    auto cards = store.cards_of(visitor.shop, ask.order);
    if (!cards) return cards.error();
    auto done = bench->print(ask);
    if (!done) return done.error();
    // Printing reads the order itself; what is shown is the order as it is on paper now.
    auto order = store.find_order(visitor.shop, ask.order);
    if (!order) return order.error();
    if (!done->sheets.empty()) {
        auto noted = store.access().note({.shop = visitor.shop,
                                          .at = frame_.room().clock.now(),
                                          .who = visitor.user.login,
                                          .what = ask.reprint.empty() ? "print" : "reprint",
                                          .subject = subject_of(ask),
                                          .detail = ask.reprint});
        if (!noted) return noted.error();
    }
    return answer_print(frame_.language(request, visitor), *order, *cards, ask, *done);
}

BenchAnswer BenchDesk::decide(Store& store, const HttpRequest& request,
                              const Visitor& visitor) const {
    const auto& language = frame_.language(request, visitor);
    const std::string text(trimmed(form_value(request, "scan")));
    const std::string reprint(trimmed(form_value(request, "reprint")));
    if (text.empty()) {
        return answer_stop(language, "",
                           {ErrorCode::ValueInvalid, say(language, "desk.bench.empty"), "", ""});
    }
    if (const auto id = card_of(text)) {
        auto card = store.find_card(*id);
        if (card && *card && (*card)->shop == visitor.shop) {
            auto order = store.find_order(visitor.shop, (*card)->insert.order);
            return order ? answer_check(language, *order, **card)
                         : answer_stop(language, text, order.error());
        }
    }
    auto number = records::find_one_order(store, visitor.shop, text);
    if (!number) return answer_stop(language, text, number.error());
    auto order = store.find_order(visitor.shop, *number);
    if (!order) return answer_stop(language, text, order.error());
    BenchAsk ask{.shop = visitor.shop,
                 .order = *number,
                 .parcel = parcel_of(*order, text),
                 .reprint = reprint,
                 .who = visitor.user.login,
                 .printer = form_value(request, "printer")};
    if (!ask.parcel) ask.parcel = number_of(form_value(request, "parcel"));
    auto answer = print(store, request, visitor, std::move(ask));
    return answer ? *answer : answer_stop(language, number->get(), answer.error());
}

Reply BenchDesk::scan(const HttpRequest& request, const Visitor& visitor) const {
    const auto began = std::chrono::steady_clock::now();
    return frame_.room().gate.slow([this, request, visitor, began](Store& store) -> HttpResponse {
        const BenchAnswer answer = decide(store, request, visitor);
        const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(
                            std::chrono::steady_clock::now() - began)
                            .count();
        if (wants_json(request)) return json_response(dump(json_of(visitor, answer, ms)));
        return page(request, visitor, store, &answer, ms);
    });
}

Reply BenchDesk::sheet(const HttpRequest& request, const Visitor& visitor,
                       const std::string& name) const {
    auto* bench = frame_.room().works.bench;
    auto file = bench != nullptr ? bench->sheet_file(visitor.shop, name)
                                 : Result<std::filesystem::path>(no_bench());
    if (!file) return frame_.notice(request, visitor, sentence_of(file.error()), 404);
    HttpResponse response;
    response.file = *file;
    // Shown beside the answer, to be printed from the browser: by this page alone.
    response.with("Content-Type", "application/pdf")
        .with("Content-Security-Policy", "frame-ancestors 'self'");
    return response;
}

Reply BenchDesk::waves(const HttpRequest& request, const Visitor& visitor) const {
    Json list = Json::array();
    if (auto* bench = frame_.room().works.bench) {
        auto waves = bench->waves(visitor.shop, frame_.room().gate.reader(request.lane));
        if (!waves) return json_response(R"({"error":"the records cannot be reached"})", 503);
        for (const auto& wave : *waves) list.push_back(json_of(wave));
    }
    return json_response(dump({{"waves", list}}));
}

Reply BenchDesk::act_on_wave(const HttpRequest& request, const Visitor& visitor) const {
    return frame_.room().gate.slow([this, request, visitor](Store& store) -> HttpResponse {
        auto* bench = frame_.room().works.bench;
        const std::string act = form_value(request, "act"), name = form_value(request, "wave");
        Result<void> done = bench != nullptr ? Result<void>() : Result<void>(no_bench());
        std::string detail;
        if (done && (act == "start" || act == "resume")) {
            done = bench->run_wave(visitor.shop, act == "start" ? "" : name, visitor.user.login,
                                   printers_of(request));
        } else if (done && act == "pause") {
            done = bench->pause_wave(visitor.shop, name);
        } else if (done && act == "cancel") {
            detail = std::string(trimmed(form_value(request, "reason")));
            if (detail.empty()) detail = "cancelled at the bench";
            done = bench->cancel_wave(visitor.shop, name, detail);
        } else if (done && act == "range") {
            const auto first = number_of(form_value(request, "first"));
            const auto last = number_of(form_value(request, "last"));
            detail = std::string(trimmed(form_value(request, "reason")));
            if (!first || !last || detail.empty()) {
                done =
                    Error{ErrorCode::ValueInvalid,
                          say(frame_.language(request, visitor), "desk.bench.range_wrong"), "", ""};
            } else {
                auto sheets = bench->reprint_range(visitor.shop, name, *first, *last, detail,
                                                   form_value(request, "printer"));
                if (!sheets) done = sheets.error();
                detail = std::to_string(*first) + "-" + std::to_string(*last) + ": " + detail;
            }
        } else if (done) {
            done = Error{ErrorCode::ValueInvalid, "there is nothing like " + act, "act", ""};
        }
        if (done) {
            done = store.access().note({.shop = visitor.shop,
                                        .at = frame_.room().clock.now(),
                                        .who = visitor.user.login,
                                        .what = "wave " + act,
                                        .subject = name,
                                        .detail = detail});
        }
        if (!done) {
            return frame_.notice(request, visitor, sentence_of(done.error()),
                                 status_of(done.error()));
        }
        return see_other(DeskFrame::base(*visitor.face) + "/bench");
    });
}

}  // namespace verso::service
