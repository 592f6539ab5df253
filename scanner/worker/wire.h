// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace verso::scanner {

/// Puts values one behind another as bytes: integers of 8 bytes, little end first; doubles by their
/// bits; texts and lists behind their length. Both ends are the same program on the same machine.
class WireWriter {
  public:
    void number(std::int64_t value);
    void real(double value);
    void flag(bool value) { number(value ? 1 : 0); }
    void text(std::string_view value);

    std::string take() { return std::move(bytes_); }

  private:
    std::string bytes_;
};

/// Takes them out again. Never trusts: what is not there, too long or out of its range makes the
/// whole message unsound and reads as zero or empty.
class WireReader {
  public:
    /// `bytes` must outlive this.
    explicit WireReader(std::string_view bytes) : left_(bytes) {}

    std::int64_t number();
    /// One within low to high, both included.
    std::int64_t number(std::int64_t low, std::int64_t high);
    double real();
    bool flag() { return number(0, 1) == 1; }
    std::string text();
    /// How many elements follow; at least one byte of each must be there.
    std::size_t count();

    /// An enumerator from 0 to `last`.
    template <class Enum>
    Enum one_of(Enum last) {
        return static_cast<Enum>(number(0, static_cast<std::int64_t>(last)));
    }

    /// Everything so far was there.
    bool sound() const { return sound_; }
    /// And nothing is left.
    bool finished() const { return sound_ && left_.empty(); }

  private:
    std::uint64_t word();
    void spoil();

    std::string_view left_;
    bool sound_ = true;
};

}  // namespace verso::scanner
