// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/domain/order.h"
#include "core/domain/shop.h"
#include "generator/insert_template.h"

namespace verso::generator {

// Plainly invented orders for tests, benches and for looking at templates.

Shop specimen_shop();
/// The languages of the shipped catalogues.
const std::vector<std::string>& shipped_languages();
/// `lines` articles in one parcel, sent to a buyer who speaks `language`.
Order specimen_order(const std::string& language, int lines);
/// With names as long as they come.
Order with_long_names(Order order);
/// The same in two parcels: the last `later` lines travel in the second.
Order in_two_parcels(Order order, int later);
/// A fixed card for a fixed order: the same digits in every run.
CardIdentity specimen_card(std::uint64_t id = 0x0123456789ABCDE);
Rma specimen_rma();

/// Folder with the fonts that the build prepared, and the templates of the tree.
std::string font_folder();
std::vector<std::string> template_folders();

/// A shipped template, loaded once; aborts the program with the reason when it does not load.
std::shared_ptr<const FontBook> specimen_fonts();
std::shared_ptr<const InsertTemplate> shipped(const std::string& name);
std::shared_ptr<const InsertTemplate> a4_fold();

}  // namespace verso::generator
