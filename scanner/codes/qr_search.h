// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "scanner/codes/code_reader.h"

namespace verso::scanner {

/// Finds the QR codes of one image one after another: first on reductions, which cost little, then
/// by a ladder of treatments until one helps. Once a rung has found a code, only that rung is used
/// for the next ones. The image must outlive this.
class QrSearch {
  public:
    /// How high the ladder is.
    enum class Ladder {
        Quick,  ///< the picture as it is, at one or two reductions
        Hard,  ///< only what Quick leaves out: contrast, edges, binarised, softened, turned, larger
        Full   ///< both
    };
    /// `likely` are the parts of the image, in its pixels, where a code is expected first.
    explicit QrSearch(const GrayImage& image, std::vector<PxRect> likely = {},
                      Ladder ladder = Ladder::Full);

    /// Ends the search when the thread has used this much processor time since, in ms; looked at
    /// before each rung and each further code.
    void limit_time(double cpu_ms);
    /// True when it ended for that reason.
    bool out_of_time() const { return out_of_time_; }

    /// The next code, its corners in pixels of the full image, accurate to about one pixel of the
    /// reduction that found it. What was found before is not found again.
    std::optional<FoundCode> next();

    /// Takes a quadrilateral of the full image (a card that is done) out of the search.
    void exclude(const std::array<PxPoint, 4>& corners);

    /// How many pixels of the full image are left to search, about.
    double area_left() const;

  private:
    enum class Treatment { None, Contrast, Unsharp, Binarised, Softened, Turned };
    struct Rung {
        int factor;
        Treatment treatment;
        bool thorough;
        bool plain = false;  ///< one threshold for the whole picture
    };
    void make_ladder(Ladder ladder);
    bool time_is_up();
    void step_on(const Rung& rung);
    std::optional<FoundCode> try_here();
    std::optional<FoundCode> try_likely();

    const GrayImage& image_;
    std::vector<PxRect> likely_;
    std::vector<Rung> ladder_;
    std::size_t rung_ = 0;
    bool found_any_ = false;
    bool turned_ = false;   ///< of working_
    bool treated_ = false;  ///< of working_
    double ends_at_ = 0;    ///< ms of the thread's processor time; 0 never
    bool out_of_time_ = false;
    int factor_ = 0;  ///< of working_
    bool thorough_ = false, plain_ = false;
    GrayImage working_;
    std::vector<std::array<PxPoint, 4>> excluded_;  ///< in pixels of the full image
    double excluded_area_ = 0;
};

}  // namespace verso::scanner
