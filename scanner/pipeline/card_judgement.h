// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "core/domain/reading.h"
#include "scanner/fields/field_scorer.h"
#include "scanner/marks/box_alignment.h"
#include "scanner/marks/card_lines.h"
#include "scanner/marks/mark_classifier.h"
#include "scanner/marks/mark_scorer.h"
#include "scanner/registration/card_registration.h"

namespace verso::scanner {

/// All that was measured on one card, stage by stage: what the debug pictures show.
struct CardEvidence {
    const ReadRegion* region = nullptr;  ///< of a layout that outlives this
    Registration registration;
    std::vector<CardLine> lines;            ///< streaks and folds, looked for only in doubt
    std::vector<AlignedBox> boxes;          ///< every mark box, in layout order
    std::vector<MarkMeasures> measures;     ///< one per box
    std::vector<MarkJudgement> judgements;  ///< one per box
    std::vector<FieldMeasures> fields;      ///< one per handwriting field
};

/// From a placed card to answers, fields, reasons and verdict, put into `reading`. A card that
/// cannot be judged (too coarse, printed boxes not where the layout says) gets its reason and no
/// answers.
CardEvidence judge_card(const GrayImage& image, const ReadRegion& region,
                        const Registration& registration, Reading& reading);

}  // namespace verso::scanner
