// SPDX-License-Identifier: Apache-2.0
#include "tests/roundtrip/roundtrip.h"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>

#include "core/domain/reading.h"
#include "scanner/image/image_loader.h"
#include "scanner/lab/degrade.h"
#include "scanner/lab/print_effects.h"
#include "scanner/pipeline/read_card.h"
#include "tests/roundtrip/printed_cards.h"

namespace verso::test {

namespace {

namespace lab = scanner::lab;

constexpr int kBatch = 100;  // pages of one PDF; keeps the writer's memory small

const std::vector<int>& dpis_of(const RoundTripSetup& setup) {
    return setup.dpis.empty() ? setup.profile.dpis : setup.dpis;
}

/// Fine enough for the finest picture that is made.
int raster_dpi(const RoundTripSetup& setup) {
    const auto& dpis = dpis_of(setup);
    return *std::max_element(dpis.begin(), dpis.end()) > 400 ? 600 : 300;
}

/// One card on its way: its number, its seed and what was written on it.
struct Journey {
    int number;
    std::uint64_t seed;
    CardId id;
    lab::FilledCard truth;
};

class RoundTrip {
  public:
    explicit RoundTrip(const RoundTripSetup& setup)
        : setup_(setup), printer_(setup.template_name, setup.seed, raster_dpi(setup)) {}

    Result<RoundTripResult> run() {
        const int per_page = std::max(1, setup_.cards_per_page);
        const int end = setup_.first + setup_.cards;
        const int last_page = (end - 1) / per_page;
        for (int page = setup_.first / per_page; page <= last_page; page += kBatch) {
            const int count = std::min(kBatch, last_page + 1 - page);
            auto done = printer_.print(page, count, [&](const PrintedCard& card) {
                for (int i = card.number * per_page; i < (card.number + 1) * per_page; ++i)
                    if (i >= setup_.first && i < end) send_back(card, i);
            });
            if (!done) return done.error();
        }
        return result_;
    }

  private:
    const ReadRegion& region() const { return printer_.region(); }

    /// Marks, degrades, encodes, decodes, reads and judges one card.
    void send_back(const PrintedCard& card, int number) {
        const std::uint64_t seed = setup_.seed * 7'919'777 + std::uint64_t(number);
        const Homography map = printer_.raster_map();
        lab::Rng rng(seed);
        const Journey journey{number, seed, card.id,
                              lab::random_answers(region(), seed, setup_.styles.answers)};
        scanner::GrayImage page = card.page;
        lab::age_print(page, map, region(), setup_.profile, seed);
        lab::fill_card(page, map, region(), journey.truth, setup_.styles.marks,
                       lab::take_pen(setup_.styles, rng), seed);
        const int dpi = dpis_of(setup_).at(std::size_t(number) % dpis_of(setup_).size());
        const lab::ScannedFile file =
            lab::scan_to_file(page, map, region(), setup_.profile, dpi, seed);
        const std::clock_t start = std::clock();
        const Reading reading = read(file.bytes);
        const double ms = 1000.0 * double(std::clock() - start) / CLOCKS_PER_SEC;
        result_.read_ms += ms;
        result_.slowest_ms = std::max(result_.slowest_ms, ms);
        judge(reading, journey, file);
    }

    Reading read(const std::string& bytes) {
        std::vector<Reading> readings;
        const Layout& layout = printer_.layout();
        const auto lookup = [&](LayoutNumber number) {
            return number == layout.number ? &layout : nullptr;
        };
        scanner::ReadOptions options;
        options.known = {&layout};
        auto pages =
            scanner::load_pages(bytes, "card", {}, [&](int, Result<scanner::GrayImage> image) {
                if (image) readings = scanner::read_page(*image, lookup, options);
                return true;
            });
        Reading none;
        if (!pages || readings.empty()) none.reject(RejectionCode::ReaderFailed, "", "not decoded");
        return readings.size() == 1 ? readings.front() : none;
    }

    void judge(const Reading& reading, const Journey& journey, const lab::ScannedFile& file) {
        ++result_.cards;
        for (const auto& question : region().questions)
            result_.positions += int(question.options.size());
        result_.nameless += !reading.card.has_value();
        const bool misnamed = reading.card.has_value() && reading.card != journey.id;
        const bool accepted = reading.verdict == Verdict::Accepted;
        const auto fault = accepted ? difference(reading, journey.truth) : std::nullopt;
        std::string label;
        if (misnamed || fault) {
            result_.misnamed += misnamed;
            ++result_.wrong;
            label = misnamed ? "another identity" : *fault;
            result_.faults.push_back(fmt::format("card {}: {}", journey.number, label));
            label = "WRONG " + label;
        } else if (accepted) {
            ++result_.straight;
            count_confidence(reading);
        } else {
            label = count_review(reading);
        }
        if (!label.empty() && !setup_.keep_folder.empty()) keep(file, label, journey.number);
    }

    void count_confidence(const Reading& reading) {
        for (const auto& answer : reading.answers) result_.confidence += answer.confidence;
        result_.right_answers += int(reading.answers.size());
    }

    /// Gives the reasons as a file's name has them.
    std::string count_review(const Reading& reading) {
        ++result_.review;
        std::set<std::string> codes;
        std::string label;
        for (const auto& reason : reading.reasons) {
            codes.insert(std::string(to_string(reason.code)));
            label += std::string(to_string(reason.code)) + "-" + reason.question + " ";
        }
        for (const auto& code : codes) ++result_.reasons[code];
        return label.empty() ? "no-reason" : label;
    }

    /// The first thing in which an accepted reading differs from what was marked.
    std::optional<std::string> difference(const Reading& reading,
                                          const lab::FilledCard& truth) const {
        Answers seen;
        for (const auto& answer : reading.answers) {
            if (answer.value) seen[answer.question] = *answer.value;
        }
        for (const auto& question : region().questions) {
            const auto was = truth.answers.find(question.id);
            const auto is = seen.find(question.id);
            const std::string expected =
                was == truth.answers.end() ? "blank" : std::to_string(was->second);
            const std::string read = is == seen.end() ? "blank" : std::to_string(is->second);
            if (expected == read) continue;
            const bool struck = truth.struck.count(question.id) != 0;
            return fmt::format("{}: marked {}{}, read {}", question.id, expected,
                               struck ? " after a correction" : "", read);
        }
        return std::nullopt;
    }

    void keep(const lab::ScannedFile& file, std::string label, int number) const {
        std::filesystem::create_directories(setup_.keep_folder);
        std::replace(label.begin(), label.end(), ' ', '_');
        label.erase(std::remove(label.begin(), label.end(), ':'), label.end());
        std::ofstream(fmt::format("{}/{}-{}-{}-{}.{}", setup_.keep_folder, label.substr(0, 80),
                                  setup_.profile.name, setup_.seed, number, file.extension),
                      std::ios::binary)
            << file.bytes;
    }

    const RoundTripSetup& setup_;
    CardPrinter printer_;
    RoundTripResult result_;
};

}  // namespace

void RoundTripResult::add(const RoundTripResult& other) {
    cards += other.cards, straight += other.straight, review += other.review;
    wrong += other.wrong, misnamed += other.misnamed, nameless += other.nameless;
    positions += other.positions;
    read_ms += other.read_ms;
    slowest_ms = std::max(slowest_ms, other.slowest_ms);
    confidence += other.confidence;
    right_answers += other.right_answers;
    for (const auto& [reason, count] : other.reasons) reasons[reason] += count;
    faults.insert(faults.end(), other.faults.begin(), other.faults.end());
}

Result<RoundTripResult> run_round_trip(const RoundTripSetup& setup) {
    return RoundTrip(setup).run();
}

}  // namespace verso::test
