// SPDX-License-Identifier: Apache-2.0
#include "app/scan_intake.h"

#include <system_error>

#include "app/files.h"
#include "core/crypto/crypto.h"

namespace verso::app {

namespace fs = std::filesystem;

namespace {

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

}  // namespace

Result<ScanIntake> take_in_scan(OpenHome& home, const std::string& file, FileReadings found,
                                const Clock& clock, const std::function<Result<void>()>& also) {
    // A scanner that was still writing it: what was read is not what would be kept.
    if (auto same = scanner::check_unchanged(found.image); !same) return same.error().at(file);
    auto sha256 = keep_image(home.home, file, found.image);
    if (!sha256) return sha256.error();

    const Instant now = clock.now();
    auto transaction = home.store->begin();
    if (!transaction) return transaction.error();
    auto scan = home.store->record_scan(kFirstShop, {file, *sha256, found.pages, now});
    if (!scan) return scan.error();
    ScanIntake intake{{}, std::move(found.faults)};
    for (auto& reading : found.readings) {
        auto taken = records::take_in(*home.store, kFirstShop, scan->id, std::move(reading),
                                      home.config.shop.link_host, now, home.config.life.cards);
        if (!taken) return taken.error();
        intake.cards.push_back(std::move(*taken));
    }
    if (also) {
        if (auto done = also(); !done) return done.error();
    }
    if (auto committed = (*transaction)->commit(); !committed) return committed.error();
    return intake;
}

}  // namespace verso::app
