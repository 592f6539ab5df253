// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/pick_order.h"

#include <algorithm>

namespace verso::records {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_mark(char c) { return std::string_view(" \t-_./:#").find(c) != std::string_view::npos; }
char folded(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Takes the digits from the front of the text, without leading zeros.
std::string_view take_number(std::string_view& text) {
    const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
    std::string_view digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    text.remove_prefix(digits.size());
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
    return digits;
}

/// By value, whatever their length: no number is made of them.
int compare_digits(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
    return a.compare(b);
}

}  // namespace

int compare_naturally(std::string_view a, std::string_view b) {
    std::string_view left = a, right = b;
    while (!left.empty() && !right.empty()) {
        if (is_digit(left.front()) && is_digit(right.front())) {
            const int numbers = compare_digits(take_number(left), take_number(right));
            if (numbers != 0) return numbers;
            continue;
        }
        const auto x = static_cast<unsigned char>(folded(left.front()));
        const auto y = static_cast<unsigned char>(folded(right.front()));
        if (x != y) return x < y ? -1 : 1;
        left.remove_prefix(1);
        right.remove_prefix(1);
    }
    if (left.empty() != right.empty()) return left.empty() ? -1 : 1;
    return a.compare(b);  // "A-02" and "a-2" are two texts, always in the same order
}

bool is_picked_before(const PickKey& a, const PickKey& b) {
    if (a.bin.empty() != b.bin.empty()) return b.bin.empty();
    if (const int bins = compare_naturally(a.bin, b.bin); bins != 0) return bins < 0;
    if (const int orders = compare_naturally(a.order, b.order); orders != 0) return orders < 0;
    return a.parcel < b.parcel;
}

std::string first_bin(const Order& order, int parcel) {
    const auto found = std::find_if(order.lines.begin(), order.lines.end(),
                                    [&](const OrderLine& line) { return line.parcel == parcel; });
    return found != order.lines.end() ? found->bin : "";
}

std::string pick_group(std::string_view bin) {
    const auto start = std::find_if_not(bin.begin(), bin.end(), is_mark);
    if (start == bin.end()) return std::string(bin);
    const bool digits = is_digit(*start);
    const auto end =
        std::find_if(start, bin.end(), [&](char c) { return is_mark(c) || is_digit(c) != digits; });
    return {start, end};
}

}  // namespace verso::records
