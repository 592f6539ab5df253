// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/image_reader.h"
#include "app/wiring.h"
#include "core/util/time.h"
#include "records/lifecycle/intake.h"

namespace verso::app {

/// Whose cards a pile of scans may hold: docs/decisions/0011-cards-of-several-shops.md.
enum class PileOf {
    OneShop,  ///< the opened shop's: cards of another one are refused, nothing of them is recorded
    AnyShop,  ///< each card is its own shop's; what names no card is the opened shop's
};

/// OneShop when the shop was named, else AnyShop.
PileOf pile_of(const OpenHome& home);

/// What became of one file of scans.
struct ScanIntake {
    std::vector<records::Intake> cards;
    std::vector<Error> faults;  ///< pages that could not be decoded, cards that were refused
    std::size_t elsewhere = 0;  ///< of the cards: how many are other shops'
};

/// Records what was on a file: the picture is kept in the home by its SHA-256, the readings become
/// responses, ratings and review items in one transaction. The same file again changes nothing.
/// `also` is part of that transaction. DatabaseFailed, FileUnwritable; FileUnreadable when the file
/// changed since it was read; HomeInvalid when a card's shop has no settings on this machine; what
/// `also` says.
Result<ScanIntake> take_in_scan(OpenHome& home, const std::string& file, FileReadings found,
                                PileOf pile, const Clock& clock,
                                const std::function<Result<void>()>& also = {});

}  // namespace verso::app
