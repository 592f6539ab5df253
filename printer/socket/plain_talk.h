// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "printer/device/device.h"
#include "printer/socket/raw_connection.h"

namespace verso::printer {

/// A document to a printer that takes bytes and tells nothing. Done: it took all of them, and
/// closed the connection in order after we had. A cut in the middle is unknown, and so is a printer
/// that never closes. One thread.
class PlainTalk {
  public:
    PlainTalk(std::string host, int port, DeviceOptions options);
    Outcome hand_over(const Document& document, const HandOver& known, HandOverNotes& notes);
    /// That it can be reached, and no more. PrinterFailed.
    Result<DeviceState> state();

  private:
    std::optional<Outcome> send_all(const Document& document, RawConnection& connection,
                                    HandOverNotes& notes, const std::function<bool()>& stop) const;
    std::optional<Outcome> wait_for_close(RawConnection& connection,
                                          const std::function<bool()>& stop) const;
    std::string place() const;
    Outcome unknown(const std::string& what) const;

    std::string host_;
    int port_;
    DeviceOptions options_;
};

}  // namespace verso::printer
