// SPDX-License-Identifier: Apache-2.0
#include "records/import/csv_reader.h"

#include <algorithm>

namespace verso::records {

namespace {

constexpr std::string_view kUnclosed = "a quotation mark is never closed";
constexpr std::string_view kAfterQuote = "there is text after a closing quotation mark";
constexpr std::uint8_t kEnds = 1, kControl = 2, kBreak = 4;

bool is_blank(const CsvRecord& record) {
    return std::all_of(record.fields.begin(), record.fields.end(),
                       [](std::string_view field) { return unguarded(field).empty(); });
}

}  // namespace

CsvReader::CsvReader(std::string_view text, const CsvDialect& dialect)
    : text_(text),
      delimiter_(dialect.delimiter),
      at_(std::min(dialect.body, text.size())),
      line_(dialect.first_line) {
    for (std::size_t byte = 0; byte < 0x20; ++byte) classes_.at(byte) = kControl;
    classes_.at(0x7F) = kControl;
    classes_.at('\t') = 0;
    classes_.at('\n') = classes_.at('\r') = kEnds | kBreak;
    classes_.at(static_cast<std::uint8_t>(delimiter_)) = kEnds;
}

void CsvReader::continue_with(std::string_view text) {
    text_ = text;
    at_ = 0;
}

CsvReader::Step CsvReader::advance(CsvRecord& record) {
    while (at_ < text_.size()) {
        record.fields.clear();
        record.fault = {};
        record.has_controls = false;
        record.line = line_;
        short_ = false;
        if (!unescaped_.empty()) unescaped_.clear();
        const std::size_t begin = at_;
        const bool whole = read_record(record);
        if (!whole && !short_) {
            at_ = begin;
            line_ = record.line;
            skip_line();
        }
        if (short_) {
            at_ = begin;
            line_ = record.line;
            return Step::More;
        }
        record.text = text_.substr(begin, at_ - begin);
        if (!record.fault.empty() || !is_blank(record)) return Step::Record;
    }
    return open_ ? Step::More : Step::End;
}

bool CsvReader::read_record(CsvRecord& record) {
    for (;;) {
        if (at_ < text_.size() && text_[at_] == '"') {
            if (!read_quoted(record)) return false;
        } else {
            read_plain(record);
        }
        if (at_ >= text_.size()) {
            short_ = open_;
            return true;
        }
        if (at_line_end()) {
            skip_line_end();
            return true;
        }
        ++at_;  // the delimiter
    }
}

void CsvReader::read_plain(CsvRecord& record) {
    const std::size_t begin = at_;
    for (; at_ < text_.size(); ++at_) {
        const std::uint8_t kind = classes_[static_cast<std::uint8_t>(text_[at_])];
        if (kind == 0) continue;
        if ((kind & kEnds) != 0) break;
        record.has_controls = true;
    }
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
            short_ = open_ && limit == text_.size();
            record.fields.push_back(text_.substr(begin, 0));
            record.fault = kUnclosed;
            return false;
        }
        if (text_.substr(end + 1, 1) != "\"") break;
        doubled = true;
        ++end;
    }
    const std::string_view inside = text_.substr(begin, end - begin);
    for (std::size_t i = 0; i < inside.size(); ++i) {
        const std::uint8_t kind = classes_[static_cast<std::uint8_t>(inside[i])];
        if ((kind & kControl) != 0) record.has_controls = true;
        if ((kind & kBreak) == 0) continue;
        if (inside[i] == '\n' || inside.substr(i + 1, 1) != "\n") ++line_;
    }
    if (doubled) {
        unescape(record, inside);
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

void CsvReader::unescape(CsvRecord& record, std::string_view inside) {
    std::string& value = unescaped_.emplace_back();
    for (std::size_t i = 0; i < inside.size(); ++i) {
        value += inside[i];
        if (inside[i] == '"') ++i;
    }
    record.fields.emplace_back(value);
}

bool CsvReader::at_line_end() const { return text_[at_] == '\n' || text_[at_] == '\r'; }

void CsvReader::skip_line_end() {
    const bool return_alone = text_[at_] == '\r' && text_.substr(at_ + 1, 1) != "\n";
    if (return_alone && at_ + 1 == text_.size()) short_ = open_;
    at_ += text_[at_] == '\r' && !return_alone ? 2 : 1;
    ++line_;
}

void CsvReader::skip_line() {
    while (at_ < text_.size() && !at_line_end()) ++at_;
    if (at_ < text_.size()) {
        skip_line_end();
    } else {
        short_ = open_;
    }
}

}  // namespace verso::records
