// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "records/figures/fault.h"
#include "records/figures/figure_cell.h"
#include "records/figures/statistics.h"

namespace verso::records {

// The report, computed from cells alone. Pure. B4, B5 and C 3.8 to 3.10 of the feature list.

/// How a question is answered, which decides what is computed of it.
enum class Scale {
    Stars,     ///< 1 to 5
    YesNo,     ///< 1 yes, 0 no: a fact of the service, not a taste
    Promoter,  ///< 0 to 10: "would you recommend us"
};
/// "stars", "yes-no", "promoter".
std::string_view to_string(Scale scale);
/// "nps" and "recommend" are promoter questions; else what the answers given allow: all of them 0
/// or 1, yes-no; any of them 0 or beyond 5, promoter; else stars.
Scale scale_of(std::string_view question, const Distribution& answers);
/// The worst and the best answer: 1 and 5, 0 and 1, 0 and 10.
Interval ends_of(Scale scale);

/// One question's answers.
struct QuestionFigures {
    std::string question;
    Scale scale = Scale::Stars;
    Distribution answers{};

    /// How many answers are happy ones: 4 and 5, 1, 9 and 10.
    std::int64_t happy() const;
    /// The share of them with its Wilson interval; {0, 1} without answers.
    Interval happy_interval() const;
};

/// Everything under one key, or of one week.
struct GroupFigures {
    std::string key;
    std::int64_t printed = 0, voided = 0, undelivered = 0, responded = 0, not_received = 0,
                 cancelled = 0, refused = 0;
    std::int64_t before_delivery = 0;  ///< answers given before the parcel was there
    /// Who could have answered: printed - voided - undelivered. Where a key is only known once
    /// somebody answers (channel, fault), that of the whole.
    std::int64_t asked = 0;
    std::vector<QuestionFigures> questions{};  ///< overall first, the others by name
    Distribution products{}, promised_days{}, actual_days{}, delay_days{};
    std::map<Fault, std::int64_t> faults{};
    bool is_hidden = false;  ///< fewer answers than the smallest cell: no answer is shown

    const QuestionFigures* overall() const;
    /// responded / asked; nothing when nobody was asked.
    std::optional<double> response_rate() const;
    /// The facts of the service: every yes among the answers to yes-no questions, with n.
    Distribution facts() const;
};

/// One Monday and what came in from then on.
struct WeekFigures {
    DayNumber week = 0;
    GroupFigures figures{};
    std::optional<double> mean{};  ///< of the overall question
    Interval interval{};           ///< of that mean
};

/// What is asked of the report.
struct FiguresOptions {
    int min_cell = 5;          ///< smaller groups show no answers. Default: 5
    double prior_weight = 20;  ///< of the Bayesian mean. Default: as 20 more answers
    int trend_weeks = 26;      ///< the longest trend. Default: half a year
};

/// The report itself.
struct Figures {
    GroupFigures all;
    GroupFigures insiders;  ///< in none of the other figures
    /// The overall mean without the answers to parcels that were the carrier's fault; the raw mean
    /// stands beside it, untouched.
    std::optional<double> mean_without_carrier{};
    std::int64_t without_carrier = 0;    ///< how many answers that mean has
    std::string dimension{};             ///< what the groups are by; empty without groups
    std::vector<GroupFigures> groups{};  ///< most answers first
    /// The overall mean as if every group had answered equally often: each group's mean counts by
    /// how many were asked. Where who answers depends on the group, this undoes it. Nothing for
    /// dimensions whose groups overlap (sku) or are known of answers only (channel, fault).
    std::optional<double> weighted_mean{};
    std::vector<WeekFigures> trend{};  ///< oldest first, without gaps
};

/// Adds up cells of one dimension under each key, by key. Takes them all, whatever their period.
std::vector<GroupFigures> groups_of(std::span<const FigureCell> cells);

/// The mean of a group drawn towards that of all by `options.prior_weight` answers: what groups of
/// different size are ranked by. Nothing without answers.
std::optional<double> ranked_mean(const GroupFigures& group, const GroupFigures& all,
                                  const FiguresOptions& options);

/// What figures_of needs: the cells of these queries, each asked for by itself.
struct FigureCells {
    std::vector<FigureCell> all;       ///< dimension "all", the period
    std::vector<FigureCell> insiders;  ///< dimension "insider", the period
    std::vector<FigureCell> faults;    ///< dimension "fault", the period
    std::vector<FigureCell> groups{};  ///< the dimension asked for, the period; may be empty
    std::vector<FigureCell> weeks{};   ///< dimension "all", the weeks of the trend
};

/// Gives the cells that a query asks for: a store, or cells in memory.
using CellSource = std::function<Result<std::vector<FigureCell>>(const FigureQuery&)>;

/// What is asked for: a period and a dimension.
struct FiguresRequest {
    std::string dimension{};  ///< "carrier", "sku" …; "week" or empty: no groups
    /// Whole weeks: from the Monday on or before `since` to the Sunday on or after `until`.
    /// Default: all time.
    std::optional<DayNumber> since{}, until{};
    DayNumber today = 0;  ///< where the trend ends when `until` does not say
};

/// Asks for the cells that the report needs and computes it. Errors are those of the source.
Result<Figures> read_figures(const CellSource& source, const FiguresRequest& request,
                             const FiguresOptions& options = {});

/// The report. `dimension` is that of `cells.groups`; "week" makes a group of each week.
Figures figures_of(const FigureCells& cells, std::string_view dimension,
                   const FiguresOptions& options = {});

}  // namespace verso::records
