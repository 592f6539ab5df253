// SPDX-License-Identifier: Apache-2.0
#include "app/print_document.h"

#include "app/files.h"
#include "generator/zpl/zpl_writer.h"

namespace verso::app {

PrintDocument::PrintDocument(const Press& press, const std::string& title, PrintFormat format,
                             int dpi)
    : press_(press), format_(format), dpi_(dpi), writer_(press.fonts, {kPrintDeflate, title}) {}

Result<void> PrintDocument::add(SetInsert& insert) {
    auto& record = insert.insert.record;
    record.first_page = pages_ + 1;
    pages_ += record.pages;
    zpl_ += insert.zpl;
    insert.zpl.clear();
    for (auto& page : insert.pages) {
        if (auto added = writer_.add_page(std::move(page)); !added) {
            return added.error().at("order " + record.order.get());
        }
    }
    insert.pages.clear();
    return {};
}

Result<void> PrintDocument::add_page(const DrawList& page) {
    ++pages_;
    if (format_ == PrintFormat::Pdf) return writer_.add_page(page);
    generator::ZplOptions options;
    options.dpi = dpi_;
    auto label = generator::to_zpl(page, *press_.fonts, options);
    if (!label) return label.error();
    zpl_ += *label;
    return {};
}

Result<void> PrintDocument::save(const std::filesystem::path& path) {
    if (format_ == PrintFormat::Zpl) return write_file(path, zpl_, FileMode::Shared);
    return writer_.save(path.string());
}

}  // namespace verso::app
