// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>

#include "core/util/error.h"

namespace verso::records {

struct BackOff {
    std::chrono::seconds first{30};      ///< about how long after the first failure
    std::chrono::seconds longest{1800};  ///< never longer than that
};

/// How long a job that failed `attempts` times waits: twice as long after each failure, up to the
/// longest; of that between half and the whole, by `random`, so that jobs that failed together do
/// not come back together. At least a second. Pure. Requires: attempts >= 1.
std::chrono::seconds back_off(int attempts, std::uint64_t random, const BackOff& options = {});

/// Whether another try may end better: the world may change (disk, server, network), a broken file
/// or an unpaid order does not by itself. What is not worth it is shown to a person at once.
bool is_worth_retrying(ErrorCode code);

}  // namespace verso::records
