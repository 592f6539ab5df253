// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "app/life_settings.h"
#include "app/serve_settings.h"
#include "core/domain/shop.h"
#include "core/util/result.h"
#include "records/lifecycle/erasure.h"
#include "scanner/worker/limits.h"

namespace verso::app {

/// Where the return labels come from: verso.toml, section [return_label]. Only what belongs to the
/// source is judged.
struct ReturnLabelSettings {
    enum class Source {
        Plain,  ///< the shop's address and the RMA; no carrier knows it
        S10,    ///< the shop's own range of UPU S10 numbers
        Sscc,   ///< the shop's own range of SSCC numbers
        Files,  ///< the carrier's finished labels, one file a parcel
    };
    Source source = Source::Plain;
    std::string s10_service;          ///< two letters, as the contract says: "RR"
    std::string s10_country;          ///< of the post, ISO 3166-1: "FR"
    int sscc_extension = 0;           ///< the SSCC's first digit
    std::string sscc_company_prefix;  ///< as GS1 allotted it
    std::uint64_t from = 0, to = 0;   ///< first and last serial of the source's own range
    std::filesystem::path folder;     ///< of the carrier's files, absolute
};

/// How scans are read: verso.toml, section [reading].
struct ReadingSettings {
    int workers = 0;               ///< reader processes; 0: as many as processors
    scanner::WorkerLimits limits;  ///< of each, and of the files
};

/// What verso.toml says. docs/operating.md lists the keys.
struct Config {
    Shop shop;
    ReturnLabelSettings return_label;
    ReadingSettings reading;
    LifeSettings life;
    ServeSettings serve;
    /// [store] url: "postgresql://…", or the absolute path of an SQLite file; empty: home/verso.db.
    std::string store;
    records::RetentionTerms privacy;  ///< section [privacy]
    /// Sections in it that are the whole home's: "[reading]", "[store]".
    std::vector<std::string> shared_sections;
    std::vector<std::string> warnings;  ///< one sentence each: keys that mean nothing to us
};

/// Reads the text of a verso.toml; `path` is where it stands: it is named in messages, and the
/// files that the text names are beside it. FormatInvalid with line and column when it is not TOML;
/// ValueInvalid with line and key for a value that cannot be meant.
Result<Config> parse_config(std::string_view text, const std::string& path);

/// A place for records::open_store: a URL of PostgreSQL as it is, a path made absolute, beside
/// `path` when it is relative. ValueInvalid for a URL of something else; `where` is for the
/// message.
Result<std::string> store_place(const std::string& url, const std::string& path,
                                const std::string& where);

/// The same from a file: also NotFound, FileUnreadable.
Result<Config> load_config(const std::filesystem::path& path);

/// A verso.toml for this shop, with a comment on each key. parse_config gives the shop back. File
/// names of pictures are written as they are.
std::string format_config(const Shop& shop);

}  // namespace verso::app
