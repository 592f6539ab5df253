// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/domain/order.h"
#include "records/import/json_value.h"

namespace verso::records {

/// What is wrong with an order of a document.
struct JsonFault {
    std::string pointer;  ///< RFC 6901, from the order: "/line_items/0/price"
    std::string reason;
};

/// The members of one object, read as values of an order. The first value that is wrong is kept as
/// the fault of the whole order; what is read afterwards no longer counts. Numbers and texts stand
/// for one another, as the shop platforms write them. Valid as long as value and fault.
class JsonFields {
  public:
    JsonFields(const JsonValue& object, std::string pointer, std::optional<JsonFault>& fault)
        : object_(object), pointer_(std::move(pointer)), fault_(fault) {}

    const JsonValue& value(std::string_view key) const { return object_.at(key); }
    bool has(std::string_view key) const { return object_.has(key); }
    /// The member as it is written; empty for null, for objects and for what is not there.
    std::string_view raw(std::string_view key) const;
    /// On one line: line breaks and tabs become blanks, blanks around are gone.
    std::string text(std::string_view key);
    /// May have line breaks.
    std::string long_text(std::string_view key);
    /// Empty values give the fallback; without one they are faults. "2", 2, 2.0 and "2.0000" are
    /// two.
    int whole(std::string_view key, int low, int high, std::optional<int> fallback = std::nullopt);
    Money money(std::string_view key, std::optional<Money> fallback = std::nullopt);
    /// As parse_time reads it; without an offset it is UTC.
    ZonedTime time(std::string_view key);
    std::optional<ZonedTime> time_if_any(std::string_view key);
    std::optional<std::chrono::year_month_day> day_if_any(std::string_view key);
    /// Exactly `letters` letters, in upper case.
    std::string code(std::string_view key, std::size_t letters);
    /// "fr", "fr-FR" and "FR" give "fr"; what is no language gives nothing.
    std::string language(std::string_view key);
    bool flag(std::string_view key);

    /// An object inside; one without members when there is none.
    JsonFields inside(std::string_view key) const;
    /// The objects of an array inside.
    std::vector<JsonFields> each(std::string_view key) const;

    void refuse(std::string_view key, std::string reason);
    bool is_refused() const { return fault_.has_value(); }

  private:
    std::string sound_text(std::string_view key);

    const JsonValue& object_;
    std::string pointer_;
    std::optional<JsonFault>& fault_;
};

/// An amount as the platforms write it: "29.35", "61.800000", "34.9", "-4". More than two decimals
/// are rounded, halves away from zero. ValueInvalid.
Result<Money> parse_long_money(std::string_view text);

/// A text as a message shows it: garbage may be long.
std::string shown_value(std::string_view value);

}  // namespace verso::records
