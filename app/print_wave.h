// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/wiring.h"
#include "core/crypto/crypto.h"
#include "core/util/time.h"

namespace verso::app {

struct PrintRequest {
    std::vector<std::string> orders;  ///< their numbers; empty: every order
    std::string template_name;
    std::filesystem::path pdf;
    std::filesystem::path manifest;  ///< empty: none
    std::string reprint;             ///< why parcels that are printed shall be printed again
};

/// One insert of a wave: what the records keep, and the link that only the paper has.
struct WaveInsert {
    records::PrintedInsert record;
    std::string link;
};

/// A parcel that got no sheet, and why.
struct SkippedParcel {
    enum class Why { AlreadyPrinted, Forbidden, Unprintable };
    std::string order;
    int parcel = 1;
    Why why = Why::Forbidden;
    Error error;
};

/// What one print did.
struct PrintedWave {
    std::vector<WaveInsert> inserts;
    std::vector<SkippedParcel> skipped;
    std::vector<std::string> warnings;
    LayoutNumber layout;
    int pages = 0;
};

/// Prints a wave: plans each parcel, freezes the layout, makes cards, writes the PDF, records all
/// of it in one transaction and only then gives the file its name (print_intent.h). Nothing is
/// recorded or left behind on an error. Without a parcel to print no file is made. Errors besides
/// those of the rooms: NotFound for an order, AlreadyExists when a file would be written over.
Result<PrintedWave> print_wave(OpenHome& home, const PrintRequest& request, RandomSource& random,
                               const Clock& clock, Output& out);

/// One line of docs/formats/manifest.md, without its end. With `link` it holds the card's secret.
std::string manifest_line(const WaveInsert& insert, bool with_link);

}  // namespace verso::app
