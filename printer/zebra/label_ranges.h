// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/util/result.h"

namespace verso::printer {

/// Where a label lies in a file of ZPL: from behind the one before it to the end of its own ^XZ, so
/// that what stands between labels (settings, pictures to store) goes along with the next one.
struct LabelRange {
    std::int64_t begin = 0, end = 0;  ///< bytes
    friend bool operator==(const LabelRange&, const LabelRange&) = default;
};

struct LabelLimits {
    std::int64_t most_labels = 100'000;
    std::int64_t most_label_bytes = 16 << 20;
};

/// Finds the labels of a ZPL file piece by piece, as the printer will (ZPL II Programming Guide):
/// a label is a format from ^XA to ^XZ that draws something. FormatInvalid with the place for what
/// would make counting labels impossible: copies (^PQ), commands that print, cancel or restart by
/// themselves, other command characters (^CC), a format without its end. Pure.
class LabelScanner {
  public:
    explicit LabelScanner(LabelLimits limits = {}) : limits_(limits) {}
    Result<void> feed(std::string_view bytes);
    /// Once, behind the last piece. FormatInvalid when there is no label at all.
    Result<std::vector<LabelRange>> finish();

  private:
    enum class State { Text, Command, Graphic, Binary };

    Result<void> take(char c);
    Result<void> begin_command(char prefix);
    Result<void> caret_command(std::string_view name);
    Result<void> begin_format();
    Result<void> end_format();
    Result<void> end_command();
    Error fault(const std::string& what) const;

    LabelLimits limits_;
    State state_ = State::Text;
    std::int64_t at_ = 0, start_ = 0;  ///< of the next byte; of the label that is being read
    std::int64_t skip_ = 0;            ///< bytes of a picture that are no commands
    std::string command_;              ///< prefix and name, then parameters where they matter
    bool in_format_ = false, draws_ = false, stores_ = false;
    std::vector<LabelRange> labels_;
};

/// The labels of a file. FileUnreadable, and LabelScanner's errors.
Result<std::vector<LabelRange>> labels_of(const std::filesystem::path& file,
                                          const LabelLimits& limits = {});

}  // namespace verso::printer
