// SPDX-License-Identifier: Apache-2.0
#include "generator/template/insert_context.h"

#include <fmt/format.h>

#include <array>

#include "generator/layout/postal_address.h"

namespace verso::generator {

namespace {

using Context = const InsertContext&;
using std::string_view;

string_view view(const std::string& text) { return text; }

std::string article(Context c) {
    return c.row->variant.empty() ? c.row->title : c.row->title + " · " + c.row->variant;
}

Value promised(Context c) {
    if (!c.input.order.promised_on) return std::monostate{};
    return *c.input.order.promised_on;
}

Value return_mark(Context c) {
    const auto sheet = unsigned(c.sheet);
    return format_side_mark({c.input.card.layout, c.input.card.id, SideMark::Side::Return, sheet});
}

Value number(std::size_t count) { return std::int64_t(count); }

using K = ValueKind;

constexpr DataPath kPaths[] = {
    {"buyer.name", K::Text, false,
     [](Context c) -> Value { return view(c.input.order.ship_to.name); }},
    {"buyer.lines", K::Lines, false, [](Context c) -> Value { return &c.buyer_lines; }},
    {"buyer.in_one_line", K::Text, false, [](Context c) -> Value { return view(c.buyer_line); }},
    {"card.link", K::Text, false, [](Context c) -> Value { return view(c.link); }},
    {"card.mark", K::Text, false, [](Context c) -> Value { return view(c.card_mark); }},
    {"card.typed", K::Text, false, [](Context c) -> Value { return view(c.typed_code); }},
    {"label.bars", K::Text, false, [](Context c) -> Value { return view(c.label.bars); }},
    {"label.kind", K::Text, false, [](Context c) -> Value { return to_string(c.label.kind); }},
    {"label.number", K::Text, false, [](Context c) -> Value { return view(c.label.number); }},
    {"label.text", K::Text, false, [](Context c) -> Value { return view(c.label.text); }},
    {"line.article", K::Text, true, [](Context c) -> Value { return article(c); }},
    {"line.ean", K::Text, true, [](Context c) -> Value { return view(c.row->ean); }},
    {"line.number", K::Number, true, [](Context c) -> Value { return std::int64_t(c.row->line); }},
    {"line.price", K::Amount, true, [](Context c) -> Value { return c.row->line_total; }},
    {"line.quantity", K::Number, true,
     [](Context c) -> Value { return std::int64_t(c.row->quantity); }},
    {"line.sku", K::Text, true, [](Context c) -> Value { return view(c.row->sku); }},
    {"line.title", K::Text, true, [](Context c) -> Value { return view(c.row->title); }},
    {"line.unit_price", K::Amount, true, [](Context c) -> Value { return c.row->unit_price; }},
    {"line.variant", K::Text, true, [](Context c) -> Value { return view(c.row->variant); }},
    {"order.goods", K::Amount, false, [](Context c) -> Value { return c.goods; }},
    {"order.insider", K::Number, false,
     [](Context c) -> Value { return std::int64_t(c.input.order.insider ? 1 : 0); }},
    {"order.language", K::Text, false,
     [](Context c) -> Value { return view(c.input.order.language); }},
    {"order.number", K::Text, false,
     [](Context c) -> Value { return view(c.input.order.number.get()); }},
    {"order.pieces_earlier", K::Number, false,
     [](Context c) -> Value { return std::int64_t(c.pieces_earlier); }},
    {"order.pieces_later", K::Number, false,
     [](Context c) -> Value { return std::int64_t(c.pieces_later); }},
    {"order.placed_on", K::Day, false,
     [](Context c) -> Value { return c.input.order.placed_at.local_day(); }},
    {"order.promised_on", K::Day, false, promised},
    {"order.shipping", K::Amount, false, [](Context c) -> Value { return c.input.order.shipping; }},
    {"order.total", K::Amount, false, [](Context c) -> Value { return c.input.order.total; }},
    {"parcel.carrier", K::Text, false, [](Context c) -> Value { return view(c.parcel.carrier); }},
    {"parcel.count", K::Number, false,
     [](Context c) { return number(c.input.order.parcels.size()); }},
    {"parcel.lines", K::Number, false, [](Context c) { return number(c.lines.size()); }},
    {"parcel.number", K::Number, false,
     [](Context c) -> Value { return std::int64_t(c.parcel.number); }},
    {"parcel.service", K::Text, false, [](Context c) -> Value { return view(c.parcel.service); }},
    {"parcel.tracking", K::Text, false, [](Context c) -> Value { return view(c.parcel.tracking); }},
    {"return.lines", K::Lines, false, [](Context c) -> Value { return &c.return_lines; }},
    {"return.mark", K::Text, false, return_mark},
    {"rma.code", K::Text, false, [](Context c) -> Value { return view(c.input.rma.get()); }},
    {"rma.text", K::Text, false, [](Context c) -> Value { return view(c.rma_text); }},
    {"row", K::Number, true, [](Context c) -> Value { return std::int64_t(c.row_number); }},
    {"sheet.number", K::Number, false, [](Context c) -> Value { return std::int64_t(c.sheet); }},
    {"shop.authorisation", K::Text, false,
     [](Context c) -> Value {
         // A post authorises one address: without it the number stands for nothing.
         const Shop& shop = c.input.shop;
         return shop.reply_address.empty() ? std::string_view{} : view(shop.reply_authorisation);
     }},
    {"shop.host", K::Text, false, [](Context c) -> Value { return view(c.input.shop.link_host); }},
    {"shop.in_one_line", K::Text, false, [](Context c) -> Value { return view(c.shop_line); }},
    {"shop.name", K::Text, false, [](Context c) -> Value { return view(c.input.shop.name); }},
    {"shop.reply_lines", K::Lines, false, [](Context c) -> Value { return &c.reply_lines; }},
    {"shop.return_days", K::Number, false,
     [](Context c) -> Value { return std::int64_t(c.input.shop.return_days); }},
};

}  // namespace

InsertContext::InsertContext(const InsertInput& in, const Language& lang, const Parcel& box)
    : input(in),
      language(lang),
      parcel(box),
      rma_text(format_rma(in.rma)),
      own_label{ReturnLabel::Kind::Plain, "", rma_text, in.rma.get(), nullptr, ""},
      label(in.label != nullptr ? *in.label : own_label) {
    for (const auto& line : in.order.lines) {
        // Unsigned, so that absurd amounts wrap instead of being undefined.
        goods.minor =
            std::int64_t(std::uint64_t(goods.minor) + std::uint64_t(line.line_total.minor));
        if (line.parcel == box.number) lines.push_back(&line);
        if (line.parcel > box.number) pieces_later += line.quantity;
        if (line.parcel < box.number) pieces_earlier += line.quantity;
    }
    const Address& home = in.shop.return_address;
    const Address& buyer = in.order.ship_to;
    SetAddress set =
        set_address(buyer, country_line(home.country, buyer.country), Lettering::AsGiven);
    buyer_lines = std::move(set.lines);
    address_warnings = std::move(set.warnings);
    return_lines = sorting_lines(home, country_line(buyer.country, home.country));
    reply_lines = in.shop.reply_address.empty() ? sorting_lines(home, "") : in.shop.reply_address;
    buyer_line = address_in_one_line(in.order.ship_to);
    shop_line = address_in_one_line(home);
    link = format_link(in.shop.link_host, in.card);
    typed_code = format_typed_code(in.card.id);
    card_mark = format_side_mark({in.card.layout, in.card.id, SideMark::Side::Card, 1});
}

const DataPath* find_path(std::string_view name) {
    for (const auto& path : kPaths) {
        if (path.name == name) return &path;
    }
    return nullptr;
}

std::vector<std::string> path_names() {
    std::vector<std::string> out;
    for (const auto& path : kPaths) out.emplace_back(path.name);
    return out;
}

}  // namespace verso::generator
