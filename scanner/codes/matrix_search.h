// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

#include "scanner/codes/code_reader.h"

namespace verso::scanner {

/// Finds and decodes the Data Matrix symbols of a whole image, which the decoder by itself only
/// finds in the middle of a crop: dark, dense, about square patches are taken out, turned upright
/// and decoded one by one, the most square first. `skip` says which places of the image are done
/// already. At most `most_looks` patches are tried. Corners are right to about half a module.
std::vector<FoundCode> find_data_matrices(const GrayImage& image,
                                          const std::function<bool(PxPoint)>& skip, int most_looks);

}  // namespace verso::scanner
