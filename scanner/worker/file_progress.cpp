// SPDX-License-Identifier: Apache-2.0
#include "scanner/worker/file_progress.h"

#include <fmt/format.h>

#include <utility>

namespace verso::scanner {

namespace {

Reading broken_page(const std::string& why) {
    Reading reading;
    reading.verdict = Verdict::Review;
    reading.reasons.push_back(
        {RejectionCode::ReaderFailed, "", "our reader could not finish this page: " + why});
    return reading;
}

}  // namespace

void FileProgress::begin(OpenImage image, int parts, bool one_page) {
    image_ = std::move(image);
    parts_ = parts;
    one_page_ = one_page;
}

void FileProgress::add(PageAnswer answer) {
    int index = 0;
    for (auto& reading : answer.readings) {
        reading.source = task_.name;
        reading.page = answer.page;
        reading.index = index++;
    }
    answers_.insert_or_assign(answer.page, std::move(answer));
}

void FileProgress::finish(const Done& done) {
    if (done.error && !error_) error_ = done.error;
    --parts_;
}

std::optional<FilePart> FileProgress::fail(const FilePart& part, int page, bool begun,
                                           const std::string& why) {
    add({page, std::nullopt, {broken_page(why)}});
    const bool more = begun && !one_page_;
    if (more && ++failures_ < most_failures_) return FilePart{page + part.step, part.step};
    if (more) {
        add({page + part.step,
             Error{ErrorCode::LimitExceeded,
                   fmt::format("{} pages broke the reader; the pages from here on were not read",
                               failures_),
                   fmt::format("{}, page {}", task_.name, page + part.step),
                   "scan them again, or send us the file"},
             {}});
    }
    --parts_;
    return std::nullopt;
}

FileResult FileProgress::take() {
    FileResult out{task_.name, std::move(image_), std::move(error_), {}};
    for (auto& [number, answer] : answers_) out.pages.push_back(std::move(answer));
    // What one part could not open, another could: then it was the reader.
    if (!out.pages.empty()) out.error.reset();
    return out;
}

bool may_have_pages(std::string_view beginning) {
    for (const std::string_view start : {"II", "MM"}) {
        if (beginning.starts_with(start)) return true;
    }
    return beginning.find("%PDF-") != std::string_view::npos;
}

}  // namespace verso::scanner
