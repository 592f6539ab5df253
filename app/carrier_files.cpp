// SPDX-License-Identifier: Apache-2.0
#include "app/carrier_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>
#include <system_error>

#include "app/files.h"
#include "records/import/csv_dialect.h"
#include "records/import/csv_reader.h"

namespace verso::app {

namespace fs = std::filesystem;

namespace {

constexpr const char* kList = "labels.csv";
constexpr std::uint64_t kLongestList = 64 << 20;

std::string without_hash(std::string_view order) {
    if (order.starts_with('#')) order.remove_prefix(1);
    return std::string(order);
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

std::string list_key(std::string_view order, int parcel) {
    return fmt::format("{}/{}", without_hash(order), parcel);
}

/// Where the columns stand in the list.
struct Columns {
    std::optional<std::size_t> order, parcel, file, number;

    explicit Columns(const std::vector<std::string_view>& header) {
        for (std::size_t i = 0; i < header.size(); ++i) {
            const std::string name = lower(records::unguarded(header[i]));
            if (name == "order") order = i;
            if (name == "parcel") parcel = i;
            if (name == "file") file = i;
            if (name == "number") number = i;
        }
    }
};

std::string field(const records::CsvRecord& record, std::optional<std::size_t> column) {
    if (!column || *column >= record.fields.size()) return {};
    return std::string(records::unguarded(record.fields[*column]));
}

/// The parcel of a row: 1 when it is not said; nothing when it is no number.
std::optional<int> parcel_of(const std::string& text) {
    int parcel = 1;
    if (text.empty()) return parcel;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), parcel);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || parcel < 1) {
        return std::nullopt;
    }
    return parcel;
}

/// A list names files of its folder, not of the machine.
bool is_inside(const fs::path& name) {
    return !name.empty() && name.is_relative() &&
           std::none_of(name.begin(), name.end(),
                        [](const fs::path& part) { return part == ".."; });
}

bool is_label_file(const fs::path& path) {
    constexpr std::array<std::string_view, 6> kEndings{".pdf",  ".png", ".jpg",
                                                       ".jpeg", ".zpl", ".txt"};
    const std::string ending = lower(path.extension().string());
    return std::find(kEndings.begin(), kEndings.end(), ending) != kEndings.end();
}

}  // namespace

Result<CarrierFiles> CarrierFiles::open(const fs::path& folder) {
    CarrierFiles files;
    files.folder_ = folder;
    std::error_code failed;
    if (!fs::is_directory(folder, failed)) {
        return Error{ErrorCode::NotFound, "there is no such folder of return labels",
                     folder.string(),
                     "make it, or correct return_label.files.folder in verso.toml"};
    }
    files.listed_ = fs::exists(folder / kList, failed);
    auto read = files.listed_ ? files.read_list(folder / kList) : files.read_names();
    if (!read) return read.error();
    return files;
}

Result<void> CarrierFiles::read_list(const fs::path& list) {
    auto bytes = read_file(list, kLongestList);
    if (!bytes) return bytes.error();
    auto text = records::CsvText::decode(*bytes);
    if (!text) return text.error().at(list.string());
    const auto dialect = records::sniff_dialect(text->text());
    records::CsvReader reader(text->text(), dialect);
    records::CsvRecord record;
    const bool has_header = reader.next(record) && record.fault.empty();
    const Columns columns(has_header ? record.fields : std::vector<std::string_view>{});
    if (!columns.order || !columns.file) {
        return Error{ErrorCode::FormatInvalid, "has no columns ORDER and FILE in its first line",
                     list.string(), "the columns are ORDER, PARCEL, FILE, NUMBER"};
    }
    while (reader.next(record)) {
        const auto fault = [&](std::string_view why) {
            faults_.push_back(fmt::format("{}:{}: {}", list.string(), record.line, why));
        };
        if (!record.fault.empty()) {
            fault(record.fault);
            continue;
        }
        const std::string order = field(record, columns.order), file = field(record, columns.file);
        const auto parcel = parcel_of(field(record, columns.parcel));
        if (order.empty()) {
            fault("no order is named; the row is left out");
        } else if (!parcel) {
            fault("the parcel is no number; the row is left out");
        } else if (!is_inside(file)) {
            fault("the file is not one of this folder; the row is left out");
        } else {
            files_[list_key(order, *parcel)].push_back(
                {folder_ / file, field(record, columns.number)});
        }
    }
    return {};
}

Result<void> CarrierFiles::read_names() {
    std::error_code failed;
    std::vector<fs::path> paths;
    for (const auto& entry : fs::directory_iterator(folder_, failed)) {
        if (entry.is_regular_file(failed) && is_label_file(entry.path())) {
            paths.push_back(entry.path());
        }
    }
    if (failed) {
        return Error{ErrorCode::FileUnreadable, "the folder cannot be read", folder_.string(),
                     failed.message()};
    }
    std::sort(paths.begin(), paths.end());
    for (const fs::path& path : paths) {
        const std::string stem = path.stem().string();
        const auto bar = stem.rfind('_');
        if (bar != std::string::npos && bar > 0) {
            files_[without_hash(stem.substr(0, bar))].push_back({path, stem.substr(bar + 1)});
        }
        // An order's number may have such a bar itself.
        files_[without_hash(stem)].push_back({path, ""});
    }
    return {};
}

Result<CarrierFile> CarrierFiles::find(const Order& order, int parcel) const {
    const std::string name = without_hash(order.number.get());
    std::vector<std::string> keys;
    if (listed_) {
        keys.push_back(list_key(name, parcel));
    } else {
        keys.push_back(fmt::format("{}-{}", name, parcel));
        if (order.parcels.size() <= 1) keys.push_back(name);
    }
    std::vector<CarrierFile> found;
    for (const auto& key : keys) {
        const auto files = files_.find(key);
        if (files != files_.end()) {
            found.insert(found.end(), files->second.begin(), files->second.end());
        }
    }
    const std::string where = fmt::format("order {} parcel {}", order.number.get(), parcel);
    if (found.empty()) {
        return Error{ErrorCode::NotFound, "no return label is in " + folder_.string(), where,
                     listed_ ? "add it to labels.csv"
                             : fmt::format("put it there as {}_NUMBER.pdf", keys.back())};
    }
    if (found.size() > 1) {
        return Error{
            ErrorCode::ValueInvalid,
            fmt::format("there are several return labels: {} and {}",
                        found[0].path.filename().string(), found[1].path.filename().string()),
            where, "leave one of them"};
    }
    return found.front();
}

}  // namespace verso::app
