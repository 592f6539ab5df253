// SPDX-License-Identifier: Apache-2.0
#include "app/demo_cards.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <span>

#include "app/files.h"
#include "scanner/lab/degrade.h"
#include "scanner/lab/encode.h"
#include "scanner/lab/random.h"
#include "scanner/render/page_renderer.h"

namespace verso::app {

namespace lab = scanner::lab;

namespace {

constexpr int kRenderDpi = 300;
constexpr int kPictureDpi = 60;
constexpr int kQuality = 90;

/// How a card comes back, and how often out of a hundred.
struct Way {
    lab::Profile (*profile)();
    double dpi;
    bool bilevel;
    int share;
};
constexpr std::array kWays{Way{lab::feeder, 300, false, 35}, Way{lab::feeder, 200, false, 15},
                           Way{lab::clean, 300, false, 20},  Way{lab::phone, 250, false, 15},
                           Way{lab::fax, 200, true, 8},      Way{lab::damaged, 300, false, 7}};

const Way& draw_way(lab::Rng& rng) {
    int ticket = rng.below(100);
    for (const Way& way : kWays) {
        if (ticket < way.share) return way;
        ticket -= way.share;
    }
    return kWays.front();
}

/// The part of the page to render, on whole pixels so that the map from the page is exact.
MmBox render_box(const MmBox& card, const PageSize& page) {
    const MmBox wide = card.grown(Mm{5});
    const auto snap = [](double mm) {
        return Mm{std::floor(mm * kRenderDpi / kMmPerInch) * kMmPerInch / kRenderDpi};
    };
    const Mm x = snap(std::max(0.0, wide.x.value)), y = snap(std::max(0.0, wide.y.value));
    return {x, y, snap(std::min(wide.right().value, page.width.value)) - x,
            snap(std::min(wide.bottom().value, page.height.value)) - y};
}

Homography map_of(const MmBox& crop) {
    const double k = kRenderDpi / kMmPerInch;
    return Homography({k, 0, -crop.x.value * k, 0, k, -crop.y.value * k, 0, 0, 1});
}

/// Marks and degrades one card after another, as the renderer gives their pages.
class CardMaker {
  public:
    CardMaker(const DemoFolder& folder, const ReadRegion& region, const MmBox& crop, lab::Rng rng)
        : folder_(folder), region_(region), map_(map_of(crop)), rng_(rng) {}

    Result<ReturnedCard> make(const FinishedInsert& insert, std::size_t number,
                              scanner::GrayImage page) {
        const Way& way = draw_way(rng_);
        const lab::Pen& pen = lab::pens().at(
            static_cast<std::size_t>(rng_.below(static_cast<int>(lab::pens().size()))));
        lab::AnswerOptions habits;
        habits.blank_overall = 0.03;
        const auto filled = lab::random_answers(region_, rng_.bits(), habits);
        lab::fill_card(page, map_, region_, filled, lab::usual_styles(), pen, rng_.bits());
        const lab::Profile profile = way.profile();
        auto seen = lab::degrade(page, map_, region_.box, profile, way.dpi, rng_.bits());
        seen.image.dpi = way.dpi;

        const std::string name = fmt::format("{:03}", number);
        const auto file = folder_.scans() / (name + (way.bilevel ? ".tif" : ".jpg"));
        const std::string picture = lab::encode_jpeg(seen.image, kQuality);
        const std::string bytes =
            way.bilevel ? lab::encode_tiff_g4(std::span(&seen.image, 1)) : picture;
        if (auto written = write_file(file, bytes, FileMode::Shared); !written) {
            return written.error();
        }
        if (way.bilevel) {  // no browser shows a TIFF
            const auto shown = folder_.pictures() / (name + "-scan.jpg");
            auto written = write_file(shown, picture, FileMode::Shared);
            if (!written) return written.error();
        }
        return ReturnedCard{
            name,     file.string(), insert.record.order.get(), insert.record.card, filled,
            pen.name, profile.name};
    }

  private:
    const DemoFolder& folder_;
    const ReadRegion& region_;
    Homography map_;
    lab::Rng rng_;
};

}  // namespace

Result<std::vector<ReturnedCard>> make_returned_cards(const DemoFolder& folder,
                                                      const PrintedSheets& wave,
                                                      const Layout& layout, std::uint64_t seed,
                                                      Output& out) {
    const ReadRegion& region = layout.cards.front();
    const PageSize& page_size = layout.pages.at(static_cast<std::size_t>(region.page - 1));
    scanner::RenderJob job;
    job.pdf = folder.pdf().string();
    job.dpi = kRenderDpi;
    job.crop = render_box(region.box, page_size);
    job.odd_only = region.page % 2 == 1;  // inserts are whole sheets
    CardMaker maker(folder, region, job.crop, lab::Rng(seed));

    std::vector<ReturnedCard> cards;
    std::optional<Error> failed;
    Progress progress = out.progress("cards marked and scanned", wave.inserts.size());
    auto rendered = scanner::render_pages(job, [&](int page, scanner::GrayImage image) {
        if (cards.size() == wave.inserts.size()) return false;
        const FinishedInsert& insert = wave.inserts.at(cards.size());
        if (page != insert.record.first_page + region.page - 1) return true;
        auto card = maker.make(insert, cards.size() + 1, std::move(image));
        if (!card) {
            failed = card.error();
            return false;
        }
        cards.push_back(std::move(*card));
        progress.advance();
        return true;
    });
    if (failed) return *failed;
    if (!rendered) return rendered.error();
    return cards;
}

Result<void> make_pictures(const DemoFolder& folder, const PrintedSheets& wave, std::size_t count,
                           Output& out) {
    scanner::RenderJob job;
    job.pdf = folder.pdf().string();
    job.dpi = kPictureDpi;
    std::optional<Error> failed;
    Progress progress = out.progress("pages pictured", count);
    std::size_t next = 0;
    auto rendered = scanner::render_pages(job, [&](int page, const scanner::GrayImage& image) {
        const auto& record = wave.inserts.at(next).record;
        const int side = page - record.first_page + 1;
        if (side <= 2) {
            const auto file = folder.pictures() / fmt::format("{:03}-page{}.jpg", next + 1, side);
            auto written = write_file(file, lab::encode_jpeg(image, kQuality), FileMode::Shared);
            if (!written) failed = written.error();
        }
        if (side == record.pages) {
            ++next;
            progress.advance();
        }
        return !failed && next < count && next < wave.inserts.size();
    });
    if (failed) return *failed;
    if (!rendered) return rendered.error();
    return {};
}

}  // namespace verso::app
