// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>

namespace verso::generator {

/// Bytes of a content stream under construction: a growing buffer with PDF's number formats. Its
/// memory is kept from page to page. Numbers are followed by a space.
class OperatorBuffer {
  public:
    std::string_view bytes() const { return {data_.get(), size_}; }
    void clear() { size_ = 0; }

    void append(std::string_view text) {
        std::memcpy(room(text.size()), text.data(), text.size());
        size_ += text.size();
    }
    /// "-120 ".
    void integer(long value);
    /// `value` divided by 10 to the power of `decimals`, without needless zeros: (31750, 2) is
    /// "317.5 ".
    void scaled(long value, int decimals);
    /// A real number with so many decimals: "0.0283 " as ".0283 ".
    void real(double value, int decimals);

    /// Place for `length` bytes; `commit` says how many were written.
    char* room(std::size_t length) {
        if (size_ + length > capacity_) grow(length);
        return data_.get() + size_;
    }
    void commit(std::size_t length) { size_ += length; }

  private:
    void grow(std::size_t length);

    std::unique_ptr<char[]> data_;
    std::size_t size_ = 0, capacity_ = 0;
};

}  // namespace verso::generator
