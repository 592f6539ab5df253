// SPDX-License-Identifier: Apache-2.0
#include "records/carriers/text_lines.h"

#include <algorithm>

namespace verso::records {

Result<TextLines> TextLines::open(ByteSource& source, TextEncoding encoding, std::size_t longest) {
    auto text = TextSource::open(source, encoding);
    if (!text) return text.error();
    return TextLines(*text, longest);
}

Result<void> TextLines::refill() {
    constexpr std::size_t kWindow = std::size_t{1} << 18U;
    window_.erase(0, at_);
    at_ = 0;
    auto more = text_.append_to(window_, kWindow);
    if (!more) return more.error();
    ended_ = !*more;
    return {};
}

Result<bool> TextLines::read_line(std::string_view& line) {
    is_cut_ = false;
    std::size_t searched = at_;
    for (;;) {
        const auto end = window_.find('\n', searched);
        if (end != std::string::npos || ended_) {
            if (end == std::string::npos && at_ == window_.size()) return false;
            const std::size_t stop = std::min(end, window_.size());
            line = std::string_view(window_).substr(at_, stop - at_);
            at_ = std::min(stop + 1, window_.size());
            ++number_;
            if (line.size() > longest_) is_cut_ = true;
            line = line.substr(0, longest_);
            return true;
        }
        // What is beyond the limit of this line is thrown away as it comes.
        if (window_.size() - at_ > longest_) window_.resize(at_ + longest_ + 1);
        searched = window_.size() - at_;
        if (auto filled = refill(); !filled) return filled.error();
    }
}

Result<bool> TextLines::next(std::string_view& line) {
    for (;;) {
        auto read = read_line(line);
        if (!read || !*read) return read;
        if (line.find_first_not_of(" \t\r") != std::string_view::npos) return true;
    }
}

}  // namespace verso::records
