// SPDX-License-Identifier: Apache-2.0
#include "printer/ipp/ipp_packet.h"

#include <cstddef>
#include <cstdint>

namespace verso::printer {

namespace {

// Tags of RFC 8010, 3.5.
constexpr std::uint8_t kEndOfAttributes = 0x03, kFirstValue = 0x10, kBeginCollection = 0x34,
                       kEndCollection = 0x37, kExtension = 0x7F;
constexpr int kDeepest = 8;  ///< media-col-database of large printers has 3

class Walk {
  public:
    explicit Walk(std::string_view bytes) : rest_(bytes) {}

    /// Version, status and request number come before the first tag.
    bool is_sound() {
        constexpr std::size_t kHead = 8;
        if (rest_.size() <= kHead) return false;
        rest_.remove_prefix(kHead);
        int depth = 0;
        while (!rest_.empty()) {
            const auto tag = static_cast<std::uint8_t>(rest_.front());
            rest_.remove_prefix(1);
            if (tag == kEndOfAttributes) return depth == 0;
            if (tag < kFirstValue) {
                if (depth != 0) return false;
                continue;
            }
            if (tag == kExtension || !skip_counted() || !skip_counted()) return false;
            if (tag == kBeginCollection && ++depth > kDeepest) return false;
            if (tag == kEndCollection && --depth < 0) return false;
        }
        return false;
    }

  private:
    /// Two bytes of length, the higher one first, and what they count; lengths are not negative.
    bool skip_counted() {
        if (rest_.size() < 2) return false;
        const auto high = static_cast<std::uint8_t>(rest_[0]);
        const std::size_t length = (std::size_t{high} << 8U) | static_cast<std::uint8_t>(rest_[1]);
        if (high >= 0x80 || rest_.size() - 2 < length) return false;
        rest_.remove_prefix(2 + length);
        return true;
    }

    std::string_view rest_;
};

}  // namespace

bool is_sound_packet(std::string_view bytes) { return Walk(bytes).is_sound(); }

}  // namespace verso::printer
