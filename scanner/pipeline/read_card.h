// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/card/card_layout.h"
#include "core/domain/reading.h"
#include "scanner/image/gray_image.h"
#include "scanner/image/picture_sink.h"

namespace verso::scanner {

/// Finds a frozen layout by number; nullptr when this home never froze it. Called from the reading
/// thread; what it points to must outlive the call of read_page.
using LayoutLookup = std::function<const Layout*(LayoutNumber)>;

/// What a person keyed when no code could be read.
struct KeyedCard {
    CardId card;
    LayoutNumber layout;
};

struct ReadOptions {
    std::optional<KeyedCard> keyed;  ///< skips the search for codes; default none
    /// All layouts of the home: tried in turn when no QR can be read; default none.
    std::vector<const Layout*> known;
    std::string debug_dir;              ///< where numbered stage pictures go; default none are made
    bool verdict_picture_only = false;  ///< of those, only the last one; default all
    std::string crop_dir;               ///< where handwriting crops go; default none are made
    std::string name = "scan";          ///< stem of the names of those pictures
    int most_codes = 64;      ///< codes looked at on one image, foreign ones included; default 64
    double search_ms = 1500;  ///< processor time for the search of codes on one image; default 1500
    PictureSinks pictures;    ///< takes every picture with its path; default writes it as PNG
};

/// Reads every card on one image. Gives one Reading per card found, or a single one with verdict
/// Unreadable and the reason NoCard. Judges what is on the paper only: whether the card was printed
/// here and its secret is true is for records to say (records/lifecycle/identity.h). Never throws;
/// thread-safe.
std::vector<Reading> read_page(const GrayImage& image, const LayoutLookup& layouts,
                               const ReadOptions& options);

}  // namespace verso::scanner
