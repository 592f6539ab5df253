// SPDX-License-Identifier: Apache-2.0
// One invented address for each country, as its post would print it, and addresses that no post
// has seen.
#include "generator/layout/postal_address.h"

#include <gmock/gmock.h>

#include "generator/layout/address_form.h"

namespace verso::generator {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Lines = std::vector<std::string>;

struct Case {
    Address given;
    Lines lines;
};

// name, company, line1, line2, postcode, city, region, country
const Case kCases[] = {
    {{"Zoë Roe", "", "12, rue de l’Église", "", "73000", "Chambéry", "", "FR"},
     {"Zoë Roe", "12 rue de l’Église", "73000 CHAMBÉRY"}},
    {{"Zoë Roe", "Exemple SA", "1 rue A", "Bât. C, étage 2", "73000", "Chambéry", "", "FR"},
     {"Zoë Roe", "Exemple SA", "Bât C étage 2", "1 rue A", "73000 CHAMBÉRY"}},
    {{"Zoë Roe", "", "1 rue A", "BP 12", "73000", "Chambéry Cedex", "", "FR"},
     {"Zoë Roe", "1 rue A", "BP 12", "73000 CHAMBÉRY CEDEX"}},
    {{"Jörg Roe", "", "Gartenstraße 115", "Hinterhaus", "D-50667", "Köln", "NW", "DE"},
     {"Jörg Roe", "Hinterhaus", "Gartenstraße 115", "50667 Köln"}},
    {{"Zoe Roe", "", "7 Rosemary Lane", "", "yo19tt", "York", "", "GB"},
     {"Zoe Roe", "7 Rosemary Lane", "YORK", "YO1 9TT"}},
    {{"Zoe Roe", "", "7 Rosemary Lane", "Flat 2", "SW1A.1AA", "London", "", "GB"},
     {"Zoe Roe", "7 Rosemary Lane", "Flat 2", "LONDON", "SW1A 1AA"}},
    {{"Zoe Roe", "", "12 Main St", "Apt 4", "100011234", "New York", "NY", "US"},
     {"Zoe Roe", "12 Main St Apt 4", "NEW YORK NY  10001-1234"}},
    {{"Zoe Roe", "Example Inc.", "12 Main St", "c/o Doe", "10001", "New York", "ny", "US"},
     {"Zoe Roe", "Example Inc.", "12 Main St", "c/o Doe", "NEW YORK NY  10001"}},
    {{"Zoe Roe", "", "Dorpsstraat 1", "", "1012lg", "Amsterdam", "", "NL"},
     {"Zoe Roe", "Dorpsstraat 1", "1012 LG  AMSTERDAM"}},
    {{"Zoé Roe", "", "Rue Haute 1 bte 3", "", "B-1000", "Bruxelles", "", "BE"},
     {"Zoé Roe", "Rue Haute 1 bte 3", "1000 BRUXELLES"}},
    {{"Zoé Roe", "", "Dorfgasse 1", "", "CH-8001", "Zürich", "ZH", "CH"},
     {"Zoé Roe", "Dorfgasse 1", "8001 Zürich"}},
    {{"Zoe Roe", "", "Calle Mayor, 1", "2º B", "28013", "Madrid", "M", "ES"},
     {"Zoe Roe", "Calle Mayor, 1", "2º B", "28013 MADRID"}},
    {{"Zoe Roe", "", "Calle Mayor, 1", "", "28804", "Alcalá de Henares", "Madrid", "ES"},
     {"Zoe Roe", "Calle Mayor, 1", "28804 ALCALÁ DE HENARES", "MADRID"}},
    {{"Zoe Roe", "", "Via Roma 1", "", "00184", "Roma", "RM", "IT"},
     {"Zoe Roe", "Via Roma 1", "00184 ROMA RM"}},
    {{"Zoe Roe", "", "Via Roma 1", "", "00184", "Roma", "Lazio", "IT"},
     {"Zoe Roe", "Via Roma 1", "00184 ROMA"}},
    {{"Zoe Roe", "", "ul. Długa 1", "", "00950", "Łódź", "", "PL"},
     {"Zoe Roe", "ul. Długa 1", "00-950 ŁÓDŹ"}},
    {{"Zoe Roe", "", "Dorfstraße 1", "", "1010", "Wien", "", "AT"},
     {"Zoe Roe", "Dorfstraße 1", "1010 Wien"}},
    {{"Zoe Roe", "", "Rua Nova 1", "", "1100 148", "Lisboa", "", "PT"},
     {"Zoe Roe", "Rua Nova 1", "1100-148 LISBOA"}},
    {{"Zoe Roe", "", "1 Grand-Rue", "", "L-1660", "Luxembourg", "", "LU"},
     {"Zoe Roe", "1 Grand-Rue", "1660 LUXEMBOURG"}},
    {{"Zoe Roe", "", "1 Main Street", "", "d02x285", "Dublin 2", "", "IE"},
     {"Zoe Roe", "1 Main Street", "Dublin 2", "D02 X285"}},
    {{"Zoe Roe", "", "Nygade 1", "", "1000", "København", "", "DK"},
     {"Zoe Roe", "Nygade 1", "1000 København"}},
    {{"Zoe Roe", "", "Storgatan 1", "", "11455", "Stockholm", "", "SE"},
     {"Zoe Roe", "Storgatan 1", "114 55 STOCKHOLM"}},
    {{"Zoe Roe", "", "Storgata 1", "", "0150", "Oslo", "", "NO"},
     {"Zoe Roe", "Storgata 1", "0150 OSLO"}},
    {{"Zoe Roe", "", "Katu 1", "", "00100", "Helsinki", "", "FI"},
     {"Zoe Roe", "Katu 1", "00100 HELSINKI"}},
    {{"Zoe Roe", "", "1 Main St", "", "k1a0b1", "Ottawa", "ON", "CA"},
     {"Zoe Roe", "1 Main St", "OTTAWA ON  K1A 0B1"}},
    {{"Zoe Roe", "", "1 Some Way", "", "10115", "Town", "Province", "XX"},
     {"Zoe Roe", "1 Some Way", "10115 Town", "Province"}},
};

TEST(PostalAddress, OfEachCountryAsItsPostWantsIt) {
    for (const Case& one : kCases) {
        const SetAddress set = set_address(one.given, "", Lettering::AsGiven);
        EXPECT_EQ(set.lines, one.lines) << one.given.country;
        EXPECT_THAT(set.warnings, IsEmpty()) << one.given.country;
        EXPECT_EQ(address_lines(one.given, ""), one.lines);
    }
}

TEST(PostalAddress, AbroadTheTownAndTheCountryAreInCapitalsAndTheCountryLast) {
    EXPECT_EQ(address_lines(kCases[3].given, "Allemagne"),
              (Lines{"Jörg Roe", "Hinterhaus", "Gartenstraße 115", "50667 KÖLN", "ALLEMAGNE"}));
}

TEST(PostalAddress, SortingLinesAreCapitalsWithoutStops) {
    const Address french{"Zoë Roe", "",         "12 rue A", "Bât. 4, étage 2",
                         "73000",   "Chambéry", "",         "FR"};
    EXPECT_EQ(sorting_lines(french, ""),
              (Lines{"ZOË ROE", "BÂT 4 ÉTAGE 2", "12 RUE A", "73000 CHAMBÉRY"}));
    const Address american{"Zoe Roe", "Example, Inc.", "P.O. Box 12", "",
                           "10001",   "St. Louis",     "MO",          "US"};
    EXPECT_EQ(sorting_lines(american, ""),
              (Lines{"ZOE ROE", "EXAMPLE INC", "PO BOX 12", "ST LOUIS MO  10001"}));
}

Address french(const std::string& name, const std::string& street) {
    return {name, "", street, "", "73000", "Chambéry", "", "FR"};
}

TEST(PostalAddress, AFrenchLineBeyond38CharactersGoesOnInAFreeOne) {
    const std::string fits = "12 avenue de la Très Longue Promenad X";
    ASSERT_EQ(fits.size(), 39U) << "38 characters: they are counted, not bytes";
    EXPECT_EQ(address_lines(french("Zoë Roe", fits), "").size(), 3U);
    EXPECT_EQ(address_lines(french("Zoë Roe", "1" + fits), "").size(), 4U);
    const SetAddress set =
        set_address(french("Zoë Roe", "12 avenue de la Très Longue Promenade des Exemples"), "",
                    Lettering::AsGiven);
    EXPECT_THAT(set.lines, ElementsAre("Zoë Roe", "12 avenue de la Très Longue Promenade",
                                       "des Exemples", "73000 CHAMBÉRY"));
    EXPECT_THAT(set.warnings, IsEmpty());
}

TEST(PostalAddress, WhatCannotBeBrokenIsToldAndPrintedWhole) {
    const std::string endless(50, 'x');
    SetAddress set = set_address(french("Zoë Roe", endless), "", Lettering::AsGiven);
    EXPECT_THAT(set.lines, ElementsAre("Zoë Roe", endless, "73000 CHAMBÉRY"));
    EXPECT_THAT(set.warnings, ElementsAre(HasSubstr("has 50 characters")));
    std::string words;
    for (int i = 0; i < 100; ++i) words += "mots ";  // 500 characters
    set = set_address(french("Zoë Roe", words), "FRANCE", Lettering::Capitals);
    ASSERT_EQ(set.lines.size(), 7U) << "six lines and the country";
    EXPECT_EQ(set.lines[5], "73000 CHAMBÉRY");
    std::string all;
    for (const auto& line : set.lines) all += line + " ";
    EXPECT_EQ(std::count(all.begin(), all.end(), 'M'), 101) << "no word was lost";
    EXPECT_THAT(set.warnings, ElementsAre(HasSubstr("reads 38 in a line")));
}

TEST(PostalAddress, TellsWhatIsMissing) {
    const auto warnings = [](const Address& address) {
        return set_address(address, "", Lettering::AsGiven).warnings;
    };
    EXPECT_THAT(warnings({"A", "", "B 1", "", "75001", "", "", "FR"}),
                ElementsAre(HasSubstr("no town")));
    EXPECT_THAT(warnings({"A", "", "B 1", "", "", "Paris", "", "FR"}),
                ElementsAre(HasSubstr("no postcode")));
    EXPECT_THAT(warnings({"A", "", "B 1", "", "7500", "Paris", "", "FR"}),
                ElementsAre("'7500' is no postcode of FR"));
    EXPECT_THAT(warnings({"A", "", "B 1", "", "", "Dublin", "", "IE"}), IsEmpty());
    EXPECT_THAT(warnings({"A", "", "B 1", "", "", "Doha", "", "QA"}), IsEmpty());
}

TEST(PostalAddress, AnEmptyAddressHasNoLines) {
    EXPECT_THAT(address_lines({}, ""), IsEmpty());
    for (const AddressForm& rule : address_forms()) {
        Address empty;
        empty.country = rule.country;
        EXPECT_THAT(address_lines(empty, ""), IsEmpty()) << rule.country;
        empty.city = "Town";
        EXPECT_EQ(address_lines(empty, "").size(), 1U) << "no blank before it: " << rule.country;
        EXPECT_EQ(sorting_lines(empty, "").front(), "TOWN");
    }
}

TEST(PostalAddress, HostileFieldsComeThroughWhole) {
    const std::string endless(500, 'x');
    const std::string broken = "\xff\xfe\xc3";
    for (const AddressForm& rule : address_forms()) {
        Address hostile{endless, "\t\n",  broken,  "a\r\nb",
                        endless, endless, endless, std::string(rule.country)};
        const SetAddress set = set_address(hostile, "", Lettering::AsGiven);
        EXPECT_EQ(set.lines.front(), endless);
        for (const auto& line : set.lines) {
            EXPECT_EQ(line.find('\n'), std::string::npos) << "a line stays a line";
            EXPECT_FALSE(line.empty());
        }
        EXPECT_FALSE(sorting_lines(hostile, "X").empty());
        EXPECT_FALSE(set.warnings.empty()) << "the postcode is none: " << rule.country;
    }
}

TEST(PostalAddress, TheCountryIsNamedInTheLanguageOfTheCountryOfPosting) {
    EXPECT_EQ(country_line("FR", "DE"), "ALLEMAGNE");
    EXPECT_EQ(country_line("DE", "FR"), "FRANKREICH");
    EXPECT_EQ(country_line("CH", "AT"), "AUTRICHE");
    EXPECT_EQ(country_line("SE", "FI"), "FINLAND");
    EXPECT_EQ(country_line("ES", "GB"), "REINO UNIDO");
    EXPECT_EQ(country_line("FR", "FR"), "");
    EXPECT_EQ(country_line("FR", ""), "");
    EXPECT_EQ(country_line("", "FR"), "");
}

TEST(PostalAddress, OneLine) {
    EXPECT_EQ(address_in_one_line(kCases[0].given),
              "Zoë Roe · 12, rue de l’Église · 73000 Chambéry");
}

}  // namespace
}  // namespace verso::generator
