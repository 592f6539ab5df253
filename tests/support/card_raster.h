// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "core/card/card_layout.h"
#include "core/domain/card_link.h"
#include "scanner/image/gray_image.h"

namespace verso::test {

using scanner::GrayImage;

/// The layout that the scanner's tests read by: tests/data/layouts/a4-fold-card.json.
const Layout& sample_layout();
/// A card of that layout, different for each seed.
CardIdentity sample_identity(std::uint64_t seed = 1);

enum class Pen { Fill, Cross, Tick, Slash, Scribble, Loop };

/// How a mark is drawn: width of the line in mm, and 0 (invisible) to 1 (black).
struct Stroke {
    Pen pen = Pen::Cross;
    double width = 0.5;
    double darkness = 0.85;
};

/// How the card lies and what the scanner does to it.
struct Scan {
    double degrees = 0;  ///< clockwise
    double scale = 1;    ///< print scale
    double margin = 12;  ///< mm of background all round
    int background = 255;
    double tilt = 0;      ///< degrees of perspective about the card's level axis
    double blur = 0;      ///< sigma, px
    double noise = 0;     ///< standard deviation, gray steps
    double contrast = 1;  ///< 1 as printed, 0.4 faded
    std::uint64_t seed = 1;
};

/// One printed card, drawn from its layout, to be marked, damaged and scanned. Verbs may be called
/// in any order; positions are page millimetres.
class CardPicture {
  public:
    explicit CardPicture(double dpi = 300, const CardIdentity& identity = sample_identity(),
                         const Layout& layout = sample_layout());

    CardPicture& mark(const std::string& question, int value, const Stroke& stroke = {});
    CardPicture& write_comment();
    CardPicture& hide(const MmBox& box, int gray = 255);
    CardPicture& hide_code(CodeKind kind);
    CardPicture& hide_fiducial(std::size_t index);
    CardPicture& streak(Mm x, double width_px, double darkness);
    CardPicture& replace_qr(const std::string& text);

    /// The card as a scanner sees it.
    GrayImage scanned(const Scan& scan = {}) const;
    /// The card alone, cut to its edges.
    const GrayImage& picture() const { return picture_; }

  private:
    void draw_code(CodeKind kind, const std::string& text);
    void draw_line(MmPoint from, MmPoint to, double width, double darkness);

    const ReadRegion& region_;
    double px_per_mm_;
    GrayImage picture_;
};

/// Puts `small` into `page` with its top left corner at (x, y) px.
void paste(GrayImage& page, const GrayImage& small, int x, int y);
/// An image of one gray.
GrayImage plain(int width, int height, int gray);
/// Turns an image by quarters, clockwise.
GrayImage quarter_turned(const GrayImage& image, int quarters);

}  // namespace verso::test
