// SPDX-License-Identifier: Apache-2.0
#include "records/figures/figures_json.h"

#include <chrono>
#include <nlohmann/json.hpp>

#include "core/util/time.h"

namespace verso::records {

namespace {

using Json = nlohmann::ordered_json;

Json number(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }

Json pair(const Interval& interval) { return Json::array({interval.lower, interval.upper}); }

Json counts(const Distribution& answers) {
    Json counts = Json::object();
    for (const auto& [value, n] : answers.counts()) counts[std::to_string(value)] = n;
    return counts;
}

Json question(const QuestionFigures& each, std::int64_t asked) {
    const Interval ends = ends_of(each.scale);
    const int worst = static_cast<int>(ends.lower), best = static_cast<int>(ends.upper);
    Json json{{"question", each.question},
              {"scale", to_string(each.scale)},
              {"n", each.answers.n()},
              {"counts", counts(each.answers)},
              {"mean", number(each.answers.mean())},
              {"mean_interval", pair(mean_interval(each.answers, worst, best))},
              {"mean_bounds", pair(mean_bounds(each.answers, asked, worst, best))},
              {"happy", each.happy()},
              {"happy_interval", pair(each.happy_interval())},
              {"happy_bounds", pair(share_bounds(each.happy(), each.answers.n(), asked))}};
    if (each.scale == Scale::Stars) json["csat"] = number(csat(each.answers));
    if (each.scale == Scale::Promoter) json["nps"] = number(nps(each.answers));
    return json;
}

Json days(const Distribution& days) {
    return {{"n", days.n()}, {"mean", number(days.mean())}, {"counts", counts(days)}};
}

/// The counts of cards stand in every group; what was answered only where enough answered.
void add_group(Json& json, const GroupFigures& group) {
    json["printed"] = group.printed;
    json["voided"] = group.voided;
    json["undelivered"] = group.undelivered;
    json["asked"] = group.asked;
    json["hidden"] = group.is_hidden;
    if (group.delay_days.n() > 0) {
        json["promised_days"] = days(group.promised_days);
        json["delay_days"] = days(group.delay_days);
        json["on_time"] = number(group.delay_days.share(-9999, 0));
    }
    if (group.actual_days.n() > 0) json["actual_days"] = days(group.actual_days);
    if (group.is_hidden) return;
    json["responded"] = group.responded;
    json["response_rate"] = number(group.response_rate());
    json["not_received"] = group.not_received;
    json["cancelled"] = group.cancelled;
    json["refused"] = group.refused;
    json["before_delivery"] = group.before_delivery;
    Json questions = Json::array();
    for (const QuestionFigures& each : group.questions) {
        questions.push_back(question(each, group.asked));
    }
    json["questions"] = std::move(questions);
    if (const Distribution facts = group.facts(); facts.n() > 0) {
        json["service_facts"] = {{"n", facts.n()}, {"yes", number(facts.mean())}};
    }
    if (group.products.n() > 0) json["products"] = days(group.products);
    Json faults = Json::object();
    for (const auto& [fault, n] : group.faults) faults[std::string(to_string(fault))] = n;
    json["faults"] = std::move(faults);
}

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

std::vector<std::string> figures_json(const Figures& figures, const FiguresOptions& options,
                                      double alert_below) {
    Json all{{"figures", "all"}};
    add_group(all, figures.all);
    all["mean_without_carrier"] = number(figures.mean_without_carrier);
    all["without_carrier"] = figures.without_carrier;
    all["weighted_mean"] = number(figures.weighted_mean);
    all["insiders"] = {{"printed", figures.insiders.printed},
                       {"responded", figures.insiders.responded}};
    all["min_cell"] = options.min_cell;
    std::vector<std::string> lines{dump(all)};
    for (const GroupFigures& group : figures.groups) {
        Json json{{"figures", "group"}, {"by", figures.dimension}, {"key", group.key}};
        add_group(json, group);
        json["ranked_mean"] = number(ranked_mean(group, figures.all, options));
        if (alert_below >= 0 && group.overall()) {
            json["alert"] = 100 * group.overall()->happy_interval().lower < alert_below;
        }
        lines.push_back(dump(json));
    }
    for (const auto& week : figures.trend) {
        Json json{{"figures", "week"},
                  {"week", format_day(std::chrono::sys_days{std::chrono::days{week.week}})}};
        add_group(json, week.figures);
        json["mean"] = number(week.mean);
        json["interval"] = week.mean ? pair(week.interval) : Json(nullptr);
        lines.push_back(dump(json));
    }
    return lines;
}

}  // namespace verso::records
