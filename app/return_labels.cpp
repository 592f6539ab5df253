// SPDX-License-Identifier: Apache-2.0
#include "app/return_labels.h"

#include "core/domain/card_link.h"

namespace verso::app {

namespace {

/// The shop's address and the RMA: nothing is counted.
class PlainLabels final : public ReturnLabelSource {
  public:
    Result<std::vector<std::uint64_t>> reserve(std::size_t) override {
        return std::vector<std::uint64_t>{};
    }
    void resume(std::span<const std::uint64_t>) override {}
    Result<ReturnLabel> next(const Order&, int, const Rma& rma) override {
        ReturnLabel label;
        label.text = format_rma(rma);
        label.bars = rma.get();
        return label;
    }
    std::vector<std::string> take_warnings() override { return {}; }
};

}  // namespace

Result<std::unique_ptr<ReturnLabelSource>> open_return_labels(OpenHome&) {
    return std::unique_ptr<ReturnLabelSource>(std::make_unique<PlainLabels>());
}

}  // namespace verso::app
