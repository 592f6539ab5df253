// SPDX-License-Identifier: Apache-2.0
#include "scanner/lab/answer_sheet.h"

#include <cmath>

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
    return filled;
}

StyleMix usual_styles() { return {0.25, 0.15, 0.27, 0.22, 0.04, 0.07, 0.0}; }

StyleMix only(MarkStyle style) {
    StyleMix mix{};
    for (std::size_t i = 0; i < mix.size(); ++i) mix.at(i) = kMarkStyles.at(i) == style ? 1 : 0;
    return mix;
}

void fill_card(GrayImage& image, const Homography& page_to_image, const ReadRegion& card,
               const FilledCard& filled, const StyleMix& styles, const Pen& pen,
               std::uint64_t seed) {
    constexpr double kKeepsStyle = 0.9;
    Rng rng(seed);
    const MarkStyle habit = draw_style(styles, rng);
    for (const Question& question : card.questions) {
        const auto answer = filled.answers.find(question.id);
        for (const MarkOption& option : question.options) {
            // Drawn for every box, so that one answer more does not change the marks of the others.
            const std::uint64_t mark_seed = rng.bits();
            const MarkStyle style = rng.chance(kKeepsStyle) ? habit : draw_style(styles, rng);
            if (answer == filled.answers.end() || answer->second != option.value) continue;
            draw_mark(image, page_to_image, option, style, pen, mark_seed);
        }
    }
    for (const HandwritingField& field : card.fields) {
        const std::uint64_t text_seed = rng.bits();
        if (filled.comment) draw_handwriting(image, page_to_image, field.box, pen, text_seed);
    }
}

}  // namespace verso::scanner::lab
