// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/reading_view.h"
#include "app/wiring.h"
#include "core/domain/card_link.h"

namespace verso::app {

namespace {

using Json = nlohmann::ordered_json;

std::string item_json(const records::ReviewItem& item) {
    Json reasons = Json::array();
    for (const auto& reason : item.reasons) {
        reasons.push_back({{"code", to_string(reason.code)},
                           {"question", reason.question},
                           {"detail", reason.detail}});
    }
    const Json reading = Json::parse(item.reading_json, nullptr, false);
    return Json{{"review", item.id.get()},
                {"order", item.order},
                {"card", item.card ? Json(format_card(*item.card)) : Json(nullptr)},
                {"reasons", std::move(reasons)},
                {"source", item.source},
                {"page", item.page},
                {"opened_at", format_utc(item.opened_at)},
                {"reading", reading.is_discarded() ? Json(nullptr) : reading}}
        .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Result<ExitCode> list_reviews(Call& call) {
    auto home = open_home(call);
    if (!home) return home.error();
    auto items = home->store->review_queue(kFirstShop);
    if (!items) return items.error();
    Table table({">item", "order", "card", "reasons", "file", ">page"});
    for (const auto& item : *items) {
        table.add({std::to_string(item.id.get()), item.order,
                   item.card ? format_typed_code(*item.card) : "", reasons_text(item.reasons),
                   item.source, std::to_string(item.page)});
        call.out.line(item_json(item));
    }
    call.out.show(table);
    call.out.say(std::to_string(items->size()) + " wait for a person");
    return ExitCode::Ok;
}

}  // namespace

void add_review_command(Program& program) {
    CLI::App* review =
        declare(program.parser, "review", "What a person must settle.", "verso review list");
    review->require_subcommand(1);
    CLI::App* list = declare(*review, "list", "List what waits for a person, oldest first.",
                             "verso review list --json");
    list->callback([&program] { program.chosen = list_reviews; });
}

}  // namespace verso::app
