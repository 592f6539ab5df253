// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/money.h"
#include "core/util/result.h"

namespace verso::generator {

using Strings = std::map<std::string, std::string, std::less<>>;

/// How one language writes amounts and days; taken from its catalogue's "format.…" strings, so
/// that a new language needs no code. A small table instead of ICU's formatters: these run for
/// every field of every insert.
struct Formats {
    std::string decimal, group;  ///< "," and a narrow space
    std::string money;           ///< "{amount} {symbol}"
    std::string date;            ///< "{day} {month} {year}"
    std::string first_day;       ///< how the first of a month is written: "1er"
    std::array<std::string, 12> months;

    std::string format(Money amount, std::string_view currency) const;
    std::string format(std::chrono::year_month_day day) const;
};

/// The strings of one language with those of the default language behind them.
struct Language {
    std::string code;
    Strings strings;
    Formats formats;
    std::vector<std::string> borrowed;  ///< keys that only the default language has

    /// Null when neither this language nor the default has the key.
    const std::string* find(std::string_view key) const;
    /// The name of a country in this language, or the code itself.
    const std::string& country(const std::string& code) const;
};

/// Reads strings/*.json of all folders; earlier folders win key by key, each language falls back to
/// `default_language`. The first of the list is the default. `own` are the shop's words that win
/// over all: "slip.kind" in every language, "fr/slip.kind" in one. Throws TemplateFault.
std::vector<Language> load_catalogues(const std::vector<std::string>& folders,
                                      const std::string& default_language, const Strings& own = {});

/// The same, with the fault as an Error: for those outside of this room.
Result<std::vector<Language>> read_catalogues(const std::vector<std::string>& folders,
                                              const std::string& default_language,
                                              const Strings& own = {});

}  // namespace verso::generator
