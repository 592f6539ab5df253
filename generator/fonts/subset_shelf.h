// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <memory>
#include <mutex>

namespace verso::generator {

struct FaceSubset;

/// Where the PDF writer keeps the subsets of one face, one place for each set of groups: bounded by
/// nature. It lives with the face because it must be shared as widely and die with it.
struct SubsetShelf {
    std::mutex mutex;
    std::array<std::shared_ptr<const FaceSubset>, 256> subsets;
};

}  // namespace verso::generator
