// SPDX-License-Identifier: Apache-2.0
#include "records/export/export_cursor.h"

#include <algorithm>
#include <charconv>

#include "core/crypto/crypto.h"
#include "core/domain/card_link.h"
#include "core/domain/reading_json.h"

namespace verso::records {

namespace {

constexpr std::string_view kVersion = "v1.";
constexpr std::size_t kMarkDigits = 8;
constexpr std::size_t kMostMarks = 1000;
/// Longer than a transaction may take between noting the time and being seen by others.
constexpr std::chrono::seconds kWindow{10};

/// Everything that makes a row another one.
std::string mark_of(const Response& row) {
    std::string text = to_json(row) + std::string(to_string(row.kind));
    for (const auto& [line, stars] : row.products) {
        text += "\n" + std::to_string(line) + " " + std::to_string(stars);
    }
    return sha256_hex(text).substr(0, kMarkDigits);
}

Error bad_cursor(std::string_view text) {
    return {ErrorCode::ValueInvalid, "'" + std::string(text.substr(0, 60)) + "' is no cursor",
            "--since", "give the one that the last export ended with, or leave it out"};
}

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

}  // namespace

Result<ExportCursor> ExportCursor::parse(std::string_view text) {
    if (!text.starts_with(kVersion)) return bad_cursor(text);
    std::string_view rest = text.substr(kVersion.size());
    const std::size_t dot = rest.find('.');
    const std::string_view seconds = rest.substr(0, dot);
    std::int64_t value = 0;
    const auto [end, fault] =
        std::from_chars(seconds.data(), seconds.data() + seconds.size(), value);
    constexpr std::int64_t kLast = 253'402'300'799;  // 9999-12-31T23:59:59Z
    if (fault != std::errc{} || end != seconds.data() + seconds.size() || value < 0 ||
        value > kLast) {
        return bad_cursor(text);
    }
    ExportCursor cursor;
    cursor.is_start_ = false;
    cursor.up_to_ = Instant{std::chrono::seconds{value}};
    rest = dot == std::string_view::npos ? "" : rest.substr(dot + 1);
    if (rest.size() % kMarkDigits != 0 || rest.size() > kMarkDigits * kMostMarks ||
        !std::ranges::all_of(rest, is_hex)) {
        return bad_cursor(text);
    }
    for (; !rest.empty(); rest.remove_prefix(kMarkDigits)) {
        cursor.marks_.emplace(rest.substr(0, kMarkDigits));
    }
    return cursor;
}

std::string ExportCursor::text() const {
    std::string text(kVersion);
    text += std::to_string(std::max<std::int64_t>(0, up_to_.time_since_epoch().count()));
    if (!marks_.empty()) text += '.';
    for (const std::string& mark : marks_) text += mark;
    return text;
}

bool ExportCursor::is_new(const Response& row) const {
    if (is_start_) return true;
    return row.recorded_at > up_to_ && !marks_.contains(mark_of(row));
}

void ExportCursor::Advance::saw(const Response& row) {
    any_ = true;
    newest_ = std::max(newest_, row.recorded_at);
    if (row.recorded_at + kWindow <= newest_) return;
    recent_.push_back({row.recorded_at, mark_of(row)});
    if (recent_.size() >= next_drop_) drop_old();
}

void ExportCursor::Advance::drop_old() {
    std::erase_if(recent_, [&](const Seen& seen) { return seen.at + kWindow <= newest_; });
    next_drop_ = 2 * std::max(recent_.size(), 2 * kMostMarks);
}

ExportCursor ExportCursor::Advance::cursor() const {
    if (!any_) return from_;
    ExportCursor next;
    next.is_start_ = false;
    next.up_to_ = std::max(newest_ - kWindow, from_.is_start_ ? Instant{} : from_.up_to_);
    for (const Seen& seen : recent_) {
        if (seen.at > next.up_to_ && next.marks_.size() < kMostMarks) next.marks_.insert(seen.mark);
    }
    return next;
}

}  // namespace verso::records
