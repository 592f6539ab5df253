// SPDX-License-Identifier: Apache-2.0
#include "tests/roundtrip/returns_roundtrip.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <optional>

#include "core/crypto/crypto.h"
#include "core/domain/reading.h"
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

/// One printed sheet and what its buyer means to say.
struct PrintedSheet {
    std::uint64_t seed;
    CardId id;
    ReadRegion printed;  ///< the rows and boxes that are on it
    lab::FilledCard truth;
};

/// The part of the layout that an order's sheet has: its rows, of each the quantities bought.
ReadRegion rows_of(const ReadRegion& region, const std::vector<OrderLine>& lines) {
    ReadRegion out = region;
    out.questions.clear();
    for (const auto& question : region.questions) {
        Question kept = question;
        if (question.id.starts_with("line-")) {
            const std::size_t row = std::stoul(question.id.substr(5));
            if (row > lines.size()) continue;
            if (question.id.ends_with("-quantity")) {
                std::erase_if(kept.options, [&](const MarkOption& option) {
                    return option.value > lines[row - 1].quantity;
                });
            }
        }
        out.questions.push_back(std::move(kept));
    }
    return out;
}

/// Most rows stay blank; the one that goes back has a reason and a quantity.
lab::FilledCard random_returns(const ReadRegion& printed, std::uint64_t seed) {
    lab::AnswerOptions options;
    options.blank_question = 0.55;
    lab::FilledCard truth = lab::random_answers(printed, seed, options);
    if (truth.answers.empty()) {
        const Question& first = printed.questions.front();
        truth.answers[first.id] = first.options.front().value;
    }
    return truth;
}

class ReturnsTrip {
  public:
    explicit ReturnsTrip(const ReturnsSetup& setup)
        : setup_(setup), design_(generator::shipped(setup.template_name)) {
        layout_ = design_->layout();
        layout_.number = LayoutNumber(1);
    }

    Result<ReturnsResult> run() {
        const std::string path = (std::filesystem::temp_directory_path() /
                                  fmt::format("verso-returns-{}-{}.pdf", getpid(), setup_.seed))
                                     .string();
        auto sheets = print(path);
        if (!sheets) return sheets.error();
        scanner::RenderJob job{.pdf = path, .dpi = kRasterDpi, .crop = crop()};
        auto pages = scanner::render_pages(job, [&](int page, scanner::GrayImage image) {
            if (const auto it = sheets->find(page); it != sheets->end()) {
                send_back(std::move(image), it->second);
            }
            return true;
        });
        std::filesystem::remove(path);
        if (!pages) return pages.error();
        return result_;
    }

  private:
    const ReadRegion& region() const { return layout_.returns.at(0); }

    /// Prints the inserts; gives the first return sheet of each by its page in the file.
    Result<std::map<int, PrintedSheet>> print(const std::string& path) {
        generator::PdfWriter writer(generator::specimen_fonts(), {});
        const Shop shop = generator::specimen_shop();
        std::map<int, PrintedSheet> sheets;
        for (int i = 0; i < setup_.sheets; ++i) {
            const std::uint64_t seed = setup_.seed * 1'000'003 + std::uint64_t(i);
            SeededRandom random(seed);
            const Order order = random_order(1000 + i, seed);
            const CardIdentity card = make_card(layout_.number, random);
            auto insert = design_->lay_out({order, 1, shop, card, make_rma(random.bits())});
            if (!insert) return insert.error();
            const ReadRegion printed = rows_of(region(), order.lines_of(1));
            sheets[writer.page_count() + region().page] = {seed, card.id, printed,
                                                           random_returns(printed, seed)};
            for (const auto& page : insert->pages) {
                if (auto added = writer.add_page(page); !added) return added.error();
            }
        }
        if (auto saved = writer.save(path); !saved) return saved.error();
        return sheets;
    }

    /// The sheet and a little more, for the cut beside the line; or all of the page.
    MmBox crop() const {
        const PageSize page = layout_.pages.at(std::size_t(region().page - 1));
        if (setup_.whole_page) return {0_mm, 0_mm, page.width, page.height};
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

    void send_back(scanner::GrayImage page, const PrintedSheet& sheet) {
        const auto& pens = lab::pens();
        lab::fill_card(page, raster_map(), sheet.printed, sheet.truth, setup_.styles,
                       pens[sheet.seed % pens.size()], sheet.seed);
        const int dpi = setup_.dpis[std::size_t(result_.sheets) % setup_.dpis.size()];
        const MmBox cut = setup_.whole_page ? crop() : region().box;
        const lab::Degraded scan =
            lab::degrade(page, raster_map(), cut, setup_.profile, dpi, sheet.seed);
        const std::string jpeg = lab::encode_jpeg(scan.image, 95);
        const std::clock_t start = std::clock();
        const Reading reading = read(jpeg);
        result_.read_ms += 1000.0 * double(std::clock() - start) / CLOCKS_PER_SEC;
        judge(reading, sheet, jpeg);
    }

    Reading read(const std::string& jpeg) {
        std::vector<Reading> readings;
        const auto lookup = [&](LayoutNumber number) {
            return number == layout_.number ? &layout_ : nullptr;
        };
        scanner::ReadOptions options;
        options.known = {&layout_};
        auto pages =
            scanner::load_pages(jpeg, "sheet.jpg", {}, [&](int, Result<scanner::GrayImage> image) {
                if (image) readings = scanner::read_page(*image, lookup, options);
                return true;
            });
        Reading none;
        if (!pages || readings.size() != 1) {
            none.reject(RejectionCode::ReaderFailed, "",
                        fmt::format("{} pieces found", readings.size()));
        }
        return readings.size() == 1 ? readings.front() : none;
    }

    void judge(const Reading& reading, const PrintedSheet& sheet, const std::string& jpeg) {
        ++result_.sheets;
        for (const auto& question : sheet.printed.questions) {
            result_.positions += int(question.options.size());
        }
        std::string label;
        if (reading.verdict != Verdict::Accepted) {
            ++result_.review;
            for (const auto& reason : reading.reasons) {
                ++result_.reasons[fmt::format("{}: {}", to_string(reason.code), reason.detail)];
                label += fmt::format("{}-{} ", to_string(reason.code), reason.question);
            }
        } else if (const auto fault = difference(reading, sheet)) {
            ++result_.wrong;
            result_.faults.push_back(fmt::format("sheet seed {}: {}", sheet.seed, *fault));
            label = "WRONG ";
        } else {
            ++result_.straight;
        }
        if (label.empty() || setup_.keep_folder.empty()) return;
        std::filesystem::create_directories(setup_.keep_folder);
        label.pop_back();
        std::replace(label.begin(), label.end(), ' ', '_');
        std::ofstream(
            fmt::format("{}/{}-{}.jpg", setup_.keep_folder, label.substr(0, 80), sheet.seed),
            std::ios::binary)
            << jpeg;
    }

    std::optional<std::string> difference(const Reading& reading, const PrintedSheet& sheet) const {
        if (reading.card != sheet.id) return "another identity";
        if (reading.side != SheetSide::Return || reading.sheet != 1) return "another side or sheet";
        Answers seen;
        std::size_t rows = 0;
        for (const auto& answer : reading.answers) {
            ++rows;
            if (answer.value) seen[answer.question] = *answer.value;
            const Question* all = region().find_question(answer.question);
            if (all == nullptr || all->options.size() != answer.scores.size()) {
                return fmt::format("{}: not one score for each box", answer.question);
            }
        }
        if (rows != sheet.printed.questions.size()) {
            return fmt::format("{} questions printed, {} read", sheet.printed.questions.size(),
                               rows);
        }
        if (seen == sheet.truth.answers) return std::nullopt;
        std::string detail;
        for (const auto& [question, value] : sheet.truth.answers) {
            const auto it = seen.find(question);
            if (it == seen.end() || it->second != value) {
                detail += fmt::format("{} marked {}, read {}; ", question, value,
                                      it == seen.end() ? "blank" : std::to_string(it->second));
            }
        }
        return detail.empty() ? "more read than was marked" : detail;
    }

    const ReturnsSetup& setup_;
    std::shared_ptr<const generator::InsertTemplate> design_;
    Layout layout_;
    ReturnsResult result_;
};

}  // namespace

Result<ReturnsResult> run_returns(const ReturnsSetup& setup) { return ReturnsTrip(setup).run(); }

}  // namespace verso::test
