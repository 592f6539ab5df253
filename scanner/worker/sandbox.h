// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/util/result.h"

namespace verso::scanner {

/// Takes away from this process, for good, what reading pictures does not need: it may compute, use
/// up to `megabytes` of memory beyond what it has now, make threads, and use the descriptors that
/// it has or is sent. It cannot open files, talk to a network, start programs or touch other
/// processes: most such calls fail with EACCES or EPERM, the plainly hostile ones end it
/// (SIGSYS). It leaves no core file.
///
/// An error says which part this machine refused (a kernel without seccomp); the other parts hold.
/// Under sanitizers the memory is not limited: they reserve terabytes.
Result<void> enter_sandbox(int megabytes);

/// Whether this build runs under a sanitizer that makes limits of memory meaningless.
bool under_sanitizer();

}  // namespace verso::scanner
