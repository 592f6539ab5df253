// SPDX-License-Identifier: Apache-2.0
#include "scanner/lab/style_set.h"

namespace verso::scanner::lab {

// Marks in the order of kMarkStyles, pens in that of pens().

StyleSet filled_styles() {
    StyleSet set;
    set.marks = only(MarkStyle::Filled);
    set.pens = {0.5, 0.25, 0.15, 0.1};
    return set;
}

StyleSet mixed_styles() {
    StyleSet set;
    set.marks = usual_styles();
    set.pens = {0.40, 0.18, 0.12, 0.18, 0.07, 0, 0.05};
    return set;
}

StyleSet hard_styles() {
    StyleSet set;
    set.marks = {0.04, 0.05, 0.12, 0.38, 0.28, 0.05, 0, 0.04, 0.04};
    set.pens = {0.22, 0.10, 0.03, 0.20, 0.22, 0.20, 0.03};
    set.answers.correction = 0.10;
    set.answers.dot = 0.05;
    return set;
}

StyleSet corrected_styles() {
    StyleSet set = mixed_styles();
    set.answers.correction = 1;
    return set;
}

std::optional<StyleSet> find_styles(std::string_view name) {
    if (name == "filled") return filled_styles();
    if (name == "mixed" || name == "usual") return mixed_styles();
    if (name == "hard") return hard_styles();
    if (name == "corrected") return corrected_styles();
    StyleSet set = mixed_styles();
    for (MarkStyle style : kMarkStyles) {
        if (name != to_string(style)) continue;
        set.marks = only(style);
        return set;
    }
    for (std::size_t i = 0; i < pens().size(); ++i) {
        if (name != pens().at(i).name) continue;
        set.pens = {};
        set.pens.at(i) = 1;
        return set;
    }
    return std::nullopt;
}

Pen take_pen(const StyleSet& set, Rng& rng) {
    double sum = 0;
    for (double weight : set.pens) sum += weight;
    double left = rng.unit() * sum;
    for (std::size_t i = 0; i < set.pens.size(); ++i) {
        left -= set.pens.at(i);
        if (left < 0) return vary(pens().at(i), rng);
    }
    return vary(pens().front(), rng);
}

}  // namespace verso::scanner::lab
