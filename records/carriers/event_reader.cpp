// SPDX-License-Identifier: Apache-2.0
#include "records/carriers/event_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "records/carriers/event_csv.h"
#include "records/carriers/json_sources.h"
#include "records/carriers/text_lines.h"

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

/// The whole text; LimitExceeded.
Result<std::string> whole_text(ByteSource& source, TextEncoding encoding) {
    auto text = TextSource::open(source, encoding);
    if (!text) return text.error();
    constexpr std::size_t kPiece = std::size_t{1} << 20U;
    std::string whole;
    for (;;) {
        auto more = text->append_to(whole, kPiece);
        if (!more) return more.error();
        if (!*more) return whole;
        if (whole.size() > kLargestDocument) return too_large();
    }
}

Result<void> read_document(ByteSource& source, TextEncoding encoding,
                           std::optional<EventSource> only, EventSink& sink) {
    auto text = whole_text(source, encoding);
    if (!text) return text.error();
    auto json = parse_event_json(*text);
    if (!json) return json.error();
    if (!take_document(*json, only, sink)) return no_events(only);
    return sink.outcome();
}

/// One line; true when it was of a known form.
bool take_line(std::string_view line, std::optional<EventSource> only, EventSink& sink) {
    auto json = parse_event_json(line);
    if (!json) {
        sink.refuse("", json.error().message);
        return false;
    }
    if (take_document(*json, only, sink)) return true;
    sink.refuse("", std::string(kNoForm));
    return false;
}

Result<void> read_lines(TextLines lines, std::optional<EventSource> only, EventSink& sink) {
    std::string_view line;
    bool any = false;
    while (sink.outcome()) {
        auto more = lines.next(line);
        if (!more) return more.error();
        if (!*more) break;
        sink.at_line(lines.number());
        if (lines.is_cut()) {
            sink.refuse("", too_large().message);
        } else if (take_line(line, only, sink)) {
            any = true;
        }
    }
    if (!sink.outcome()) return sink.outcome();
    if (!any) return no_events(only);
    return {};
}

/// What the beginning of a file tells of the rest.
enum class Shape { Empty, Csv, Document, Lines };

/// Lines when the first one, or the second because the first is damaged, is a whole document and is
/// not the only line.
Result<Shape> find_shape(TextLines lines) {
    std::string_view line;
    auto more = lines.next(line);
    if (!more) return more.error();
    if (!*more) return Shape::Empty;
    const auto first = line.find_first_not_of(" \t\r");
    if (line[first] != '{' && line[first] != '[') return Shape::Csv;
    const bool first_is_whole = !lines.is_cut() && parse_event_json(line).has_value();
    more = lines.next(line);
    if (!more) return more.error();
    if (!*more) return Shape::Document;
    if (first_is_whole) return Shape::Lines;
    const bool second_is_whole =
        !lines.is_cut() && line.starts_with('{') && parse_event_json(line).has_value();
    return second_is_whole ? Shape::Lines : Shape::Document;
}

}  // namespace

Result<void> read_carrier_events(ByteSource& source, std::optional<EventSource> only,
                                 EventSink& sink) {
    auto encoding = find_encoding(source);
    if (!encoding) return encoding.error();
    if (*encoding == TextEncoding::Windows1252)
        sink.remark("read as Windows-1252: the bytes are not UTF-8");
    const auto lines = [&] { return TextLines::open(source, *encoding, kLargestDocument); };
    auto begin = lines();
    if (!begin) return begin.error();
    auto shape = find_shape(std::move(*begin));
    if (!shape) return shape.error();
    if (*shape == Shape::Empty) return Error{ErrorCode::FormatInvalid, "the file is empty", "", ""};
    if (only == EventSource::Csv || (!only && *shape == Shape::Csv)) {
        auto csv = CsvStream::open(source, *encoding);
        if (!csv) return csv.error();
        return read_event_csv(*csv, sink);
    }
    if (*shape != Shape::Lines) return read_document(source, *encoding, only, sink);
    auto all = lines();
    if (!all) return all.error();
    return read_lines(std::move(*all), only, sink);
}

}  // namespace verso::records
