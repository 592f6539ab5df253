// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "scanner/lab/profile.h"

namespace verso::scanner::lab {

/// A good scan with one thing wrong: one profile for each harm that the reader must survive.
std::vector<Profile> single_harms();

}  // namespace verso::scanner::lab
