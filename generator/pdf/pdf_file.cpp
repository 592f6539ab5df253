// SPDX-License-Identifier: Apache-2.0
#include "generator/pdf/pdf_file.h"

#include <fmt/format.h>

#include <iterator>

#include "generator/fonts/utf8.h"

namespace verso::generator {
namespace {

// The objects that every file has, by number.
constexpr int kCatalogue = 1, kPageTree = 2, kResources = 3, kInfo = 4, kFixedObjects = 4;

// Readers walk a node from its beginning; this keeps every page within a short walk.
constexpr int kPagesPerNode = 250;

// Fonts' flags: symbolic, as every font that is addressed by glyph and not by a Latin encoding.
constexpr int kSymbolic = 4;

constexpr std::string_view kDeflated = "/Filter /FlateDecode";

// UTF-16 with its mark, as a hexadecimal string.
std::string text_string(std::string_view text) {
    std::string result = "<FEFF";
    const auto unit = [&result](char32_t value) {
        fmt::format_to(std::back_inserter(result), "{:04X}", static_cast<unsigned>(value));
    };
    for (std::size_t at = 0; at < text.size();) {
        const Utf8Step step = utf8_step(text, at);
        at += step.length;
        if (step.character >= 0x10000) {
            unit(0xD800 + ((step.character - 0x10000) >> 10));
            unit(0xDC00 + (step.character & 0x3FF));
        } else {
            unit(step.character);
        }
    }
    return result + ">";
}

std::string descriptor(const FontBook::Face& face, const FaceSubset& subset, int file) {
    const auto per_mille = [&face](int value) { return value * 1000 / face.units_per_em; };
    return fmt::format(
        "/Type /FontDescriptor /FontName /{} /Flags {}\n/FontBBox [{} {} {} {}] /ItalicAngle 0\n"
        "/Ascent {} /Descent {} /CapHeight {} /StemV {} /FontFile2 {} 0 R",
        subset.name, kSymbolic, per_mille(face.box_left), per_mille(face.box_bottom),
        per_mille(face.box_right), per_mille(face.box_top), per_mille(face.ascender),
        -per_mille(face.descender), per_mille(face.cap_height), face.bold ? 140 : 80, file);
}

}  // namespace

PdfFile::PdfFile() : file_("%PDF-1.4\n%\xE2\xE3\xCF\xD3\n"), offset_of_(kFixedObjects + 1) {}

int PdfFile::new_number() {
    offset_of_.push_back(0);
    return static_cast<int>(offset_of_.size()) - 1;
}

void PdfFile::begin(int number) {
    offset_of_.at(static_cast<std::size_t>(number)) = file_.size();
    fmt::format_to(std::back_inserter(file_), "{} 0 obj\n<<", number);
}

void PdfFile::write_object(int number, std::string_view entries) {
    begin(number);
    file_ += entries;
    file_ += ">>\nendobj\n";
}

void PdfFile::write_stream(int number, std::string_view entries, std::string_view bytes) {
    begin(number);
    file_ += entries;
    fmt::format_to(std::back_inserter(file_), " /Length {}>>\nstream\n", bytes.size());
    file_ += bytes;
    file_ += "\nendstream\nendobj\n";
}

int PdfFile::add_object(std::string_view entries) {
    const int number = new_number();
    write_object(number, entries);
    return number;
}

int PdfFile::add_stream(std::string_view entries, std::string_view bytes) {
    const int number = new_number();
    write_stream(number, entries, bytes);
    return number;
}

void PdfFile::set_title(std::string_view title) { title_ = text_string(title); }

int PdfFile::add_ground(std::string_view deflated) { return add_stream(kDeflated, deflated); }

void PdfFile::add_page(PageSize size, std::string_view deflated, std::optional<int> ground) {
    if (nodes_.empty() || nodes_.back().count == kPagesPerNode) {
        nodes_.push_back({new_number(), {}, 0});
    }
    Node& node = nodes_.back();
    const int contents = add_stream(kDeflated, deflated);
    const std::string all = ground ? fmt::format("[{} 0 R {} 0 R]", *ground, contents)
                                   : fmt::format("{} 0 R", contents);
    const int page = add_object(fmt::format(
        "/Type /Page /Parent {} 0 R /MediaBox [0 0 {:.7g} {:.7g}]\n/Resources {} 0 R /Contents {}",
        node.number, to_pt(size.width).value, to_pt(size.height).value, kResources, all));
    fmt::format_to(std::back_inserter(node.kids), "{} 0 R\n", page);
    ++node.count;
}

void PdfFile::add_font(std::string_view resource, const FontBook::Face& face,
                       const FaceSubset& subset) {
    const int file =
        add_stream(fmt::format("{} /Length1 {}", kDeflated, subset.file_length), subset.file);
    const int described = add_object(descriptor(face, subset, file));
    const int descendant = add_object(
        fmt::format("/Type /Font /Subtype /CIDFontType2 /BaseFont /{} /CIDToGIDMap /Identity\n"
                    "/CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>>\n"
                    "/FontDescriptor {} 0 R /W {}",
                    subset.name, described, subset.widths));
    const int to_unicode = add_stream(kDeflated, subset.to_unicode);
    const int font =
        add_object(fmt::format("/Type /Font /Subtype /Type0 /BaseFont /{} /Encoding /Identity-H\n"
                               "/DescendantFonts [{} 0 R] /ToUnicode {} 0 R",
                               subset.name, descendant, to_unicode));
    fonts_ += fmt::format("/{} {} 0 R ", resource, font);
}

void PdfFile::add_picture(std::string_view resource, const PdfObjects& objects) {
    std::vector<int> numbers;
    for (std::size_t i = 0; i < objects.size(); ++i) numbers.push_back(new_number());
    for (std::size_t i = 0; i < objects.size(); ++i) {
        const PdfObject& object = objects[i];
        std::string entries;
        std::size_t done = 0;
        for (const PdfObject::Reference& reference : object.references) {
            entries.append(object.entries, done, reference.at - done);
            entries += fmt::format("{} 0 R", numbers.at(reference.object));
            done = reference.at;
        }
        entries.append(object.entries, done);
        if (object.stream) {
            write_stream(numbers[i], entries, *object.stream);
        } else {
            write_object(numbers[i], entries);
        }
    }
    pictures_ += fmt::format("/{} {} 0 R\n", resource, numbers.at(0));
}

void PdfFile::write_page_tree() {
    std::string kids;
    int count = 0;
    for (const Node& node : nodes_) {
        write_object(node.number, fmt::format("/Type /Pages /Parent {} 0 R /Count {} /Kids [\n{}]",
                                              kPageTree, node.count, node.kids));
        fmt::format_to(std::back_inserter(kids), "{} 0 R\n", node.number);
        count += node.count;
    }
    write_object(kPageTree, fmt::format("/Type /Pages /Count {} /Kids [\n{}]", count, kids));
}

void PdfFile::write_cross_references() {
    const std::size_t start = file_.size();
    const auto out = std::back_inserter(file_);
    fmt::format_to(out, "xref\n0 {}\n0000000000 65535 f \n", offset_of_.size());
    for (std::size_t i = 1; i < offset_of_.size(); ++i) {
        fmt::format_to(out, "{:010} 00000 n \n", offset_of_[i]);
    }
    fmt::format_to(out, "trailer\n<</Size {} /Root {} 0 R /Info {} 0 R>>\nstartxref\n{}\n%%EOF\n",
                   offset_of_.size(), kCatalogue, kInfo, start);
}

std::string PdfFile::finish() {
    write_object(kCatalogue, fmt::format("/Type /Catalog /Pages {} 0 R", kPageTree));
    write_page_tree();
    write_object(kResources, fmt::format("/Font <<{}>> /XObject <<{}>>", fonts_, pictures_));
    write_object(kInfo, title_.empty() ? "/Producer (Verso)"
                                       : fmt::format("/Producer (Verso) /Title {}", title_));
    write_cross_references();
    return std::move(file_);
}

}  // namespace verso::generator
