// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/order_words.h"

#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

namespace verso::records {

namespace {

constexpr std::size_t kLongest = 80;
constexpr std::size_t kMostBeginnings = 4;

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return (c & '\x80') == 0; });
}

/// Decomposed, without marks, case folded; ASCII is done by hand because most names are.
std::string without_marks(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(status);
    if (U_FAILURE(status) || nfkd == nullptr) return std::string(text);
    icu::UnicodeString source = icu::UnicodeString::fromUTF8(
        icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    icu::UnicodeString plain = nfkd->normalize(source, status);
    icu::UnicodeString kept;
    for (std::int32_t i = 0; i < plain.length(); i = plain.moveIndex32(i, 1)) {
        const UChar32 c = plain.char32At(i);
        const auto kind = u_charType(c);
        if (kind == U_NON_SPACING_MARK || kind == U_ENCLOSING_MARK) continue;
        kept.append(u_isalnum(c) ? c : UChar32{' '});
    }
    kept.foldCase();
    std::string out;
    kept.toUTF8String(out);
    return out;
}

std::string without_case(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (char c : text) {
        const bool upper = c >= 'A' && c <= 'Z';
        const bool kept = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!kept) {
            out += ' ';
        } else {
            out += upper ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
    return out;
}

std::vector<std::string_view> split(std::string_view text) {
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find(' ', at), text.size());
        if (end > at) words.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

/// At most kLongest bytes, never through a letter of several bytes.
std::string cut(std::string text) {
    if (text.size() <= kLongest) return text;
    std::size_t end = kLongest;
    while (end > 0 && (text[end] & '\xC0') == '\x80') --end;
    text.resize(end);
    return text;
}

void add_name(std::vector<std::string>& out, std::string_view name) {
    const std::string plain = folded(name);
    const auto words = split(plain);
    for (std::size_t from = 0; from < std::min(words.size(), kMostBeginnings); ++from) {
        std::string word = "n:";
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (i > 0) word += ' ';
            word += words[(from + i) % words.size()];
        }
        out.push_back(cut(std::move(word)));
    }
}

std::string plain_email(std::string_view text) {
    std::string out = "e:";
    for (char c : text) {
        if (c != ' ') out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return cut(std::move(out));
}

std::string plain_tracking(std::string_view text) {
    std::string out = "t:";
    for (char c : text) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) out += c;
    }
    return cut(std::move(out));
}

}  // namespace

std::string folded(std::string_view text) {
    const std::string spaced = is_ascii(text) ? without_case(text) : without_marks(text);
    std::string out;
    for (std::string_view word : split(spaced)) {
        if (!out.empty()) out += ' ';
        out += word;
    }
    return out;
}

std::string email_word(std::string_view email) {
    return email.empty() ? std::string() : plain_email(email);
}

std::string tracking_word(std::string_view tracking) { return plain_tracking(tracking); }

std::vector<std::string> order_words(const Order& order) {
    std::vector<std::string> out;
    add_name(out, order.ship_to.name);
    if (!order.ship_to.company.empty()) add_name(out, order.ship_to.company);
    if (!order.email.empty()) out.push_back(plain_email(order.email));
    for (const Parcel& parcel : order.parcels) {
        if (auto word = plain_tracking(parcel.tracking); word.size() > 2) out.push_back(word);
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

std::vector<std::string> search_words(std::string_view typed) {
    if (typed.find('@') != std::string_view::npos) return {plain_email(typed)};
    std::vector<std::string> out;
    const bool has_digit = typed.find_first_of("0123456789") != std::string_view::npos;
    if (auto word = plain_tracking(typed); has_digit && word.size() > 5) out.push_back(word);
    if (auto name = folded(typed); name.size() >= 2) out.push_back(cut("n:" + name));
    return out;
}

}  // namespace verso::records
