// SPDX-License-Identifier: Apache-2.0
#include "app/toml_edit.h"

#include <toml++/toml.h>

#include <optional>

namespace verso::app {

namespace {

/// The byte where a place of the text is; TOML counts lines, and letters in them, from one.
std::size_t byte_of(std::string_view text, const toml::source_position& place) {
    std::size_t at = 0;
    for (toml::source_index line = 1; line < place.line; ++line) {
        const auto end = text.find('\n', at);
        if (end == std::string_view::npos) return text.size();
        at = end + 1;
    }
    for (toml::source_index column = 1; column < place.column && at < text.size(); ++column) {
        ++at;
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) ++at;
    }
    return at;
}

const toml::table* section_of(const toml::table& root, std::string_view name) {
    const toml::table* table = &root;
    while (table != nullptr && !name.empty()) {
        const auto dot = std::min(name.find('.'), name.size());
        const toml::node* node = table->get(name.substr(0, dot));
        table = node != nullptr ? node->as_table() : nullptr;
        name.remove_prefix(std::min(dot + 1, name.size()));
    }
    return table;
}

/// The end of the line that says "[section]"; nothing when none does.
std::optional<std::size_t> behind_header(std::string_view text, std::string_view section) {
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        std::string line;
        for (const char c : text.substr(at, end - at)) {
            if (c == '#') break;
            if (c != ' ' && c != '\t' && c != '\r') line += c;
        }
        if (line == "[" + std::string(section) + "]") return end;
        at = end + 1;
    }
    return std::nullopt;
}

/// Whether the only difference between the two is that value.
bool differs_there_alone(toml::table before, toml::table after, std::string_view section,
                         std::string_view key) {
    const auto drop = [&](toml::table& root) {
        // Sections that only came for this value are no difference.
        std::string_view name = section;
        if (auto* table = const_cast<toml::table*>(section_of(root, name))) {
            table->erase(key);
            while (!name.empty()) {
                const auto* now = section_of(root, name);
                const auto dot = name.rfind('.');
                const auto parent = dot == std::string_view::npos ? "" : name.substr(0, dot);
                const auto last = dot == std::string_view::npos ? name : name.substr(dot + 1);
                if (now == nullptr || !now->empty()) break;
                const_cast<toml::table*>(section_of(root, parent))->erase(last);
                name = parent;
            }
        }
    };
    drop(before);
    drop(after);
    return before == after;
}

std::string edited(std::string_view text, const toml::table& root, std::string_view section,
                   std::string_view key, std::string_view literal) {
    const std::string newline = text.find("\r\n") != std::string_view::npos ? "\r\n" : "\n";
    const std::string line = std::string(key) + " = " + std::string(literal);
    const toml::table* table = section_of(root, section);
    const toml::node* node = table != nullptr ? table->get(key) : nullptr;
    std::string out(text);
    if (node != nullptr) {
        const auto from = byte_of(text, node->source().begin);
        const auto to = byte_of(text, node->source().end);
        return out.replace(from, to - from, literal);
    }
    if (const auto end = behind_header(text, section)) {
        const bool is_last = *end == text.size();
        return is_last ? out + newline + line + newline : out.insert(*end + 1, line + newline);
    }
    if (!out.empty() && out.back() != '\n') out += newline;
    return out + newline + "[" + std::string(section) + "]" + newline + line + newline;
}

}  // namespace

Result<std::string> set_toml_value(std::string_view text, std::string_view section,
                                   std::string_view key, std::string_view literal) try {
    const toml::table before = toml::parse(text);
    std::string out = edited(text, before, section, key, literal);
    const Error by_hand{
        ErrorCode::NotAllowed, "the file is written so that this value cannot be changed alone",
        "[" + std::string(section) + "] " + std::string(key), "change it in the file itself"};
    try {
        const toml::table after = toml::parse(out);
        const toml::table wanted = toml::parse("value = " + std::string(literal));
        const toml::table* table = section_of(after, section);
        const toml::node* node = table != nullptr ? table->get(key) : nullptr;
        toml::table now;
        if (node != nullptr) now.insert("value", *node);
        if (now == wanted && differs_there_alone(before, after, section, key)) return out;
    } catch (const toml::parse_error&) {
    }
    return by_hand;
} catch (const toml::parse_error& error) {
    return Error{ErrorCode::FormatInvalid, "is not TOML: " + std::string(error.description()), "",
                 "correct the file first"};
}

}  // namespace verso::app
