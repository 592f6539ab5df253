// SPDX-License-Identifier: Apache-2.0
#include "core/domain/parcel_number.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>

namespace verso {

namespace {

constexpr std::size_t kS10Length = 13;
constexpr std::size_t kS10Digits = 8;
constexpr std::size_t kSsccLength = 18;
constexpr std::size_t kShortestPrefix = 4, kLongestPrefix = 12;  // GS1 company prefixes
constexpr std::size_t kLongestText = 256;  // no code that we read holds more; bounds messages too

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

bool are_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }
bool are_capitals(std::string_view text) {
    return std::all_of(text.begin(), text.end(), is_capital);
}

std::uint64_t number_of(std::string_view digits) {
    std::uint64_t number = 0;
    for (const char c : digits) number = number * 10 + std::uint64_t(c - '0');
    return number;
}

Error invalid(std::string_view text, const std::string& why, std::string cure = "") {
    constexpr std::size_t kShown = 40;
    const bool cut = text.size() > kShown;
    return {ErrorCode::ValueInvalid,
            fmt::format("'{}{}' {}", text.substr(0, kShown), cut ? "…" : "", why), "",
            std::move(cure)};
}

/// The digits of an SSCC: 18, or 20 that begin with its application identifier.
std::string_view without_identifier(std::string_view digits) {
    const bool identified = digits.size() == kSsccLength + 2 && digits.starts_with("00");
    return identified ? digits.substr(2) : digits;
}

}  // namespace

S10Use s10_use(std::string_view service) {
    if (service.size() != 2 || !are_capitals(service)) return S10Use::None;
    const char first = service[0];
    if (first == 'Q') return service[1] <= 'M' ? S10Use::International : S10Use::None;
    if (std::string_view("CEHLMRUV").find(first) != std::string_view::npos) {
        return S10Use::International;
    }
    if (std::string_view("ABDNPZ").find(first) != std::string_view::npos) return S10Use::Bilateral;
    return S10Use::None;
}

unsigned s10_check_digit(std::uint32_t serial) {
    assert(serial <= kLastS10Serial);
    constexpr std::array<unsigned, kS10Digits> kFromTheRight{7, 9, 5, 3, 2, 4, 6, 8};
    unsigned sum = 0;
    for (const unsigned weight : kFromTheRight) {
        sum += serial % 10 * weight;
        serial /= 10;
    }
    const unsigned check = 11 - sum % 11;
    if (check == 10) return 0;
    return check == 11 ? 5 : check;
}

std::string format_s10(const S10Number& number) {
    return fmt::format("{}{:08}{}{}", number.service, number.serial, s10_check_digit(number.serial),
                       number.country);
}

std::string format_s10_text(const S10Number& number) {
    const std::string whole = format_s10(number);
    return fmt::format("{} {} {} {} {}", whole.substr(0, 2), whole.substr(2, 3), whole.substr(5, 3),
                       whole.substr(8, 3), whole.substr(11));
}

Result<S10Number> parse_s10(std::string_view text) {
    if (text.size() > kLongestText) return invalid(text, "is too long for a parcel number");
    const std::string bare = bare_number(text);
    const std::string_view view(bare);
    if (view.size() != kS10Length) {
        return invalid(text, fmt::format("has {} characters, a number as RR473124829GB has {}",
                                         view.size(), kS10Length));
    }
    const auto service = view.substr(0, 2), digits = view.substr(2, 9), country = view.substr(11);
    if (!are_capitals(service) || !are_digits(digits) || !are_capitals(country)) {
        return invalid(text, "is not two letters, nine digits and two letters of a country");
    }
    const auto serial = static_cast<std::uint32_t>(number_of(digits.substr(0, kS10Digits)));
    if (unsigned(digits.back() - '0') != s10_check_digit(serial)) {
        return invalid(text, "does not agree with its check digit: a digit is wrong or swapped");
    }
    return S10Number{std::string(service), serial, std::string(country)};
}

std::uint64_t SsccSeries::last_serial() const {
    assert(company_prefix.size() <= 16);
    std::uint64_t end = 1;
    for (std::size_t digits = company_prefix.size(); digits < 16; ++digits) end *= 10;
    return end - 1;
}

Result<void> check_series(const SsccSeries& series) {
    if (series.extension > 9) {
        return Error{ErrorCode::ValueInvalid, "the extension of an SSCC is one digit", "", ""};
    }
    const std::string& prefix = series.company_prefix;
    if (prefix.size() < kShortestPrefix || prefix.size() > kLongestPrefix || !are_digits(prefix)) {
        return invalid(prefix, fmt::format("is not a GS1 company prefix of {} to {} digits",
                                           kShortestPrefix, kLongestPrefix));
    }
    return {};
}

unsigned gs1_check_digit(std::string_view digits) {
    assert(are_digits(digits));
    unsigned sum = 0, weight = 3;
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
        sum += unsigned(*digit - '0') * weight % 10;
        weight = 4 - weight;
    }
    return (10 - sum % 10) % 10;
}

std::string format_sscc(const SsccSeries& series, std::uint64_t serial) {
    assert(serial <= series.last_serial());
    const std::string body = fmt::format("{}{}{:0{}}", series.extension, series.company_prefix,
                                         serial, 16 - series.company_prefix.size());
    return body + char('0' + gs1_check_digit(body));
}

std::string format_sscc_text(const SsccSeries& series, std::string_view sscc) {
    assert(sscc.size() == kSsccLength);
    const std::size_t prefix = series.company_prefix.size();
    return fmt::format("(00) {} {} {} {}", sscc.substr(0, 1), sscc.substr(1, prefix),
                       sscc.substr(1 + prefix, 16 - prefix), sscc.substr(17));
}

Result<std::string> parse_sscc(std::string_view text) {
    if (text.size() > kLongestText) return invalid(text, "is too long for a parcel number");
    const std::string bare = bare_number(text);
    const std::string_view digits = without_identifier(bare);
    if (!are_digits(digits)) return invalid(text, "has a character that is no digit");
    if (digits.size() != kSsccLength) {
        return invalid(text,
                       fmt::format("has {} digits, an SSCC has {}", digits.size(), kSsccLength));
    }
    if (unsigned(digits.back() - '0') != gs1_check_digit(digits.substr(0, kSsccLength - 1))) {
        return invalid(text, "does not agree with its check digit: a digit is wrong or swapped");
    }
    return std::string(digits);
}

std::string bare_number(std::string_view text) {
    constexpr std::size_t kIdentifier = 3;  // ISO/IEC 15424: "]", a letter, a digit
    if (text.size() >= kIdentifier && text.front() == ']') text.remove_prefix(kIdentifier);
    std::string bare;
    for (const char c : text) {
        if (is_digit(c) || is_capital(c)) bare += c;
        if (c >= 'a' && c <= 'z') bare += char(c - 'a' + 'A');
    }
    return bare;
}

bool is_same_number(std::string_view read, std::string_view announced) {
    constexpr std::size_t kLeastPart = 8;
    const std::string whole = bare_number(read), wanted = bare_number(announced);
    if (wanted.empty() || whole.empty()) return false;
    if (whole == wanted) return true;
    // A person may have written the SSCC with its application identifier, the bars are without.
    if (without_identifier(whole) == without_identifier(wanted)) return true;
    if (wanted.size() < kLeastPart) return false;
    return whole.starts_with(wanted) || whole.ends_with(wanted);
}

}  // namespace verso
