// SPDX-License-Identifier: Apache-2.0
#include "generator/layout/address_form.h"

#include <algorithm>
#include <array>

namespace verso::generator {

namespace {

// AFNOR NF Z10-011: what is inside of the building stands above the street, what is about the place
// (lieu-dit, BP, CS) below it.
constexpr std::string_view kFrenchInner =
    "APP APPT APT APPARTEMENT BAT BÂT BATIMENT BÂTIMENT BOITE BOÎTE CHEZ ENTREE ENTRÉE ESC "
    "ESCALIER ETAGE ÉTAGE HALL IMM IMMEUBLE PORTE RES RÉS RESIDENCE RÉSIDENCE TOUR";
// USPS Publication 28, section 213: a secondary unit stands behind the street, in its line.
constexpr std::string_view kUnits =
    "# APARTMENT APT BLDG BUILDING FL FLOOR LOT PH RM ROOM SPC STE SUITE TRLR UNIT";

// The order of lines and the capitals: Universal Postal Union, addressing systems of the countries,
// and the posts' own pages. France: AFNOR NF Z10-011. Germany: DIN 5008, the addition above the
// street. Netherlands: two blanks before the town. Britain: the postcode alone in the last line.
constexpr std::array kForms{
    AddressForm{"AT", "N/O/1/2/Z C", "9999", "", 0, 0, false},
    AddressForm{"AU", "N/O/1/2/^C ^S  Z", "9999", "", 0, 0, false},
    AddressForm{"BE", "N/O/1/2/Z ^C", "9999", "", 0, 0, false},
    AddressForm{"CA", "N/O/1 b/a/^C ^S  Z", "A9A 9A9", kUnits, 0, 0, false},
    AddressForm{"CH", "N/O/1/2/Z C", "9999", "", 0, 0, false},
    AddressForm{"DE", "N/O/2/1/Z C", "99999", "", 0, 0, false},
    AddressForm{"DK", "N/O/1/2/Z C", "9999", "", 0, 0, false},
    AddressForm{"ES", "N/O/1/2/Z ^C/^S", "99999", "", 0, 0, false},
    AddressForm{"FI", "N/O/1/2/Z ^C", "99999", "", 0, 0, false},
    AddressForm{"FR", "N/O/b/1/a/Z ^C", "99999", kFrenchInner, 38, 6, true},
    AddressForm{"GB", "N/O/1/2/^C/Z", "** 9AA|*** 9AA|**** 9AA", "", 0, 0, false},
    AddressForm{"IE", "N/O/1/2/C/S/Z", "*** ****|", "", 0, 0, false},
    AddressForm{"IT", "N/O/1/2/Z ^C ^S", "99999", "", 0, 0, false},
    AddressForm{"LU", "N/O/1/2/Z ^C", "9999", "", 0, 0, false},
    AddressForm{"MC", "N/O/b/1/a/Z ^C", "99999", kFrenchInner, 38, 6, true},
    AddressForm{"NL", "N/O/1/2/Z  ^C", "9999 AA", "", 0, 0, false},
    AddressForm{"NO", "N/O/1/2/Z ^C", "9999", "", 0, 0, false},
    AddressForm{"PL", "N/O/1/2/Z ^C", "99-999", "", 0, 0, false},
    AddressForm{"PT", "N/O/1/2/Z ^C", "9999-999", "", 0, 0, false},
    AddressForm{"SE", "N/O/1/2/Z ^C", "999 99", "", 0, 0, false},
    AddressForm{"US", "N/O/1 b/a/^C ^S  Z", "99999|99999-9999", kUnits, 0, 0, false},
};

constexpr AddressForm kOther{"", "N/O/1/2/Z C/S", "", "", 0, 0, false};

}  // namespace

const AddressForm& address_form(std::string_view country) {
    const auto found = std::find_if(kForms.begin(), kForms.end(), [&](const AddressForm& rule) {
        return rule.country == country;
    });
    return found != kForms.end() ? *found : kOther;
}

std::span<const AddressForm> address_forms() { return kForms; }

std::string_view posting_language(std::string_view country) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kLanguages{{
        {"AT", "de"},
        {"BE", "fr"},
        {"CH", "fr"},
        {"DE", "de"},
        {"ES", "es"},
        {"FR", "fr"},
        {"IT", "it"},
        {"LI", "de"},
        {"LU", "fr"},
        {"MC", "fr"},
        {"NL", "nl"},
        {"PL", "pl"},
        {"PT", "pt"},
        {"GB", "en"},
    }};
    for (const auto& [code, language] : kLanguages) {
        if (code == country) return language;
    }
    return "en";
}

}  // namespace verso::generator
