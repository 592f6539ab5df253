// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scanner/lab/profile.h"
#include "scanner/lab/random.h"

namespace verso::scanner::lab {

/// What the card lies on, as a gray for each pixel. A value; the draws are made once.
class BedTexture {
  public:
    BedTexture(Bed bed, double px_per_mm, Rng& rng);

    /// 0 to 255.
    double at(int x, int y) const;

  private:
    Bed bed_;
    double base_, thread_, stripe_, slant_, depth_, print_, check_;
};

}  // namespace verso::scanner::lab
