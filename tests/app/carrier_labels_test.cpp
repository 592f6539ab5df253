// SPDX-License-Identifier: Apache-2.0
// Invented carriers' labels: PDF made by our own writer, PNG from its modules, ZPL by hand.
#include "app/carrier_labels.h"

#include <gmock/gmock.h>

#include <fstream>

#include "app/label_reader.h"
#include "core/crypto/crypto.h"
#include "core/domain/card_link.h"
#include "generator/barcode/barcode.h"
#include "generator/pdf/pdf_writer.h"
#include "scanner/image/png_writer.h"
#include "temp_folder.h"

namespace verso::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

constexpr const char* kNumber = "RR473124829FR";
constexpr const char* kOther = "RR473124832FR";

/// Draws modules of a number of pixels on white; `turned` by a quarter.
void draw(scanner::GrayImage& image, const generator::Symbol& symbol, int left, int top, int module,
          int height, bool turned = false) {
    for (int row = 0; row < symbol.rows; ++row) {
        for (int column = 0; column < symbol.columns; ++column) {
            if (symbol.modules[std::size_t(row * symbol.columns + column)] != '1') continue;
            for (int across = 0; across < module; ++across) {
                for (int along = 0; along < height; ++along) {
                    const int a = column * module + across, b = row * height + along;
                    image.row(top + (turned ? a : b))[left + (turned ? b : a)] = 0;
                }
            }
        }
    }
}

scanner::GrayImage blank(int width, int height) {
    return {width, height, 300,
            std::vector<std::uint8_t>(std::size_t(width) * std::size_t(height), 255)};
}

class CarrierLabelsTest : public ::testing::Test {
  protected:
    CarrierLabelsTest() : store_(records::open_sqlite_store(":memory:").value()) {}

    std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
    void write(const std::string& name, const std::string& bytes) const {
        std::ofstream(path(name), std::ios::binary) << bytes;
    }
    void write_zpl(const std::string& name, const std::string& number) const {
        write(name, "^XA^FO50,50^BY3^BCN,100,Y,N,N^FD" + number + "^FS^XZ");
    }
    void write_pdf(const std::string& name, const std::string& number) const {
        const auto symbol = generator::encode_code128(number).value();
        const auto fonts = generator::FontBook::load(VERSO_BINARY_DIR "/share/verso/fonts").value();
        generator::PdfWriter writer(fonts, {});
        DrawList page;
        page.page = {100_mm, 150_mm};
        page.marks.push_back(ModulesMark{
            {10_mm, 20_mm, 80_mm, 25_mm}, symbol.columns, symbol.rows, symbol.modules, 0});
        ASSERT_TRUE(writer.add_page(page));
        ASSERT_TRUE(writer.save(path(name)));
    }
    void write_png(const std::string& name, const std::string& number) const {
        auto gray = blank(700, 300);
        draw(gray, generator::encode_code128(number).value(), 60, 50, 3, 150);
        ASSERT_TRUE(scanner::write_png(gray, path(name)));
    }
    static Order order(const std::string& number, int parcels = 1) {
        Order order;
        order.number = OrderNumber{number};
        for (int i = 1; i <= parcels; ++i) order.parcels.push_back({i, "", "", ""});
        return order;
    }
    void open() {
        auto files = CarrierFiles::open(folder_.path());
        ASSERT_TRUE(files) << files.error().text();
        labels_ = std::make_unique<CarrierLabels>(std::move(*files), *store_, ShopId{1});
    }
    Result<ReturnLabel> next(const std::string& number, int parcel = 1, int parcels = 1) {
        return labels_->next(order(number, parcels), parcel, make_rma(1));
    }

    TempFolder folder_;
    std::unique_ptr<records::Store> store_;
    std::unique_ptr<CarrierLabels> labels_;
};

TEST_F(CarrierLabelsTest, APdfIsPassedOnAsItIsWithTheNumberThatItsBarsSay) {
    write_pdf("1001_RR473124829FR.pdf", kNumber);
    open();
    const auto label = next("#1001");
    ASSERT_TRUE(label) << label.error().text();
    EXPECT_EQ(label->kind, ReturnLabel::Kind::Carrier);
    EXPECT_EQ(label->number, kNumber);
    ASSERT_NE(label->artwork, nullptr);
    EXPECT_EQ(label->artwork->format, Picture::Format::Pdf);
    std::ifstream in(path("1001_RR473124829FR.pdf"), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    EXPECT_EQ(label->artwork->bytes, bytes);
    EXPECT_TRUE(label->zpl.empty());
}

TEST_F(CarrierLabelsTest, APngToo) {
    write_png("#1001_RR 473 124 829 FR.png", kNumber);
    open();
    const auto label = next("#1001");
    ASSERT_TRUE(label) << label.error().text();
    EXPECT_EQ(label->number, kNumber);
    EXPECT_EQ(label->text, "RR 473 124 829 FR");
    EXPECT_EQ(label->artwork->format, Picture::Format::Png);
}

TEST_F(CarrierLabelsTest, ZplIsPassedThrough) {
    write_zpl("1001_RR473124829FR.zpl", kNumber);
    open();
    const auto label = next("#1001");
    ASSERT_TRUE(label) << label.error().text();
    EXPECT_EQ(label->number, kNumber);
    EXPECT_EQ(label->artwork, nullptr);
    EXPECT_TRUE(label->zpl.starts_with("^XA^FO50,50^BY3"));
}

// The fault that this is all about: the label of another parcel.
TEST_F(CarrierLabelsTest, AnotherNumberThanAnnouncedIsRefusedWithBoth) {
    write_pdf("1001_RR473124829FR.pdf", kOther);
    write_png("1002_RR473124829FR.png", kOther);
    write_zpl("1003_RR473124829FR.zpl", kOther);
    open();
    for (const char* number : {"#1001", "#1002", "#1003"}) {
        const auto label = next(number);
        ASSERT_FALSE(label) << number;
        EXPECT_EQ(label.error().code, ErrorCode::ValueInvalid);
        EXPECT_THAT(label.error().text(), HasSubstr(kNumber));
        EXPECT_THAT(label.error().text(), HasSubstr(kOther));
        EXPECT_THAT(label.error().text(), HasSubstr("order " + std::string(number)));
    }
}

TEST_F(CarrierLabelsTest, WithoutAnAnnouncedNumberTheOneCodeIsTheNumber) {
    write_zpl("1001.zpl", kNumber);
    write_pdf("1002.pdf", kOther);
    write("1003.zpl", "^XA^BCN^FDRR473124829FR^FS^BCN^FD4212500^FS^XZ");
    write("1004.zpl", "^XA^FDno code^FS^XZ");
    open();
    EXPECT_EQ(next("#1001").value().number, kNumber);
    EXPECT_EQ(next("#1002").value().number, kOther);
    EXPECT_THAT(next("#1003").error().message, HasSubstr("several codes"));
    EXPECT_THAT(next("#1004").error().message, HasSubstr("no code"));
}

TEST_F(CarrierLabelsTest, EachParcelHasItsFile) {
    write_zpl("1001-1_RR473124829FR.zpl", kNumber);
    write_zpl("1001-2_RR473124832FR.zpl", kOther);
    open();
    EXPECT_EQ(next("#1001", 1, 2).value().number, kNumber);
    EXPECT_EQ(next("#1001", 2, 2).value().number, kOther);
    EXPECT_EQ(next("#1001", 3, 3).error().code, ErrorCode::NotFound);
    EXPECT_THAT(next("#1002").error().text(), HasSubstr("order #1002"));
}

TEST_F(CarrierLabelsTest, AFileForTheOrderIsNoFileForEachOfItsParcels) {
    write_zpl("1001_RR473124829FR.zpl", kNumber);
    open();
    EXPECT_EQ(next("#1001", 1, 2).error().code, ErrorCode::NotFound);
}

TEST_F(CarrierLabelsTest, TwoFilesOfOneParcelAreADoubt) {
    write_zpl("1001_RR473124829FR.zpl", kNumber);
    write_zpl("1001_RR473124832FR.zpl", kOther);
    open();
    EXPECT_THAT(next("#1001").error().message, HasSubstr("several return labels"));
}

TEST_F(CarrierLabelsTest, TheListSaysWhoseAFileIs) {
    write_zpl("a.zpl", kNumber);
    write_zpl("b.zpl", kOther);
    write(
        "labels.csv",
        "Order;Parcel;File;Number\n#1001;1;a.zpl;RR473124829FR\n1002;;b.zpl;RR 473 124 832 FR\n"
        ";1;a.zpl;1\n1003;x;a.zpl;1\n1004;1;../a.zpl;1\n1005;1;/etc/hostname;1\n1006;1;c.zpl;1\n");
    open();
    EXPECT_EQ(next("#1001").value().number, kNumber);
    EXPECT_EQ(next("#1002").value().number, kOther);
    EXPECT_EQ(next("#1003").error().code, ErrorCode::NotFound);
    EXPECT_EQ(next("#1006").error().code, ErrorCode::NotFound) << "the file is not there";
    EXPECT_THAT(labels_->take_warnings(),
                ElementsAre(HasSubstr(":4: no order"), HasSubstr(":5: the parcel"),
                            HasSubstr(":6: the file"), HasSubstr(":7: the file")));
    write("labels.csv", "A,B\n1,2\n");
    EXPECT_EQ(CarrierFiles::open(folder_.path()).error().code, ErrorCode::FormatInvalid);
}

TEST_F(CarrierLabelsTest, OneLabelIsNotTwoParcels) {
    write_zpl("1001_RR473124829FR.zpl", kNumber);
    write_zpl("1002_RR473124829FR.zpl", kNumber);
    open();
    EXPECT_TRUE(next("#1001"));
    EXPECT_THAT(next("#1002").error().text(), HasSubstr("is that of order #1001 parcel 1"));
}

TEST_F(CarrierLabelsTest, WhatIsNoLabel) {
    write("1001_RR473124829FR.pdf", "%PDF-1.4 and then nothing");
    write("1002_RR473124829FR.png", "\x89PNG\r\n\x1a\nand then nothing");
    write("1003_RR473124829FR.zpl", "hello");
    write("1004_RR473124829FR.zpl", "^XA^XZ^XA^XZ");
    write("1005_RR473124829FR.txt", "");
    open();
    for (const char* number : {"#1001", "#1002", "#1003", "#1004", "#1005"}) {
        EXPECT_FALSE(next(number)) << number;
    }
    EXPECT_THAT(next("#1004").error().message, HasSubstr("prints 2 labels"));
}

TEST(LabelReader, FindsEveryCodeOfALabelWhateverWayItLies) {
    auto image = blank(1200, 1800);
    draw(image, generator::encode_code128("FIRST-12345678").value(), 100, 100, 3, 200);
    draw(image, generator::encode_code128("SECOND-1234567").value(), 100, 500, 3, 150);
    draw(image, generator::encode_code128("UPRIGHT-12345").value(), 900, 600, 3, 180, true);
    draw(image, generator::encode_qr("HTTPS://A.EXAMPLE", generator::QrLevel::M).value(), 200, 900,
         6, 6);
    std::vector<std::string> codes;
    ASSERT_TRUE(find_codes(image, [&](const std::string& text) {
        codes.push_back(text);
        return true;
    }));
    EXPECT_THAT(codes, UnorderedElementsAre("FIRST-12345678", "SECOND-1234567", "UPRIGHT-12345",
                                            "HTTPS://A.EXAMPLE"));
}

TEST(LabelReader, StopsWhenItHasSeenEnough) {
    auto image = blank(1200, 800);
    draw(image, generator::encode_code128("FIRST-12345678").value(), 100, 100, 3, 200);
    draw(image, generator::encode_code128("SECOND-1234567").value(), 100, 500, 3, 150);
    int seen = 0;
    ASSERT_TRUE(find_codes(image, [&](const std::string&) { return ++seen < 1; }));
    EXPECT_EQ(seen, 1);
    ASSERT_TRUE(find_codes(scanner::GrayImage{}, [&](const std::string&) { return ++seen < 9; }));
    EXPECT_EQ(seen, 1) << "nothing is on nothing";
}

}  // namespace
}  // namespace verso::app
