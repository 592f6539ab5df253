// SPDX-License-Identifier: Apache-2.0
#include "records/carriers/event_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "records/carriers/event_csv.h"
#include "records/carriers/json_sources.h"
#include "records/import/csv_dialect.h"

namespace verso::records {

namespace {

/// A list of a few thousand trackers; parsed, it takes some ten times that.
constexpr std::size_t kLargestDocument = 32U << 20U;

struct Form {
    EventSource source;
    bool (*take)(const EventJson&, EventSink&);
};
/// The most telling first: AfterShip's `msg` and Shippo's `tracking_status` are nobody else's.
constexpr std::array<Form, 7> kForms{{{EventSource::EasyPost, take_easypost},
                                      {EventSource::LaPoste, take_la_poste},
                                      {EventSource::AfterShip, take_aftership},
                                      {EventSource::Shippo, take_shippo},
                                      {EventSource::Karrio, take_karrio},
                                      {EventSource::Shopify, take_shopify},
                                      {EventSource::Json, take_neutral}}};

bool take_value(const EventJson& value, std::optional<EventSource> only, EventSink& sink) {
    return std::any_of(kForms.begin(), kForms.end(), [&](const Form& form) {
        return (!only || *only == form.source) && form.take(value, sink);
    });
}

constexpr std::string_view kNoForm =
    "it is of no form that carriers' events come in: EasyPost, AfterShip, Shippo, Karrio, La "
    "Poste, "
    "Shopify, or Verso's own";

/// One document: an event or tracker, or a list of them. False when none of it is of a known form.
bool take_document(const EventJson& json, std::optional<EventSource> only, EventSink& sink) {
    if (!json.is_array()) return take_value(json, only, sink);
    std::vector<std::size_t> strange;
    for (std::size_t i = 0; i < json.size(); ++i) {
        if (!take_value(json.at(i), only, sink)) strange.push_back(i);
    }
    if (strange.size() == json.size() && !json.empty()) return false;
    for (const std::size_t i : strange) sink.refuse("/" + std::to_string(i), std::string(kNoForm));
    return true;
}

Error no_events(std::optional<EventSource> only) {
    return {ErrorCode::FormatInvalid, std::string(kNoForm), "",
            only ? fmt::format("this was read as {}; leave --format away", to_string(*only))
                 : "docs/formats/carrier-events.md shows each of them"};
}

Error too_large() {
    return {ErrorCode::LimitExceeded,
            fmt::format("one document of more than {} MiB", kLargestDocument >> 20U), "",
            "ask the source for fewer trackers at once, or write one a line"};
}

class Lines {
  public:
    explicit Lines(std::string_view text) : rest_(text) {}
    /// The next line that is not blank; false at the end.
    bool next(std::string_view& line) {
        while (!rest_.empty()) {
            const auto end = std::min(rest_.find('\n'), rest_.size());
            line = rest_.substr(0, end);
            rest_.remove_prefix(std::min(end + 1, rest_.size()));
            ++number_;
            if (line.find_first_not_of(" \t\r") != std::string_view::npos) return true;
        }
        return false;
    }
    std::size_t number() const { return number_; }

  private:
    std::string_view rest_;
    std::size_t number_ = 0;
};

Result<void> read_document(std::string_view text, std::optional<EventSource> only,
                           EventSink& sink) {
    if (text.size() > kLargestDocument) return too_large();
    auto json = parse_event_json(text);
    if (!json) return json.error();
    if (!take_document(*json, only, sink)) return no_events(only);
    return sink.outcome();
}

Result<void> read_lines(std::string_view text, std::optional<EventSource> only, EventSink& sink) {
    Lines lines(text);
    std::string_view line;
    bool any = false;
    while (sink.outcome() && lines.next(line)) {
        sink.at_line(lines.number());
        if (line.size() > kLargestDocument) {
            sink.refuse("", too_large().message);
            continue;
        }
        auto json = parse_event_json(line);
        if (!json) {
            sink.refuse("", json.error().message);
        } else if (take_document(*json, only, sink)) {
            any = true;
        } else {
            sink.refuse("", std::string(kNoForm));
        }
    }
    if (!sink.outcome()) return sink.outcome();
    if (!any) return no_events(only);
    return {};
}

/// Lines when the first one is a whole document and is not the only one.
bool is_lines(std::string_view text) {
    Lines lines(text);
    std::string_view first, second;
    if (!lines.next(first) || !lines.next(second)) return false;
    if (first.size() > kLargestDocument) return false;
    if (parse_event_json(first)) return true;
    // The first line may be the bad one.
    return second.size() <= kLargestDocument && second.starts_with('{') &&
           parse_event_json(second).has_value();
}

}  // namespace

Result<void> read_carrier_events(std::string_view bytes, std::optional<EventSource> only,
                                 EventSink& sink) {
    auto text = CsvText::decode(bytes);
    if (!text) return text.error();
    if (text->was_windows_1252()) sink.remark("read as Windows-1252: the bytes are not UTF-8");
    std::string_view content = text->text();
    if (content.starts_with("\xEF\xBB\xBF")) content.remove_prefix(3);
    const auto first = content.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return Error{ErrorCode::FormatInvalid, "the file is empty", "", ""};
    const bool is_json = content[first] == '{' || content[first] == '[';
    if (only == EventSource::Csv || (!only && !is_json)) return read_event_csv(content, sink);
    return is_lines(content) ? read_lines(content, only, sink) : read_document(content, only, sink);
}

}  // namespace verso::records
