// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "records/store/spool_table.h"

namespace verso::records {

namespace {

namespace sql {

constexpr const char* kAddPrinter =
    "INSERT INTO printer (name, name_key, uri, settings, is_paused, trouble, seen_at, created_at)"
    " VALUES (:name, :key, :uri, :settings, 0, '', 0, :now) ON CONFLICT (name_key) DO NOTHING"
    " RETURNING id";
constexpr const char* kPrinters =
    "SELECT id, name, uri, settings, is_paused, trouble, seen_at, created_at FROM printer"
    " ORDER BY name_key";
constexpr const char* kChangePrinter =
    "UPDATE printer SET uri = :uri, settings = :settings WHERE id = :id";
constexpr const char* kPause = "UPDATE printer SET is_paused = :paused WHERE id = :id";
constexpr const char* kTell =
    "UPDATE printer SET trouble = :trouble, seen_at = :now WHERE id = :id";
constexpr const char* kRemovePrinter = "DELETE FROM printer WHERE id = :id";

}  // namespace sql

Error unknown_printer(std::string where) {
    return {ErrorCode::NotFound, "there is no such printer", std::move(where),
            "see: verso printer list"};
}

std::string key_of(std::string_view name) {
    std::string key(name);
    for (char& c : key) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return key;
}

}  // namespace

Result<void> check_printer_name(std::string_view name) {
    constexpr std::size_t kLongest = 64;
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_' || c == '.' || c == ' ';
    };
    const bool sound = !name.empty() && name.size() <= kLongest && name.front() != ' ' &&
                       name.front() != '-' && name.back() != ' ' &&
                       std::all_of(name.begin(), name.end(), fits);
    if (sound) return {};
    return Error{ErrorCode::ValueInvalid, "this is no name for a printer", std::string(name),
                 "take up to 64 letters, digits, '-', '_', '.' and spaces, as \"bench 1\""};
}

Result<PrinterId> SpoolTable::add_printer(const PrinterRecord& printer, Instant now) {
    if (auto sound = check_printer_name(printer.name); !sound) return sound.error();
    return db_.in_scope([&]() -> Result<PrinterId> {
        const long long moment = seconds(now);
        const std::string key = key_of(printer.name);
        long long id = 0;
        db_.before(sql::kAddPrinter);
        const bool added = db_.query(sql::kAddPrinter)
                               .in(printer.name, key, printer.uri, printer.settings, moment)
                               .out(id)
                               .run();
        if (added) return PrinterId{id};
        return Error{ErrorCode::AlreadyExists, "there is a printer of this name", printer.name,
                     "take another name, or: verso printer remove NAME"};
    });
}

Result<std::vector<PrinterRecord>> SpoolTable::printers() {
    return db_.in_safety([&]() -> Result<std::vector<PrinterRecord>> {
        long long id = 0, seen = 0, created = 0;
        int paused = 0;
        PrinterRecord row;
        std::vector<PrinterRecord> found;
        Query query = db_.query(sql::kPrinters);
        query.out(id, row.name, row.uri, row.settings, paused, row.trouble, seen, created);
        for (bool more = query.first(); more; more = query.next()) {
            row.id = PrinterId{id};
            row.is_paused = paused != 0;
            row.seen_at = instant(seen);
            row.created_at = instant(created);
            found.push_back(row);
        }
        return found;
    });
}

Result<PrinterRecord> SpoolTable::find_printer(std::string_view name) {
    auto all = printers();
    if (!all) return all.error();
    std::string names;
    for (auto& printer : *all) {
        if (key_of(printer.name) == key_of(name)) return std::move(printer);
        names += (names.empty() ? "there are: " : ", ") + printer.name;
    }
    Error error = unknown_printer(std::string(name));
    if (names.empty()) {
        error.cure = "add it: verso printer add NAME URI";
    } else {
        error.cure = names;
    }
    return error;
}

Result<void> SpoolTable::change_printer(const PrinterRecord& printer) {
    return db_.in_scope([&]() -> Result<void> {
        const long long id = printer.id.get();
        if (db_.write(sql::kChangePrinter, printer.uri, printer.settings, id) == 1) return {};
        return unknown_printer(printer.name);
    });
}

Result<void> SpoolTable::pause_printer(PrinterId printer, bool is_paused) {
    return db_.in_scope([&]() -> Result<void> {
        const long long id = printer.get();
        const int paused = is_paused ? 1 : 0;
        if (db_.write(sql::kPause, paused, id) == 1) return {};
        return unknown_printer(std::to_string(id));
    });
}

Result<void> SpoolTable::tell_printer(PrinterId printer, const std::string& trouble, Instant now) {
    return db_.in_scope([&]() -> Result<void> {
        const long long id = printer.get(), moment = seconds(now);
        db_.write(sql::kTell, trouble, moment, id);
        return {};
    });
}

Result<void> SpoolTable::remove_printer(PrinterId printer) {
    return db_.in_scope([&]() -> Result<void> {
        auto waiting = load(printer);
        if (!waiting) return waiting.error();
        if (waiting->jobs > 0) {
            return Error{ErrorCode::NotAllowed,
                         fmt::format("{} documents wait for this printer", waiting->jobs), "",
                         "move or settle them first: verso printer move, verso printer settle"};
        }
        const long long id = printer.get();
        if (db_.write(sql::kRemovePrinter, id) == 1) return {};
        return unknown_printer(std::to_string(id));
    });
}

}  // namespace verso::records
