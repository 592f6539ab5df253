// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "printer/device/device.h"

namespace verso::printer {

/// What a label printer says to ~HS (ZPL II Programming Guide, "~HS Host Status Return").
struct HostStatus {
    bool paper_out = false, paused = false, buffer_full = false;
    bool diagnostic = false;      ///< prints what it receives as numbers instead of labels
    bool partial_format = false;  ///< has the beginning of a label and waits for its end
    bool too_cold = false, too_hot = false;
    bool head_open = false, ribbon_out = false;
    bool label_waiting = false;  ///< a printed label waits to be taken (peel-off)
    int formats = 0;             ///< labels received and not begun
    int labels_remaining = 0;    ///< of the batch that it prints

    /// Labels that are not on paper yet, as far as it says.
    int held() const { return formats + labels_remaining; }
    /// Something that a person must see to before it prints.
    bool in_trouble() const;
    /// A label may be spoiled by it, and printed again afterwards (^JZ).
    bool may_spoil() const { return paper_out || head_open || ribbon_out; }
};

/// For people and programs; `waiting` is what it holds.
DeviceState to_device_state(const HostStatus& status);

/// The answer to ~HI: "ZT410-203dpi,V75.20.01Z,8,8176KB,X".
struct Identity {
    std::string model;
    int dots_per_mm = 0;
};

/// The answer to `! U1 getvar "odometer.total_label_count"`: labels printed in the printer's life;
/// nothing when it does not know the word ("?").
struct LabelCounter {
    std::optional<std::int64_t> count;
};

using ZebraAnswer = std::variant<HostStatus, LabelCounter, Identity>;

/// Cuts what a label printer sends into answers, wherever its pieces are cut and whatever stands
/// between them. What is no answer is left out, and so is an answer of which a part is missing.
class AnswerReader {
  public:
    void feed(std::string_view bytes);
    /// The next whole answer.
    std::optional<ZebraAnswer> next();
    /// Forgets all that it was given.
    void clear();

  private:
    void take_frame(std::string_view frame);

    std::string pending_;                ///< the beginning of an answer
    std::optional<HostStatus> partial_;  ///< the first of its three lines
    std::vector<ZebraAnswer> ready_;
};

/// Bytes of the questions, in the order in which they are asked.
inline constexpr std::string_view kAskStatus = "~HS";
inline constexpr std::string_view kAskIdentity = "~HI";
inline constexpr std::string_view kAskCounter = "! U1 getvar \"odometer.total_label_count\"\r\n";
/// "Cancels a format currently being sent to the printer. It does not affect any formats currently
/// being printed, or any subsequent formats that might be sent" (ZPL II Programming Guide, ~JX):
/// the way out of a label that was cut. ^XZ would print the half of it, ~JA cancel what is
/// printing.
inline constexpr std::string_view kCancelPartial = "~JX";

}  // namespace verso::printer
