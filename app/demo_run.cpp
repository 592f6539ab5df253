// SPDX-License-Identifier: Apache-2.0
#include "app/demo_run.h"

#include <system_error>

#include "app/files.h"
#include "app/scan_intake.h"
#include "records/import/importer.h"

namespace verso::app {

namespace fs = std::filesystem;

namespace {

/// By this file a home is known as the demo's own, which may be made anew.
constexpr const char* kMarker = "made-by-verso-demo";

Result<void> make_demo_home(const Home& home) {
    std::error_code failed;
    const DemoFolder folder = demo_folder(home);
    if (home.exists() && !fs::exists(folder.root / kMarker, failed)) {
        return Error{ErrorCode::AlreadyExists, "is a home that the demo did not make",
                     home.root().string(), "name another folder with --home"};
    }
    if (home.exists()) fs::remove_all(home.root(), failed);
    Shop shop;
    shop.name = "Papeterie Exemple";
    shop.link_host = "avis.example.com";
    shop.language = "fr";
    shop.return_address = {
        "Papeterie Exemple", "", "12 rue de l’Imprimerie", "", "69001", "Lyon", "", "FR"};
    if (auto made = make_home(home, format_config(shop)); !made) return made;
    auto store = records::open_sqlite_store(home.database().string());
    if (!store) return store.error();
    for (const auto& path : {folder.scans(), folder.overlays(), folder.pictures()}) {
        fs::create_directories(path, failed);
        if (failed) {
            return Error{ErrorCode::FileUnwritable, failed.message(), path.string(), ""};
        }
    }
    return write_file(folder.root / kMarker, "", FileMode::Shared);
}

Result<PrintedSheets> import_and_print(OpenHome& home, std::uint64_t seed, Output& out) {
    auto share = find_share();
    if (!share) return share.error();
    auto report = records::import_order_file(*home.store, home.shop, share->demo_orders(),
                                             records::ImportFormat::Auto, system_clock());
    if (!report) return report.error();
    // Seeded cards: this home is a specimen, and the same seed shall give the same pictures.
    SeededRandom random(seed);
    PrintRequest request;
    request.template_name = "a4-fold";
    request.file = demo_folder(home.home).pdf();
    return print_once(home, request, {random, system_clock(), out, {}});
}

/// The last overlay of a card; empty when there is none.
std::string find_overlay(const DemoFolder& folder, const std::string& name) {
    std::string last;
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(folder.overlays(), failed)) {
        const std::string file = entry.path().filename().string();
        if (!file.starts_with(name + "-")) continue;
        // The verdict's picture; else the furthest stage that there is.
        if (file.find("-verdict") != std::string::npos) return file;
        last = std::max(last, file);
    }
    return last;
}

Result<std::vector<DemoResult>> read_cards(OpenHome& home, std::vector<ReturnedCard> cards,
                                           Output& out) {
    auto book = LayoutBook::load(*home.store);
    if (!book) return book.error();
    const DemoFolder folder = demo_folder(home.home);
    ReadingRequest request;
    request.debug_dir = folder.overlays().string();
    request.verdict_picture_only = true;
    std::vector<std::string> files;
    for (const auto& card : cards) files.push_back(card.file);
    std::vector<DemoResult> results;
    Progress progress = out.progress("cards read", cards.size());
    auto card = cards.begin();
    ImageReader images;
    auto done = images.read(
        files, request, *book, home.config.reading, 0, out,
        [&](const std::string& file, Result<FileReadings> found) -> Result<void> {
            ReturnedCard& read = *card++;
            if (!found) return found.error();
            auto taken =
                take_in_scan(home, file, std::move(*found), PileOf::OneShop, system_clock());
            if (!taken) return taken.error();
            progress.advance();
            if (taken->cards.empty()) return {};
            DemoResult result{std::move(read), std::move(taken->cards.front().reading), false, ""};
            result.wrong = is_wrong(result.reading, result.card.truth);
            result.overlay = find_overlay(folder, result.card.name);
            results.push_back(std::move(result));
            return {};
        });
    if (!done) return done.error();
    return results;
}

Result<DemoSummary> sum_up(OpenHome& home, const PrintedSheets& wave,
                           const std::vector<DemoResult>& results) {
    DemoSummary summary;
    auto counts = home.store->counts(home.shop);
    if (!counts) return counts.error();
    summary.orders = counts->orders;
    summary.printed = wave.inserts.size();
    summary.read = results.size();
    summary.histogram.assign(5, 0);
    for (const auto& result : results) {
        summary.wrong += result.wrong ? 1 : 0;
        ++(result.reading.verdict == Verdict::Accepted ? summary.straight_through
                                                       : summary.in_review);
    }
    int ratings = 0, sum = 0;
    auto visited = home.store->ratings(home.shop, [&](const Rating& rating) -> Result<void> {
        const int overall = rating.answers.at(std::string(kOverallQuestion));
        ++summary.histogram.at(static_cast<std::size_t>(overall - 1));
        ++ratings;
        sum += overall;
        return {};
    });
    if (!visited) return visited.error();
    if (ratings > 0) summary.mean = static_cast<double>(sum) / ratings;
    return summary;
}

}  // namespace

DemoFolder demo_folder(const Home& home) { return {home.root() / "demo"}; }

Result<DemoSummary> run_demo(const Home& home, std::uint64_t seed, Output& out) {
    if (auto made = make_demo_home(home); !made) return made.error();
    auto open = open_home({home.root().string(), out}, StoreChoice::InHome);
    if (!open) return open.error();
    const DemoFolder folder = demo_folder(home);
    auto wave = import_and_print(*open, seed, out);
    if (!wave) return wave.error();
    auto layouts = LayoutBook::load(*open->store);
    if (!layouts) return layouts.error();
    auto cards = make_returned_cards(folder, *wave, layouts->layouts().front(), seed, out);
    if (!cards) return cards.error();
    auto results = read_cards(*open, std::move(*cards), out);
    if (!results) return results.error();
    auto summary = sum_up(*open, *wave, *results);
    if (!summary) return summary.error();

    std::vector<DemoResult> shown;
    for (auto& result : *results) {
        if (!result.overlay.empty()) shown.push_back(std::move(result));
    }
    if (auto made = make_pictures(folder, *wave, wave->inserts.size(), out); !made) {
        return made.error();
    }
    auto written = write_file(
        folder.page(), format_demo_page(*summary, shown, open->config.shop.name), FileMode::Shared);
    if (!written) return written.error();
    return summary;
}

bool is_wrong(const Reading& reading, const scanner::lab::FilledCard& truth) {
    if (reading.verdict != Verdict::Accepted) return false;
    for (const auto& answer : reading.answers) {
        const auto marked = truth.answers.find(answer.question);
        const bool same = marked == truth.answers.end() ? !answer.value.has_value()
                                                        : answer.value == marked->second;
        if (!same) return true;
    }
    return false;
}

}  // namespace verso::app
