// SPDX-License-Identifier: Apache-2.0
#include "app/stats_view.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdlib>

#include "core/util/time.h"
#include "records/figures/figures_json.h"

namespace verso::app {

namespace {

using records::Distribution;
using records::GroupFigures;
using records::Interval;
using records::QuestionFigures;
using records::Scale;

constexpr int kBarWidth = 32;

std::string percent(double share) { return fmt::format("{:.1f} %", 100 * share); }

std::string percent(const Interval& shares) {
    return fmt::format("{:.1f} to {:.1f} %", 100 * shares.lower, 100 * shares.upper);
}

std::string number_or_dash(const std::optional<double>& value) {
    return value ? fmt::format("{:.2f}", *value) : "-";
}

std::string day_text(records::DayNumber day) {
    return format_day(std::chrono::sys_days{std::chrono::days{day}});
}

void show_counts(const GroupFigures& all, Output& out) {
    const auto rate = all.response_rate();
    out.say(fmt::format("{} cards printed, {} voided, {} not delivered: {} could answer",
                        all.printed, all.voided, all.undelivered, all.asked));
    out.say(fmt::format("{} answered{}; {} not received, {} cancelled, {} refused", all.responded,
                        rate ? fmt::format(" ({} of {})", percent(*rate), all.asked) : "",
                        all.not_received, all.cancelled, all.refused));
}

/// "mean 4.16 (95 %: 4.02 to 4.30)", what the silent could make of it, and a bar for each answer.
void show_overall(const GroupFigures& all, const StatsStyle& style, Output& out) {
    const QuestionFigures* overall = all.overall();
    if (!overall) return;
    const Distribution& answers = overall->answers;
    const Interval around = records::mean_interval(answers, 1, 5);
    const Interval mean = records::mean_bounds(answers, all.asked, 1, 5);
    out.say(fmt::format("\noverall: mean {:.2f} (95 %: {:.2f} to {:.2f}), {} answers",
                        *answers.mean(), around.lower, around.upper, answers.n()));
    out.say(fmt::format("  happy (4 or 5): {} (95 %: {})", percent(*records::csat(answers)),
                        percent(overall->happy_interval())));
    out.say(
        fmt::format("  if every silent buyer were unhappy, or happy: mean {:.2f} to {:.2f}, "
                    "happy {}",
                    mean.lower, mean.upper,
                    percent(records::share_bounds(overall->happy(), answers.n(), all.asked))));
    for (int stars = 5; stars >= 1; --stars) {
        const double share = answers.share(stars, stars).value_or(0);
        out.say(fmt::format("  {} {} {:>7} {}", stars, bar(share, kBarWidth, style), percent(share),
                            answers.count(stars)));
    }
}

std::string happy_word(Scale scale) {
    return scale == Scale::YesNo ? "yes" : scale == Scale::Stars ? "4 or 5" : "9 or 10";
}

void show_questions(const GroupFigures& all, const StatsStyle& style, Output& out) {
    Table table({"question", ">answers", ">mean", ">NPS", "happy is", ">happy", "95 %", ""});
    for (const QuestionFigures& each : all.questions) {
        if (&each == all.overall() || each.answers.n() <= 0) continue;
        const double share =
            static_cast<double>(each.happy()) / static_cast<double>(each.answers.n());
        const bool promoter = each.scale == Scale::Promoter;
        table.add({each.question, std::to_string(each.answers.n()),
                   each.scale == Scale::YesNo ? "" : number_or_dash(each.answers.mean()),
                   promoter ? fmt::format("{:.0f}", *records::nps(each.answers)) : "",
                   happy_word(each.scale), percent(share), percent(each.happy_interval()),
                   bar(share, kBarWidth / 2, style)});
    }
    if (const std::string text = table.text(); !text.empty()) {
        out.say("");
        out.show(table);
    }
    if (const Distribution facts = all.facts(); facts.n() > 0) {
        out.say(fmt::format("service facts: {} of {} answers are yes", percent(*facts.mean()),
                            facts.n()));
    }
    if (all.products.n() > 0) {
        out.say(fmt::format("articles: mean {:.2f} of {} stars given", *all.products.mean(),
                            all.products.n()));
    }
}

void show_delivery(const records::Figures& figures, Output& out) {
    const GroupFigures& all = figures.all;
    if (all.delay_days.n() > 0) {
        out.say(
            fmt::format("delivery: promised in {:.1f} days, came after {:.1f}; by the promised "
                        "day {} of {}",
                        *all.promised_days.mean(), *all.actual_days.mean(),
                        percent(*all.delay_days.share(-9999, 0)), all.delay_days.n()));
    }
    if (all.before_delivery > 0) {
        out.say(fmt::format("answers given before the parcel was delivered: {} of {}",
                            all.before_delivery, all.responded));
    }
    if (all.faults.empty()) return;
    std::string text;
    for (const auto& [fault, n] : all.faults) {
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", records::to_string(fault), n);
    }
    out.say("late or damaged, by whose fault: " + text);
    if (figures.mean_without_carrier && all.faults.contains(records::Fault::Carrier)) {
        out.say(
            fmt::format("mean without the carrier's faults: {:.2f} of {} answers; the published "
                        "score keeps them",
                        *figures.mean_without_carrier, figures.without_carrier));
    }
}

std::vector<std::string> group_row(const GroupFigures& group, const records::Figures& figures,
                                   const records::FiguresOptions& options,
                                   const StatsStyle& style) {
    const auto rate = group.response_rate();
    std::vector<std::string> row{group.key.empty() ? "(none)" : group.key,
                                 std::to_string(group.asked)};
    if (group.is_hidden) {
        row.insert(row.end(), {fmt::format("<{}", options.min_cell), "", "", "", "", "", "", ""});
        return row;
    }
    const QuestionFigures* overall = group.overall();
    const Interval happy = overall ? overall->happy_interval() : Interval{0, 1};
    const bool alert = overall && 100 * happy.lower < style.alert_below;
    const auto share = overall ? records::csat(overall->answers) : std::nullopt;
    row.insert(row.end(), {std::to_string(group.responded), rate ? percent(*rate) : "-",
                           overall ? number_or_dash(overall->answers.mean()) : "-",
                           number_or_dash(records::ranked_mean(group, figures.all, options)),
                           share ? percent(*share) : "-", overall ? percent(happy) : "-",
                           share ? bar(*share, kBarWidth / 2, style) : "", alert ? "alert" : ""});
    return row;
}

void show_groups(const records::Figures& figures, const records::FiguresOptions& options,
                 const StatsStyle& style, Output& out) {
    if (figures.groups.empty()) return;
    Table table({figures.dimension, ">asked", ">answers", ">rate", ">mean", ">ranked", ">happy",
                 "95 %", "", ""});
    for (const GroupFigures& group : figures.groups) {
        table.add(group_row(group, figures, options, style));
    }
    out.say("");
    out.show(table);
    if (figures.weighted_mean) {
        out.say(fmt::format("mean if every {} had answered equally often: {:.2f}",
                            figures.dimension, *figures.weighted_mean));
    }
}

void show_trend(const records::Figures& figures, const StatsStyle& style, Output& out) {
    if (figures.trend.empty()) return;
    std::vector<std::optional<double>> means;
    for (const auto& week : figures.trend) means.push_back(week.mean);
    out.say(fmt::format("\ntrend of the mean by week from {}: [{}] 1 to 5",
                        day_text(figures.trend.front().week), sparkline(means, 1, 5, style)));
    if (figures.dimension != "week") return;
    Table table({"week of", ">asked", ">answers", ">mean", "95 %", ""});
    for (const auto& week : figures.trend) {
        const bool shown = week.mean.has_value();
        table.add(
            {day_text(week.week), std::to_string(week.figures.asked),
             week.figures.is_hidden ? "few" : std::to_string(week.figures.responded),
             number_or_dash(week.mean),
             shown ? fmt::format("{:.2f} to {:.2f}", week.interval.lower, week.interval.upper) : "",
             shown ? bar((*week.mean - 1) / 4, kBarWidth / 2, style) : ""});
    }
    out.show(table);
}

}  // namespace

bool terminal_shows_blocks() {
    if (isatty(STDOUT_FILENO) == 0) return false;
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        const char* value = std::getenv(name);
        if (!value || *value == '\0') continue;
        const std::string_view text(value);
        return text.find("UTF-8") != std::string_view::npos ||
               text.find("utf8") != std::string_view::npos ||
               text.find("UTF8") != std::string_view::npos;
    }
    return false;
}

std::string bar(double share, int width, const StatsStyle& style) {
    constexpr std::array kEighths{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    const double filled = std::clamp(share, 0.0, 1.0) * width;
    std::string text;
    if (!style.blocks) {
        const int whole = static_cast<int>(std::lround(filled));
        return std::string(static_cast<std::size_t>(whole), '#') +
               std::string(static_cast<std::size_t>(width - whole), ' ');
    }
    const int eighths = static_cast<int>(std::lround(filled * 8));
    for (int i = 0; i < eighths / 8; ++i) text += "█";
    text += kEighths.at(static_cast<std::size_t>(eighths % 8));
    const int columns = eighths / 8 + (eighths % 8 > 0 ? 1 : 0);
    return text + std::string(static_cast<std::size_t>(width - columns), ' ');
}

std::string sparkline(const std::vector<std::optional<double>>& values, double low, double high,
                      const StatsStyle& style) {
    constexpr std::array kBlocks{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    constexpr std::array kAscii{"_", ".", ",", "-", "~", "=", "*", "#"};
    std::string text;
    for (const auto& value : values) {
        if (!value) {
            text += ' ';
            continue;
        }
        const double place = std::clamp((*value - low) / (high - low), 0.0, 1.0);
        const auto level = std::min<std::size_t>(7, static_cast<std::size_t>(place * 8));
        text += style.blocks ? kBlocks.at(level) : kAscii.at(level);
    }
    return text;
}

void show_figures(const records::Figures& figures, const records::FiguresOptions& options,
                  const StatsStyle& style, Output& out) {
    if (out.is_json()) {
        for (const std::string& line : figures_json(figures, options, style.alert_below)) {
            out.line(line);
        }
        return;
    }
    show_counts(figures.all, out);
    show_overall(figures.all, style, out);
    show_questions(figures.all, style, out);
    show_delivery(figures, out);
    show_groups(figures, options, style, out);
    show_trend(figures, style, out);
    if (figures.insiders.printed > 0) {
        out.say(fmt::format("insiders, in none of these figures: {} cards, {} answers",
                            figures.insiders.printed, figures.insiders.responded));
    }
}

}  // namespace verso::app
