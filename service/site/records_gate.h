// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "records/store/group_writer.h"
#include "records/store/store.h"
#include "service/http/message.h"

namespace verso::service {

/// How handlers reach the records without holding up each other: short looks on the lane's own
/// connection, writes through the one writer of SQLite (many become durable together) or through
/// several connections of PostgreSQL, slow work on threads beside. Thread-safe but for reader().
class RecordsGate {
  public:
    using Opener = std::function<Result<std::unique_ptr<records::Store>>()>;
    struct Options {
        int lanes = 1;                    ///< of the server
        int workers = 2;                  ///< threads for slow work
        int writers = 1;                  ///< 1: grouped; more: that many connections (PostgreSQL)
        std::size_t most_waiting = 1024;  ///< slow work beyond it is refused
    };
    /// Opens all connections. What the opener says.
    static Result<std::unique_ptr<RecordsGate>> open(const Opener& opener, Options options);
    ~RecordsGate();

    /// The connection of that lane; for its thread alone, to read.
    records::Store& reader(int lane);

    using Work = std::function<Result<void>(records::Store&)>;
    /// Writes in a transaction of its own and answers when it is durable. What `work` leaves for
    /// `answer` lies in what both share; they run one after the other on a thread of the gate.
    Reply write(Work work, std::function<HttpResponse(Result<void>)> answer);
    /// Writes what nobody waits for; lost when the program ends before.
    void note(Work work);
    /// Runs on a worker with a connection of its own. A HttpResponse with status 503 when too much
    /// waits already.
    Reply slow(std::function<HttpResponse(records::Store&)> work);

  private:
    RecordsGate() = default;
    /// A few threads with a connection each, taking from one queue.
    class Crew;

    std::vector<std::unique_ptr<records::Store>> readers_;
    std::unique_ptr<records::GroupWriter> grouped_;
    std::unique_ptr<Crew> writers_, workers_;
};

}  // namespace verso::service
