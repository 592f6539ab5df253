// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/card/card_layout.h"
#include "core/domain/answer.h"
#include "core/util/result.h"

namespace verso::app {

/// What stands on one card, as its writer meant it.
struct CardLabel {
    std::optional<CardId> card;  ///< none: any card
    Answers answers;             ///< a question that is not named is blank
    bool refuse = false;         ///< to be accepted by no reader: not a card, or not to be trusted
};

/// One picture and all the cards on it.
struct LabelledPicture {
    std::filesystem::path file;
    std::vector<CardLabel> cards;
};

/// Reads the labels of a folder, in the order of the pictures' names: truth.jsonl, or a NAME.json
/// beside each NAME.jpg (docs/formats/labelled-folder.md). Errors: NotFound (no such folder, no
/// labels, a label without its picture), FileUnreadable, FormatInvalid (file and line).
Result<std::vector<LabelledPicture>> load_labels(const std::filesystem::path& folder);

/// One line of truth.jsonl; `folder` is where its file lies. FormatInvalid, ValueInvalid.
Result<LabelledPicture> parse_label(std::string_view json, const std::filesystem::path& folder);
/// The line of a picture, without its end. A pure inverse of parse_label but for the folder.
std::string to_json(const LabelledPicture& picture);

/// Layouts one on a line, as `verso template regions --json` prints them. NotFound, FileUnreadable,
/// FormatInvalid (file and line).
Result<std::vector<Layout>> load_layouts(const std::filesystem::path& file);

}  // namespace verso::app
