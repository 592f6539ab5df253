// SPDX-License-Identifier: Apache-2.0
#include "scanner/lab/answer_sheet.h"

#include <vector>

#include "scanner/lab/random.h"

namespace verso::scanner::lab {

namespace {

MarkStyle draw_style(const StyleMix& styles, Rng& rng) {
    double sum = 0;
    for (double weight : styles) sum += weight;
    double left = rng.unit() * sum;
    for (std::size_t i = 0; i < styles.size(); ++i) {
        left -= styles.at(i);
        if (left < 0) return kMarkStyles.at(i);
    }
    return MarkStyle::Filled;
}

/// Another value of the question than `value`. Requires: two options or more.
int other_value(const Question& question, int value, Rng& rng) {
    const auto& options = question.options;
    auto at = static_cast<std::size_t>(rng.below(static_cast<int>(options.size())));
    if (options.at(at).value == value) at = (at + 1) % options.size();
    return options.at(at).value;
}

/// Chooses one answered question of several boxes, if there is one, and a box that is not it.
void add_slip(const ReadRegion& card, const Answers& answers, Answers& slips, Rng& rng) {
    std::vector<const Question*> candidates;
    for (const Question& question : card.questions) {
        if (question.options.size() > 1 && answers.count(question.id) != 0)
            candidates.push_back(&question);
    }
    if (candidates.empty()) return;
    const int which = rng.below(static_cast<int>(candidates.size()));
    const Question& question = *candidates.at(static_cast<std::size_t>(which));
    slips[question.id] = other_value(question, answers.at(question.id), rng);
}

/// What one writer does everywhere.
struct Hand {
    MarkStyle habit;
    const StyleMix& styles;
    const Pen& pen;
};

struct Sheet {
    GrayImage& image;
    const Homography& page_to_image;
};

/// One box: all of its draws are made, marked or not, so that one answer more does not change the
/// marks of the others.
void fill_option(const Sheet& sheet, const Question& question, const MarkOption& option,
                 const FilledCard& filled, const Hand& hand, Rng& rng) {
    constexpr double kKeepsStyle = 0.9;
    const auto chose = [&](const Answers& answers) {
        const auto answer = answers.find(question.id);
        return answer != answers.end() && answer->second == option.value;
    };
    const std::uint64_t mark_seed = rng.bits();
    const MarkStyle style = rng.chance(kKeepsStyle) ? hand.habit : draw_style(hand.styles, rng);
    const auto mark = [&](MarkStyle as) {
        draw_mark(sheet.image, sheet.page_to_image, option, as, hand.pen, mark_seed);
    };
    if (chose(filled.answers) || chose(filled.struck)) mark(style);
    if (chose(filled.struck))
        draw_strike(sheet.image, sheet.page_to_image, option, hand.pen, ~mark_seed);
    if (chose(filled.dots)) mark(MarkStyle::Dot);
}

}  // namespace

FilledCard random_answers(const ReadRegion& card, std::uint64_t seed,
                          const AnswerOptions& options) {
    Rng rng(seed);
    FilledCard filled;
    for (const Question& question : card.questions) {
        const int count = static_cast<int>(question.options.size());
        if (count == 0) continue;
        if (question.kind == QuestionKind::Tick) {
            if (rng.chance(options.tick))
                filled.answers[question.id] = question.options.front().value;
            continue;
        }
        const bool overall = question.id == kOverallQuestion;
        const bool blank = rng.chance(overall ? options.blank_overall : options.blank_question);
        // Half of the draws keep to the upper half, the others take any.
        const int any = rng.below(count);
        const int high = count - 1 - static_cast<int>(rng.unit() * rng.unit() * count);
        const int chosen = rng.chance(0.5) ? high : any;
        if (!blank)
            filled.answers[question.id] =
                question.options.at(static_cast<std::size_t>(chosen)).value;
    }
    filled.comment = !card.fields.empty() && rng.chance(options.comment);
    if (rng.chance(options.correction)) add_slip(card, filled.answers, filled.struck, rng);
    if (rng.chance(options.dot)) add_slip(card, filled.answers, filled.dots, rng);
    return filled;
}

StyleMix usual_styles() { return {0.25, 0.15, 0.27, 0.22, 0.04, 0.07}; }

StyleMix only(MarkStyle style) {
    StyleMix mix{};
    for (std::size_t i = 0; i < mix.size(); ++i) mix.at(i) = kMarkStyles.at(i) == style ? 1 : 0;
    return mix;
}

void fill_card(GrayImage& image, const Homography& page_to_image, const ReadRegion& card,
               const FilledCard& filled, const StyleMix& styles, const Pen& pen,
               std::uint64_t seed) {
    Rng rng(seed);
    const Hand hand{draw_style(styles, rng), styles, pen};
    for (const Question& question : card.questions) {
        for (const MarkOption& option : question.options)
            fill_option({image, page_to_image}, question, option, filled, hand, rng);
    }
    for (const HandwritingField& field : card.fields) {
        const std::uint64_t text_seed = rng.bits();
        if (filled.comment) draw_handwriting(image, page_to_image, field.box, pen, text_seed);
    }
}

}  // namespace verso::scanner::lab
