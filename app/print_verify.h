// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/print_expected.h"
#include "core/util/result.h"
#include "scanner/grade/code_grade.h"

namespace verso::app {

// Proof of a print: the finished PDF is rasterised at the printer's resolution and looked at as the
// post and the reader will look at it. docs/formats/proof.md tells what is compared and how near.

/// One thing that is not on paper as it should be.
struct Difference {
    int page = 1;
    std::string insert;
    std::string place;  ///< "QR at 118.5,31.0 mm", "fiducial 2 of card"
    std::string expected, found;
    /// "page 3, order #1042 parcel 1, QR at …: expected …, found …"
    std::string text() const;
};

/// One symbol that was found.
struct ProvedCode {
    ExpectedCode code;
    Mm off{};                     ///< how far its edges stand from where they should, at most
    scanner::CodeGrade estimate;  ///< an estimate: a rendering is no verifier
};

struct PageProof {
    int page = 1;
    std::string insert;
    std::vector<ProvedCode> codes;
    int boxes = 0;   ///< compared
    Mm worst_box{};  ///< how far the edge of one of them stands off, at most
    std::vector<Difference> differences;
};

struct VerifyOptions {
    int dpi = 300;             ///< the printer's; default 300
    double least_grade = 1.5;  ///< of every code, 0 to 4; default GS1's minimum, C
    Mm tolerance{0.2};         ///< for positions, half a dot comes on top; default 0.2 mm
};

/// The whole file in short.
struct PrintProof {
    int pages = 0, codes = 0, boxes = 0;
    Mm worst_off{};           ///< of all codes and boxes
    double lowest_grade = 4;  ///< of all codes
    std::vector<Difference> differences;
    bool sound() const { return differences.empty(); }
};

/// Receives each page's proof in order; pages that expect nothing give none.
using ProofSink = std::function<void(const PageProof&)>;

/// Rasterises the pages of a PDF that something is expected of and compares. `expected` is in order
/// of pages. Differences are findings, not errors; errors: DependencyMissing (no pdftoppm),
/// FileUnreadable (not a PDF), ValueInvalid (resolution beyond 72 to 1200). One page's picture is
/// in memory at a time.
Result<PrintProof> verify_print(const std::string& pdf, std::span<const ExpectedPage> expected,
                                const VerifyOptions& options, const ProofSink& sink = {});

/// One line of JSON for --json: {"page":…,"insert":…,"codes":[…],"boxes":…,"differences":[…]}.
std::string proof_line(const PageProof& proof);

/// "verified 40 codes and 1210 boxes on 20 pages at 300 dpi: …" for people.
std::string proof_sentence(const PrintProof& proof, const VerifyOptions& options);

}  // namespace verso::app
