// SPDX-License-Identifier: Apache-2.0
#include "printer/device/document_file.h"

#include <fmt/format.h>
#include <unistd.h>

#include <system_error>

namespace verso::printer {
namespace {

bool is_plain(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
}

}  // namespace

Result<std::int64_t> document_size(const Document& document, std::int64_t most_bytes) {
    const std::string path = document.file.string();
    std::error_code problem;
    const bool is_file = std::filesystem::is_regular_file(document.file, problem);
    if (!is_file || ::access(path.c_str(), R_OK) != 0)
        return Error{ErrorCode::FileUnreadable, "the document to print cannot be read", path,
                     "make it again, then reprint it with a reason"};
    const auto size = static_cast<std::int64_t>(std::filesystem::file_size(document.file, problem));
    if (problem || size == 0)
        return Error{ErrorCode::FormatInvalid, "the document to print is empty", path,
                     "make it again, then reprint it with a reason"};
    if (size > most_bytes)
        return Error{ErrorCode::LimitExceeded,
                     fmt::format("the document has {} bytes, a printer is given {} at most", size,
                                 most_bytes),
                     path, "print the orders in smaller waves, or with smaller pictures"};
    return size;
}

std::string document_file_name(const Document& document) {
    std::string out;
    for (const char c : document.name) {
        if (is_plain(c) && !(out.empty() && c == '.'))
            out += c;
        else
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return fmt::format("{}.{}", out, file_ending(document.paper.format));
}

std::string_view file_ending(DocumentFormat format) {
    return format == DocumentFormat::Pdf ? "pdf" : "zpl";
}

}  // namespace verso::printer
