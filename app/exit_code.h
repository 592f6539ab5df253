// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

#include "core/util/error.h"

namespace verso::app {

/// What the program says to the one that called it. docs/errors.md has a section for each; scripts
/// rely on the numbers, so they never change.
enum class ExitCode {
    Ok = 0,
    Internal = 1,
    Usage = 2,
    NotFound = 3,
    AlreadyExists = 4,
    FileUnreadable = 5,
    FileUnwritable = 6,
    FormatInvalid = 7,
    ValueInvalid = 8,
    TemplateInvalid = 9,
    TextUnprintable = 10,
    NotAllowed = 11,
    LimitExceeded = 12,
    DatabaseFailed = 13,
    DependencyMissing = 14,
    HomeInvalid = 15,
    Partly = 16,  ///< some of it was done, the rest was reported; only this one has no ErrorCode
    PrinterFailed = 17,
};

/// All of them, in the order of their numbers.
inline constexpr std::array kExitCodes{ExitCode::Ok,
                                       ExitCode::Internal,
                                       ExitCode::Usage,
                                       ExitCode::NotFound,
                                       ExitCode::AlreadyExists,
                                       ExitCode::FileUnreadable,
                                       ExitCode::FileUnwritable,
                                       ExitCode::FormatInvalid,
                                       ExitCode::ValueInvalid,
                                       ExitCode::TemplateInvalid,
                                       ExitCode::TextUnprintable,
                                       ExitCode::NotAllowed,
                                       ExitCode::LimitExceeded,
                                       ExitCode::DatabaseFailed,
                                       ExitCode::DependencyMissing,
                                       ExitCode::HomeInvalid,
                                       ExitCode::Partly,
                                       ExitCode::PrinterFailed};

/// The one that a failure ends the program with.
ExitCode exit_code(ErrorCode code);

/// "file-unreadable": the same word that the JSON form of an error has.
std::string_view to_string(ExitCode code);

}  // namespace verso::app
