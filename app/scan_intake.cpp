// SPDX-License-Identifier: Apache-2.0
#include "app/scan_intake.h"

#include <system_error>

#include "app/files.h"
#include "scanner/image/image_loader.h"

namespace verso::app {

namespace fs = std::filesystem;

namespace {

/// Keeps the picture; before the records mention it, so that they never point to nothing.
Result<void> keep_image(const Home& home, const std::string& file, const std::string& sha256) {
    const fs::path kept = home.images() / (sha256 + fs::path(file).extension().string());
    std::error_code ignored;
    if (fs::exists(kept, ignored)) return {};
    auto bytes = read_file(file, scanner::LoadLimits{}.file_bytes);
    if (!bytes) return bytes.error();
    return write_file(kept, *bytes, FileMode::Private);
}

}  // namespace

Result<ScanIntake> take_in_scan(OpenHome& home, const LayoutBook& book, const std::string& file,
                                const ReadingRequest& request, const Clock& clock) {
    auto found = read_image_file(file, book, request);
    if (!found) return found.error();
    if (auto kept = keep_image(home.home, file, found->sha256); !kept) return kept.error();

    const Instant now = clock.now();
    auto transaction = home.store->begin();
    if (!transaction) return transaction.error();
    auto scan = home.store->record_scan(kFirstShop, {file, found->sha256, found->pages, now});
    if (!scan) return scan.error();
    ScanIntake intake{{}, std::move(found->faults)};
    for (auto& reading : found->readings) {
        auto taken = records::take_in(*home.store, kFirstShop, scan->id, std::move(reading),
                                      home.config.shop.link_host, now);
        if (!taken) return taken.error();
        intake.cards.push_back(std::move(*taken));
    }
    if (auto committed = (*transaction)->commit(); !committed) return committed.error();
    return intake;
}

}  // namespace verso::app
