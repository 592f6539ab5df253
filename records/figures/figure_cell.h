// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/util/result.h"

namespace verso::records {

// Figures at any size come from cells, never from responses: what happens is appended as one
// FigureEntry in the transaction that causes it, folded later into cells, and a report adds up
// cells and the entries not folded yet. An entry taken back is the same entry with the sign turned.

/// Days since 1970-01-01.
using DayNumber = std::int32_t;
/// The period of the cells over all time. No Monday has this number.
inline constexpr DayNumber kAllTime = 0;
/// The Monday on or before a day.
DayNumber week_of(DayNumber day);

/// Measures that count things; their value is 0 unless said.
inline constexpr std::string_view kPrinted = "printed", kVoided = "voided",
                                  kUndelivered = "undelivered", kResponded = "responded",
                                  kNotReceived = "not-received", kCancelled = "cancelled",
                                  kRefused = "refused", kBeforeDelivery = "before-delivery";
/// Measures whose value is a number of days.
inline constexpr std::string_view kDelayDays = "delay-days", kPromisedDays = "promised-days",
                                  kActualDays = "actual-days";
/// Stars of a single article; the value is the answer.
inline constexpr std::string_view kProductStars = "product";
/// Whose fault a late or damaged parcel was; the value is a Fault (fault.h).
inline constexpr std::string_view kFault = "fault";
/// The measure of a question's answers is this and the question's id: "q/overall".
inline constexpr std::string_view kQuestionPrefix = "q/";

/// "q/overall" for "overall".
std::string measure_of(std::string_view question);

/// One dimension and what it is for this fact: {"carrier", "Colissimo"}, {"all", ""}.
struct FigureKey {
    std::string dimension, key;
    friend auto operator<=>(const FigureKey&, const FigureKey&) = default;
};

/// One thing measured.
struct FigureMeasure {
    std::string measure;
    int value = 0;
    DayNumber day = 0;  ///< decides the week it counts in
    friend auto operator<=>(const FigureMeasure&, const FigureMeasure&) = default;
};

/// One fact as it is appended: each measure counts `n` times under each key. `own` measures count
/// under their own key alone (the stars of one article).
struct FigureEntry {
    std::vector<FigureKey> keys;
    std::vector<FigureMeasure> measures;
    std::vector<std::pair<FigureKey, FigureMeasure>> own;
    int n = 1;  ///< +1, or -1 to take the same entry back

    bool is_empty() const { return keys.empty() && own.empty(); }
    /// The same entry with the sign turned.
    FigureEntry reversed() const;
    friend bool operator==(const FigureEntry&, const FigureEntry&) = default;
};

/// The text form of an entry, one line of JSON: one row of the store. parse_entry gives the same
/// entry back; FormatInvalid for anything else.
std::string to_text(const FigureEntry& entry);
Result<FigureEntry> parse_entry(std::string_view text);

/// One change of one cell.
struct FigureDelta {
    std::string dimension, key, measure;
    int value = 0;
    DayNumber day = 0;
    int n = 1;
    friend bool operator==(const FigureDelta&, const FigureDelta&) = default;
};

/// Every delta of an entry.
std::vector<FigureDelta> deltas_of(const FigureEntry& entry);

/// How often one value of a measure was seen under a key in a period. Unique by all but n.
struct FigureCell {
    std::string dimension, key, measure;
    int value = 0;
    DayNumber period = kAllTime;  ///< kAllTime, or a Monday
    std::int64_t n = 0;           ///< never negative once everything is folded
    friend bool operator==(const FigureCell&, const FigureCell&) = default;
};

/// What of the cells is asked for.
struct FigureQuery {
    std::string dimension = "all";
    std::optional<std::string> key{};  ///< one key alone; default: every key
    /// Weeks, Mondays, both included. Default: kAllTime twice, the cells over all time.
    DayNumber from = kAllTime, to = kAllTime;

    bool is_all_time() const { return from == kAllTime && to == kAllTime; }
    bool wants(const FigureCell& cell) const;
};

/// Adds entries up into cells: each delta counts in two, its week's and that over all time. What
/// folding adds to the stored cells; what a report adds to them for entries not folded yet.
class FigureFold {
  public:
    void add(const FigureEntry& entry);
    void add(FigureCell cell);
    /// Those that are not zero, sorted by dimension, key, measure, value, period.
    std::vector<FigureCell> cells() const;

  private:
    struct ByPlace {
        bool operator()(const FigureCell& a, const FigureCell& b) const;
    };
    void add(const FigureKey& key, const FigureMeasure& measure, std::int64_t n);

    std::map<FigureCell, std::int64_t, ByPlace> sums_;
};

/// The cells of these entries, as FigureFold gives them.
std::vector<FigureCell> cells_of(std::span<const FigureEntry> entries);

/// Cells added up where all but n is equal, sorted as above, without zeros.
std::vector<FigureCell> add_cells(std::vector<FigureCell> cells);

}  // namespace verso::records
