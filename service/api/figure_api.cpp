// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>

#include "records/figures/figure_facts.h"
#include "records/figures/figures_json.h"
#include "service/api/api_routes.h"

namespace verso::service {

namespace {

constexpr std::string_view kDimensions[]{"sku",      "carrier", "service", "country", "packer",
                                         "template", "channel", "buyer",   "fault",   "week"};
/// Smaller groups would tell of single buyers.
constexpr int kLeastCell = 5;

Error wrong(const char* name, const std::string& what, const std::string& cure = "") {
    return {ErrorCode::Usage, what, name, cure};
}

Result<std::optional<records::DayNumber>> day_of(const ApiCall& call, const char* name) {
    const std::string text = call.request.query_value(name);
    if (text.empty()) return std::optional<records::DayNumber>{};
    auto day = parse_day(text);
    if (!day) return wrong(name, day.error().message, "write it as 2026-10-05");
    return std::optional<records::DayNumber>(records::day_of(*day));
}

Result<int> min_cell_of(const ApiCall& call) {
    const std::string text = call.request.query_value("min_cell");
    if (text.empty()) return kLeastCell;
    int cell = 0;
    const char* end = text.data() + text.size();
    const auto [stop, fault] = std::from_chars(text.data(), end, cell);
    if (fault == std::errc{} && stop == end && cell >= kLeastCell && cell <= 1'000'000) return cell;
    return wrong("min_cell", "min_cell is no whole number from 5 to 1000000");
}

Result<records::FiguresRequest> request_of(const ApiCall& call) {
    records::FiguresRequest request;
    auto since = day_of(call, "since");
    if (!since) return since.error();
    auto until = day_of(call, "until");
    if (!until) return until.error();
    if (*since && *until && **until < **since) {
        return wrong("until", "the period ends before it begins", "give a later day, or none");
    }
    request.dimension = call.request.query_value("by");
    const bool is_known = std::find(std::begin(kDimensions), std::end(kDimensions),
                                    request.dimension) != std::end(kDimensions);
    if (!request.dimension.empty() && !is_known) {
        return wrong("by", "figures are not kept by that",
                     "use one of sku, carrier, service, country, packer, template, channel, "
                     "buyer, fault, week");
    }
    request.since = *since;
    request.until = *until;
    const auto today = std::chrono::floor<std::chrono::days>(call.now);
    request.today = records::day_of(std::chrono::year_month_day{today});
    return request;
}

Result<ApiAnswer> show_figures(const ApiCall& call) {
    auto request = request_of(call);
    if (!request) return request.error();
    auto cell = min_cell_of(call);
    if (!cell) return cell.error();
    records::FiguresOptions options;
    options.min_cell = *cell;
    const records::CellSource source = [&](const records::FigureQuery& query) {
        return call.store.figure_cells(call.shop(), query);
    };
    auto figures = records::read_figures(source, *request, options);
    if (!figures) return figures.error();
    Json answer{{"all", nullptr}, {"groups", Json::array()}, {"weeks", Json::array()}};
    for (const std::string& line : records::figures_json(*figures, options, -1)) {
        Json json = Json::parse(line);
        const auto kind = json["figures"].get<std::string>();
        json.erase("figures");
        if (kind == "all") answer["all"] = std::move(json);
        if (kind == "group") answer["groups"].push_back(std::move(json));
        if (kind == "week") answer["weeks"].push_back(std::move(json));
    }
    return answer_json(answer);
}

}  // namespace

void add_figure_routes(ApiDoor& door, Router& router) {
    door.read(router, "/api/v1/figures", records::KeyScope::FiguresRead,
              {"since", "until", "by", "min_cell"}, show_figures);
}

}  // namespace verso::service
