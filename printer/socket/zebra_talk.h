// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "printer/device/device.h"
#include "printer/socket/raw_connection.h"
#include "printer/zebra/label_ranges.h"
#include "printer/zebra/zebra_machine.h"

namespace verso::printer {

/// Questions and labels over one connection, which it keeps between documents: the thin loop around
/// ZebraMachine. One thread.
class ZebraTalk {
  public:
    ZebraTalk(std::string host, int port, DeviceOptions options);
    ~ZebraTalk();

    Outcome hand_over(const Document& document, const HandOver& known, HandOverNotes& notes);
    /// PrinterFailed: not reached, or no answer to ~HS.
    Result<DeviceState> state();
    /// What ~HI tells. A printer that can be reached and does not answer, for it is another's turn
    /// or it cannot print now, has what every label printer has. PrinterFailed: not reached.
    Result<Capabilities> capabilities();
    void rest();

  private:
    using Clock = std::chrono::steady_clock;
    struct Run;

    ZebraEvent connect(const RawConnection::Stop& stop);
    ZebraEvent ask(std::string_view before, const RawConnection::Stop& stop);
    ZebraEvent listen(const RawConnection::Stop& stop);
    void take(const ZebraAnswer& answer);
    ZebraEvent lost(const std::string& why);
    Result<DeviceState> ask_once(bool& is_reached);
    Capabilities known_capabilities() const;
    void drop();

    std::string host_;
    int port_;
    DeviceOptions options_;
    RawConnection connection_;
    AnswerReader reader_;
    std::optional<HostStatus> status_;
    std::optional<std::int64_t> count_;
    std::optional<bool> has_counter_;  ///< nothing: not known yet
    std::optional<Identity> identity_;
    bool was_asked_who_ = false;
};

}  // namespace verso::printer
