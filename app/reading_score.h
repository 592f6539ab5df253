// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/labelled_folder.h"
#include "core/domain/reading.h"

namespace verso::app {

/// How the cards or the questions of labelled pictures were read.
struct AnswerTally {
    int right = 0;   ///< accepted, and what was meant
    int review = 0;  ///< sent to a person, with or without need
    int wrong = 0;   ///< accepted with anything else
    int all() const { return right + review + wrong; }
};

/// What a reader made of labelled pictures, added up picture by picture.
struct ReadingScore {
    int pictures = 0;
    AnswerTally cards;
    std::map<std::string, AnswerTally> questions;
    int named = 0;         ///< cards whose identity was found and right
    int misnamed = 0;      ///< readings under an identity that is not on the picture; also wrong
    int refused = 0;       ///< cards to be refused that were; among cards.right
    int boxes = 0;         ///< mark boxes that were judged
    double read_ms = 0;    ///< processor time, decoding included
    double decode_ms = 0;  ///< of decoding alone, the same files
    std::map<std::string, int> reasons;  ///< cards in review that have it
    std::vector<std::string> faults;     ///< "FILE: overall: marked 4, read 5"

    /// Cards that are read straight through, of those that may be.
    double straight_share() const;
    void add(const LabelledPicture& picture, const std::vector<Reading>& readings);
};

/// The first thing in which a reading differs from the label, whatever its verdict; nothing when it
/// says the same.
std::optional<std::string> find_difference(const CardLabel& label, const Reading& reading);

}  // namespace verso::app
