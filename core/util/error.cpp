// SPDX-License-Identifier: Apache-2.0
#include "core/util/error.h"

namespace verso {

std::string_view to_string(ErrorCode code) {
    switch (code) {
        case ErrorCode::Usage:
            return "usage";
        case ErrorCode::NotFound:
            return "not-found";
        case ErrorCode::AlreadyExists:
            return "already-exists";
        case ErrorCode::FileUnreadable:
            return "file-unreadable";
        case ErrorCode::FileUnwritable:
            return "file-unwritable";
        case ErrorCode::FormatInvalid:
            return "format-invalid";
        case ErrorCode::PageNotImage:
            return "page-not-image";
        case ErrorCode::ValueInvalid:
            return "value-invalid";
        case ErrorCode::TemplateInvalid:
            return "template-invalid";
        case ErrorCode::TextUnprintable:
            return "text-unprintable";
        case ErrorCode::NotAllowed:
            return "not-allowed";
        case ErrorCode::LimitExceeded:
            return "limit-exceeded";
        case ErrorCode::DatabaseFailed:
            return "database-failed";
        case ErrorCode::DependencyMissing:
            return "dependency-missing";
        case ErrorCode::PrinterFailed:
            return "printer-failed";
        case ErrorCode::HomeInvalid:
            return "home-invalid";
        case ErrorCode::Internal:
            return "internal";
    }
    return "internal";
}

std::string Error::text() const {
    std::string out;
    if (!where.empty()) out += where + ": ";
    out += message;
    if (!cure.empty()) out += "; " + cure;
    return out;
}

Error Error::at(std::string_view outer) const {
    Error copy = *this;
    copy.where = where.empty() ? std::string(outer) : std::string(outer) + ": " + where;
    return copy;
}

}  // namespace verso
