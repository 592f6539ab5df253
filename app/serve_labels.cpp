// SPDX-License-Identifier: Apache-2.0
#include "app/serve_labels.h"

#include "app/carrier_files.h"
#include "app/carrier_labels.h"
#include "core/domain/card_link.h"
#include "core/domain/return_label.h"
#include "generator/pdf/pdf_writer.h"
#include "generator/sample/specimen.h"

namespace verso::app {

namespace {

constexpr const char* kTemplate = "label-100x150";  // its last page is the label

ReturnLabel plain_label(const Rma& rma) {
    ReturnLabel label;
    label.text = format_rma(rma);
    label.bars = rma.get();
    return label;
}

/// The carrier's label when the shop keeps files of them and one is this parcel's.
std::optional<ReturnLabel> carrier_label(const OpenHome& home, const Order& order, int parcel) {
    const auto& settings = home.config.return_label;
    if (settings.source != ReturnLabelSettings::Source::Files) return std::nullopt;
    auto files = CarrierFiles::open(settings.folder);
    if (!files) return std::nullopt;
    auto file = files->find(order, parcel);
    if (!file) return std::nullopt;
    auto label = read_carrier_label(file->path.string(), file->number);
    // A label for a label printer's own language cannot be shown on a page.
    if (!label || !label->artwork) return std::nullopt;
    return *std::move(label);
}

}  // namespace

ReturnLabel known_label(const ReturnLabelSettings& settings, const std::string& number,
                        const Rma& rma) {
    ReturnLabel label = plain_label(rma);
    if (number.empty()) return label;
    if (settings.source == ReturnLabelSettings::Source::S10) {
        label.kind = ReturnLabel::Kind::S10;
        label.bars = label.number = label.text = number;
    } else if (settings.source == ReturnLabelSettings::Source::Sscc) {
        label.kind = ReturnLabel::Kind::Sscc;
        label.number = number;
        label.text = "(00) " + number;
        label.bars = "[00]" + number;
    }
    return label;
}

Result<std::string> ServeLabels::draw(ShopId shop, const service::ReturnLabelWish& wish) {
    auto home = homes_.lend(shop);
    if (!home) return home.error();
    auto order = (*home)->store->find_order(shop, wish.order);
    if (!order) return order.error();
    const Shop& settings = (*home)->config.shop;
    auto press = open_press((*home)->home, kTemplate, &settings);
    if (!press) return press.error();
    auto label = carrier_label(**home, *order, wish.parcel);
    if (!label) label = known_label((*home)->config.return_label, wish.number, wish.rma);
    generator::InsertInput input{*order,   wish.parcel, settings, generator::specimen_card(),
                                 wish.rma, &*label};
    auto pages = press->insert->lay_out(input);
    if (!pages) return pages.error();
    generator::PdfWriter writer(press->fonts, {6, "return-label"});
    if (auto added = writer.add_page(pages->pages.back()); !added) return added.error();
    return writer.finish();
}

}  // namespace verso::app
