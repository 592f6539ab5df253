// SPDX-License-Identifier: Apache-2.0
#include "app/return_labels.h"

#include <fmt/format.h>

#include <deque>
#include <utility>

#include "app/carrier_labels.h"
#include "core/domain/card_link.h"
#include "core/domain/parcel_number.h"

namespace verso::app {

namespace {

/// The shop's address and the RMA: nothing is counted.
class PlainLabels final : public ReturnLabelSource {
  public:
    std::string series() const override { return {}; }
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

ReturnLabel s10_label(const ReturnLabelSettings& settings, std::uint64_t serial) {
    const S10Number number{settings.s10_service, static_cast<std::uint32_t>(serial),
                           settings.s10_country};
    ReturnLabel label;
    label.kind = ReturnLabel::Kind::S10;
    label.number = format_s10(number);
    label.text = format_s10_text(number);
    label.bars = label.number;
    return label;
}

SsccSeries series_of(const ReturnLabelSettings& settings) {
    return {static_cast<unsigned>(settings.sscc_extension), settings.sscc_company_prefix};
}

ReturnLabel sscc_label(const ReturnLabelSettings& settings, std::uint64_t serial) {
    const SsccSeries series = series_of(settings);
    ReturnLabel label;
    label.kind = ReturnLabel::Kind::Sscc;
    label.number = format_sscc(series, serial);
    label.text = format_sscc_text(series, label.number);
    label.bars = "[00]" + label.number;
    return label;
}

/// Numbers of the shop's own range. Its name in the store is what makes a number unique, so that a
/// change of the service or of the prefix begins another count.
class RangeLabels final : public ReturnLabelSource {
  public:
    RangeLabels(const ReturnLabelSettings& settings, OpenHome& home)
        : settings_(settings), home_(home) {
        if (is_s10()) {
            range_.name = fmt::format("s10 {} {}", settings.s10_service, settings.s10_country);
            last_serial_ = kLastS10Serial;
        } else {
            range_.name =
                fmt::format("sscc {} {}", settings.sscc_extension, settings.sscc_company_prefix);
            last_serial_ = series_of(settings).last_serial();
        }
        range_.from = settings.from;
        range_.to = settings.to;
    }

    std::string series() const override { return range_.name; }

    Result<std::vector<std::uint64_t>> reserve(std::size_t count) override {
        auto taken = home_.store->take_numbers(home_.shop, range_, count);
        if (!taken) return with_cure(taken.error());
        ready_.insert(ready_.end(), taken->numbers.begin(), taken->numbers.end());
        warn_when_few(taken->left);
        return std::move(taken->numbers);
    }

    void resume(std::span<const std::uint64_t> serials) override {
        ready_.assign(serials.begin(), serials.end());
    }

    Result<ReturnLabel> next(const Order& order, int, const Rma&) override {
        if (ready_.empty()) {
            if (auto more = reserve(1); !more) {
                return more.error().at("order " + order.number.get());
            }
        }
        const std::uint64_t serial = ready_.front();
        ready_.pop_front();
        if (serial > last_serial_) {
            return Error{ErrorCode::ValueInvalid,
                         fmt::format("{} is no serial of the range {}", serial, range_.name),
                         home_.home.config().string(), "begin the wave anew"};
        }
        return is_s10() ? s10_label(settings_, serial) : sscc_label(settings_, serial);
    }

    std::vector<std::string> take_warnings() override { return std::exchange(warnings_, {}); }

  private:
    bool is_s10() const { return settings_.source == ReturnLabelSettings::Source::S10; }

    std::string section() const { return is_s10() ? "return_label.s10" : "return_label.sscc"; }

    Error with_cure(Error error) const {
        if (error.code != ErrorCode::NotAllowed) return error;
        error.where = home_.home.config().string() + " [" + section() + "]";
        error.cure = fmt::format("get further serials from {} and set from and to to them",
                                 is_s10() ? "your post" : "your GS1 prefix");
        return error;
    }

    void warn_when_few(std::uint64_t left) {
        constexpr std::uint64_t kTenth = 10;
        if (left > (range_.to - range_.from) / kTenth) return;
        warnings_.push_back(
            fmt::format("{} numbers are left of [{}] in verso.toml: ask {} for further ones", left,
                        section(), is_s10() ? "your post" : "GS1"));
    }

    ReturnLabelSettings settings_;
    OpenHome& home_;
    records::NumberRange range_;
    std::uint64_t last_serial_ = 0;
    std::deque<std::uint64_t> ready_;
    std::vector<std::string> warnings_;
};

bool share_numbers(const ReturnLabelSettings& a, const ReturnLabelSettings& b) {
    if (a.source != b.source || a.from > b.to || b.from > a.to) return false;
    return a.source == ReturnLabelSettings::Source::S10
               ? a.s10_service == b.s10_service && a.s10_country == b.s10_country
               : a.sscc_extension == b.sscc_extension &&
                     a.sscc_company_prefix == b.sscc_company_prefix;
}

/// Each shop counts by itself: two that count in one range would give two parcels one number.
Result<void> check_range_is_ours(OpenHome& home) {
    auto shops = home.store->shops();
    if (!shops) return shops.error();
    for (const ShopId other : *shops) {
        if (other == home.shop) continue;
        auto settings = settings_of(home, other);  // one that is not here cannot be compared
        if (!settings || !share_numbers(home.config.return_label, settings->return_label)) continue;
        auto name = home.store->shop_name(other);
        return Error{ErrorCode::NotAllowed,
                     fmt::format("the shop {} takes numbers of the same range", *name),
                     home.home.config().string() + " [return_label]",
                     "divide the range: set from and to so that they do not overlap"};
    }
    return {};
}

}  // namespace

Result<std::unique_ptr<ReturnLabelSource>> open_return_labels(OpenHome& home) {
    using Source = std::unique_ptr<ReturnLabelSource>;
    const ReturnLabelSettings& settings = home.config.return_label;
    switch (settings.source) {
        case ReturnLabelSettings::Source::Plain:
            break;
        case ReturnLabelSettings::Source::S10:
        case ReturnLabelSettings::Source::Sscc:
            if (auto ours = check_range_is_ours(home); !ours) return ours.error();
            return Source(std::make_unique<RangeLabels>(settings, home));
        case ReturnLabelSettings::Source::Files: {
            auto files = CarrierFiles::open(settings.folder);
            if (!files) return files.error();
            return Source(
                std::make_unique<CarrierLabels>(std::move(*files), *home.store, home.shop));
        }
    }
    return Source(std::make_unique<PlainLabels>());
}

}  // namespace verso::app
