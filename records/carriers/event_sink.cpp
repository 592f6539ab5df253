// SPDX-License-Identifier: Apache-2.0
#include "records/carriers/event_sink.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/domain/parcel_number.h"

namespace verso::records {

namespace {

/// Longer than any number, id or word of a carrier.
constexpr std::size_t kLongestNumber = 64, kLongestId = 200, kLongestWord = 120;
/// One event without its history; longer ones are not kept, their fields are.
constexpr std::size_t kLongestRaw = 16 * 1024;

bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char letter) {
        return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f;
    });
}

/// What is wrong with an event, or nothing.
std::string fault_of(const CarrierEvent& event) {
    if (event.tracking.empty() && event.order.empty() && event.order_key.empty())
        return "it names no parcel: no tracking number and no order";
    if (!event.tracking.empty() && bare_number(event.tracking).empty())
        return fmt::format("'{}' is not a tracking number", event.tracking);
    for (const std::string* text : {&event.tracking, &event.order, &event.order_key}) {
        if (text->size() > kLongestNumber || has_control(*text))
            return fmt::format("a number has more than {} bytes or control characters in it",
                               kLongestNumber);
    }
    if (event.event_id.size() > kLongestId || has_control(event.event_id))
        return fmt::format("the id has more than {} bytes or control characters in it", kLongestId);
    return "";
}

/// Cuts without leaving half a letter of UTF-8.
void shorten(std::string& text, std::size_t longest) {
    if (text.size() <= longest) return;
    while (longest > 0 && (static_cast<unsigned char>(text[longest]) & 0xC0U) == 0x80U) --longest;
    text.resize(longest);
}

}  // namespace

void EventSink::take(CarrierEvent event, std::string_view pointer) {
    if (!outcome_) return;
    if (const std::string fault = fault_of(event); !fault.empty()) return refuse(pointer, fault);
    if (latest_ && event.at.utc > *latest_)
        return refuse(pointer, format_time(event.at) + " is in the future");
    for (std::string* text : {&event.word, &event.carrier}) {
        std::replace_if(
            text->begin(), text->end(),
            [](char letter) { return static_cast<unsigned char>(letter) < 0x20; }, ' ');
        shorten(*text, kLongestWord);
    }
    if (event.raw.size() > kLongestRaw) event.raw.clear();
    if (event.event_id.empty()) event.event_id = content_id(event);
    outcome_ = taker_(std::move(event));
    if (outcome_) ++taken_;
}

void EventSink::refuse(std::string_view pointer, std::string reason) {
    ++refused_;
    constexpr std::size_t kLongestReason = 300;
    shorten(reason, kLongestReason);
    if (rejected_.size() < kMostTold)
        rejected_.push_back({line_, std::string(pointer), std::move(reason)});
}

void EventSink::remark(std::string text) {
    if (std::find(remarks_.begin(), remarks_.end(), text) == remarks_.end())
        remarks_.push_back(std::move(text));
}

}  // namespace verso::records
