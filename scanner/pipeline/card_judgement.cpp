// SPDX-License-Identifier: Apache-2.0
#include "scanner/pipeline/card_judgement.h"

#include <fmt/format.h>

#include <algorithm>

#include "scanner/marks/foreign_ink.h"
#include "scanner/marks/mark_model.h"
#include "scanner/marks/print_removal.h"
#include "scanner/piece/piece_print.h"
#include "scanner/pipeline/verdict_policy.h"

namespace verso::scanner {

namespace {

// 140 dpi. Below it a pen stroke of 0.3 mm is narrower than 1.7 pixels.
constexpr double kLeastPxPerMm = 5.5;
// Share of the printed outlines that must be found where the layout says. Filled, torn or streaked
// boxes hide theirs: half of them is far beyond what a buyer fills.
constexpr double kLeastOutlines = 0.5;
constexpr double kOutlineFound = 0.08;
// Score that whole ballpoint, gel and felt marks keep on the lab's faxes.
constexpr double kWholeMark = 0.98;

double outlines_found(const std::vector<AlignedBox>& boxes) {
    if (boxes.empty()) return 0;
    const auto found = std::count_if(boxes.begin(), boxes.end(), [](const AlignedBox& box) {
        return box.own_shift && box.outline >= kOutlineFound;
    });
    return double(found) / double(boxes.size());
}

/// True for a fax or a bilevel TIFF: nothing but one dark and one light value.
bool is_bilevel(const GrayImage& image) {
    constexpr std::size_t kStep = 61;  // a few ten thousand pixels are enough; prime to any width
    std::uint8_t dark = 255, light = 0;
    for (std::size_t i = 0; i < image.pixels.size(); i += kStep) {
        dark = std::min(dark, image.pixels[i]);
        light = std::max(light, image.pixels[i]);
    }
    std::size_t between = 0, seen = 0;
    for (std::size_t i = 0; i < image.pixels.size(); i += kStep, ++seen) {
        between += image.pixels[i] != dark && image.pixels[i] != light ? 1 : 0;
    }
    return between * 200 < seen;
}

/// A bilevel scan drops what is lighter than its threshold. When a mark of this card came through
/// only in part, others may be gone without a trace: its blank questions are not believed.
void doubt_lost_marks(const ReadRegion& region, const std::vector<MarkMeasures>& measures,
                      std::vector<MarkJudgement>& judgements) {
    bool broken = false;
    for (std::size_t i = 0; i < judgements.size(); ++i) {
        broken = broken || judgements[i].mark == MarkClass::Doubtful ||
                 (judgements[i].mark == MarkClass::Marked && mark_score(measures[i]) < kWholeMark);
    }
    if (!broken) return;
    auto next = judgements.begin();
    for (const auto& question : region.questions) {
        const auto end = next + std::ptrdiff_t(question.options.size());
        const bool blank =
            std::all_of(next, end, [](const auto& j) { return j.mark == MarkClass::Empty; });
        if (blank) {
            next->mark = MarkClass::Doubtful;
            next->probability = 0.5;
            next->doubt = "this bilevel scan has lost parts of other marks";
        }
        next = end;
    }
}

/// The questions' answers; what is doubtful is added to `reasons`.
std::vector<AnswerReading> answers_of(const CardEvidence& evidence, bool shades,
                                      std::vector<Rejection>& reasons) {
    std::vector<AnswerReading> out;
    std::size_t next = 0;
    const bool card = evidence.region->find_question(kOverallQuestion) != nullptr;
    for (const auto& question : evidence.region->questions) {
        const std::size_t count = question.options.size();
        const auto from = std::ptrdiff_t(next), to = std::ptrdiff_t(next + count);
        const QuestionEvidence boxes{
            {evidence.measures.begin() + from, evidence.measures.begin() + to},
            {evidence.judgements.begin() + from, evidence.judgements.begin() + to},
            habit_of(evidence.measures, evidence.judgements, next, count),
            card,
            shades};
        out.push_back(classify_question(question, boxes, reasons));
        next += count;
    }
    return out;
}

struct Judged {
    std::vector<AnswerReading> answers;
    std::vector<Rejection> doubts;
};

Judged judge_boxes(const GrayImage& image, CardEvidence& evidence) {
    evidence.judgements.clear();
    for (const auto& measures : evidence.measures) {
        evidence.judgements.push_back(classify_mark(measures));
    }
    const bool bilevel = is_bilevel(image);
    if (bilevel) {
        doubt_lost_marks(*evidence.region, evidence.measures, evidence.judgements);
    }
    Judged out;
    out.answers = answers_of(evidence, !bilevel, out.doubts);
    return out;
}

/// Where the ink of each inked box runs to, for those that overshoot.
void follow_ink(const GrayImage& image, CardEvidence& evidence) {
    constexpr double kOvershoots = 0.004, kMuchOutside = 0.05;
    // Of the pen's darkness inside: what is paler is another ink, or one that came off unevenly.
    constexpr double kSameInk = 0.65, kPalerInk = 0.45;
    for (std::size_t i = 0; i < evidence.boxes.size(); ++i) {
        MarkMeasures& measures = evidence.measures[i];
        if (measures.ink_share <= 0 || measures.far_share < kOvershoots) continue;
        const auto follow = [&](double darkness) {
            return ink_beyond(image, evidence.registration.map, evidence.boxes, i, darkness,
                              evidence.lines, evidence.registration.tones);
        };
        const InkBeyond beyond = follow(measures.peak * kSameInk);
        measures.beyond = beyond.reach;
        measures.ways_out = beyond.ways_out;
        measures.loose_ways = measures.far_share < kMuchOutside
                                  ? beyond.ways_out
                                  : follow(measures.peak * kPalerInk).ways_out;
    }
}

/// For a card on which something is doubtful: streaks and folds are found over the whole card and
/// taken away, and ink that runs on far beyond its box is told from marks.
Judged look_again(const GrayImage& image, CardEvidence& evidence) {
    const Registration& registration = evidence.registration;
    const auto papers = papers_of(evidence.boxes, registration.tones, registration.px_per_mm);
    evidence.lines =
        find_card_lines(image, registration.map, evidence.region->box, registration.tones);
    for (auto& box : evidence.boxes) {
        box.hidden = take_lines_away(box.patch, evidence.lines, registration.tones);
    }
    std::vector<bool> blank;
    for (const auto& judgement : evidence.judgements) blank.push_back(judgement.probability < 0.5);
    take_print_away(evidence.boxes, blank);
    evidence.measures =
        score_marks(evidence.boxes, papers, registration.tones, registration.px_per_mm);
    follow_ink(image, evidence);
    return judge_boxes(image, evidence);
}

}  // namespace

CardEvidence judge_card(const GrayImage& image, const ReadRegion& region,
                        const Registration& registration, Reading& reading) {
    CardEvidence evidence{&region, registration, {}, {}, {}, {}, {}};
    if (registration.px_per_mm < kLeastPxPerMm) {
        reading.reasons.push_back(
            {RejectionCode::LowResolution, "",
             fmt::format("{:.0f} dpi, marks need {:.0f}", registration.px_per_mm * kMmPerInch,
                         kLeastPxPerMm * kMmPerInch)});
    }
    evidence.boxes = align_boxes(image, registration.map, region, registration.tones);
    const double found = outlines_found(evidence.boxes);
    if (found < kLeastOutlines) {
        reading.reasons.push_back(
            {RejectionCode::Registration, "",
             fmt::format("only {:.0f} % of the printed boxes are where the layout has them",
                         found * 100)});
        reading.verdict = Verdict::Review;
        return evidence;
    }
    evidence.measures = score_marks(evidence.boxes, registration.tones, registration.px_per_mm);
    follow_ink(image, evidence);
    Judged judged = judge_boxes(image, evidence);
    if (!judged.doubts.empty()) judged = look_again(image, evidence);
    reading.answers = std::move(judged.answers);
    reading.reasons.insert(reading.reasons.end(), judged.doubts.begin(), judged.doubts.end());
    for (const auto& field : region.fields) {
        evidence.fields.push_back(
            score_field(image, registration.map, field.box, registration.tones));
        reading.fields.push_back({field.id, is_inked(evidence.fields.back()), ""});
    }
    reading.piece = piece_print(
        {image, region, registration, evidence.boxes, evidence.measures, reading.fields});
    decide_verdict(reading);
    return evidence;
}

}  // namespace verso::scanner
