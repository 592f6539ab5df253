// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "app/print_once.h"
#include "scanner/lab/answer_sheet.h"

namespace verso::app {

/// Where the demo puts what it makes, inside its home.
struct DemoFolder {
    std::filesystem::path root;

    std::filesystem::path pdf() const { return root / "inserts.pdf"; }
    std::filesystem::path scans() const { return root / "scans"; }
    std::filesystem::path overlays() const { return root / "overlays"; }
    std::filesystem::path pictures() const { return root / "pictures"; }
    std::filesystem::path page() const { return root / "index.html"; }
};

/// One card as a buyer marked it and a machine saw it, with the truth beside it.
struct ReturnedCard {
    std::string name;  ///< "001": the stem of all of its files
    std::string file;  ///< the scan, as a path
    std::string order;
    CardId card;
    scanner::lab::FilledCard truth;
    std::string_view pen, effect;
};

/// Takes the cards out of the printed PDF, marks them with pens and brings them back as scanners,
/// phones and fax machines give them: JPEG and TIFF files in scans(). The same seed, the same
/// cards. DependencyMissing without pdftoppm, FileUnwritable.
Result<std::vector<ReturnedCard>> make_returned_cards(const DemoFolder& folder,
                                                      const PrintedSheets& wave,
                                                      const Layout& layout, std::uint64_t seed,
                                                      Output& out);

/// Small pictures of the first pages of the first `count` inserts and of their scans, for the page.
Result<void> make_pictures(const DemoFolder& folder, const PrintedSheets& wave, std::size_t count,
                           Output& out);

}  // namespace verso::app
