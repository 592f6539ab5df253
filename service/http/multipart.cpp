// SPDX-License-Identifier: Apache-2.0
#include "service/http/multipart.h"

#include <algorithm>

#include "service/http/web_text.h"

namespace verso::service {

namespace {

constexpr std::size_t kMostParts = 200;
constexpr std::size_t kMostHeadBytes = 4096;

Error broken(std::string_view what) {
    return {ErrorCode::FormatInvalid, "the form cannot be read: " + std::string(what), "", ""};
}

/// The value of a parameter of a header: name="value" or name=value; empty when absent.
std::string parameter(std::string_view header, std::string_view name) {
    std::size_t at = header.find(';');
    while (at != std::string_view::npos) {
        header.remove_prefix(at + 1);
        header = trimmed(header);
        const auto equals = header.find('=');
        if (equals == std::string_view::npos) return {};
        const bool is_it = same_word(trimmed(header.substr(0, equals)), name);
        header.remove_prefix(equals + 1);
        std::string value;
        if (!header.empty() && header.front() == '"') {
            std::size_t end = 1;
            for (; end < header.size() && header[end] != '"'; ++end) {
                if (header[end] == '\\' && end + 1 < header.size()) ++end;
                value += header[end];
            }
            header.remove_prefix(std::min(end + 1, header.size()));
        } else {
            value = trimmed(header.substr(0, header.find(';')));
        }
        if (is_it) return value;
        at = header.find(';');
    }
    return {};
}

/// Browsers of old sent whole paths.
std::string last_component(const std::string& path) {
    const auto slash = path.find_last_of("/\\");
    return slash == std::string::npos ? path : path.substr(slash + 1);
}

Result<FormPart> parse_part(std::string_view text) {
    const auto head_end = text.find("\r\n\r\n");
    if (head_end == std::string_view::npos || head_end > kMostHeadBytes) {
        return broken("a part has no end of its header");
    }
    FormPart part;
    part.content = text.substr(head_end + 4);
    std::string_view head = text.substr(0, head_end);
    while (!head.empty()) {
        const auto end = std::min(head.find("\r\n"), head.size());
        const auto line = head.substr(0, end);
        head.remove_prefix(std::min(end + 2, head.size()));
        const auto colon = std::min(line.find(':'), line.size());
        const auto name = trimmed(line.substr(0, colon));
        const auto value = trimmed(line.substr(std::min(colon + 1, line.size())));
        if (same_word(name, "Content-Disposition")) {
            part.name = parameter(value, "name");
            part.file_name = last_component(parameter(value, "filename"));
        } else if (same_word(name, "Content-Type")) {
            part.type = value;
        }
    }
    if (part.name.empty()) return broken("a part has no name");
    return part;
}

}  // namespace

Result<std::vector<FormPart>> parse_multipart(std::string_view content_type,
                                              std::string_view body) {
    const std::string boundary = parameter(content_type, "boundary");
    if (boundary.empty() || boundary.size() > 70) return broken("its boundary is missing");
    const std::string first = "--" + boundary;
    const std::string next = "\r\n" + first;
    auto at = body.starts_with(first) ? 0 : body.find(next);
    if (at == std::string_view::npos) return broken("its boundary does not occur in it");
    if (at != 0) at += 2;
    body.remove_prefix(at + first.size());
    std::vector<FormPart> parts;
    while (!body.starts_with("--")) {
        if (!body.starts_with("\r\n")) return broken("a boundary is not followed by a line end");
        body.remove_prefix(2);
        // A part without content ends at its own header's line end.
        const auto end = body.find(next);
        if (end == std::string_view::npos) return broken("it ends in the middle of a part");
        if (parts.size() == kMostParts) return broken("it has more than 200 parts");
        auto part = parse_part(body.substr(0, end));
        if (!part) return part.error();
        parts.push_back(*std::move(part));
        body.remove_prefix(end + next.size());
    }
    return parts;
}

}  // namespace verso::service
