// SPDX-License-Identifier: Apache-2.0
#include "generator/layout/postal_address.h"

#include <unicode/bytestream.h>
#include <unicode/casemap.h>

#include <algorithm>

namespace verso::generator {

namespace {

std::string joined(const std::string& left, const std::string& gap, const std::string& right) {
    if (left.empty()) return right;
    return right.empty() ? left : left + gap + right;
}

/// The lines below the street. Rules: Address data of the UPU as of 2024 for the countries that
/// differ from "postcode town".
std::vector<std::string> town_lines(const Address& a) {
    if (a.country == "GB") return {to_upper(a.city), to_upper(a.postcode)};
    if (a.country == "IE") return {a.city, a.region, a.postcode};
    if (a.country == "US" || a.country == "CA" || a.country == "AU") {
        return {joined(joined(a.city, " ", a.region), "  ", a.postcode)};
    }
    if (a.country == "NL") return {joined(a.postcode, "  ", to_upper(a.city))};
    if (a.country == "IT") return {joined(joined(a.postcode, " ", a.city), " ", a.region)};
    if (a.country == "FR" || a.country == "MC") return {joined(a.postcode, " ", to_upper(a.city))};
    return {joined(a.postcode, " ", a.city)};
}

}  // namespace

std::string to_upper(const std::string& text) {
    std::string out;
    icu::StringByteSink<std::string> sink(&out, int32_t(text.size()));
    UErrorCode status = U_ZERO_ERROR;
    icu::CaseMap::utf8ToUpper("", 0, icu::StringPiece(text.data(), int32_t(text.size())), sink,
                              nullptr, status);
    return U_SUCCESS(status) ? out : text;
}

std::vector<std::string> address_lines(const Address& address, const std::string& country_line) {
    std::vector<std::string> lines{address.name, address.company, address.line1, address.line2};
    for (auto& line : town_lines(address)) lines.push_back(std::move(line));
    lines.push_back(to_upper(country_line));
    std::erase(lines, "");
    return lines;
}

std::vector<std::string> sorting_lines(const Address& address, const std::string& country_line) {
    std::vector<std::string> lines = address_lines(address, country_line);
    for (auto& line : lines) {
        line = to_upper(line);
        std::erase_if(line, [](char c) { return c == ',' || c == '.'; });
    }
    return lines;
}

std::string address_in_one_line(const Address& address) {
    std::string out = joined(address.name, " · ", address.line1);
    out = joined(out, " · ", address.line2);
    return joined(out, " · ", joined(address.postcode, " ", address.city));
}

}  // namespace verso::generator
