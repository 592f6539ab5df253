// SPDX-License-Identifier: Apache-2.0
#include "app/exit_code.h"

namespace verso::app {

ExitCode exit_code(ErrorCode code) {
    switch (code) {
        case ErrorCode::Usage:
            return ExitCode::Usage;
        case ErrorCode::NotFound:
            return ExitCode::NotFound;
        case ErrorCode::AlreadyExists:
            return ExitCode::AlreadyExists;
        case ErrorCode::FileUnreadable:
            return ExitCode::FileUnreadable;
        case ErrorCode::FileUnwritable:
            return ExitCode::FileUnwritable;
        case ErrorCode::FormatInvalid:
        case ErrorCode::PageNotImage:
            return ExitCode::FormatInvalid;
        case ErrorCode::ValueInvalid:
            return ExitCode::ValueInvalid;
        case ErrorCode::TemplateInvalid:
            return ExitCode::TemplateInvalid;
        case ErrorCode::TextUnprintable:
            return ExitCode::TextUnprintable;
        case ErrorCode::NotAllowed:
            return ExitCode::NotAllowed;
        case ErrorCode::LimitExceeded:
            return ExitCode::LimitExceeded;
        case ErrorCode::DatabaseFailed:
            return ExitCode::DatabaseFailed;
        case ErrorCode::DependencyMissing:
            return ExitCode::DependencyMissing;
        case ErrorCode::PrinterFailed:
            return ExitCode::PrinterFailed;
        case ErrorCode::HomeInvalid:
            return ExitCode::HomeInvalid;
        case ErrorCode::Internal:
            return ExitCode::Internal;
    }
    return ExitCode::Internal;
}

std::string_view to_string(ExitCode code) {
    switch (code) {
        case ExitCode::Ok:
            return "ok";
        case ExitCode::Internal:
            return "internal";
        case ExitCode::Usage:
            return "usage";
        case ExitCode::NotFound:
            return "not-found";
        case ExitCode::AlreadyExists:
            return "already-exists";
        case ExitCode::FileUnreadable:
            return "file-unreadable";
        case ExitCode::FileUnwritable:
            return "file-unwritable";
        case ExitCode::FormatInvalid:
            return "format-invalid";
        case ExitCode::ValueInvalid:
            return "value-invalid";
        case ExitCode::TemplateInvalid:
            return "template-invalid";
        case ExitCode::TextUnprintable:
            return "text-unprintable";
        case ExitCode::NotAllowed:
            return "not-allowed";
        case ExitCode::LimitExceeded:
            return "limit-exceeded";
        case ExitCode::DatabaseFailed:
            return "database-failed";
        case ExitCode::DependencyMissing:
            return "dependency-missing";
        case ExitCode::HomeInvalid:
            return "home-invalid";
        case ExitCode::Partly:
            return "partly";
        case ExitCode::PrinterFailed:
            return "printer-failed";
    }
    return "internal";
}

}  // namespace verso::app
