// SPDX-License-Identifier: Apache-2.0
#include "service/desk/ratings_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "service/http/web_text.h"
#include "service/site/shop_face.h"

namespace verso::service {

namespace {

using generator::Language;
using records::Distribution;
using records::GroupFigures;
using records::Interval;
using records::QuestionFigures;
using records::Scale;

constexpr double kWidth = 640, kHeight = 140, kTop = 8, kLow = 1, kHigh = 5;

std::string percent_text(const Language& language, double share) {
    return number_text(language, 100 * share, share < 0.1 && share > 0 ? 1 : 0) + " %";
}

std::string between(const Language& language, const Interval& of, int decimals) {
    return say(language, "desk.ratings.between",
               {{"low", number_text(language, of.lower, decimals)},
                {"high", number_text(language, of.upper, decimals)}});
}

std::string between_percent(const Language& language, const Interval& of) {
    return say(
        language, "desk.ratings.between",
        {{"low", percent_text(language, of.lower)}, {"high", percent_text(language, of.upper)}});
}

/// Of 100 units, for the width of a bar.
std::string width_of(double share) {
    return fmt::format("{:.1f}", 100 * std::clamp(share, 0., 1.));
}

void add_score(const Language& language, const GroupFigures& all, PageData& data) {
    const QuestionFigures* overall = all.overall();
    const bool has_score = overall != nullptr && overall->answers.n() > 0;
    data.set("has_score", has_score);
    if (!has_score) return;
    const Distribution& answers = overall->answers;
    data.set("score", number_text(language, *answers.mean(), 2))
        .set("score_between", between(language, records::mean_interval(answers, 1, 5), 2))
        .set("score_n", count_text(language, answers.n()))
        .set("happy", percent_text(language, records::csat(answers).value_or(0)))
        .set("happy_between", between_percent(language, overall->happy_interval()))
        .set("bounds", between(language, records::mean_bounds(answers, all.asked, 1, 5), 2));
    std::vector<PageData> bars;
    std::int64_t most = 1;
    for (int stars = 1; stars <= 5; ++stars) most = std::max(most, answers.count(stars));
    for (int stars = 5; stars >= 1; --stars) {
        const auto count = answers.count(stars);
        bars.push_back(PageData()
                           .set("bar_stars", std::to_string(stars))
                           .set("bar_count", count_text(language, count))
                           .set("bar_width",
                                width_of(static_cast<double>(count) / static_cast<double>(most))));
    }
    data.set("bars", std::move(bars));
}

void add_counts(const Language& language, const records::Figures& figures, PageData& data) {
    const GroupFigures& all = figures.all;
    const auto count = [&](const char* name, std::int64_t value) {
        data.set(name, count_text(language, value));
    };
    count("printed", all.printed);
    count("voided", all.voided);
    count("undelivered", all.undelivered);
    count("asked", all.asked);
    count("responded", all.responded);
    count("silent", std::max<std::int64_t>(0, all.asked - all.responded));
    count("not_received", all.not_received);
    count("answer_cancelled", all.cancelled);
    const auto rate = all.response_rate();
    data.set("rate", rate ? percent_text(language, *rate) : "–");
    const bool has_carrier_mean =
        figures.mean_without_carrier && all.faults.contains(records::Fault::Carrier);
    data.set("has_carrier_mean", has_carrier_mean);
    if (has_carrier_mean) {
        data.set("carrier_mean", number_text(language, *figures.mean_without_carrier, 2))
            .set("carrier_n", count_text(language, figures.without_carrier));
    }
    const bool has_delays = all.delay_days.n() > 0;
    data.set("has_delays", has_delays);
    if (has_delays) {
        data.set("promised_mean", number_text(language, *all.promised_days.mean(), 1))
            .set("actual_mean", number_text(language, *all.actual_days.mean(), 1))
            .set("on_time", percent_text(language, all.delay_days.share(-9999, 0).value_or(0)))
            .set("delay_n", count_text(language, all.delay_days.n()));
    }
}

/// The question in the shop's words, as buyers are asked it.
std::string question_text(const Language& language, const std::string& question) {
    const std::string* asked = language.find("card." + question);
    return asked != nullptr ? *asked : question;
}

void add_questions(const Language& language, const GroupFigures& all, PageData& data) {
    std::vector<PageData> rows;
    for (const QuestionFigures& each : all.questions) {
        if (&each == all.overall() || each.answers.n() <= 0) continue;
        const double share =
            static_cast<double>(each.happy()) / static_cast<double>(each.answers.n());
        rows.push_back(
            PageData()
                .set("question", question_text(language, each.question))
                .set("question_n", count_text(language, each.answers.n()))
                .set("question_mean", each.scale == Scale::YesNo
                                          ? std::string("–")
                                          : number_text(language, *each.answers.mean(), 2))
                .set("question_happy", percent_text(language, share))
                .set("question_between", between_percent(language, each.happy_interval()))
                .set("question_width", width_of(share)));
    }
    data.set("has_questions", !rows.empty()).set("questions", std::move(rows));
}

void add_groups(const Language& language, const records::Figures& figures,
                const records::FiguresOptions& options, PageData& data) {
    constexpr std::size_t kMostShown = 100;
    std::vector<PageData> rows;
    for (const GroupFigures& group : figures.groups) {
        if (rows.size() == kMostShown) break;
        const QuestionFigures* overall = group.overall();
        const bool shown = !group.is_hidden && overall != nullptr && overall->answers.n() > 0;
        const auto rate = group.response_rate();
        const auto ranked = records::ranked_mean(group, figures.all, options);
        PageData row;
        row.set("group_key", group.key.empty() ? "–" : group.key)
            .set("group_asked", count_text(language, group.asked))
            .set("group_n", group.is_hidden ? "< " + std::to_string(options.min_cell)
                                            : count_text(language, group.responded))
            .set("group_rate", rate && !group.is_hidden ? percent_text(language, *rate) : "–")
            .set("group_mean", shown ? number_text(language, *overall->answers.mean(), 2) : "–")
            .set("group_between",
                 shown ? between(language, records::mean_interval(overall->answers, 1, 5), 2) : "")
            .set("group_ranked", shown && ranked ? number_text(language, *ranked, 2) : "–")
            .set("group_width", width_of(shown ? (*overall->answers.mean() - 1) / 4 : 0));
        rows.push_back(std::move(row));
    }
    data.set("has_groups", !rows.empty()).set("groups", std::move(rows));
}

double x_of(std::size_t week, std::size_t weeks) {
    return kWidth * static_cast<double>(week) /
           static_cast<double>(std::max<std::size_t>(1, weeks - 1));
}

double y_of(double mean) {
    return kTop + (kHeight - 2 * kTop) * (kHigh - std::clamp(mean, kLow, kHigh)) / (kHigh - kLow);
}

}  // namespace

std::string number_text(const Language& language, double value, int decimals) {
    std::string text = fmt::format("{:.{}f}", value, decimals);
    if (const auto point = text.find('.'); point != std::string::npos) {
        text.replace(point, 1, language.formats.decimal);
    }
    return text;
}

std::string count_text(const Language& language, std::int64_t value) {
    std::string text = std::to_string(value);
    for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > (value < 0 ? 1 : 0);
         at -= 3) {
        text.insert(static_cast<std::size_t>(at), language.formats.group);
    }
    return text;
}

std::string trend_picture(const std::vector<records::WeekFigures>& weeks,
                          const std::string& label) {
    std::string line, upper, lower;
    std::size_t points = 0;
    for (std::size_t i = 0; i < weeks.size(); ++i) {
        if (!weeks.at(i).mean) continue;
        const double x = x_of(i, weeks.size());
        line += fmt::format("{}{:.1f},{:.1f}", points == 0 ? "" : " ", x, y_of(*weeks.at(i).mean));
        upper += fmt::format("{:.1f},{:.1f} ", x, y_of(weeks.at(i).interval.upper));
        lower = fmt::format("{:.1f},{:.1f} ", x, y_of(weeks.at(i).interval.lower)) + lower;
        ++points;
    }
    if (points < 2) return "";
    std::string grid;
    for (int stars = 1; stars <= 5; ++stars) {
        grid += fmt::format(
            R"(<line class="grid" x1="0" x2="{0}" y1="{1:.1f}" y2="{1:.1f}"/><text x="-8" y="{2:.1f}">{3}</text>)",
            kWidth, y_of(stars), y_of(stars) + 4, stars);
    }
    return fmt::format(
        R"(<svg class="trend" viewBox="-24 0 {} {}" role="img" aria-label="{}">{}<polygon class="band" points="{}{}"/><polyline class="mean" points="{}"/></svg>)",
        kWidth + 32, kHeight, escape_html(label), grid, upper, lower, line);
}

void add_figures(const Language& language, const records::Figures& figures,
                 const records::FiguresOptions& options, PageData& data) {
    add_score(language, figures.all, data);
    add_counts(language, figures, data);
    add_questions(language, figures.all, data);
    add_groups(language, figures, options, data);
    const std::string picture = trend_picture(figures.trend, say(language, "desk.ratings.trend"));
    data.set("has_trend", !picture.empty()).set("trend", PageData::Markup{picture});
    std::vector<PageData> weeks;
    for (const auto& week : figures.trend) {
        if (!week.mean) continue;
        const std::chrono::year_month_day monday{
            std::chrono::sys_days{std::chrono::days{week.week}}};
        weeks.push_back(PageData()
                            .set("week_day", language.formats.format(monday))
                            .set("week_n", count_text(language, week.figures.responded))
                            .set("week_mean", number_text(language, *week.mean, 2))
                            .set("week_between", between(language, week.interval, 2)));
    }
    data.set("weeks", std::move(weeks));
}

}  // namespace verso::service
