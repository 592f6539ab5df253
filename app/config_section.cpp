// SPDX-License-Identifier: Apache-2.0
#include "app/config_section.h"

#include <fmt/format.h>

#include <algorithm>

namespace verso::app {

void ConfigSection::text(std::string_view key, std::string& into) {
    known_.emplace_back(key);
    const toml::node* node = find(key);
    if (node == nullptr) return;
    if (const auto* value = node->as_string()) {
        into = value->get();
    } else {
        fail(key, "must be a text in quotes");
    }
}

void ConfigSection::number(std::string_view key, std::int64_t low, std::int64_t high,
                           std::int64_t& into) {
    known_.emplace_back(key);
    const toml::node* node = find(key);
    if (node == nullptr) return;
    const auto* value = node->as_integer();
    if (value == nullptr || value->get() < low || value->get() > high) {
        fail(key, fmt::format("must be a whole number from {} to {}", low, high));
    } else {
        into = value->get();
    }
}

void ConfigSection::number(std::string_view key, int low, int high, int& into) {
    std::int64_t value = into;
    number(key, std::int64_t{low}, std::int64_t{high}, value);
    into = static_cast<int>(value);
}

void ConfigSection::flag(std::string_view key, bool& into) {
    known_.emplace_back(key);
    const toml::node* node = find(key);
    if (node == nullptr) return;
    const auto* value = node->as_boolean();
    if (value == nullptr) {
        fail(key, "must be true or false");
    } else {
        into = value->get();
    }
}

void ConfigSection::texts(std::string_view key, std::vector<std::string>& into) {
    known_.emplace_back(key);
    const toml::node* node = find(key);
    if (node == nullptr) return;
    const auto* list = node->as_array();
    if (list == nullptr || !list->is_homogeneous<std::string>()) {
        if (list == nullptr || !list->empty()) fail(key, "must be a list of texts in quotes");
        return;
    }
    for (const auto& item : *list) into.push_back(**item.as_string());
}

void ConfigSection::all_texts(std::map<std::string, std::string>& into) {
    if (table_ == nullptr) return;
    for (const auto& [key, node] : *table_) {
        known_.emplace_back(key.str());
        if (const auto* value = node.as_string()) {
            into[std::string(key.str())] = value->get();
        } else if (node.is_table()) {
            // slip.kind = "…" without quotes around the key is a table to TOML, a key to people.
            ConfigSection inner = section(key.str());
            std::map<std::string, std::string> texts;
            inner.all_texts(texts);
            for (auto& [name, text] : texts) {
                into[std::string(key.str()) + "." + name] = std::move(text);
            }
            if (inner.error_ && !error_) error_ = inner.error_;
        } else {
            fail(key.str(), "must be a text in quotes");
        }
    }
}

void ConfigSection::all_numbers(std::map<std::string, double>& into) {
    for (const auto& key : keys()) {
        known_.push_back(key);
        const auto value = find(key)->value<double>();
        if (value) {
            into[key] = *value;
        } else {
            fail(key, "must be a number");
        }
    }
}

std::vector<std::string> ConfigSection::keys() const {
    std::vector<std::string> out;
    if (table_ == nullptr) return out;
    for (const auto& [key, node] : *table_) out.emplace_back(key.str());
    return out;
}

ConfigSection ConfigSection::section(std::string_view key) {
    known_.emplace_back(key);
    const toml::node* node = find(key);
    if (node != nullptr && !node->is_table()) fail(key, "must be a section in brackets");
    return {node != nullptr ? node->as_table() : nullptr, full(key), file_};
}

void ConfigSection::fail(std::string_view key, const std::string& message) {
    if (error_) return;
    const toml::node* node = find(key);
    const auto line = node != nullptr ? node->source().begin.line : 0;
    const std::string where = line > 0 ? fmt::format("{}:{}", file_, line) : file_;
    error_ = Error{ErrorCode::ValueInvalid, fmt::format("{} {}", full(key), message), where,
                   "docs/operating.md lists the keys"};
}

void ConfigSection::warn_of_unknown(std::vector<std::string>& warnings) const {
    if (table_ == nullptr) return;
    for (const auto& [key, node] : *table_) {
        if (std::find(known_.begin(), known_.end(), key.str()) != known_.end()) continue;
        warnings.push_back(fmt::format("{}:{}: {} is not a key of Verso; it does nothing", file_,
                                       node.source().begin.line, full(key.str())));
    }
}

}  // namespace verso::app
