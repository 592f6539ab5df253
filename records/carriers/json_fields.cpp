// SPDX-License-Identifier: Apache-2.0
#include "records/carriers/json_fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace verso::records {

namespace {

/// The deepest answer of a tracker that we know has 8.
constexpr int kDeepest = 32;

std::string dump(const EventJson& json) {
    return json.dump(-1, ' ', false, EventJson::error_handler_t::replace);
}

}  // namespace

Result<EventJson> parse_event_json(std::string_view text) {
    const auto stop_when_deep = [](int depth, EventJson::parse_event_t event, EventJson&) {
        if (depth > kDeepest && event != EventJson::parse_event_t::value)
            throw std::length_error(fmt::format("nested deeper than {}", kDeepest));
        return true;
    };
    try {
        return EventJson::parse(text.begin(), text.end(), stop_when_deep);
    } catch (const EventJson::parse_error& error) {
        return Error{ErrorCode::FormatInvalid,
                     fmt::format("it is not JSON (near byte {})", error.byte), "", ""};
    } catch (const std::exception& error) {
        return Error{ErrorCode::FormatInvalid,
                     fmt::format("it cannot be taken as JSON: {}", error.what()), "", ""};
    }
}

const EventJson& member(const EventJson& json, std::string_view key) {
    static const EventJson kNull;
    if (!json.is_object()) return kNull;
    const auto found = json.find(std::string(key));
    return found == json.end() ? kNull : *found;
}

std::string text_of(const EventJson& json, std::string_view key) {
    const EventJson& value = member(json, key);
    if (value.is_number()) return dump(value);
    if (!value.is_string()) return "";
    const std::string& text = value.get_ref<const std::string&>();
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string::npos) return "";
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

bool has_object(const EventJson& json, std::string_view key) {
    return member(json, key).is_object();
}

bool has_text(const EventJson& json, std::string_view key) { return !text_of(json, key).empty(); }

std::optional<ZonedTime> time_of(const EventJson& json, std::string_view key, std::string& fault) {
    const std::string text = text_of(json, key);
    if (text.empty() || text.starts_with("0000") || text.starts_with("0001")) return std::nullopt;
    auto time = parse_event_time(text);
    if (time) return *time;
    if (fault.empty()) fault = fmt::format("{}: {}", key, time.error().message);
    return std::nullopt;
}

std::optional<std::chrono::year_month_day> day_of(const EventJson& json, std::string_view key) {
    const auto time = parse_event_time(text_of(json, key));
    if (!time) return std::nullopt;
    return time->local_day();
}

std::string dump_without(const EventJson& json, std::initializer_list<std::string_view> left_out) {
    if (!json.is_object()) return dump(json);
    EventJson kept = EventJson::object();
    for (const auto& [key, value] : json.items()) {
        if (std::find(left_out.begin(), left_out.end(), key) == left_out.end()) kept[key] = value;
    }
    return dump(kept);
}

}  // namespace verso::records
