// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "app/wiring.h"
#include "core/domain/order.h"
#include "core/domain/return_label.h"
#include "core/util/result.h"

namespace verso::app {

/// Where the return labels of a wave come from: verso.toml's [return_label] decides. It is asked in
/// print order, so that the same wave gets the same labels however many threads set its pages. It
/// uses the home's store: call it from the thread that the store belongs to.
class ReturnLabelSource {
  public:
    virtual ~ReturnLabelSource() = default;

    /// What the serials count: those of one series are never given twice. Empty for sources that
    /// count nothing.
    virtual std::string series() const = 0;

    /// Sets `count` labels of an own range aside, for good and durably, before paper shows them:
    /// what is not used then is a gap in the range, never a number given twice. Call it once for a
    /// wave, outside of any transaction. Gives the serials, so that a wave which is interrupted can
    /// go on with them (resume); none for sources that count nothing. NotAllowed when the range
    /// has not as many left: none is taken then.
    virtual Result<std::vector<std::uint64_t>> reserve(std::size_t count) = 0;

    /// Instead of reserve: goes on with serials that reserve gave to the wave before it was
    /// interrupted. The first is used next.
    virtual void resume(std::span<const std::uint64_t> serials) = 0;

    /// The label of one parcel. When nothing is set aside any more, an own range gives one more
    /// number, each in a transaction of its own. An error is of this parcel alone (its carrier file
    /// is missing, or says another number than announced): report it and leave the parcel out.
    virtual Result<ReturnLabel> next(const Order& order, int parcel, const Rma& rma) = 0;

    /// What the user should know, one sentence each: few numbers are left. Each is given once.
    virtual std::vector<std::string> take_warnings() = 0;
};

/// Opens the source that the configuration names. NotFound, FileUnreadable and FormatInvalid for a
/// folder of carrier files that cannot be used. Requires: the home outlives the source.
Result<std::unique_ptr<ReturnLabelSource>> open_return_labels(OpenHome& home);

}  // namespace verso::app
