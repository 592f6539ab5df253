// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/util/result.h"

namespace verso {

// Numbers that parcels are known by: UPU standard S10 (13 characters) and GS1's SSCC (18 digits).

/// The last serial of an S10 number: eight digits.
inline constexpr std::uint64_t kLastS10Serial = 99'999'999;

/// "RR473124829GB" taken apart; its check digit is not kept.
struct S10Number {
    std::string service;  ///< two capital letters
    std::uint32_t serial = 0;
    std::string country;  ///< of the post that gave the number, ISO 3166-1
    friend bool operator==(const S10Number&, const S10Number&) = default;
};

/// Who may number items by a service indicator, by its first letter (UPU S10, section 5).
enum class S10Use {
    International,  ///< a service of the international post: C E H L M R U V, QA to QM
    Bilateral,      ///< domestic, or as two posts agreed: A B D N P Z
    None,           ///< reserved or not assigned; also what is not two capital letters
};
S10Use s10_use(std::string_view service);

/// The check digit of eight digits: weights 8 6 4 2 3 5 9 7, 11 less the sum modulo 11, of which 10
/// becomes 0 and 11 becomes 5 (UPU S10, section 4). Requires: serial <= kLastS10Serial.
unsigned s10_check_digit(std::uint32_t serial);

/// "RR473124829GB". Requires: service and country of two capital letters, serial as above.
std::string format_s10(const S10Number& number);
/// "RR 473 124 829 GB", for people (UPU S10, section 8).
std::string format_s10_text(const S10Number& number);
/// Reads either form, in any case. ValueInvalid: the message says what is wrong.
Result<S10Number> parse_s10(std::string_view text);

/// What a shop numbers its own SSCCs from: extension digit, company prefix, and the serial fills
/// the rest of 17 digits.
struct SsccSeries {
    unsigned extension = 0;      ///< 0 to 9
    std::string company_prefix;  ///< as GS1 allotted it, 4 to 12 digits

    /// 10^(16 - digits of the prefix) - 1. Requires: a sound series.
    std::uint64_t last_serial() const;
};
/// ValueInvalid when extension or prefix cannot be meant.
Result<void> check_series(const SsccSeries& series);

/// GS1's check digit: weights 3, 1, 3 … from the right, what is lacking to the next ten (GS1
/// General Specifications, section 7.9). Requires: digits only.
unsigned gs1_check_digit(std::string_view digits);

/// The 18 digits. Requires: a sound series, serial <= series.last_serial().
std::string format_sscc(const SsccSeries& series, std::uint64_t serial);
/// "(00) 0 9528765 432101234 6", for people. Requires: `sscc` is of that series.
std::string format_sscc_text(const SsccSeries& series, std::string_view sscc);
/// Reads 18 digits, also behind the application identifier 00, as scanners and labels give them:
/// "(00)…", "00…", spaces, FNC1. Gives the 18 digits. ValueInvalid: the message says what is wrong.
Result<std::string> parse_sscc(std::string_view text);

/// What is left of a number when everything is taken away that printers and scanners put around it:
/// the symbology identifier (]C1), FNC1, brackets, spaces, hyphens, full stops; capitals.
std::string bare_number(std::string_view text);

/// Whether the content of a code is the number that was announced. Bars often say more than the
/// number (a postcode before it, an application identifier, a check digit behind it), so it is
/// enough that the code begins or ends with it; but never in the midst, and a number of fewer than
/// eight characters must be the whole. Two texts without any letter or digit are never the same.
bool is_same_number(std::string_view read, std::string_view announced);

}  // namespace verso
