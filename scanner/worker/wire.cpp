// SPDX-License-Identifier: Apache-2.0
#include "scanner/worker/wire.h"

#include <bit>

namespace verso::scanner {

void WireWriter::number(std::int64_t value) {
    auto bits = static_cast<std::uint64_t>(value);
    for (int i = 0; i < 8; ++i, bits >>= 8) bytes_ += static_cast<char>(bits & 0xFF);
}

void WireWriter::real(double value) {
    number(static_cast<std::int64_t>(std::bit_cast<std::uint64_t>(value)));
}

void WireWriter::text(std::string_view value) {
    number(static_cast<std::int64_t>(value.size()));
    bytes_ += value;
}

void WireReader::spoil() {
    sound_ = false;
    left_ = {};
}

std::uint64_t WireReader::word() {
    if (left_.size() < 8) {
        spoil();
        return 0;
    }
    std::uint64_t bits = 0;
    for (std::size_t i = 8; i-- > 0;) bits = bits << 8 | static_cast<std::uint8_t>(left_[i]);
    left_.remove_prefix(8);
    return bits;
}

std::int64_t WireReader::number() { return static_cast<std::int64_t>(word()); }

std::int64_t WireReader::number(std::int64_t low, std::int64_t high) {
    const std::int64_t value = number();
    if (sound_ && value >= low && value <= high) return value;
    spoil();
    return low;
}

double WireReader::real() { return std::bit_cast<double>(word()); }

std::string WireReader::text() {
    const std::uint64_t size = word();
    if (size > left_.size()) {
        spoil();
        return {};
    }
    std::string out(left_.substr(0, static_cast<std::size_t>(size)));
    left_.remove_prefix(static_cast<std::size_t>(size));
    return out;
}

std::size_t WireReader::count() {
    const std::uint64_t size = word();
    if (size > left_.size()) {
        spoil();
        return 0;
    }
    return static_cast<std::size_t>(size);
}

}  // namespace verso::scanner
