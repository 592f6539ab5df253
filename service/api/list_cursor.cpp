// SPDX-License-Identifier: Apache-2.0
#include "service/api/list_cursor.h"

#include <algorithm>
#include <charconv>

#include "core/crypto/crypto.h"

namespace verso::service {

namespace {

constexpr std::string_view kVersion = "v1.";
constexpr std::size_t kMarkDigits = 10;

std::string short_mark(const std::string& text) { return sha256_hex(text).substr(0, kMarkDigits); }

/// Takes a number that ends at a dot or the end; false for anything else.
bool take_number(std::string_view& rest, long long& into) {
    const auto end = std::min(rest.find('.'), rest.size());
    const auto [stop, fault] = std::from_chars(rest.data(), rest.data() + end, into);
    if (end == 0 || fault != std::errc{} || stop != rest.data() + end || into < 0) return false;
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return true;
}

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

}  // namespace

Result<ListCursor> ListCursor::parse(std::string_view text) {
    const Error foreign{ErrorCode::Usage, "this is no cursor", "cursor",
                        "give back the `next` of a page, or leave it out"};
    if (!text.starts_with(kVersion)) return foreign;
    std::string_view rest = text.substr(kVersion.size());
    ListCursor cursor;
    if (!take_number(rest, cursor.place_.at) || !take_number(rest, cursor.place_.id)) {
        return foreign;
    }
    if (rest.size() % kMarkDigits != 0 || rest.size() > kMarkDigits * kMostMarks ||
        !std::all_of(rest.begin(), rest.end(), is_hex)) {
        return foreign;
    }
    for (; !rest.empty(); rest.remove_prefix(kMarkDigits)) {
        cursor.marks_.emplace(rest.substr(0, kMarkDigits));
    }
    return cursor;
}

std::string ListCursor::text() const {
    std::string text(kVersion);
    text += std::to_string(place_.at) + "." + std::to_string(place_.id);
    if (!marks_.empty()) text += '.';
    for (const std::string& mark : marks_) text += mark;
    return text;
}

ListCursor::Page ListCursor::take(const std::vector<Row>& rows, int limit, Instant now) {
    Page page;
    bool is_young = false;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row& row = rows[i];
        // Behind a young row everything counts as young: the place cannot move over it.
        is_young = is_young || row.at + kYoung > now;
        const std::string mark = short_mark(row.mark);
        const bool was_given = marks_.contains(mark);
        if (!was_given && static_cast<int>(page.chosen.size()) >= limit) {
            page.more = true;
            break;
        }
        if (!was_given && is_young && marks_.size() >= kMostMarks) break;
        if (!was_given) page.chosen.push_back(i);
        if (is_young) {
            marks_.insert(mark);
        } else {
            place_ = row.place;
            marks_.erase(mark);
        }
    }
    // What is left then are marks of rows that went or moved.
    if (!is_young && !page.more) marks_.clear();
    return page;
}

}  // namespace verso::service
