// SPDX-License-Identifier: Apache-2.0
#include "app/zpl_codes.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>
#include <utility>

namespace verso::app {

namespace {

constexpr char kFnc1 = '\x1d';  // what a scanner gives for it

char upper(char c) { return static_cast<char>(std::toupper(static_cast<unsigned char>(c))); }

/// "_5E" and its like, with the escape character that ^FH named.
std::string unescape_hex(std::string_view data, char escape) {
    std::string out;
    for (std::size_t i = 0; i < data.size(); ++i) {
        unsigned value = 0;
        const char* digits = data.data() + i + 1;
        const bool escaped = data[i] == escape && i + 2 < data.size() &&
                             std::from_chars(digits, digits + 2, value, 16).ptr == digits + 2;
        if (escaped) {
            out += static_cast<char>(value);
            i += 2;
        } else {
            out += data[i];
        }
    }
    return out;
}

/// Code 128 (^BC): ">" and a character change the set or stand for a function.
std::string code128_text(std::string_view data) {
    std::string out;
    for (std::size_t i = 0; i < data.size(); ++i) {
        if (data[i] != '>' || i + 1 == data.size()) {
            out += data[i];
            continue;
        }
        const char function = data[++i];
        if (function == '0') out += '>';
        if (function == '8') out += kFnc1;
    }
    return out;
}

/// Data Matrix (^BX): "_1" is FNC1.
std::string datamatrix_text(std::string data) {
    for (auto at = data.find("_1"); at != std::string::npos; at = data.find("_1", at)) {
        data.replace(at, 2, 1, kFnc1);
    }
    return data;
}

/// QR Code (^BQ): error correction and input mode stand before the first comma.
std::string qr_text(const std::string& data) {
    const auto comma = data.find(',');
    return comma == std::string::npos || comma > 3 ? data : data.substr(comma + 1);
}

class Reader {
  public:
    explicit Reader(std::string_view text) : rest_(text) {}

    ZplLabel read() {
        for (skip_to_command(); !rest_.empty(); skip_to_command()) take_command();
        return std::move(label_);
    }

  private:
    bool is_prefix(char c) const { return c == caret_ || c == tilde_; }

    void skip_to_command() {
        while (!rest_.empty() && !is_prefix(rest_.front())) rest_.remove_prefix(1);
    }

    void take_command() {
        const bool control = rest_.front() == tilde_;
        rest_.remove_prefix(1);
        if (rest_.size() < 2) {
            rest_ = {};
            return;
        }
        const char first = upper(rest_[0]), second = upper(rest_[1]);
        rest_.remove_prefix(2);
        if (first == 'C' && (second == 'C' || second == 'T')) {
            if (rest_.empty()) return;
            (second == 'C' ? caret_ : tilde_) = rest_.front();
            rest_.remove_prefix(1);
            return;
        }
        const auto end =
            std::find_if(rest_.begin(), rest_.end(), [this](char c) { return is_prefix(c); });
        const auto size = static_cast<std::size_t>(end - rest_.begin());
        const std::string_view parameters = rest_.substr(0, size);
        if (first == 'G' && second == 'F' && skip_graphic(parameters)) return;
        rest_.remove_prefix(size);
        if (!control) take_format_command(first, second, parameters);
    }

    void take_format_command(char first, char second, std::string_view parameters) {
        if (first == 'X' && second == 'A') open_ = true;
        if (first == 'X' && second == 'Z') {
            end_field();
            if (std::exchange(open_, false)) ++label_.formats;
        }
        if (first == 'B' && second != 'Y') code_ = second;
        if (first == 'F' && second == 'H') escape_ = parameters.empty() ? '_' : parameters.front();
        if (first == 'F' && (second == 'D' || second == 'V')) data_ = parameters;
        if (first == 'F' && second == 'S') end_field();
    }

    /// ^GFB,bytes,…: what follows is not text. True when it was skipped.
    bool skip_graphic(std::string_view parameters) {
        if (parameters.size() < 2 || upper(parameters[0]) != 'B') return false;
        std::size_t bytes = 0;
        std::from_chars(parameters.data() + 2, parameters.data() + parameters.size(), bytes);
        std::size_t at = 0;
        for (int comma = 0; comma < 4 && at < rest_.size(); ++at) {
            if (rest_[at] == ',') ++comma;
        }
        rest_.remove_prefix(std::min(rest_.size(), at + std::min(bytes, rest_.size())));
        return true;
    }

    void end_field() {
        if (code_ && data_) {
            std::string text = escape_ ? unescape_hex(*data_, *escape_) : std::string(*data_);
            if (*code_ == 'C') text = code128_text(text);
            if (*code_ == 'X') text = datamatrix_text(text);
            if (*code_ == 'Q') text = qr_text(text);
            label_.codes.push_back(std::move(text));
        }
        code_.reset();
        escape_.reset();
        data_.reset();
    }

    std::string_view rest_;
    char caret_ = '^', tilde_ = '~';
    bool open_ = false;
    std::optional<char> code_, escape_;
    std::optional<std::string_view> data_;
    ZplLabel label_;
};

}  // namespace

ZplLabel read_zpl(std::string_view text) { return Reader(text).read(); }

}  // namespace verso::app
