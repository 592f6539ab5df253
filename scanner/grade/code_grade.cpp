// SPDX-License-Identifier: Apache-2.0
#include "scanner/grade/code_grade.h"

#include <algorithm>

namespace verso::scanner {

char CodeGrade::letter() const {
    if (grade >= 3.5) return 'A';
    if (grade >= 2.5) return 'B';
    if (grade >= 1.5) return 'C';
    return grade >= 0.5 ? 'D' : 'F';
}

std::string_view CodeGrade::weakest() const {
    const auto least =
        std::min_element(values.begin(), values.end(),
                         [](const auto& a, const auto& b) { return a.grade < b.grade; });
    return least == values.end() || least->grade >= 4 ? std::string_view() : least->name;
}

}  // namespace verso::scanner
