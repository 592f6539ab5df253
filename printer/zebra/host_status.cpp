// SPDX-License-Identifier: Apache-2.0
#include "printer/zebra/host_status.h"

#include <array>
#include <charconv>

namespace verso::printer {
namespace {

constexpr char kStx = '\x02', kEtx = '\x03';
/// No answer is longer; beyond it there is only noise.
constexpr std::size_t kLongestAnswer = 512;

// The lines of ~HS by how many fields they have; the third ("1234,0") tells nothing of printing.
// Some firmware adds fields to the first.
constexpr std::size_t kFirstFields = 12, kSecondFields = 11, kIdentityFields = 5;

std::vector<std::string_view> fields_of(std::string_view line) {
    std::vector<std::string_view> out;
    for (;;) {
        const auto comma = line.find(',');
        out.push_back(line.substr(0, comma));
        if (comma == std::string_view::npos) return out;
        line.remove_prefix(comma + 1);
    }
}

std::optional<std::int64_t> number_in(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size() || value < 0)
        return std::nullopt;
    return value;
}

// The fields as numbers; nothing when one of them is none.
std::optional<std::vector<int>> numbers_of(const std::vector<std::string_view>& fields) {
    std::vector<int> out;
    for (const auto field : fields) {
        const auto number = number_in(field);
        if (!number || *number > 99'999'999) return std::nullopt;
        out.push_back(static_cast<int>(*number));
    }
    return out;
}

std::optional<HostStatus> first_line(const std::vector<std::string_view>& fields) {
    const auto numbers = numbers_of(fields);
    if (!numbers) return std::nullopt;
    HostStatus status;
    status.paper_out = numbers->at(1) != 0;
    status.paused = numbers->at(2) != 0;
    status.formats = numbers->at(4);
    status.buffer_full = numbers->at(5) != 0;
    status.diagnostic = numbers->at(6) != 0;
    status.partial_format = numbers->at(7) != 0;
    status.too_cold = numbers->at(10) != 0;
    status.too_hot = numbers->at(11) != 0;
    return status;
}

bool second_line(const std::vector<std::string_view>& fields, HostStatus& status) {
    const auto numbers = numbers_of(fields);
    if (!numbers) return false;
    status.head_open = numbers->at(2) != 0;
    status.ribbon_out = numbers->at(3) != 0;
    status.label_waiting = numbers->at(7) != 0;
    status.labels_remaining = numbers->at(8);
    return true;
}

struct Trouble {
    bool HostStatus::*flag;
    std::string_view words;
    std::string_view keyword;  ///< RFC 8011 5.4.12
};
constexpr std::array kTroubles{
    Trouble{&HostStatus::paper_out, "paper out", "media-empty"},
    Trouble{&HostStatus::head_open, "head open", "cover-open"},
    Trouble{&HostStatus::ribbon_out, "ribbon out", "marker-supply-empty"},
    Trouble{&HostStatus::paused, "paused", "paused"},
    Trouble{&HostStatus::too_hot, "head too hot", "other-error"},
    Trouble{&HostStatus::too_cold, "head too cold", "other-error"},
    Trouble{&HostStatus::diagnostic, "in diagnostic mode", "other-error"},
};

}  // namespace

bool HostStatus::in_trouble() const {
    for (const Trouble& trouble : kTroubles)
        if (this->*trouble.flag) return true;
    return false;
}

DeviceState to_device_state(const HostStatus& status) {
    DeviceState out;
    for (const Trouble& trouble : kTroubles) {
        if (!(status.*trouble.flag)) continue;
        if (!out.trouble.empty()) out.trouble += ", ";
        out.trouble += trouble.words;
        out.reasons.emplace_back(trouble.keyword);
    }
    if (out.trouble.empty() && status.label_waiting && status.held() > 0)
        out.trouble = "a label waits to be taken";
    out.is_ready = !status.in_trouble() && !status.buffer_full;
    out.is_busy = status.held() > 0;
    out.waiting = status.held();
    return out;
}

void AnswerReader::feed(std::string_view bytes) {
    for (const char c : bytes) {
        const bool in_frame = !pending_.empty() && pending_.front() == kStx;
        const bool in_quotes = !pending_.empty() && pending_.front() == '"';
        if (c == kStx || (c == '"' && !in_frame && !in_quotes)) {
            pending_.assign(1, c);
        } else if (c == kEtx && in_frame) {
            take_frame(std::string_view(pending_).substr(1));
            pending_.clear();
        } else if (c == '"' && in_quotes) {
            ready_.emplace_back(LabelCounter{number_in(std::string_view(pending_).substr(1))});
            pending_.clear();
        } else if (in_frame || in_quotes) {
            pending_ += c;
            if (pending_.size() > kLongestAnswer) pending_.clear();
        }
    }
}

void AnswerReader::take_frame(std::string_view frame) {
    const auto fields = fields_of(frame);
    if (fields.size() >= kFirstFields) {
        partial_ = first_line(fields);
    } else if (fields.size() == kSecondFields) {
        if (partial_ && second_line(fields, *partial_)) ready_.emplace_back(*partial_);
        partial_.reset();
    } else if (fields.size() == kIdentityFields && fields.at(1).starts_with('V')) {
        const int dots = static_cast<int>(number_in(fields.at(2)).value_or(0));
        ready_.emplace_back(Identity{std::string(fields.at(0)), dots});
    }
}

std::optional<ZebraAnswer> AnswerReader::next() {
    if (ready_.empty()) return std::nullopt;
    ZebraAnswer answer = std::move(ready_.front());
    ready_.erase(ready_.begin());
    return answer;
}

void AnswerReader::clear() {
    pending_.clear();
    partial_.reset();
    ready_.clear();
}

}  // namespace verso::printer
