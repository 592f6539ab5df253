// SPDX-License-Identifier: Apache-2.0
#include "records/import/import_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace verso::records {

namespace {

constexpr std::array<std::pair<ImportFormat, std::string_view>, 12> kNames{{
    {ImportFormat::Auto, "auto"},
    {ImportFormat::NeutralCsv, "verso-csv"},
    {ImportFormat::ShopifyCsv, "shopify-csv"},
    {ImportFormat::NeutralJson, "verso-json"},
    {ImportFormat::ShopifyJson, "shopify-json"},
    {ImportFormat::WooCommerceJson, "woocommerce-json"},
    {ImportFormat::MagentoJson, "magento-json"},
    {ImportFormat::PrestashopXml, "prestashop-xml"},
    {ImportFormat::WooCommerceCsv, "woocommerce-csv"},
    {ImportFormat::PrestashopCsv, "prestashop-csv"},
    {ImportFormat::MagentoCsv, "magento-csv"},
    {ImportFormat::MappedCsv, "mapped-csv"},
}};

bool is_earlier(const RejectedRow& a, const RejectedRow& b) { return a.line < b.line; }

}  // namespace

std::string_view to_string(ImportFormat format) {
    for (const auto& [candidate, name] : kNames) {
        if (candidate == format) return name;
    }
    return "";
}

Result<ImportFormat> parse_import_format(std::string_view text) {
    std::string known;
    for (const auto& [format, name] : kNames) {
        if (name == text) return format;
        known += known.empty() ? "" : ", ";
        known += name;
    }
    return Error{ErrorCode::ValueInvalid, fmt::format("'{}' is not an import format", text), "",
                 fmt::format("use one of {}", known)};
}

void RejectedRows::add(RejectedRow row) {
    ++count_;
    if (kept_.size() == kMostKept) {
        if (!is_earlier(row, kept_.front())) return;
        std::pop_heap(kept_.begin(), kept_.end(), is_earlier);
        kept_.pop_back();
    }
    kept_.push_back(std::move(row));
    std::push_heap(kept_.begin(), kept_.end(), is_earlier);
}

void RejectedRows::add_all(const RejectedRows& others) {
    for (const RejectedRow& row : others.kept_) add(row);
    count_ += others.count_ - others.kept_.size();
}

std::vector<RejectedRow> RejectedRows::sorted() const {
    std::vector<RejectedRow> rows = kept_;
    std::stable_sort(rows.begin(), rows.end(), is_earlier);
    return rows;
}

}  // namespace verso::records
