// SPDX-License-Identifier: Apache-2.0
// verso_make_blackbox FOLDER: the labelled pictures of this folder, made anew from one seed. Each
// condition of the lab gets some small pictures of cards of several templates, with their truth.
// To be run when the lab or the templates learn something; the minima stay as they are.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "app/labelled_folder.h"
#include "scanner/lab/degrade.h"
#include "scanner/lab/print_effects.h"
#include "scanner/lab/style_set.h"
#include "tests/roundtrip/printed_cards.h"

namespace {

using namespace verso;
namespace fs = std::filesystem;
namespace lab = scanner::lab;

constexpr std::uint64_t kSeed = 20261122;
constexpr const char* kTemplates[] = {"a4-fold", "letter-fold", "a6-card", "a4-duplex",
                                      "a4-integrated"};

/// One folder: a machine and a kind of writer.
struct Condition {
    std::string folder, profile, styles;
    int pictures;
    bool two_marks = false;  ///< each card gets a second mark, so nobody may accept it
};

std::vector<Condition> conditions() {
    constexpr int kUsual = 4;
    std::vector<Condition> all;
    for (const char* styles : {"filled", "mixed", "hard", "corrected"}) {
        all.push_back({fmt::format("clean-{}", styles), "clean", styles, 5});
        all.push_back({fmt::format("feeder-{}", styles), "feeder", styles, 5});
    }
    all.push_back({"two-marks", "clean", "cross", 5, true});
    for (const auto& profile : lab::profiles()) {
        const std::string name(profile.name);
        if (name == "clean" || name == "feeder" || name == "dpi600" || name == "noise") continue;
        all.push_back({name, name, "mixed", kUsual});
    }
    return all;
}

/// As the machine does, but with a file that is small enough to keep for ever.
lab::Profile kept_small(lab::Profile profile) {
    if (profile.jpeg_quality.low > 30) profile.jpeg_quality = {40, 50};
    if (profile.noise.high < 8) profile.noise = {0.5, 2};
    if (profile.dpis.size() > 1 || profile.dpis.front() == 250) profile.dpis = {200, 150, 150};
    if (profile.is_bilevel()) profile.dpis = {200};
    profile.margin_mm.high = std::min(profile.margin_mm.high, 8.0);
    return profile;
}

/// Of a folder's first picture: the name hashed alike everywhere (FNV-1a).
std::uint64_t seed_of(const std::string& folder) {
    std::uint64_t hash = 0xCBF29CE484222325ull ^ kSeed;
    for (const char c : folder) hash = (hash ^ std::uint64_t(std::uint8_t(c))) * 0x100000001B3ull;
    return hash;
}

class PictureMaker {
  public:
    PictureMaker(fs::path folder, const Condition& condition)
        : folder_(std::move(folder)),
          condition_(condition),
          profile_(kept_small(*lab::find_profile(condition.profile))),
          styles_(*lab::find_styles(condition.styles)),
          truth_((fs::create_directories(folder_), folder_ / "truth.jsonl")) {}

    void make(const test::CardPrinter& printer, const test::PrintedCard& card, int number) {
        const std::uint64_t seed = seed_of(condition_.folder) + std::uint64_t(number);
        const ReadRegion& region = printer.region();
        const Homography map = printer.raster_map();
        lab::Rng rng(seed);
        const lab::FilledCard truth = lab::random_answers(region, seed, styles_.answers);
        const lab::Pen pen = lab::take_pen(styles_, rng);
        scanner::GrayImage page = card.page;
        lab::age_print(page, map, region, profile_, seed);
        lab::fill_card(page, map, region, truth, styles_.marks, pen, seed);
        if (condition_.two_marks) {
            lab::FilledCard again;
            const int value = truth.answers.at("overall");
            again.answers["overall"] = value == 1 ? 2 : value - 1;
            lab::fill_card(page, map, region, again, styles_.marks, pen, seed);
        }
        const int dpi = profile_.dpis.at(std::size_t(number) % profile_.dpis.size());
        const auto file = lab::scan_to_file(page, map, region, profile_, dpi, seed);
        const std::string name =
            fmt::format("{:02}-{}.{}", number, printer.layout().template_name, file.extension);
        std::ofstream(folder_ / name, std::ios::binary) << file.bytes;
        const app::CardLabel label{card.id, truth.answers, condition_.two_marks};
        truth_ << to_json(app::LabelledPicture{folder_ / name, {label}}) << "\n";
    }

  private:
    fs::path folder_;
    const Condition& condition_;
    lab::Profile profile_;
    lab::StyleSet styles_;
    std::ofstream truth_;
};

/// Card n of every folder comes from template n, round and round; each has a page of its own.
bool make_all(const fs::path& root) {
    const auto all = conditions();
    std::vector<test::CardPrinter> printers;
    std::ofstream layouts(root / "layouts.jsonl");
    for (const char* name : kTemplates) {
        printers.emplace_back(name, kSeed, 300, LayoutNumber(std::uint16_t(printers.size() + 1)));
        layouts << to_json(printers.back().layout()) << "\n";
    }
    std::vector<std::unique_ptr<PictureMaker>> makers;
    for (const auto& condition : all)
        makers.push_back(std::make_unique<PictureMaker>(root / condition.folder, condition));
    for (int number = 0; number < 5; ++number) {
        auto& printer = printers.at(std::size_t(number) % printers.size());
        const int pages = int(all.size());
        const auto done = printer.print(number * pages, pages, [&](const test::PrintedCard& card) {
            const auto at = std::size_t(card.number - number * pages);
            if (number < all.at(at).pictures) makers.at(at)->make(printer, card, number);
        });
        if (!done) fmt::print(stderr, "{}\n", done.error().text());
        if (!done) return false;
    }
    return true;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        fmt::print(stderr, "usage: verso_make_blackbox FOLDER\n");
        return 2;
    }
    return make_all(argv[1]) ? 0 : 1;
}
