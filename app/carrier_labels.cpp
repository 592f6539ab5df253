// SPDX-License-Identifier: Apache-2.0
#include "app/carrier_labels.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/files.h"
#include "app/label_reader.h"
#include "app/zpl_codes.h"
#include "core/domain/parcel_number.h"
#include "generator/picture/picture_loader.h"

namespace verso::app {

namespace {

constexpr std::uint64_t kLargestLabel = 20 << 20;

std::string list_of(const std::vector<std::string>& codes) {
    constexpr std::size_t kShown = 4, kLongest = 60;
    std::string out;
    for (std::size_t i = 0; i < std::min(codes.size(), kShown); ++i) {
        std::string code = codes[i].substr(0, kLongest);
        std::replace_if(
            code.begin(), code.end(), [](unsigned char c) { return c < ' '; }, ' ');
        out += (i == 0 ? "" : ", ") + code;
    }
    return codes.size() > kShown ? out + ", …" : out;
}

/// The number of a label whose codes say these.
Result<std::string> settle(const std::vector<std::string>& codes, const std::string& announced,
                           const std::string& path) {
    const auto fault = [&](std::string message, std::string cure) {
        return Error{ErrorCode::ValueInvalid, std::move(message), path, std::move(cure)};
    };
    if (codes.empty()) {
        return fault("no code on the return label can be read",
                     "get the label again from the carrier, at 300 dpi or as PDF");
    }
    if (!announced.empty()) {
        const bool same = std::any_of(codes.begin(), codes.end(), [&](const auto& code) {
            return is_same_number(code, announced);
        });
        if (same) return bare_number(announced);
        return fault(
            fmt::format("the return label says {}, announced was {}", list_of(codes), announced),
            "see whose label this is, and give each parcel its own");
    }
    if (codes.size() > 1) {
        return fault(fmt::format("the return label has several codes ({}) and no number was "
                                 "announced",
                                 list_of(codes)),
                     "name the file ORDER_NUMBER, or add the number to labels.csv");
    }
    std::string number = bare_number(codes.front());
    if (number.empty()) return fault("the code on the return label holds no number", "");
    return number;
}

Result<ReturnLabel> read_zpl_label(std::string bytes, const std::string& announced,
                                   const std::string& path, ReturnLabel label) {
    const ZplLabel zpl = read_zpl(bytes);
    if (zpl.formats != 1) {
        return Error{ErrorCode::FormatInvalid,
                     zpl.formats == 0 ? "is neither PDF, PNG, JPEG nor ZPL"
                                      : fmt::format("prints {} labels", zpl.formats),
                     path, "give one label in each file"};
    }
    auto number = settle(zpl.codes, announced, path);
    if (!number) return number.error();
    label.number = std::move(*number);
    label.zpl = std::move(bytes);
    return label;
}

Result<ReturnLabel> read_drawn_label(std::string bytes, const std::string& announced,
                                     const std::string& path, ReturnLabel label) {
    std::vector<std::string> codes;
    auto looked = find_codes(bytes, path, [&](const std::string& code) {
        codes.push_back(code);
        return announced.empty() || !is_same_number(code, announced);
    });
    if (!looked) return looked.error();
    auto number = settle(codes, announced, path);
    if (!number) return number.error();
    auto artwork = generator::load_picture(std::move(bytes), path);
    if (!artwork) return artwork.error();
    label.number = std::move(*number);
    label.artwork = std::move(*artwork);
    return label;
}

}  // namespace

Result<ReturnLabel> read_carrier_label(const std::string& path, const std::string& announced) {
    auto bytes = read_file(path, kLargestLabel);
    if (!bytes) return bytes.error();
    ReturnLabel label;
    label.kind = ReturnLabel::Kind::Carrier;
    const bool is_drawn = bytes->starts_with("%PDF") || bytes->starts_with("\x89PNG") ||
                          bytes->starts_with("\xff\xd8");
    auto read = is_drawn ? read_drawn_label(std::move(*bytes), announced, path, std::move(label))
                         : read_zpl_label(std::move(*bytes), announced, path, std::move(label));
    if (!read) return read;
    read->text = announced.empty() ? read->number : announced;
    read->bars = read->number;
    return read;
}

CarrierLabels::CarrierLabels(CarrierFiles files, records::Store& store, ShopId shop)
    : files_(std::move(files)), store_(store), shop_(shop), warnings_(files_.faults()) {}

Result<std::vector<std::uint64_t>> CarrierLabels::reserve(std::size_t) {
    return std::vector<std::uint64_t>{};
}

void CarrierLabels::resume(std::span<const std::uint64_t>) {}

Result<ReturnLabel> CarrierLabels::next(const Order& order, int parcel, const Rma&) {
    const std::string where = fmt::format("order {} parcel {}", order.number.get(), parcel);
    auto file = files_.find(order, parcel);
    if (!file) return file.error();
    auto label = read_carrier_label(file->path.string(), file->number);
    if (!label) return label.error().at(where);
    if (auto claimed = claim(label->number, order, where); !claimed) return claimed.error();
    return label;
}

Result<void> CarrierLabels::claim(const std::string& number, const Order& order,
                                  const std::string& where) {
    const auto taken = [&](const std::string& by) {
        return Error{ErrorCode::NotAllowed,
                     fmt::format("the return label {} is that of {}", number, by), where,
                     "get a label of its own from the carrier"};
    };
    auto printed = store_.orders_of_label(shop_, number);
    if (!printed) return printed.error();
    for (const OrderNumber& other : *printed) {
        // The same order may be printed again, with the label that it has.
        if (other != order.number) return taken("order " + other.get());
    }
    const auto [entry, is_new] = claimed_.emplace(number, where);
    if (!is_new) return taken(entry->second);
    return {};
}

std::vector<std::string> CarrierLabels::take_warnings() { return std::exchange(warnings_, {}); }

}  // namespace verso::app
