// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/label_match.h"

#include <algorithm>
#include <array>

#include "core/domain/parcel_number.h"
#include "records/lifecycle/transition.h"

namespace verso::records {

namespace {

constexpr std::size_t kLongest = 256;  // no code on a parcel holds more
constexpr std::size_t kLeastPart = 8;
constexpr std::size_t kLeastCertainPart = 11;

constexpr EnumNames<MatchGrade, 3> kGrades{
    {{MatchGrade::Exact, "exact"}, {MatchGrade::Carrier, "carrier"}, {MatchGrade::Part, "part"}}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool are_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}
bool are_letters(std::string_view text) { return std::none_of(text.begin(), text.end(), is_digit); }

/// Collects the keys of one number; `text` is bare (capitals and digits).
class KeyFinder {
  public:
    explicit KeyFinder(std::string_view text) : text_(text) { add(text, MatchGrade::Exact); }

    std::vector<LabelKey> find() {
        find_sscc();
        find_s10();
        find_usps();
        find_fedex();
        find_ups();
        find_dpd();
        return std::move(keys_);
    }

  private:
    void add(std::string_view key, MatchGrade grade) {
        const bool known = std::any_of(keys_.begin(), keys_.end(),
                                       [&](const LabelKey& other) { return other.key == key; });
        if (!known) keys_.push_back({std::string(key), grade});
    }
    void add(std::string_view key) { add(key, MatchGrade::Carrier); }

    /// Whether the last digit is the GS1 check digit of the others (USPS has the same).
    static bool has_gs1_check(std::string_view digits) {
        return are_digits(digits) && digits.size() > 1 &&
               unsigned(digits.back() - '0') ==
                   gs1_check_digit(digits.substr(0, digits.size() - 1));
    }

    void find_sscc() {
        constexpr std::size_t kIdentified = 20;
        if (text_.size() < kIdentified) return;
        for (const auto part :
             {text_.substr(0, kIdentified), text_.substr(text_.size() - kIdentified)}) {
            if (part.starts_with("00") && has_gs1_check(part.substr(2))) add(part.substr(2));
        }
    }

    void find_s10() {
        constexpr std::size_t kLength = 13, kUnchecked = 12;
        for (std::size_t at = 0; at + kLength <= text_.size(); ++at) {
            const std::string_view part = text_.substr(at, kLength);
            if (are_letters(part.substr(0, 2)) && parse_s10(part)) add(part);
        }
        if (text_.size() != kUnchecked || !are_digits(text_.substr(2, 8))) return;
        if (!are_letters(text_.substr(0, 2)) || !are_letters(text_.substr(10))) return;
        std::uint32_t serial = 0;
        for (const char c : text_.substr(2, 8)) serial = serial * 10 + std::uint32_t(c - '0');
        add(format_s10({std::string(text_.substr(0, 2)), serial, std::string(text_.substr(10))}));
    }

    void find_usps() {
        if (!text_.starts_with("420")) return;
        for (const std::size_t prefix : {8u, 12u}) {
            if (text_.size() < prefix + 20) continue;
            const std::string_view rest = text_.substr(prefix);
            if (rest.size() <= 26 && rest.starts_with('9') && has_gs1_check(rest)) add(rest);
        }
    }

    /// Weights 3, 1, 7 … from the left, modulo 11, then modulo 10.
    static bool has_fedex_check(std::string_view digits) {
        constexpr std::array<unsigned, 3> kWeights{3, 1, 7};
        unsigned sum = 0;
        for (std::size_t i = 0; i + 1 < digits.size(); ++i) {
            sum += unsigned(digits[i] - '0') * kWeights.at(i % 3);
        }
        return unsigned(digits.back() - '0') == sum % 11 % 10;
    }

    void find_fedex() {
        if (!are_digits(text_)) return;
        if (text_.size() == 34 && has_fedex_check(text_.substr(22))) add(text_.substr(22));
        if (text_.size() == 22 && text_.starts_with("96") && has_gs1_check(text_.substr(7))) {
            add(text_.substr(7));
        }
    }

    /// Letters count as (code - 63) % 10, every second digit twice, what is lacking to the next
    /// ten.
    static bool has_ups_check(std::string_view number) {
        if (!is_digit(number.back())) return false;
        unsigned sum = 0;
        for (std::size_t i = 2; i + 1 < number.size(); ++i) {
            const char c = number[i];
            const unsigned value = is_digit(c) ? unsigned(c - '0') : unsigned(c - '?') % 10;
            sum += value * (i % 2 == 0 ? 1 : 2);
        }
        return unsigned(number.back() - '0') == (10 - sum % 10) % 10;
    }

    void find_ups() {
        constexpr std::size_t kLength = 18;
        for (std::size_t at = text_.find("1Z"); at != std::string_view::npos;
             at = text_.find("1Z", at + 1)) {
            const std::string_view part = text_.substr(at, kLength);
            if (part.size() == kLength && has_ups_check(part)) add(part);
        }
    }

    /// ISO/IEC 7064, MOD 37,36, over digits and capitals.
    static bool has_mod_37_36(std::string_view text) {
        unsigned product = 36;
        const auto value = [](char c) { return unsigned(is_digit(c) ? c - '0' : c - 'A' + 10); };
        for (const char c : text.substr(0, text.size() - 1)) {
            unsigned sum = (product + value(c)) % 36;
            if (sum == 0) sum = 36;
            product = sum * 2 % 37;
        }
        return (product + value(text.back())) % 36 == 1;
    }

    /// Postcode, number, service, country: 27 characters; gives the 14 of the number.
    void add_dpd(std::string_view text) {
        const std::string_view number = text.substr(7, 14);
        if (are_digits(number) && are_digits(text.substr(21, 6))) add(number);
    }

    void find_dpd() {
        constexpr std::size_t kWhole = 27, kNumber = 14;
        if (text_.size() == kWhole) add_dpd(text_);  // the tag % is no letter or digit
        if (text_.size() == kWhole + 1) {
            if (has_mod_37_36(text_)) {
                add_dpd(text_.substr(0, kWhole));
            } else {
                add_dpd(text_.substr(1));
            }
        }
        if (text_.size() == kNumber + 1 && are_digits(text_.substr(0, kNumber)) &&
            has_mod_37_36(text_)) {
            add(text_.substr(0, kNumber));
        }
    }

    std::string_view text_;
    std::vector<LabelKey> keys_;
};

/// The best way in which one known number is meant; nothing when it is not.
std::optional<LabelMatch> compare(std::span<const LabelKey> scanned,
                                  std::span<const std::string> parts, std::size_t index,
                                  std::string_view known) {
    std::optional<LabelMatch> best;
    const auto offer = [&](MatchGrade grade, std::size_t length) {
        const bool better =
            !best || grade < best->grade || (grade == best->grade && length > best->length);
        if (better) best = LabelMatch{index, grade, length};
    };
    for (const LabelKey& own : label_keys(known)) {
        for (const LabelKey& key : scanned) {
            if (key.key == own.key) offer(std::max(key.grade, own.grade), key.key.size());
        }
        for (const std::string& part : parts) {
            if (part == own.key) offer(MatchGrade::Part, part.size());
        }
    }
    return best;
}

}  // namespace

std::string_view to_string(MatchGrade grade) { return name_in(kGrades, grade); }

std::vector<LabelKey> label_keys(std::string_view number) {
    if (number.size() > kLongest) return {};
    const std::string bare = bare_number(number);
    if (bare.empty()) return {};
    return KeyFinder(bare).find();
}

std::vector<std::string> part_keys(std::string_view scanned) {
    if (scanned.size() > kLongest) return {};
    const std::string bare = bare_number(scanned);
    std::vector<std::string> keys;
    for (std::size_t length = bare.size(); length-- > kLeastPart;) {
        keys.push_back(bare.substr(0, length));
        keys.push_back(bare.substr(bare.size() - length));
    }
    return keys;
}

std::vector<LabelMatch> match_label(std::string_view scanned, std::span<const std::string> known) {
    const auto keys = label_keys(scanned);
    const auto parts = part_keys(scanned);
    std::vector<LabelMatch> matches;
    for (std::size_t i = 0; i < known.size(); ++i) {
        if (auto match = compare(keys, parts, i, known[i])) matches.push_back(*match);
    }
    std::stable_sort(matches.begin(), matches.end(), [](const auto& a, const auto& b) {
        return a.grade != b.grade ? a.grade < b.grade : a.length > b.length;
    });
    return matches;
}

std::optional<std::size_t> certain_match(std::span<const LabelMatch> matches) {
    if (matches.empty()) return std::nullopt;
    const LabelMatch& best = matches.front();
    if (matches.size() > 1 && matches[1].grade == best.grade) return std::nullopt;
    if (best.grade == MatchGrade::Part && best.length < kLeastCertainPart) return std::nullopt;
    return best.known;
}

}  // namespace verso::records
