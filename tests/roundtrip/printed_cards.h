// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "core/card/card_layout.h"
#include "core/domain/ids.h"
#include "core/geometry/homography.h"
#include "core/util/result.h"
#include "generator/insert_template.h"
#include "scanner/image/gray_image.h"

namespace verso::test {

/// One printed card as poppler rasters its part of the page.
struct PrintedCard {
    scanner::GrayImage page;
    CardId id;
    int number;  ///< of the insert, from 0
};

/// Prints inserts of seeded random orders by a shipped template and gives their cards. The same
/// seed, the same cards. Requires: a template with a card.
class CardPrinter {
  public:
    CardPrinter(const std::string& template_name, std::uint64_t seed, int dpi,
                LayoutNumber number = LayoutNumber(1));

    /// Prints inserts FIRST … FIRST + COUNT - 1 and gives each card to `sink`.
    Result<void> print(int first, int count, const std::function<void(const PrintedCard&)>& sink);

    const Layout& layout() const { return layout_; }
    const ReadRegion& region() const { return layout_.cards.at(0); }
    /// Where PrintedCard::page shows the page.
    Homography raster_map() const;

  private:
    struct Printed {
        CardId id;
        int number;
    };
    Result<std::map<int, Printed>> write_pdf(int first, int count, const std::string& path);
    MmBox crop() const;

    std::shared_ptr<const generator::InsertTemplate> design_;
    Layout layout_;
    std::uint64_t seed_;
    int dpi_;
};

}  // namespace verso::test
