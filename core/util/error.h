// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace verso {

/// What kind of disappointment the world had for us. Each maps to one named exit code
/// (app/exit_code.h) and one section of docs/errors.md.
enum class ErrorCode {
    Usage,              ///< the call itself is wrong: unknown option, missing argument
    NotFound,           ///< the named thing (file, order, template, card) does not exist
    AlreadyExists,      ///< something stands where a new thing should go
    FileUnreadable,     ///< the file is there but cannot be read
    FileUnwritable,     ///< the output cannot be written; nothing was left half done
    FormatInvalid,      ///< the bytes are not what the format demands (CSV, JSON, image, PDF)
    PageNotImage,       ///< a sound page of a PDF that is more or less than one image: draw it
    ValueInvalid,       ///< one value is out of its domain (date, money, code, link)
    TemplateInvalid,    ///< a template breaks its own rules; names the JSON pointer
    TextUnprintable,    ///< a character that no font covers, or text that cannot fit
    NotAllowed,         ///< a rule of the business forbids it (unpaid order, voided card)
    LimitExceeded,      ///< larger than a configured limit
    DatabaseFailed,     ///< the store refused or broke
    DependencyMissing,  ///< a program or package that this needs is not installed
    PrinterFailed,      ///< a printer cannot be reached, is not trusted or will not take it
    HomeInvalid,        ///< the data folder is missing, incomplete or of a newer version
    Internal,           ///< our own mistake, reported instead of hidden
};

/// The enumerator's name in kebab case, as printed in `--json` output: "file-unreadable".
std::string_view to_string(ErrorCode code);

/// One failure, told so that a person can act on it. `where` names the file, line, JSON pointer
/// or order; `cure` says what to do and may be empty when the message already does.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string message;
    std::string where;
    std::string cure;

    /// "where: message; cure", leaving out what is empty.
    std::string text() const;

    /// The same error seen from further out: "outer: where". For adding a file name to a line.
    Error at(std::string_view outer) const;
};

}  // namespace verso
