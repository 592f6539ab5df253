// SPDX-License-Identifier: Apache-2.0
#include "tests/generator/zpl/sample_label.h"

#include <png.h>

#include <memory>

#include "generator/barcode/barcode.h"

namespace verso::generator {

namespace {

const std::string kLink = "HTTPS://RATE.EXAMPLE.COM/C/014K7M2Q9XW3HTBB9ZK3T5V7X1Y2W4R6P8QN";

void text(DrawList& page, double x, double y, double size, std::string words, int turn = 0,
          FontFace face = FontFace::Regular, Ink ink = kBlack) {
    page.marks.push_back(
        TextMark{{Mm{x}, Mm{y}}, Pt{size}, face, ink, turn, std::move(words), Pt{0}});
}

void symbol(SampleLabel& label, CodeKind kind, const Symbol& modules, const std::string& says,
            MmBox box, int turn = 0) {
    label.page.marks.push_back(
        ModulesMark{box, modules.columns, modules.rows, modules.modules, turn});
    label.codes.push_back({kind, box, says, modules.columns, turn});
}

void shapes(DrawList& page) {
    page.marks.push_back(LineMark{{4_mm, 26_mm}, {97.6_mm, 26_mm}, 0.375_mm, 0_mm, kBlack});
    page.marks.push_back(LineMark{{4_mm, 62_mm}, {97.6_mm, 62_mm}, 0.25_mm, 2_mm, kBlack});
    page.marks.push_back(LineMark{{80_mm, 4_mm}, {96_mm, 20_mm}, 0.5_mm, 0_mm, kBlack});
    page.marks.push_back(OutlineMark{{60_mm, 30_mm, 16_mm, 4_mm}, 0.25_mm, 2_mm, kBlack});
    page.marks.push_back(OutlineMark{{60_mm, 38_mm, 36_mm, 20_mm}, 0.375_mm, 1_mm, kBlack});
    page.marks.push_back(FillMark{{80_mm, 29_mm, 16_mm, 6_mm}, kBlack});
    page.marks.push_back(FillMark{{62_mm, 40_mm, 10_mm, 10_mm}, {160, 160, 160}});
    const auto logo = std::make_shared<Picture>(
        Picture{Picture::Format::Png, 40, 20, 5_mm, 2.5_mm, sample_png(), "sample"});
    page.marks.push_back(PictureMark{{75_mm, 42_mm, 10_mm, 5_mm}, 0, logo});
}

}  // namespace

std::string sample_png() {
    std::vector<unsigned char> gray(40 * 20, 0);
    for (std::size_t y = 0; y < 8; ++y) {
        for (std::size_t x = 0; x < 8; ++x) gray[y * 40 + x] = 255;
    }
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = 40;
    image.height = 20;
    image.format = PNG_FORMAT_GRAY;
    png_alloc_size_t size = 0;
    png_image_write_to_memory(&image, nullptr, &size, 0, gray.data(), 0, nullptr);
    std::string bytes(size, '\0');
    png_image_write_to_memory(&image, bytes.data(), &size, 0, gray.data(), 0, nullptr);
    bytes.resize(size);
    return bytes;
}

SampleLabel sample_label(const std::string& name) {
    SampleLabel label{{{101.6_mm, 152.4_mm}, {}}, {}};
    DrawList& page = label.page;
    text(page, 4, 9, 14, "Retour · Return", 0, FontFace::Bold);
    text(page, 4, 15, 9, name);
    text(page, 4, 20, 8, "ΑΘΗΝΑ Київ Łódź Székesfehérvár – 12 rue de l’Église");
    shapes(page);
    text(page, 82, 33.4, 9, "WHITE", 0, FontFace::Bold, kWhite);
    for (const int turn : {0, 90, 180, 270}) text(page, 88, 48, 8, "  turn", turn);
    symbol(label, CodeKind::Qr, *encode_qr(kLink, QrLevel::M), kLink, {6_mm, 32_mm, 24_mm, 24_mm});
    const std::string mark = "014K7M2Q9XW3HTB";
    symbol(label, CodeKind::DataMatrix, *encode_data_matrix(mark), mark,
           {36_mm, 32_mm, 16_mm, 16_mm}, 90);
    const std::string rma = "RMA-2026-000123";
    symbol(label, CodeKind::Code128, *encode_code128(rma), rma, {10_mm, 68_mm, 75_mm, 14_mm});
    const std::string sscc = "00095287654321012346";
    symbol(label, CodeKind::Code128, *encode_gs1_128("[00]095287654321012346"), sscc,
           {8_mm, 90_mm, 80_mm, 32_mm});
    text(page, 8, 127, 9, "(00) 0 9528765 432101234 6");
    return label;
}

}  // namespace verso::generator
