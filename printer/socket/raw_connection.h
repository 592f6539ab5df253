// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/util/result.h"

namespace verso::printer {

/// A TCP connection to a printer. Every call waits no longer than it is told, and looks at `stop`
/// at least every 50 ms: true ends the wait. One thread. Asio is behind it.
class RawConnection {
  public:
    using Ms = std::chrono::milliseconds;
    using Stop = std::function<bool()>;

    RawConnection();
    RawConnection(const RawConnection&) = delete;
    RawConnection& operator=(const RawConnection&) = delete;
    ~RawConnection();

    /// Drops an old connection first. PrinterFailed says why nobody could be reached. Ended while
    /// bytes are under way, as when the process is killed, the connection is reset: nothing that
    /// has not left this machine by then leaves it later.
    Result<void> connect(const std::string& host, int port, Ms timeout, const Stop& stop);
    bool is_open() const;
    /// At once; what has not left never does.
    void close();
    /// What was written still leaves.
    void close_in_order();

    enum class End { Done, TimedOut, Stopped, Lost };
    struct Written {
        End end = End::Done;
        std::size_t bytes = 0;  ///< that may have left
        std::string why;        ///< of Lost
    };
    /// All of the bytes. `patience` without one byte taken is TimedOut.
    Written write(std::string_view bytes, Ms patience, const Stop& stop);

    struct Heard {
        End end = End::Done;
        std::string bytes;  ///< of Done: at least one
        std::string why;    ///< of Lost; empty when the other end closed in order
    };
    /// What comes next, or what has come already (timeout 0).
    Heard read(Ms timeout, const Stop& stop);

    /// Says that nothing more comes; the other end can still be read.
    Result<void> finish_writing();
    /// Bytes that the other machine has not acknowledged yet.
    int unacknowledged() const;

  private:
    struct Parts;

    std::unique_ptr<Parts> parts_;
};

}  // namespace verso::printer
