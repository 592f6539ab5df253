// SPDX-License-Identifier: Apache-2.0
#include "records/import/csv_reader.h"

#include <algorithm>

namespace verso::records {

namespace {

constexpr std::string_view kUnclosed = "a quotation mark is never closed";
constexpr std::string_view kAfterQuote = "there is text after a closing quotation mark";

std::size_t line_ends(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n' || (text[i] == '\r' && text.substr(i + 1, 1) != "\n")) ++count;
    }
    return count;
}

bool is_blank(const CsvRecord& record) {
    return std::all_of(record.fields.begin(), record.fields.end(),
                       [](std::string_view field) { return unguarded(field).empty(); });
}

}  // namespace

CsvReader::CsvReader(std::string_view text, const CsvDialect& dialect)
    : text_(text),
      delimiter_(dialect.delimiter),
      at_(std::min(dialect.body, text.size())),
      line_(dialect.first_line) {}

bool CsvReader::next(CsvRecord& record) {
    while (at_ < text_.size()) {
        record.fields.clear();
        record.fault = {};
        record.line = line_;
        unescaped_.clear();
        const std::size_t begin = at_;
        if (!read_record(record)) {
            at_ = begin;
            line_ = record.line;
            skip_line();
            return true;
        }
        if (!record.fault.empty() || !is_blank(record)) return true;
    }
    return false;
}

bool CsvReader::read_record(CsvRecord& record) {
    for (;;) {
        if (at_ < text_.size() && text_[at_] == '"') {
            if (!read_quoted(record)) return false;
        } else {
            read_plain(record);
        }
        if (at_ >= text_.size()) return true;
        if (at_line_end()) {
            skip_line_end();
            return true;
        }
        ++at_;  // the delimiter
    }
}

void CsvReader::read_plain(CsvRecord& record) {
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] != delimiter_ && !at_line_end()) ++at_;
    record.fields.push_back(text_.substr(begin, at_ - begin));
}

bool CsvReader::read_quoted(CsvRecord& record) {
    const std::size_t begin = at_ + 1;
    const std::size_t limit = std::min(text_.size(), begin + kLongestValue);
    bool doubled = false;
    std::size_t end = begin;
    for (;; ++end) {
        end = text_.substr(0, limit).find('"', end);
        if (end == std::string_view::npos) {
            record.fields.push_back(text_.substr(begin, 0));
            record.fault = kUnclosed;
            return false;
        }
        if (text_.substr(end + 1, 1) != "\"") break;
        doubled = true;
        ++end;
    }
    const std::string_view inside = text_.substr(begin, end - begin);
    line_ += line_ends(inside);
    if (doubled) {
        std::string& value = unescaped_.emplace_back();
        for (std::size_t i = 0; i < inside.size(); ++i) {
            value += inside[i];
            if (inside[i] == '"') ++i;
        }
        record.fields.emplace_back(value);
    } else {
        record.fields.push_back(inside);
    }
    at_ = end + 1;
    while (at_ < text_.size() && text_[at_] != delimiter_ && !at_line_end()) {
        if (text_[at_] != ' ') record.fault = kAfterQuote;
        ++at_;
    }
    return true;
}

bool CsvReader::at_line_end() const { return text_[at_] == '\n' || text_[at_] == '\r'; }

void CsvReader::skip_line_end() {
    at_ += text_.substr(at_, 2) == "\r\n" ? 2 : 1;
    ++line_;
}

void CsvReader::skip_line() {
    while (at_ < text_.size() && !at_line_end()) ++at_;
    if (at_ < text_.size()) skip_line_end();
}

}  // namespace verso::records
