// SPDX-License-Identifier: Apache-2.0
#include "app/scan_intake.h"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <system_error>
#include <utility>

#include "app/files.h"
#include "core/crypto/crypto.h"

namespace verso::app {

namespace fs = std::filesystem;

namespace {

using records::ScanId;

/// Keeps the picture; before the records mention it, so that they never point to nothing. Gives its
/// SHA-256.
Result<std::string> keep_image(const Home& home, const std::string& file,
                               const scanner::OpenImage& image) {
    auto bytes = scanner::bytes_of(image.fd.get(), image.bytes);
    if (!bytes) return bytes.error().at(file);
    auto sha256 = sha256_hex(*bytes);
    const fs::path kept = home.images() / (sha256 + fs::path(file).extension().string());
    std::error_code ignored;
    if (fs::exists(kept, ignored)) return sha256;
    auto written = write_file(kept, *bytes, FileMode::Private);
    if (!written) return written.error();
    return sha256;
}

/// One file on its way into the records of the shops whose cards are on it.
class FileIntake {
  public:
    FileIntake(OpenHome& home, const std::string& file, const FileReadings& found, Instant now)
        : home_(home), file_(file), pages_(found.pages), now_(now) {}

    /// Gives each reading its shop; takes out what is refused.
    Result<void> sort(std::vector<Reading>&& readings, PileOf pile, ScanIntake& intake) {
        for (Reading& reading : readings) {
            auto shop = shop_of(reading);
            if (!shop) return shop.error();
            if (*shop != home_.shop && pile == PileOf::OneShop) {
                intake.faults.push_back(refusal(reading));
                refused_ = true;
                continue;
            }
            if (auto known = know(*shop); !known) return known;
            readings_.push_back({*shop, std::move(reading)});
        }
        return {};
    }
    /// All that was on it was refused. A file without any reading is a scan all the same.
    bool is_refused() const { return readings_.empty() && refused_; }

    Result<void> record(const std::string& sha256, ScanIntake& intake) {
        for (auto& [shop, reading] : readings_) {
            auto scan = scan_in(shop, sha256);
            if (!scan) return scan.error();
            const Place& place = places_.at(shop.get());
            auto taken = records::take_in(*home_.store, shop, *scan, std::move(reading),
                                          place.link_host, now_, place.cards);
            if (!taken) return taken.error();
            intake.elsewhere += shop == home_.shop ? 0 : 1;
            intake.cards.push_back(std::move(*taken));
        }
        if (!readings_.empty() || refused_) return {};
        auto scan = home_.store->record_scan(home_.shop, {file_, sha256, pages_, now_});
        return scan ? Result<void>{} : Result<void>(scan.error());
    }

  private:
    struct Place {
        std::string link_host;
        records::CardTerms cards;
        std::optional<ScanId> scan{};
    };

    /// What names no card that was printed in this home is for the opened shop to look at.
    Result<ShopId> shop_of(const Reading& reading) {
        if (!reading.card) return home_.shop;
        auto record = home_.store->find_card(*reading.card);
        if (!record) return record.error();
        return *record ? (*record)->shop : home_.shop;
    }

    Result<ScanId> scan_in(ShopId shop, const std::string& sha256) {
        Place& place = places_.at(shop.get());
        if (place.scan) return *place.scan;
        auto scan = home_.store->record_scan(shop, {file_, sha256, pages_, now_});
        if (!scan) return scan.error();
        place.scan = scan->id;
        return scan->id;
    }

    Error refusal(const Reading& reading) const {
        return {ErrorCode::NotAllowed, "the card is another shop's: it was not recorded",
                fmt::format("{}:{}", file_, reading.page),
                "scan it without --shop, and it goes to its own shop"};
    }

    Result<void> know(ShopId shop) {
        if (places_.contains(shop.get())) return {};
        if (shop == home_.shop) {
            places_[shop.get()] = {home_.config.shop.link_host, home_.config.life.cards};
            return {};
        }
        auto config = settings_of(home_, shop);
        if (!config) return config.error();
        places_[shop.get()] = {config->shop.link_host, config->life.cards};
        return {};
    }

    OpenHome& home_;
    const std::string& file_;
    int pages_;
    Instant now_;
    std::map<std::int64_t, Place> places_;
    std::vector<std::pair<ShopId, Reading>> readings_;
    bool refused_ = false;
};

}  // namespace

PileOf pile_of(const OpenHome& home) { return home.shop_named ? PileOf::OneShop : PileOf::AnyShop; }

Result<ScanIntake> take_in_scan(OpenHome& home, const std::string& file, FileReadings found,
                                PileOf pile, const Clock& clock,
                                const std::function<Result<void>()>& also) {
    // A scanner that was still writing it: what was read is not what would be kept.
    if (auto same = scanner::check_unchanged(found.image); !same) return same.error().at(file);
    const Instant now = clock.now();
    ScanIntake intake{{}, std::move(found.faults)};
    FileIntake sorted(home, file, found, now);
    auto has_shops = sorted.sort(std::move(found.readings), pile, intake);
    if (!has_shops) return has_shops.error().at(file);
    std::string sha256;
    if (!sorted.is_refused()) {
        auto kept = keep_image(home.home, file, found.image);
        if (!kept) return kept.error();
        sha256 = std::move(*kept);
    }
    auto transaction = home.store->begin();
    if (!transaction) return transaction.error();
    if (auto recorded = sorted.record(sha256, intake); !recorded) return recorded.error();
    if (also) {
        if (auto done = also(); !done) return done.error();
    }
    if (auto committed = (*transaction)->commit(); !committed) return committed.error();
    return intake;
}

}  // namespace verso::app
