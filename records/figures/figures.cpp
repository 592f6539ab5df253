// SPDX-License-Identifier: Apache-2.0
#include "records/figures/figures.h"

#include <algorithm>
#include <tuple>

#include "core/card/card_layout.h"

namespace verso::records {

namespace {

constexpr DayNumber kFirstDay = 365;

/// The questions of one group while they are added up.
QuestionFigures& question_in(GroupFigures& group, std::string_view name) {
    for (QuestionFigures& each : group.questions) {
        if (each.question == name) return each;
    }
    return group.questions.emplace_back(QuestionFigures{std::string(name)});
}

std::int64_t* count_in(GroupFigures& group, std::string_view measure) {
    if (measure == kPrinted) return &group.printed;
    if (measure == kVoided) return &group.voided;
    if (measure == kUndelivered) return &group.undelivered;
    if (measure == kResponded) return &group.responded;
    if (measure == kNotReceived) return &group.not_received;
    if (measure == kCancelled) return &group.cancelled;
    if (measure == kRefused) return &group.refused;
    if (measure == kBeforeDelivery) return &group.before_delivery;
    return nullptr;
}

Distribution* distribution_in(GroupFigures& group, std::string_view measure) {
    if (measure == kDelayDays) return &group.delay_days;
    if (measure == kPromisedDays) return &group.promised_days;
    if (measure == kActualDays) return &group.actual_days;
    if (measure == kProductStars) return &group.products;
    return nullptr;
}

void add_to(GroupFigures& group, const FigureCell& cell) {
    if (std::int64_t* count = count_in(group, cell.measure)) {
        *count += cell.n;
    } else if (Distribution* days = distribution_in(group, cell.measure)) {
        days->add(cell.value, cell.n);
    } else if (cell.measure == kFault) {
        group.faults[static_cast<Fault>(cell.value)] += cell.n;
    } else if (cell.measure.starts_with(kQuestionPrefix)) {
        const auto name = std::string_view(cell.measure).substr(kQuestionPrefix.size());
        question_in(group, name).answers.add(cell.value, cell.n);
    }
}

void finish(GroupFigures& group) {
    group.asked = std::max<std::int64_t>(0, group.printed - group.voided - group.undelivered);
    for (QuestionFigures& each : group.questions)
        each.scale = scale_of(each.question, each.answers);
    std::ranges::sort(group.questions, {}, [](const QuestionFigures& each) {
        return std::pair(each.question != kOverallQuestion, each.question);
    });
}

GroupFigures single_group(std::span<const FigureCell> cells) {
    GroupFigures group;
    for (const FigureCell& cell : cells) add_to(group, cell);
    finish(group);
    return group;
}

/// Channel and fault are known of answers only: everyone who was asked could have used each.
bool is_of_answers(std::string_view dimension) {
    return dimension == "channel" || dimension == "fault";
}

/// Groups where nobody answered say nothing of their mean: they are left out of the weights.
std::optional<double> weigh(const std::vector<GroupFigures>& groups) {
    double sum = 0, weights = 0;
    for (const GroupFigures& group : groups) {
        if (!group.overall()) continue;
        const double weight = static_cast<double>(group.asked);
        sum += weight * *group.overall()->answers.mean();
        weights += weight;
    }
    if (weights <= 0) return std::nullopt;
    return sum / weights;
}

void hide_small(GroupFigures& group, int min_cell) {
    if (group.responded >= min_cell) return;
    group.is_hidden = true;
    group.questions.clear();
    group.products = {};
    group.faults.clear();
    group.before_delivery = 0;
}

std::vector<WeekFigures> trend_of(std::span<const FigureCell> cells,
                                  const FiguresOptions& options) {
    std::map<DayNumber, std::vector<FigureCell>> weeks;
    for (const FigureCell& cell : cells) {
        if (cell.period != kAllTime) weeks[cell.period].push_back(cell);
    }
    std::vector<WeekFigures> trend;
    if (weeks.empty()) return trend;
    const DayNumber last = weeks.rbegin()->first;
    const DayNumber longest = last - 7 * (options.trend_weeks - 1);
    for (DayNumber week = std::max(weeks.begin()->first, longest); week <= last; week += 7) {
        WeekFigures each{week, single_group(weeks[week])};
        hide_small(each.figures, options.min_cell);
        if (const QuestionFigures* overall = each.figures.overall()) {
            const Interval ends = ends_of(overall->scale);
            each.mean = overall->answers.mean();
            each.interval = mean_interval(overall->answers, static_cast<int>(ends.lower),
                                          static_cast<int>(ends.upper));
        }
        trend.push_back(std::move(each));
    }
    return trend;
}

/// The overall answers without those that were the carrier's fault.
void set_aside_carrier(Figures& figures, std::span<const FigureCell> faults) {
    const QuestionFigures* overall = figures.all.overall();
    if (!overall) return;
    Distribution rest = overall->answers;
    for (const FigureCell& cell : faults) {
        if (cell.key == to_string(Fault::Carrier) && cell.measure == measure_of(kOverallQuestion)) {
            rest.add(cell.value, -cell.n);
        }
    }
    figures.mean_without_carrier = rest.mean();
    figures.without_carrier = rest.n();
}

}  // namespace

std::string_view to_string(Scale scale) {
    switch (scale) {
        case Scale::Stars:
            return "stars";
        case Scale::YesNo:
            return "yes-no";
        case Scale::Promoter:
            return "promoter";
    }
    return "";
}

Scale scale_of(std::string_view question, const Distribution& answers) {
    if (question == "nps" || question == "recommend") return Scale::Promoter;
    if (question == kOverallQuestion || answers.n() <= 0) return Scale::Stars;
    if (answers.within(0, 1) == answers.n()) {
        // Only 1 among stars would look like yes: what every template asks is told by name.
        const bool is_taste = question == "described" || question == "again";
        return is_taste && answers.count(0) == 0 ? Scale::Stars : Scale::YesNo;
    }
    return answers.within(1, 5) == answers.n() ? Scale::Stars : Scale::Promoter;
}

Interval ends_of(Scale scale) {
    switch (scale) {
        case Scale::Stars:
            return {1, 5};
        case Scale::YesNo:
            return {0, 1};
        case Scale::Promoter:
            return {0, 10};
    }
    return {0, 1};
}

std::int64_t QuestionFigures::happy() const {
    switch (scale) {
        case Scale::Stars:
            return answers.within(4, 5);
        case Scale::YesNo:
            return answers.within(1, 1);
        case Scale::Promoter:
            return answers.within(9, 10);
    }
    return 0;
}

Interval QuestionFigures::happy_interval() const { return wilson(happy(), answers.n()); }

const QuestionFigures* GroupFigures::overall() const {
    if (questions.empty() || questions.front().question != kOverallQuestion) return nullptr;
    return questions.front().answers.n() > 0 ? &questions.front() : nullptr;
}

std::optional<double> GroupFigures::response_rate() const {
    if (asked <= 0) return std::nullopt;
    return static_cast<double>(responded) / static_cast<double>(asked);
}

Distribution GroupFigures::facts() const {
    Distribution facts;
    for (const QuestionFigures& each : questions) {
        if (each.scale != Scale::YesNo) continue;
        for (const auto& [value, n] : each.answers.counts()) facts.add(value, n);
    }
    return facts;
}

std::vector<GroupFigures> groups_of(std::span<const FigureCell> cells) {
    std::map<std::string, GroupFigures, std::less<>> groups;
    for (const FigureCell& cell : cells) {
        GroupFigures& group = groups[cell.key];
        group.key = cell.key;
        add_to(group, cell);
    }
    std::vector<GroupFigures> list;
    for (auto& [key, group] : groups) {
        finish(group);
        list.push_back(std::move(group));
    }
    return list;
}

std::optional<double> ranked_mean(const GroupFigures& group, const GroupFigures& all,
                                  const FiguresOptions& options) {
    if (!group.overall() || !all.overall()) return std::nullopt;
    return bayesian_mean(group.overall()->answers, options.prior_weight,
                         *all.overall()->answers.mean());
}

Figures figures_of(const FigureCells& cells, std::string_view dimension,
                   const FiguresOptions& options) {
    Figures figures{single_group(cells.all), single_group(cells.insiders)};
    set_aside_carrier(figures, cells.faults);
    figures.dimension = dimension;
    figures.trend = trend_of(cells.weeks, options);
    if (dimension.empty() || dimension == "week") return figures;
    figures.groups = groups_of(cells.groups);
    if (!is_of_answers(dimension) && dimension != "sku") {
        figures.weighted_mean = weigh(figures.groups);
    }
    for (GroupFigures& group : figures.groups) {
        if (is_of_answers(dimension)) group.asked = figures.all.asked;
        hide_small(group, options.min_cell);
    }
    std::ranges::stable_sort(figures.groups, [](const GroupFigures& a, const GroupFigures& b) {
        return std::pair(a.responded, a.printed) > std::pair(b.responded, b.printed);
    });
    return figures;
}

Result<Figures> read_figures(const CellSource& source, const FiguresRequest& request,
                             const FiguresOptions& options) {
    const DayNumber last = week_of(request.until.value_or(request.today));
    const bool has_period = request.since || request.until;
    FigureQuery period{"all"}, weeks{"all"};
    // The first week that can be: no parcel had an insert before 1971.
    const DayNumber first = request.since ? week_of(*request.since) : week_of(kFirstDay);
    if (has_period) {
        period.from = first;
        period.to = last;
    }
    weeks.to = last;
    weeks.from = std::max(first, last - 7 * (options.trend_weeks - 1));
    FigureCells cells;
    const auto ask = [&](FigureQuery query, std::string_view dimension,
                         std::vector<FigureCell>& into) -> Result<void> {
        query.dimension = dimension;
        auto found = source(query);
        if (!found) return found.error();
        into = std::move(*found);
        return {};
    };
    if (auto asked = ask(period, "all", cells.all); !asked) return asked.error();
    if (auto asked = ask(period, "insider", cells.insiders); !asked) return asked.error();
    if (auto asked = ask(period, "fault", cells.faults); !asked) return asked.error();
    if (auto asked = ask(weeks, "all", cells.weeks); !asked) return asked.error();
    if (!request.dimension.empty() && request.dimension != "week") {
        if (auto asked = ask(period, request.dimension, cells.groups); !asked) return asked.error();
    }
    return figures_of(cells, request.dimension, options);
}

}  // namespace verso::records
