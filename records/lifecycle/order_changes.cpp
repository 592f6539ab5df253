// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/order_changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

namespace verso::records {

namespace {

using Changes = std::vector<OrderChange>;

std::string article(const OrderLine& line) {
    std::string text = line.title;
    if (!line.variant.empty()) text += (text.empty() ? "" : ", ") + line.variant;
    if (text.empty()) return line.sku.empty() ? fmt::format("line {}", line.line) : line.sku;
    return line.sku.empty() ? text : fmt::format("{} ({})", text, line.sku);
}

std::string pieces(const OrderLine& line) {
    return fmt::format("{} × {}", line.quantity, article(line));
}

/// Adds a difference where there is one.
void compare(Changes& into, ChangeKind kind, int parcel, std::string_view subject,
             const std::string& before, const std::string& after) {
    if (before != after) into.push_back({kind, parcel, std::string(subject), before, after});
}

std::string time_text(const std::optional<ZonedTime>& time) {
    return time ? format_time(*time) : "";
}

void compare_addresses(Changes& into, const Address& a, const Address& b) {
    const auto part = [&](std::string_view name, std::string Address::*member) {
        compare(into, ChangeKind::Address, 0, name, a.*member, b.*member);
    };
    part("name", &Address::name);
    part("company", &Address::company);
    part("street", &Address::line1);
    part("second line", &Address::line2);
    part("postcode", &Address::postcode);
    part("city", &Address::city);
    part("region", &Address::region);
    part("country", &Address::country);
}

void compare_heads(Changes& into, const Order& a, const Order& b) {
    using K = ChangeKind;
    compare(into, K::Key, 0, "number", a.number.get(), b.number.get());
    compare(into, K::Status, 0, "status", std::string(to_string(a.status)),
            std::string(to_string(b.status)));
    compare(into, K::Status, 0, "cancelled at", time_text(a.cancelled_at),
            time_text(b.cancelled_at));
    compare(into, K::Payment, 0, "payment", std::string(to_string(a.payment)),
            std::string(to_string(b.payment)));
    compare(into, K::Payment, 0, "paid at", time_text(a.paid_at), time_text(b.paid_at));
    compare_addresses(into, a.ship_to, b.ship_to);
    compare(into, K::Contact, 0, "e-mail", a.email, b.email);
    compare(into, K::Contact, 0, "telephone", a.phone, b.phone);
    compare(into, K::Language, 0, "language", a.language, b.language);
    compare(into, K::Placed, 0, "placed at", format_time(a.placed_at), format_time(b.placed_at));
    compare(into, K::Promised, 0, "promised day", a.promised_on ? format_day(*a.promised_on) : "",
            b.promised_on ? format_day(*b.promised_on) : "");
}

void compare_tails(Changes& into, const Order& a, const Order& b) {
    using K = ChangeKind;
    compare(into, K::Amount, 0, "shipping", format_money(a.shipping), format_money(b.shipping));
    compare(into, K::Amount, 0, "total", format_money(a.total), format_money(b.total));
    compare(into, K::Amount, 0, "currency", a.currency, b.currency);
    compare(into, K::Note, 0, "note", a.note, b.note);
    compare(into, K::Key, 0, "the shop's own key", a.external_id, b.external_id);
    compare(into, K::Insider, 0, "order of the shop's own people", a.insider ? "yes" : "no",
            b.insider ? "yes" : "no");
}

// ---- parcels ------------------------------------------------------------------------------------

void compare_parcel(Changes& into, const Parcel& a, const Parcel& b) {
    const std::string name = fmt::format("parcel {}", a.number);
    compare(into, ChangeKind::Delivery, a.number, "carrier of " + name, a.carrier, b.carrier);
    compare(into, ChangeKind::Delivery, a.number, "service of " + name, a.service, b.service);
    compare(into, ChangeKind::Tracking, a.number, "tracking number of " + name, a.tracking,
            b.tracking);
}

/// By number; of several with the same number (no importer makes them) each is paired in turn.
void compare_parcels(Changes& into, const Order& a, const Order& b) {
    std::multimap<int, const Parcel*> left;
    for (const Parcel& parcel : b.parcels) left.emplace(parcel.number, &parcel);
    for (const Parcel& parcel : a.parcels) {
        const auto found = left.find(parcel.number);
        const std::string name = fmt::format("parcel {}", parcel.number);
        if (found == left.end()) {
            into.push_back({ChangeKind::ParcelRemoved, 0, name, name, ""});
        } else {
            compare_parcel(into, parcel, *found->second);
            left.erase(found);
        }
    }
    for (const auto& [number, parcel] : left) {
        const std::string name = fmt::format("parcel {}", number);
        into.push_back({ChangeKind::ParcelAdded, 0, name, "", name});
    }
}

// ---- lines --------------------------------------------------------------------------------------

/// Which line of the new revision continues each line of the old one, by index; what is paired with
/// nothing was taken out or added.
class LinePairs {
  public:
    LinePairs(const std::vector<OrderLine>& before, const std::vector<OrderLine>& after)
        : before_(before), after_(after), partner_(before.size()), taken_(after.size(), false) {
        pair_by([](const OrderLine& line) { return std::tuple(line.line, key(line)); });
        pair_by([](const OrderLine& line) { return key(line); });
        pair_by([](const OrderLine& line) { return line.line; });
    }

    std::optional<std::size_t> partner(std::size_t old) const { return partner_.at(old); }
    bool is_new(std::size_t line) const { return !taken_.at(line); }

  private:
    using Key = std::tuple<std::string, std::string, std::string>;

    /// What makes two lines the same article: the SKU with its variant, or its words without one.
    static Key key(const OrderLine& line) {
        return {line.sku, line.variant, line.sku.empty() ? line.title : ""};
    }

    /// Pairs what is still single and agrees in `trait`, in the order of the lines.
    template <class Trait>
    void pair_by(Trait trait) {
        using Value = std::decay_t<decltype(trait(before_.front()))>;
        std::multimap<Value, std::size_t> single;
        for (std::size_t i = 0; i < after_.size(); ++i) {
            if (!taken_[i]) single.emplace(trait(after_[i]), i);
        }
        for (std::size_t i = 0; i < before_.size(); ++i) {
            if (partner_[i]) continue;
            const auto found = single.lower_bound(trait(before_[i]));
            if (found == single.end() || found->first != trait(before_[i])) continue;
            partner_[i] = found->second;
            taken_[found->second] = true;
            single.erase(found);
        }
    }

    const std::vector<OrderLine>& before_;
    const std::vector<OrderLine>& after_;
    std::vector<std::optional<std::size_t>> partner_;
    std::vector<bool> taken_;
};

bool is_same_article(const OrderLine& a, const OrderLine& b) {
    return a.sku == b.sku && a.variant == b.variant && (!a.sku.empty() || a.title == b.title);
}

void compare_numbers(Changes& into, ChangeKind kind, const OrderLine& line,
                     const std::string& subject, std::int64_t before, std::int64_t after) {
    compare(into, kind, line.parcel, subject, std::to_string(before), std::to_string(after));
}

void compare_line(Changes& into, const OrderLine& a, const OrderLine& b) {
    using K = ChangeKind;
    const std::string name = article(b);
    if (!is_same_article(a, b)) {
        into.push_back({K::LineReplaced, b.parcel, name, pieces(a), pieces(b)});
    } else {
        compare_numbers(into, K::Quantity, b, name, a.quantity, b.quantity);
        compare(into, K::LineText, b.parcel, "title of " + name, a.title, b.title);
    }
    compare(into, K::LineText, b.parcel, "EAN of " + name, a.ean, b.ean);
    // A move changes two sheets, so it concerns the whole order.
    if (a.parcel != b.parcel) {
        into.push_back({K::LineMoved, 0, name, std::to_string(a.parcel), std::to_string(b.parcel)});
    }
    compare_numbers(into, K::LineNumber, b, "place of " + name, a.line, b.line);
    compare(into, K::Price, b.parcel, "price of " + name, format_money(a.unit_price),
            format_money(b.unit_price));
    compare(into, K::Price, b.parcel, "amount of " + name, format_money(a.line_total),
            format_money(b.line_total));
    compare_numbers(into, K::Stock, b, "backordered of " + name, a.backordered, b.backordered);
    compare(into, K::PickPlace, b.parcel, "bin of " + name, a.bin, b.bin);
    compare(into, K::Key, b.parcel, "the shop's own key of " + name, a.product_id, b.product_id);
}

void compare_lines(Changes& into, const Order& a, const Order& b) {
    const LinePairs pairs(a.lines, b.lines);
    for (std::size_t i = 0; i < a.lines.size(); ++i) {
        const OrderLine& line = a.lines[i];
        if (const auto partner = pairs.partner(i)) {
            compare_line(into, line, b.lines[*partner]);
        } else {
            into.push_back({ChangeKind::LineRemoved, line.parcel, article(line), pieces(line), ""});
        }
    }
    for (std::size_t i = 0; i < b.lines.size(); ++i) {
        const OrderLine& line = b.lines[i];
        if (!pairs.is_new(i)) continue;
        into.push_back({ChangeKind::LineAdded, line.parcel, article(line), "", pieces(line)});
    }
}

}  // namespace

std::vector<OrderChange> changes_between(const Order& before, const Order& after) {
    Changes changes;
    if (before == after) return changes;
    compare_heads(changes, before, after);
    compare_parcels(changes, before, after);
    compare_lines(changes, before, after);
    compare_tails(changes, before, after);
    return changes;
}

}  // namespace verso::records
