// SPDX-License-Identifier: Apache-2.0
#include "app/order_mapping.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toml++/toml.h>

#include <algorithm>
#include <filesystem>

#include "app/files.h"

namespace verso::app {

namespace {

namespace fs = std::filesystem;
using records::CsvMapping;
using records::DayOrder;

constexpr std::uint64_t kLargest = 1 << 20;

fs::path folder_of(const Home& home) { return home.mappings(); }

bool is_name(std::string_view name) {
    return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_';
    });
}

Error bad_value(const std::string& path, std::string_view key, std::string_view expected) {
    return {ErrorCode::ValueInvalid, fmt::format("{} must be {}", key, expected), path,
            "see docs/formats/mapping.md"};
}

Result<void> take_columns(const toml::table& table, const std::string& path, CsvMapping& mapping) {
    for (const auto& [key, node] : table) {
        std::vector<std::string>& columns = mapping.columns[std::string(key.str())];
        if (const auto one = node.value<std::string>()) columns.push_back(*one);
        if (const auto* many = node.as_array()) {
            for (const auto& each : *many) {
                const auto column = each.value<std::string>();
                if (!column) return bad_value(path, key.str(), "a column or a list of columns");
                columns.push_back(*column);
            }
        }
        if (columns.empty()) return bad_value(path, key.str(), "a column or a list of columns");
    }
    return {};
}

Result<void> take_texts(const toml::table& table, const std::string& path,
                        std::map<std::string, std::string>& into) {
    for (const auto& [key, node] : table) {
        const auto text = node.value<std::string>();
        if (!text) return bad_value(path, key.str(), "a text");
        into[std::string(key.str())] = *text;
    }
    return {};
}

Result<CsvMapping> from_table(const toml::table& table, const std::string& path) {
    CsvMapping mapping;
    mapping.name = fs::path(path).stem().string();
    for (const auto& [key, node] : table) {
        const auto* section = node.as_table();
        Result<void> taken;
        const std::string name(key.str());
        const std::string text = node.value_or<std::string>("");
        if (name == "days" && (text == "day-first" || text == "month-first")) {
            mapping.day_order = text == "day-first" ? DayOrder::DayFirst : DayOrder::MonthFirst;
        } else if (name == "decimal" && (text == "." || text == ",")) {
            mapping.decimal_mark = text.front();
        } else if (name == "columns" && section != nullptr) {
            taken = take_columns(*section, path, mapping);
        } else if (name == "values" && section != nullptr) {
            taken = take_texts(*section, path, mapping.values);
        } else if (name == "status" && section != nullptr) {
            taken = take_texts(*section, path, mapping.status);
        } else if (name == "payment" && section != nullptr) {
            taken = take_texts(*section, path, mapping.payment);
        } else {
            return bad_value(
                path, name,
                "days = \"day-first\" or \"month-first\", decimal = \".\" or \",\", or "
                "one of the sections columns, values, status, payment");
        }
        if (!taken) return taken.error();
    }
    return mapping;
}

/// A basic string of TOML.
std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') out += '\\';
        if (byte < 0x20 || byte == 0x7F) {
            out += fmt::format("\\u{:04X}", byte);
        } else {
            out += c;
        }
    }
    return out + '"';
}

std::string quoted(const std::vector<std::string>& texts) {
    if (texts.size() == 1) return quoted(texts.front());
    std::vector<std::string> parts;
    for (const std::string& text : texts) parts.push_back(quoted(text));
    return fmt::format("[{}]", fmt::join(parts, ", "));
}

template <class Values>
std::string section(std::string_view name, std::string_view remark, const Values& values) {
    std::string out = fmt::format("\n# {}\n[{}]\n", remark, name);
    for (const auto& [key, value] : values) {
        out += fmt::format("{} = {}\n", quoted(key), quoted(value));
    }
    return out;
}

}  // namespace

Result<CsvMapping> parse_mapping(std::string_view text, const std::string& path) {
    try {
        const toml::table table = toml::parse(text, path);
        return from_table(table, path);
    } catch (const toml::parse_error& fault) {
        const auto where = fault.source().begin;
        return Error{ErrorCode::FormatInvalid, std::string(fault.description()),
                     fmt::format("{}:{}:{}", path, where.line, where.column),
                     "see docs/formats/mapping.md"};
    }
}

std::string format_mapping(const CsvMapping& mapping, const std::vector<std::string>& questions) {
    std::string out = "# Which column of a CSV of orders is what: docs/formats/mapping.md\n";
    for (const std::string& question : questions) {
        std::string line = question;
        std::replace_if(
            line.begin(), line.end(), [](char c) { return c < ' ' && c >= 0; }, ' ');
        out += "# to settle: " + line + "\n";
    }
    out += fmt::format("days = \"{}\"\ndecimal = \"{}\"\n",
                       mapping.day_order == DayOrder::DayFirst ? "day-first" : "month-first",
                       mapping.decimal_mark);
    out +=
        section("columns", "field = column, or a list of columns that are joined", mapping.columns);
    out +=
        section("values", "field = what stands for it where the file says nothing", mapping.values);
    out += section("status",
                   "the file's word = open, on_hold, partly_shipped, shipped, delivered, cancelled",
                   mapping.status);
    out += section("payment", "the file's word = paid, unpaid, partly_refunded, refunded",
                   mapping.payment);
    return out;
}

Result<std::string> save_mapping(const Home& home, const CsvMapping& mapping,
                                 const std::vector<std::string>& questions) {
    if (!is_name(mapping.name)) {
        return Error{ErrorCode::ValueInvalid,
                     fmt::format("'{}' is no name for a mapping", mapping.name), "--save",
                     "use letters, digits, - and _"};
    }
    std::error_code failed;
    fs::create_directories(folder_of(home), failed);
    const fs::path file = folder_of(home) / (mapping.name + ".toml");
    auto written = write_file(file, format_mapping(mapping, questions), FileMode::Private);
    if (!written) return written.error();
    return file.string();
}

Result<CsvMapping> load_mapping(const Home& home, const std::string& name) {
    const fs::path file = folder_of(home) / (name + ".toml");
    std::error_code failed;
    if (is_name(name) && fs::exists(file, failed)) {
        auto text = read_file(file, kLargest);
        if (!text) return text.error();
        return parse_mapping(*text, file.string());
    }
    std::vector<std::string> known;
    for (const auto& entry : fs::directory_iterator(folder_of(home), failed)) {
        known.push_back(entry.path().stem().string());
    }
    std::sort(known.begin(), known.end());
    return Error{ErrorCode::NotFound, fmt::format("there is no mapping '{}'", name), "--map",
                 known.empty() ? "make one: verso orders map FILE --save NAME"
                               : fmt::format("there are {}", fmt::join(known, ", "))};
}

Result<std::vector<CsvMapping>> load_mappings(const Home& home) {
    std::vector<fs::path> files;
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(folder_of(home), failed)) {
        if (entry.path().extension() == ".toml") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    std::vector<CsvMapping> mappings;
    for (const fs::path& file : files) {
        auto text = read_file(file, kLargest);
        if (!text) return text.error();
        auto mapping = parse_mapping(*text, file.string());
        if (!mapping) return mapping.error();
        mappings.push_back(std::move(*mapping));
    }
    return mappings;
}

}  // namespace verso::app
