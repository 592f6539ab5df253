// SPDX-License-Identifier: Apache-2.0
#include "tests/roundtrip/printed_cards.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "core/crypto/crypto.h"
#include "generator/pdf/pdf_writer.h"
#include "scanner/render/page_renderer.h"
#include "tests/generator/specimens.h"
#include "tests/roundtrip/random_order.h"

namespace verso::test {

namespace {

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

}  // namespace

CardPrinter::CardPrinter(const std::string& template_name, std::uint64_t seed, int dpi,
                         LayoutNumber number)
    : design_(generator::shipped(template_name)), seed_(seed), dpi_(dpi) {
    layout_ = design_->layout();
    layout_.number = number;
}

Result<void> CardPrinter::print(int first, int count,
                                const std::function<void(const PrintedCard&)>& sink) {
    TemporaryFile file;
    const auto printed = write_pdf(first, count, file.path());
    if (!printed) return printed.error();
    const bool fronts = std::all_of(printed->begin(), printed->end(),
                                    [](const auto& entry) { return entry.first % 2 == 1; });
    scanner::RenderJob job{.pdf = file.path(), .dpi = dpi_, .odd_only = fronts, .crop = crop()};
    auto pages = scanner::render_pages(job, [&](int page, scanner::GrayImage image) {
        if (const auto it = printed->find(page); it != printed->end())
            sink({std::move(image), it->second.id, it->second.number});
        return true;
    });
    if (!pages) return pages.error();
    return {};
}

/// Gives the page of each card in the file.
Result<std::map<int, CardPrinter::Printed>> CardPrinter::write_pdf(int first, int count,
                                                                   const std::string& path) {
    generator::PdfWriter writer(generator::specimen_fonts(), {});
    const Shop shop = generator::specimen_shop();
    std::map<int, Printed> cards;
    for (int i = first; i < first + count; ++i) {
        const std::uint64_t seed = seed_ * 1'000'003 + std::uint64_t(i);
        SeededRandom random(seed);
        const Order order = random_order(1000 + i, seed);
        const CardIdentity card = make_card(layout_.number, random);
        auto insert = design_->lay_out({order, 1, shop, card, make_rma(random.bits())});
        if (!insert) return insert.error();
        cards.emplace(writer.page_count() + region().page, Printed{card.id, i});
        for (const auto& page : insert->pages) {
            if (auto added = writer.add_page(page); !added) return added.error();
        }
    }
    if (auto saved = writer.save(path); !saved) return saved.error();
    return cards;
}

/// The card and a little more, for the cut beside the line.
MmBox CardPrinter::crop() const {
    const PageSize page = layout_.pages.at(std::size_t(region().page - 1));
    MmBox box = region().box.grown(3_mm);
    const Mm right = std::min(box.right(), page.width),
             bottom = std::min(box.bottom(), page.height);
    box.x = std::max(box.x, 0_mm);
    box.y = std::max(box.y, 0_mm);
    return {box.x, box.y, right - box.x, bottom - box.y};
}

Homography CardPrinter::raster_map() const {
    const double scale = dpi_ / kMmPerInch;
    return Homography({scale, 0, -std::round(crop().x.value * scale), 0, scale,
                       -std::round(crop().y.value * scale), 0, 0, 1});
}

}  // namespace verso::test
