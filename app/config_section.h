// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <toml++/toml.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/util/error.h"

namespace verso::app {

/// Takes values out of one table of a TOML file and remembers the first fault, with line and key. A
/// value that is not there leaves what it would be read into. Lives no longer than the table.
class ConfigSection {
  public:
    /// `table` may be null: then everything is left out. `path` is its dotted name, empty for the
    /// whole file.
    ConfigSection(const toml::table* table, std::string path, std::string file)
        : table_(table), path_(std::move(path)), file_(std::move(file)) {}

    void text(std::string_view key, std::string& into);
    void number(std::string_view key, std::int64_t low, std::int64_t high, std::int64_t& into);
    void number(std::string_view key, int low, int high, int& into);
    void flag(std::string_view key, bool& into);
    void texts(std::string_view key, std::vector<std::string>& into);
    /// Every key of the section that is a text; no key is unknown to it.
    void all_texts(std::map<std::string, std::string>& into);
    /// Every key of the section that is a number; no key is unknown to it.
    void all_numbers(std::map<std::string, double>& into);
    ConfigSection section(std::string_view key);
    /// The keys that are there.
    std::vector<std::string> keys() const;

    /// Remembers a fault of the key, unless there is one already.
    void fail(std::string_view key, const std::string& message);
    void warn_of_unknown(std::vector<std::string>& warnings) const;

    const std::optional<Error>& error() const { return error_; }

  private:
    const toml::node* find(std::string_view key) const {
        return table_ != nullptr ? table_->get(key) : nullptr;
    }
    std::string full(std::string_view key) const {
        return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
    }

    const toml::table* table_;
    std::string path_, file_;
    std::vector<std::string> known_;
    std::optional<Error> error_;
};

}  // namespace verso::app
