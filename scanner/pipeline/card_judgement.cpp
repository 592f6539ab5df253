// SPDX-License-Identifier: Apache-2.0
#include "scanner/pipeline/card_judgement.h"

#include <fmt/format.h>

#include <algorithm>

#include "scanner/pipeline/verdict_policy.h"

namespace verso::scanner {

namespace {

// 140 dpi. Below it a pen stroke of 0.3 mm is narrower than 1.7 pixels.
constexpr double kLeastPxPerMm = 5.5;
// Share of the printed outlines that must be found where the layout says. Filled, torn or streaked
// boxes hide theirs: half of them is far beyond what a buyer fills.
constexpr double kLeastOutlines = 0.5;
constexpr double kOutlineFound = 0.08;

double outlines_found(const std::vector<AlignedBox>& boxes) {
    if (boxes.empty()) return 0;
    const auto found = std::count_if(boxes.begin(), boxes.end(), [](const AlignedBox& box) {
        return box.own_shift && box.outline >= kOutlineFound;
    });
    return double(found) / double(boxes.size());
}

void add_answers(const ReadRegion& region, const std::vector<MarkJudgement>& judgements,
                 Reading& reading) {
    auto next = judgements.begin();
    for (const auto& question : region.questions) {
        const auto end = next + std::ptrdiff_t(question.options.size());
        reading.answers.push_back(classify_question(question, {next, end}, reading.reasons));
        next = end;
    }
}

}  // namespace

CardEvidence judge_card(const GrayImage& image, const ReadRegion& region,
                        const Registration& registration, Reading& reading) {
    CardEvidence evidence{&region, registration, {}, {}, {}, {}};
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
    for (const auto& measures : evidence.measures) {
        evidence.judgements.push_back(classify_mark(measures));
    }
    add_answers(region, evidence.judgements, reading);
    for (const auto& field : region.fields) {
        evidence.fields.push_back(
            score_field(image, registration.map, field.box, registration.tones));
        reading.fields.push_back({field.id, is_inked(evidence.fields.back()), ""});
    }
    decide_verdict(reading);
    return evidence;
}

}  // namespace verso::scanner
