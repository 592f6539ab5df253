// SPDX-License-Identifier: Apache-2.0
// How values of a foreign CSV become those of the neutral one.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "records/import/csv_mapping.h"

namespace verso::records {

namespace {

/// Small letters, for ASCII and the Latin letters of U+00C0 to U+00DE.
std::string lower(std::string_view text) {
    std::string out(text);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto byte = static_cast<unsigned char>(out[i]);
        const bool small_follows = i > 0 && out[i - 1] == '\xC3' && byte >= 0x80 && byte <= 0x9E;
        if ((byte >= 'A' && byte <= 'Z') || small_follows) out[i] = static_cast<char>(byte | 0x20);
    }
    return out;
}

/// ISO 3166-1: two letters, three letters, and names in English and the languages of our
/// catalogues.
constexpr std::array<std::string_view, 34> kCountries{
    "FR|FRA|france|frankreich|francia|francja|frankrijk",
    "DE|DEU|germany|allemagne|deutschland|alemania|germania|niemcy|duitsland",
    "BE|BEL|belgium|belgique|belgien|bélgica|belgio|belgia|belgië",
    "GB|GBR|united kingdom|royaume-uni|vereinigtes königreich|reino unido|regno unito|uk|great "
    "britain",
    "ES|ESP|spain|espagne|spanien|españa|spagna|hiszpania|spanje",
    "PL|POL|poland|pologne|polen|polonia|polska",
    "IT|ITA|italy|italie|italien|italia|włochy|italië",
    "NL|NLD|netherlands|pays-bas|niederlande|países bajos|paesi bassi|holandia|nederland|the "
    "netherlands",
    "LU|LUX|luxembourg|luxemburg|luxemburgo|lussemburgo|luksemburg",
    "CH|CHE|switzerland|suisse|schweiz|suiza|svizzera|szwajcaria|zwitserland",
    "AT|AUT|austria|autriche|österreich|oostenrijk",
    "PT|PRT|portugal|portogallo|portugalia",
    "IE|IRL|ireland|irlande|irland|irlanda|irlandia|ierland",
    "US|USA|united states|états-unis|vereinigte staaten|estados unidos|stati uniti|"
    "united states of america|stany zjednoczone|verenigde staten",
    "CA|CAN|canada|kanada|canadá",
    "DK|DNK|denmark|danemark|dänemark|dinamarca|danimarca|danmark|dania|denemarken",
    "SE|SWE|sweden|suède|schweden|suecia|svezia|sverige|szwecja|zweden",
    "NO|NOR|norway|norvège|norwegen|noruega|norvegia|norge|norwegia|noorwegen",
    "FI|FIN|finland|finlande|finnland|finlandia|suomi",
    "CZ|CZE|czechia|tchéquie|tschechien|chequia|cechia|czech republic|česko|czechy|tsjechië",
    "SK|SVK|slovakia|slovaquie|slowakei|eslovaquia|slovacchia|słowacja|slowakije",
    "HU|HUN|hungary|hongrie|ungarn|hungría|ungheria|węgry|hongarije",
    "RO|ROU|romania|roumanie|rumänien|rumania|rumunia|roemenië",
    "BG|BGR|bulgaria|bulgarie|bulgarien|bułgaria|bulgarije",
    "GR|GRC|greece|grèce|griechenland|grecia|grecja|griekenland",
    "HR|HRV|croatia|croatie|kroatien|croacia|croazia|chorwacja|kroatië",
    "SI|SVN|slovenia|slovénie|slowenien|eslovenia|słowenia|slovenië",
    "EE|EST|estonia|estonie|estland",
    "LV|LVA|latvia|lettonie|lettland|letonia|lettonia|łotwa|letland",
    "LT|LTU|lithuania|lituanie|litauen|lituania|litwa|litouwen",
    "MT|MLT|malta|malte",
    "CY|CYP|cyprus|chypre|zypern|chipre|cipro|cypr",
    "MC|MCO|monaco|mónaco",
    "JP|JPN|japan|japon|japón|giappone|japonia",
};

bool names(std::string_view line, std::string_view wanted) {
    while (!line.empty()) {
        const auto end = line.find('|');
        if (line.substr(0, end) == wanted) return true;
        line = end == line.npos ? std::string_view{} : line.substr(end + 1);
    }
    return false;
}

std::optional<int> number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || text.size() > 4 || error != std::errc{} ||
        end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

/// "5/10/2026", "05.10.2026", "5-10-26" as "2026-10-05"; nothing when it is no such day.
std::optional<std::string> day_of(std::string_view text, DayOrder order) {
    const auto first = text.find_first_of("/.-");
    if (first == text.npos) return std::nullopt;
    const auto second = text.find(text[first], first + 1);
    if (second == text.npos) return std::nullopt;
    const auto a = number(text.substr(0, first));
    const auto b = number(text.substr(first + 1, second - first - 1));
    auto c = number(text.substr(second + 1));
    if (!a || !b || !c) return std::nullopt;
    if (first == 4) return fmt::format("{:04}-{:02}-{:02}", *a, *b, *c);
    if (*c < 100) c = *c + 2000;
    const int day = order == DayOrder::DayFirst ? *a : *b;
    const int month = order == DayOrder::DayFirst ? *b : *a;
    return fmt::format("{:04}-{:02}-{:02}", *c, month, day);
}

}  // namespace

std::string neutral_day(std::string_view text, DayOrder order) {
    return day_of(text.substr(0, text.find_first_of(" T")), order).value_or(std::string(text));
}

std::string neutral_time(std::string_view text, DayOrder order) {
    const auto gap = text.find_first_of(" T");
    const auto day = day_of(text.substr(0, gap), order);
    if (!day) return std::string(text);
    std::string clock(gap == text.npos ? "00:00:00" : text.substr(gap + 1));
    if (clock.size() >= 4 && clock[1] == ':') clock.insert(0, "0");
    const bool only_minutes = clock.size() == 5 || (clock.size() > 5 && clock[5] != ':');
    if (only_minutes) clock.insert(5, ":00");
    return *day + "T" + clock;
}

std::string neutral_amount(std::string_view text, char decimal_mark) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool digit = c >= '0' && c <= '9';
        if (digit || (c == '-' && out.empty())) out += c;
        if (c == decimal_mark) out += '.';
    }
    // Words and two decimal marks are no amount: the value stays, to be refused as it is.
    const bool has_word = std::any_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    });
    const bool is_code =
        text.size() > 4 && has_word &&
        std::count_if(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; }) == 3;
    if ((has_word && !is_code) || std::count(out.begin(), out.end(), '.') > 1) {
        return std::string(text);
    }
    // Zeros beyond the cents say nothing.
    const auto point = out.find('.');
    while (point != out.npos && out.size() > point + 3 && out.back() == '0') out.pop_back();
    return out;
}

std::string neutral_country(std::string_view text) {
    const std::string small = lower(text);
    for (std::string_view line : kCountries) {
        const std::string_view code = line.substr(0, 2);
        if (lower(code) == small || lower(line.substr(3, 3)) == small ||
            names(line.substr(7), small)) {
            return std::string(code);
        }
    }
    return std::string(text);
}

}  // namespace verso::records
