// SPDX-License-Identifier: Apache-2.0
#include "scanner/calibration/print_measure.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "scanner/calibration/mark_search.h"
#include "scanner/calibration/paper_edges.h"

namespace verso::scanner {
namespace {

/// A third of what the correction may leave over is left to the measurement.
constexpr double kMostResidual = 0.3;   ///< mm, of the worst mark
constexpr double kMostDeviation = 0.2;  ///< mm, of an edge
constexpr double kLeastPxPerMm = 3.5;   ///< about 90 dpi

Error not_seen(std::string what, std::string cure) {
    return {ErrorCode::NotFound, std::move(what), "", std::move(cure)};
}

// Where the paper lies, by its four edges.
Result<Homography> paper_map(const GrayImage& image, const Homography& guess, PageSize page,
                             double& deviation) {
    constexpr std::array kSides{PaperSide::Top, PaperSide::Right, PaperSide::Bottom,
                                PaperSide::Left};
    constexpr std::array kNames{"upper", "right", "lower", "left"};
    std::array<EdgeLine, 4> lines;
    for (std::size_t i = 0; i < kSides.size(); ++i) {
        const auto line = find_edge(image, guess, page, kSides.at(i));
        if (!line)
            return not_seen(std::string("the ") + kNames.at(i) +
                                " edge of the paper is not seen in the picture",
                            "lay black cardboard over the page in the scanner so that all four "
                            "edges stand out, or photograph it on something dark; is it really "
                            "paper of the size that was chosen?");
        lines.at(i) = *line;
        deviation = std::max(deviation, line->deviation_px / guess.scale_at({Mm{0}, Mm{0}}));
    }
    const std::array<PointPair, 4> corners{{
        {{Mm{0}, Mm{0}}, meet(lines[0], lines[3])},
        {{page.width, Mm{0}}, meet(lines[0], lines[1])},
        {{page.width, page.height}, meet(lines[2], lines[1])},
        {{Mm{0}, page.height}, meet(lines[2], lines[3])},
    }};
    if (const auto map = fit_homography(corners)) return *map;
    return not_seen("the edges of the paper do not make a rectangle", "scan the page again");
}

// The printer's map of the page, by where its marks lie on the paper.
Result<PrintMeasurement> fit_print(const CalibrationSheet& sheet,
                                   const std::array<MmPoint, 6>& marks) {
    PrintMeasurement out;
    out.marks = marks;
    std::vector<PointPair> pairs;
    for (std::size_t i = 0; i < marks.size(); ++i)
        pairs.push_back({sheet.marks.at(i), {Px{marks.at(i).x.value}, Px{marks.at(i).y.value}}});
    const auto fit = fit_affine(pairs);
    if (!fit) return not_seen("the marks do not stand as they were printed", "scan the page again");
    for (const PointPair& pair : pairs)
        out.residual_mm = std::max(out.residual_mm, residual(*fit, pair));
    const auto& m = fit->matrix();
    out.print = PrintCorrection::from_numbers({m[0], m[1], m[3], m[4], m[2], m[5]});
    out.error = describe(out.print, sheet.page);
    return out;
}

}  // namespace

Result<PrintMeasurement> measure_print(const GrayImage& image, const CalibrationSheet& sheet) {
    if (image.empty()) return not_seen("the picture is empty", "scan the page again");
    const auto found = match_marks(find_rings(image), sheet);
    if (!found)
        return not_seen("the six marks of the calibration page are not seen",
                        "scan the whole page at 300 dpi, or photograph it from straight above; is "
                        "it the page of this paper size?");
    std::array<PxPoint, 6> places;
    std::vector<PointPair> pairs;
    for (std::size_t i = 0; i < places.size(); ++i) {
        places.at(i) = refine_middle(image, found->at(i));
        pairs.push_back({sheet.marks.at(i), places.at(i)});
    }
    const auto guess = fit_homography(pairs);
    if (!guess) return not_seen("the marks do not stand as they were printed", "scan it again");
    if (guess->scale_at(sheet.marks[4]) < kLeastPxPerMm)
        return not_seen("the picture is too coarse", "scan the page at 300 dpi");
    double deviation = 0;
    const auto paper = paper_map(image, *guess, sheet.page, deviation);
    if (!paper) return paper.error();
    std::array<MmPoint, 6> marks;
    for (std::size_t i = 0; i < marks.size(); ++i) marks.at(i) = paper->to_page(places.at(i));
    auto measured = fit_print(sheet, marks);
    if (!measured) return measured;
    measured->edge_mm = deviation;
    if (auto sound = check_correction(measured->print, sheet.page); !sound) return sound.error();
    if (measured->residual_mm > kMostResidual || deviation > kMostDeviation)
        return Error{ErrorCode::ValueInvalid,
                     "the marks do not fit together: the paper does not lie flat, or the camera "
                     "was held askew",
                     "", "scan the page on a flatbed, or photograph it from straight above"};
    return measured;
}

}  // namespace verso::scanner
