// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <optional>
#include <utility>

#include "printer/command/command_device.h"

namespace verso::printer {
namespace {

Error unfinished(std::string_view line) {
    return {ErrorCode::ValueInvalid, "a quote or a backslash has nothing to end it",
            std::string(line), "close the quote, or put a backslash before it"};
}

// The text of a quoted part; `at` moves behind the closing quote. Nothing when there is none.
std::optional<std::string> quoted(std::string_view line, std::size_t& at) {
    const char quote = line[at++];
    std::string out;
    while (at < line.size() && line[at] != quote) {
        const bool escapes = quote == '"' && line[at] == '\\' && at + 1 < line.size() &&
                             (line[at + 1] == '"' || line[at + 1] == '\\');
        if (escapes) ++at;
        out += line[at++];
    }
    if (at >= line.size()) return std::nullopt;
    ++at;
    return out;
}

}  // namespace

Result<std::vector<std::string>> command_words(std::string_view line) {
    std::vector<std::string> words;
    std::optional<std::string> word;
    for (std::size_t at = 0; at < line.size();) {
        const char c = line[at];
        if (c == ' ' || c == '\t') {
            if (word) words.push_back(*std::exchange(word, std::nullopt));
            ++at;
            continue;
        }
        if (!word) word.emplace();
        if (c == '\'' || c == '"') {
            const auto text = quoted(line, at);
            if (!text) return unfinished(line);
            *word += *text;
            continue;
        }
        if (c == '\\' && ++at >= line.size()) return unfinished(line);
        *word += line[at++];
    }
    if (word) words.push_back(*word);
    if (words.empty() || words.front().empty())
        return Error{ErrorCode::ValueInvalid, "no program is named", std::string(line),
                     "write command:PROGRAM ARGUMENTS"};
    return words;
}

}  // namespace verso::printer
