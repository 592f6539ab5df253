// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/shop_name.h"

namespace verso::records {

Result<std::string> fold_shop_name(std::string_view name) {
    constexpr std::size_t kLongest = 40;  // with the home's path it stays far below any limit
    std::string folded;
    bool sound = !name.empty() && name.size() <= kLongest;
    for (const char c : name) {
        const bool capital = c >= 'A' && c <= 'Z';
        sound = sound && (capital || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
                          c == '_');
        folded += capital ? static_cast<char>(c - 'A' + 'a') : c;
    }
    if (sound) return folded;
    return Error{ErrorCode::ValueInvalid, "is no name of a shop", std::string(name.substr(0, 80)),
                 "use 1 to 40 letters of the English alphabet, digits, - and _"};
}

}  // namespace verso::records
