// SPDX-License-Identifier: Apache-2.0
#include "tests/roundtrip/roundtrip.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <optional>

#include "core/crypto/crypto.h"
#include "core/domain/reading.h"
#include "generator/insert_template.h"
#include "generator/pdf/pdf_writer.h"
#include "scanner/image/image_loader.h"
#include "scanner/lab/degrade.h"
#include "scanner/lab/encode.h"
#include "scanner/pipeline/read_card.h"
#include "scanner/render/page_renderer.h"
#include "tests/generator/specimens.h"
#include "tests/roundtrip/random_order.h"

namespace verso::test {

namespace {

namespace lab = scanner::lab;

constexpr int kRasterDpi = 300;
constexpr int kBatch = 200;  // pages of one PDF; keeps the writer's memory small

/// One printed card, waiting for its page to be rasterised.
struct PrintedCard {
    int page;
    std::uint64_t seed;
    CardId id;
};

class TemporaryFile {
  public:
    TemporaryFile()
        : path_(std::filesystem::temp_directory_path() /
                fmt::format("verso-roundtrip-{}.pdf", getpid())) {}
    ~TemporaryFile() { std::filesystem::remove(path_); }
    std::string path() const { return path_.string(); }

  private:
    std::filesystem::path path_;
};

class RoundTrip {
  public:
    explicit RoundTrip(const RoundTripSetup& setup)
        : setup_(setup), design_(generator::shipped(setup.template_name)) {
        layout_ = design_->layout();
        layout_.number = LayoutNumber(1);
    }

    Result<RoundTripResult> run() {
        for (int first = 0; first < setup_.cards; first += kBatch) {
            auto done = run_batch(first, std::min(kBatch, setup_.cards - first));
            if (!done) return done.error();
        }
        return result_;
    }

  private:
    Result<void> run_batch(int first, int count) {
        TemporaryFile file;
        auto printed = print(first, count, file.path());
        if (!printed) return printed.error();
        std::map<int, PrintedCard> by_page;
        for (const auto& card : *printed) by_page[card.page] = card;
        scanner::RenderJob job{
            .pdf = file.path(), .dpi = kRasterDpi, .odd_only = true, .crop = crop()};
        auto pages = scanner::render_pages(job, [&](int page, scanner::GrayImage image) {
            if (const auto it = by_page.find(page); it != by_page.end()) {
                send_back(std::move(image), it->second);
            }
            return true;
        });
        if (!pages) return pages.error();
        return {};
    }

    /// Prints `count` inserts of random orders into one PDF.
    Result<std::vector<PrintedCard>> print(int first, int count, const std::string& path) {
        generator::PdfWriter writer(generator::specimen_fonts(), {});
        const Shop shop = generator::specimen_shop();
        std::vector<PrintedCard> cards;
        for (int i = first; i < first + count; ++i) {
            const std::uint64_t seed = setup_.seed * 1'000'003 + std::uint64_t(i);
            SeededRandom random(seed);
            const Order order = random_order(1000 + i, seed);
            const CardIdentity card = make_card(layout_.number, random);
            auto insert = design_->lay_out({order, 1, shop, card, make_rma(random.bits())});
            if (!insert) return insert.error();
            cards.push_back({writer.page_count() + 1, seed, card.id});
            for (const auto& page : insert->pages) {
                if (auto added = writer.add_page(page); !added) return added.error();
            }
        }
        if (auto saved = writer.save(path); !saved) return saved.error();
        return cards;
    }

    const ReadRegion& region() const { return layout_.cards.at(0); }

    /// The card and a little more, for the cut beside the line.
    MmBox crop() const {
        const PageSize page = layout_.pages.at(0);
        MmBox box = region().box.grown(3_mm);
        const Mm right = std::min(box.right(), page.width),
                 bottom = std::min(box.bottom(), page.height);
        box.x = std::max(box.x, 0_mm);
        box.y = std::max(box.y, 0_mm);
        return {box.x, box.y, right - box.x, bottom - box.y};
    }

    Homography raster_map() const {
        const double scale = kRasterDpi / kMmPerInch;
        return Homography({scale, 0, -std::round(crop().x.value * scale), 0, scale,
                           -std::round(crop().y.value * scale), 0, 0, 1});
    }

    /// Marks, degrades, encodes, decodes, reads and judges one card.
    void send_back(scanner::GrayImage page, const PrintedCard& card) {
        const lab::FilledCard truth = lab::random_answers(region(), card.seed);
        const auto& pens = lab::pens();
        lab::fill_card(page, raster_map(), region(), truth, setup_.styles,
                       pens[card.seed % pens.size()], card.seed);
        const int dpi = setup_.dpis[std::size_t(result_.cards) % setup_.dpis.size()];
        const lab::Degraded scan =
            lab::degrade(page, raster_map(), region().box, setup_.profile, dpi, card.seed);
        constexpr int kTransportQuality = 95;  // the profile has its own JPEG losses behind it
        const std::string jpeg = lab::encode_jpeg(scan.image, kTransportQuality);
        const std::clock_t start = std::clock();
        const Reading reading = read(jpeg);
        result_.read_ms += 1000.0 * double(std::clock() - start) / CLOCKS_PER_SEC;
        judge(reading, truth, card, jpeg);
    }

    Reading read(const std::string& jpeg) {
        std::vector<Reading> readings;
        const auto lookup = [&](LayoutNumber number) {
            return number == layout_.number ? &layout_ : nullptr;
        };
        scanner::ReadOptions options;
        options.known = {&layout_};
        auto pages =
            scanner::load_pages(jpeg, "card.jpg", {}, [&](int, Result<scanner::GrayImage> image) {
                if (image) readings = scanner::read_page(*image, lookup, options);
                return true;
            });
        Reading none;
        if (!pages || readings.empty()) none.reject(RejectionCode::ReaderFailed, "", "not decoded");
        return readings.size() == 1 ? readings.front() : none;
    }

    void judge(const Reading& reading, const lab::FilledCard& truth, const PrintedCard& card,
               const std::string& jpeg) {
        ++result_.cards;
        for (const auto& question : region().questions)
            result_.positions += int(question.options.size());
        std::string label;
        if (reading.verdict != Verdict::Accepted) {
            ++result_.review;
            for (const auto& reason : reading.reasons) {
                ++result_.reasons[std::string(to_string(reason.code))];
                label += std::string(to_string(reason.code)) + "-" + reason.question + " ";
            }
        } else if (const auto fault = difference(reading, truth, card)) {
            ++result_.wrong;
            result_.faults.push_back(fmt::format("card seed {}: {}", card.seed, *fault));
            label = "WRONG ";
        } else {
            ++result_.straight;
        }
        if (!label.empty() && !setup_.keep_folder.empty()) keep(jpeg, label, card.seed);
    }

    /// The first thing in which an accepted reading differs from what was marked.
    std::optional<std::string> difference(const Reading& reading, const lab::FilledCard& truth,
                                          const PrintedCard& card) const {
        if (reading.card != card.id) return "another identity";
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
            if (expected != read)
                return fmt::format("{}: marked {}, read {}", question.id, expected, read);
        }
        return std::nullopt;
    }

    void keep(const std::string& jpeg, std::string label, std::uint64_t seed) const {
        std::filesystem::create_directories(setup_.keep_folder);
        label.pop_back();
        std::replace(label.begin(), label.end(), ' ', '_');
        std::ofstream(fmt::format("{}/{}-{}.jpg", setup_.keep_folder, label.substr(0, 80), seed),
                      std::ios::binary)
            << jpeg;
    }

    const RoundTripSetup& setup_;
    std::shared_ptr<const generator::InsertTemplate> design_;
    Layout layout_;
    RoundTripResult result_;
};

}  // namespace

Result<RoundTripResult> run_round_trip(const RoundTripSetup& setup) {
    return RoundTrip(setup).run();
}

}  // namespace verso::test
