// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/util/result.h"
#include "records/carriers/carrier_event.h"

namespace verso::records {

/// Something in a file of events that was not taken.
struct RejectedEvent {
    std::size_t line = 0;  ///< of the file, from 1; 0 for a file that is one document
    std::string pointer;   ///< JSON pointer or column; empty when about the whole
    std::string reason;    ///< one sentence
};

/// Takes the events of one file, in the order in which they stand. Not thread-safe.
class EventSink {
  public:
    using Taker = std::function<Result<void>(CarrierEvent&&)>;
    explicit EventSink(Taker taker) : taker_(std::move(taker)) {}

    /// Where what follows stands in the file.
    void at_line(std::size_t line) { line_ = line; }

    /// Events later than this are refused: no carrier knows the future. Default: none is.
    void set_latest(Instant latest) { latest_ = latest; }

    /// Hands a whole event on: gives it an id when it has none, cuts what is too long to be meant.
    /// Refuses one that names no parcel or order.
    void take(CarrierEvent event, std::string_view pointer = "");
    void refuse(std::string_view pointer, std::string reason);
    void remark(std::string text);

    std::size_t taken() const { return taken_; }
    /// How many were refused; the first kMostTold of them are told one by one.
    std::size_t refused() const { return refused_; }
    static constexpr std::size_t kMostTold = 1000;
    const std::vector<RejectedEvent>& rejected() const { return rejected_; }
    const std::vector<std::string>& remarks() const { return remarks_; }
    /// What the taker said when it failed; nothing is handed on after that.
    const Result<void>& outcome() const { return outcome_; }

  private:
    Taker taker_;
    std::optional<Instant> latest_;
    std::size_t line_ = 0, taken_ = 0, refused_ = 0;
    std::vector<RejectedEvent> rejected_;
    std::vector<std::string> remarks_;
    Result<void> outcome_;
};

}  // namespace verso::records
