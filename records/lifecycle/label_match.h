// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace verso::records {

// Which parcel is it? What a scanner gives is rarely the number that the shop knows: carriers put
// routing before it and check digits behind it. A number is looked up under keys, so that a
// database can do it with an index; what is ambiguous stays so. Pure.

/// How a scanned code and a known number are the same, best first.
enum class MatchGrade {
    Exact,    ///< equal but for blanks, case, punctuation and symbology identifier
    Carrier,  ///< equal once a form that a carrier documents is taken apart
    Part,     ///< the code begins or ends with the number
};
/// "exact", "carrier", "part".
std::string_view to_string(MatchGrade grade);

/// One text under which a number is found.
struct LabelKey {
    std::string key;
    MatchGrade grade = MatchGrade::Exact;
    friend bool operator==(const LabelKey&, const LabelKey&) = default;
};

/// The keys of a number, Exact first, then those of Carrier: what the store keeps for each known
/// number and looks up for each scanned one. None for a text without letter or digit, or of more
/// than 256 bytes. The forms:
///  - GS1: "00" and an SSCC, whatever stands behind or before it (General Specifications, 3.2);
///  - UPU S10 in the midst of more, and without its check digit;
///  - USPS: 420, ZIP of 5 or 9 digits, then the number (Publication 199);
///  - FedEx: the 12 digits at the end of 34, and the 15 at the end of "96" and 20 (Ground 96);
///  - UPS: "1Z" and 16 characters in the midst of more;
///  - DPD: % or another tag, postcode of 7, number of 14, service of 3, country of 3, and the same
///    with a check character behind it; 14 digits and their check character (ISO 7064 MOD 37,36).
/// Each is taken only with a right check digit, where it has one.
std::vector<LabelKey> label_keys(std::string_view number);

/// Every beginning and every end of a scanned code, of eight characters at least, longest first:
/// what else to look up when none of its keys is known.
std::vector<std::string> part_keys(std::string_view scanned);

/// A number that may be meant.
struct LabelMatch {
    std::size_t known = 0;  ///< its index in what was given
    MatchGrade grade = MatchGrade::Exact;
    std::size_t length = 0;  ///< of the text that they share
    friend bool operator==(const LabelMatch&, const LabelMatch&) = default;
};

/// All candidates, best grade first, then the longer, then as given. Never a guess: two that are
/// equally good are both here.
std::vector<LabelMatch> match_label(std::string_view scanned, std::span<const std::string> known);

/// The one that is meant, if no person need be asked: it alone has the best grade, and, where that
/// is Part, at least eleven characters agree. (Of ten million random numbers of eight digits, every
/// tenth code would end with one.)
std::optional<std::size_t> certain_match(std::span<const LabelMatch> matches);

}  // namespace verso::records
