// SPDX-License-Identifier: Apache-2.0
#include "records/import/csv_stream.h"

namespace verso::records {

namespace {

constexpr std::size_t kWindow = std::size_t{1} << 20, kLongestRecord = std::size_t{8} << 20;

}  // namespace

Result<CsvStream> CsvStream::open(ByteSource& source, TextEncoding encoding) {
    auto text = TextSource::open(source, encoding);
    if (!text) return text.error();
    CsvStream stream(*text, encoding == TextEncoding::DamagedUtf8);
    auto more = stream.text_.append_to(stream.window_, kWindow);
    if (!more) return more.error();
    stream.ended_ = !*more;
    stream.dialect_ = sniff_dialect(stream.window_);
    // The window is moved with the stream, and a short one moves its bytes: so the reader gets its
    // text at the first call of next().
    stream.reader_ = CsvReader(stream.window_, stream.dialect_);
    stream.window_.erase(0, stream.reader_.position());
    stream.reader_.continue_with("");
    stream.reader_.set_open(true);
    return stream;
}

Result<void> CsvStream::refill() {
    window_.erase(0, reader_.position());
    if (!ended_) {
        auto more = text_.append_to(window_, kWindow);
        if (!more) return more.error();
        ended_ = !*more;
    }
    if (discarding_) {
        const auto line_end = window_.find_first_of("\r\n");
        discarding_ = line_end == std::string::npos;
        window_.erase(0, line_end);
    }
    reader_.set_open(!ended_);
    reader_.continue_with(window_);
    return {};
}

Result<bool> CsvStream::next(CsvRecord& record) {
    for (;;) {
        switch (reader_.advance(record)) {
            case CsvReader::Step::Record:
                if (check_utf8_) check_utf8(record);
                return true;
            case CsvReader::Step::End:
                return false;
            case CsvReader::Step::More:
                break;
        }
        if (window_.size() - reader_.position() > kLongestRecord) {
            reader_.set_open(false);  // what there is stands for the whole
            const bool is_record = reader_.advance(record) == CsvReader::Step::Record;
            reader_.set_open(true);
            discarding_ = reader_.position() == window_.size();
            if (!is_record) continue;  // eight million blanks
            record.fault = "the row is longer than 8 MiB";
            return true;
        }
        if (auto refilled = refill(); !refilled) return refilled.error();
    }
}

void check_utf8(CsvRecord& record) {
    if (record.fault.empty() && !is_utf8(record.text)) {
        record.fault = "the row has bytes that are not UTF-8, as the rest of the file is";
    }
}

}  // namespace verso::records
