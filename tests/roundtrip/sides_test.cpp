// SPDX-License-Identifier: Apache-2.0
// The side of a card with the postal address, as each profile prints it and scanners bring it back:
// known for what it is, and nothing to read on it. An answer side is never taken for one.
#include "core/crypto/crypto.h"
#include "core/domain/reading_json.h"
#include "generator/pdf/pdf_writer.h"
#include "scanner/lab/answer_sheet.h"
#include "scanner/lab/degrade.h"
#include "scanner/pipeline/read_card.h"
#include "scanner/render/page_renderer.h"
#include "tests/generator/specimens.h"
#include "tests/roundtrip/random_order.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

namespace verso::test {
namespace {

namespace lab = scanner::lab;

constexpr int kRasterDpi = 300;

class CardSides : public ::testing::TestWithParam<const char*> {
  protected:
    /// Both sides of a card by that profile; with an approved reply address or as a specimen.
    void print(const std::string& profile, bool approved) {
        Shop shop = generator::specimen_shop();
        shop.reply_profile = profile;
        if (approved) {
            shop.reply_address = {"EXAMPLE SHOP", "LIBRE REPONSE 00000", "00000 EXAMPLE TOWN"};
            shop.reply_approval = "invented for a test";
            shop.reply_authorisation = "00000";
        }
        auto design = generator::InsertTemplate::load("a6-card", generator::template_folders(),
                                                      generator::specimen_fonts(), &shop);
        ASSERT_TRUE(design.has_value()) << design.error().text();
        layout_ = (*design)->layout();
        layout_.number = LayoutNumber(1);
        SeededRandom random(5);
        const Order order = random_order(1001, 5);
        const CardIdentity card = make_card(layout_.number, random);
        auto insert = (*design)->lay_out({order, 1, shop, card, make_rma(random.bits())});
        ASSERT_TRUE(insert.has_value()) << insert.error().text();
        generator::PdfWriter writer(generator::specimen_fonts(), {});
        for (const auto& page : insert->pages) ASSERT_TRUE(writer.add_page(page));
        const std::string path =
            (std::filesystem::temp_directory_path() / fmt::format("verso-sides-{}.pdf", getpid()))
                .string();
        ASSERT_TRUE(writer.save(path));
        pages_.clear();
        const scanner::RenderJob job{.pdf = path, .dpi = kRasterDpi};
        const auto drawn = scanner::render_pages(job, [&](int, scanner::GrayImage image) {
            pages_.push_back(std::move(image));
            return true;
        });
        std::filesystem::remove(path);
        ASSERT_TRUE(drawn.has_value()) << drawn.error().text();
        ASSERT_EQ(pages_.size(), 2u);
    }

    Reading read(int page, const lab::Profile& profile, int dpi, std::uint64_t seed) const {
        const MmBox whole{0_mm, 0_mm, layout_.pages[0].width, layout_.pages[0].height};
        const auto scan = lab::degrade(pages_.at(std::size_t(page)), lab::raster_map(kRasterDpi),
                                       whole, profile, dpi, seed);
        scanner::ReadOptions options;
        options.known = {&layout_};
        const auto lookup = [&](LayoutNumber number) {
            return number == layout_.number ? &layout_ : nullptr;
        };
        return scanner::read_page(scan.image, lookup, options).front();
    }

    Layout layout_;
    std::vector<scanner::GrayImage> pages_;
};

TEST_P(CardSides, AddressSideIsKnown) {
    for (const bool approved : {false, true}) {
        ASSERT_NO_FATAL_FAILURE(print(GetParam(), approved));
        int missed = 0;
        for (const int dpi : {150, 200, 300}) {
            for (const char* machine : {"clean", "feeder"}) {
                const Reading reading = read(1, *lab::find_profile(machine), dpi, 11);
                missed += reading.side == SheetSide::Address ? 0 : 1;
                EXPECT_EQ(reading.verdict, Verdict::Unreadable) << to_json(reading);
            }
        }
        EXPECT_LE(missed, 1) << "of 6, approved " << approved;
    }
}

// ccri and gb-business-reply have no sender's rules: a person is shown them, as any page that
// nobody knows.
INSTANTIATE_TEST_SUITE_P(Profiles, CardSides,
                         ::testing::Values("fr-libre-reponse", "be-da", "ch-gas", "de-antwort",
                                           "de-werbeantwort", "es-respuesta-comercial",
                                           "gb-freepost", "nl-antwoordnummer", "stamp"),
                         [](const auto& p) {
                             std::string name = p.param;
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

TEST_F(CardSides, BlankBackIsBlank) {
    ASSERT_NO_FATAL_FAILURE(print("fr-libre-reponse", false));
    std::fill(pages_[1].pixels.begin(), pages_[1].pixels.end(), std::uint8_t(255));
    int missed = 0;
    for (const int dpi : {150, 200, 300}) {
        for (const char* machine : {"clean", "feeder"}) {
            for (std::uint64_t seed = 1; seed <= 3; ++seed) {
                const Reading reading = read(1, *lab::find_profile(machine), dpi, seed);
                EXPECT_FALSE(reading.card) << machine << " " << dpi << " dpi, seed " << seed;
                missed += reading.side == SheetSide::Blank ? 0 : 1;
            }
        }
    }
    EXPECT_LE(missed, 2) << "of 18";
}

/// With both codes and all fiducials gone, a person must look: nothing is passed over.
TEST_F(CardSides, AnswerSideIsNoEmptySide) {
    ASSERT_NO_FATAL_FAILURE(print("fr-libre-reponse", false));
    const ReadRegion& card = layout_.cards.at(0);
    const double scale = kRasterDpi / kMmPerInch;
    const auto hide = [&](const MmBox& box) {
        auto& image = pages_.front();
        for (int y = int(box.y.value * scale); y < int(box.bottom().value * scale); ++y) {
            for (int x = int(box.x.value * scale); x < int(box.right().value * scale); ++x) {
                image.pixels.at(std::size_t(y) * std::size_t(image.width) + std::size_t(x)) = 255;
            }
        }
    };
    for (const auto& code : card.codes) hide(code.box.grown(1_mm));
    for (const auto& fiducial : card.fiducials) hide(fiducial.grown(1_mm));
    for (const char* machine : {"clean", "feeder", "fax", "damaged"}) {
        for (std::uint64_t seed = 1; seed <= 4; ++seed) {
            const Reading reading = read(0, *lab::find_profile(machine), 200, seed);
            EXPECT_TRUE(reading.needs_person()) << machine << " seed " << seed;
        }
    }
}

}  // namespace
}  // namespace verso::test
