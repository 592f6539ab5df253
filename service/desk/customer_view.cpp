// SPDX-License-Identifier: Apache-2.0
#include "service/desk/customer_view.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/domain/card_link.h"
#include "records/lifecycle/order_changes.h"
#include "service/buyer/card_page.h"
#include "service/buyer/order_page.h"
#include "service/http/web_text.h"

namespace verso::service {

namespace {

using generator::Language;
using records::Action;
using records::Actor;
using records::Permission;

std::string money(const Language& language, Money amount, const Order& order) {
    return language.formats.format(amount, order.currency);
}

std::vector<PageData> line_rows(const CustomerView& view, const Language& language) {
    std::vector<PageData> rows;
    for (const OrderLine& line : view.story.order.lines) {
        const int left = pieces_left(line, view.returns);
        std::vector<PageData> pieces;
        for (int count = 1; count <= std::min(left, 50); ++count) {
            pieces.push_back(PageData().set("piece_count", std::to_string(count)));
        }
        rows.push_back(PageData()
                           .set("line_number", std::to_string(line.line))
                           .set("line_title", line.title)
                           .set("line_variant", line.variant)
                           .set("line_sku", line.sku)
                           .set("line_quantity", std::to_string(line.quantity))
                           .set("line_parcel", std::to_string(line.parcel))
                           .set("line_total", money(language, line.line_total, view.story.order))
                           .set("line_left", left > 0)
                           .set("line_pieces", std::move(pieces)));
    }
    return rows;
}

std::string track_link(const ShopFace& face, const Parcel& parcel) {
    const auto link = face.tracking_links.find(parcel.carrier);
    if (link == face.tracking_links.end() || parcel.tracking.empty()) return "";
    std::string url = link->second;
    if (const auto at = url.find("{number}"); at != std::string::npos) {
        url.replace(at, 8, encode_segment(parcel.tracking));
    }
    return url;
}

std::vector<PageData> parcel_rows(const CustomerView& view, const ShopFace& face,
                                  const Language& language) {
    std::vector<PageData> rows;
    for (const auto& parcel : view.story.order.parcels) {
        std::vector<PageData> events;
        for (const auto& told : view.story.parcels) {
            if (told.parcel != parcel.number) continue;
            for (const auto& event : told.events) {
                events.push_back(PageData().set(
                    "event_text",
                    fmt::format("{} · {}", day_text(language, event.at.utc),
                                word_for(language, "parcel", records::to_string(event.status)))));
            }
        }
        const std::string link = track_link(face, parcel);
        rows.push_back(PageData()
                           .set("parcel_number", std::to_string(parcel.number))
                           .set("parcel_carrier", parcel.carrier)
                           .set("parcel_tracking", parcel.tracking)
                           .set("parcel_link", link)
                           .set("has_link", !link.empty())
                           .set("has_events", !events.empty())
                           .set("events", std::move(events)));
    }
    return rows;
}

std::vector<PageData> sheet_rows(const CustomerView& view, const Visitor& visitor,
                                 const Language& language) {
    std::vector<PageData> rows;
    for (const auto& card : view.story.cards) {
        const auto& insert = card.insert;
        const std::string file = insert.file.substr(insert.file.rfind('/') + 1);
        const bool is_open = file.starts_with("bench-") && visitor.may(Permission::Print);
        rows.push_back(
            PageData()
                .set("sheet_card", format_typed_code(insert.card))
                .set("sheet_parcel", std::to_string(insert.parcel))
                .set("sheet_revision", std::to_string(insert.revision))
                .set("sheet_when", day_text(language, insert.printed_at))
                .set_if("sheet_who", insert.packer)
                .set("sheet_state", word_for(language, "card", records::to_string(card.state)))
                .set_if("sheet_why", card.void_reason)
                .set("sheet_file", file)
                .set("sheet_open", is_open)
                .set("sheet_href", encode_segment(file)));
    }
    return rows;
}

std::vector<PageData> answer_rows(const CustomerView& view, const Language& language) {
    std::vector<PageData> rows;
    for (const Response& response : view.responses) {
        std::string text;
        for (const auto& [question, value] : response.answers) {
            text += fmt::format("{}{} {}", text.empty() ? "" : " · ",
                                say(language, "card." + question), value);
        }
        if (response.kind != ResponseKind::Scores) {
            text = word_for(language, "kind", to_string(response.kind));
        }
        // Taken back: nothing was said.
        if (text.empty()) text = say(language, "desk.review.did.undo");
        rows.push_back(
            PageData()
                .set("answer_when", day_text(language, response.recorded_at))
                .set("answer_channel", word_for(language, "channel", to_string(response.channel)))
                .set("answer_text", text)
                .set_if("answer_comment", response.comment)
                .set("answer_counts", view.rating && *view.rating == response));
    }
    return rows;
}

std::vector<PageData> return_rows(const CustomerView& view, const Language& language) {
    std::vector<PageData> rows;
    for (const auto& made : view.returns) {
        rows.push_back(
            PageData()
                .set("return_rma", format_rma(made.rma))
                .set("return_href", encode_segment(made.rma.get()))
                .set("return_state", word_for(language, "return", records::to_string(made.state))));
    }
    return rows;
}

/// What was done, and what changed from revision to revision, in the order of time.
std::vector<PageData> history_rows(const CustomerView& view, const Language& language) {
    std::vector<std::pair<Instant, std::string>> all;
    for (const auto& note : view.notes) {
        all.emplace_back(note.at,
                         fmt::format("{} · {}{}", note.who, word_for(language, "did", note.what),
                                     note.detail.empty() ? "" : ": " + note.detail));
    }
    const auto& orders = view.story.revisions;
    for (std::size_t i = 1; i < view.revisions.size() && i < orders.size(); ++i) {
        all.emplace_back(
            view.revisions[i].saved_at,
            fmt::format("{} {}: {}", say(language, "desk.customers.revision"),
                        view.revisions[i].revision,
                        records::to_reason(records::changes_between(orders[i - 1], orders[i]))));
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<PageData> rows;
    for (const auto& [at, text] : all) {
        rows.push_back(PageData().set("note_text", day_text(language, at) + " · " + text));
    }
    return rows;
}

std::vector<PageData> address_rows(const Address& address, const Language& language) {
    const std::pair<const char*, const std::string*> parts[]{
        {"name", &address.name},     {"company", &address.company},   {"line1", &address.line1},
        {"line2", &address.line2},   {"postcode", &address.postcode}, {"city", &address.city},
        {"region", &address.region}, {"country", &address.country}};
    std::vector<PageData> rows;
    for (const auto& [part, value] : parts) {
        rows.push_back(PageData()
                           .set("part_name", part)
                           .set("part_word", say(language, std::string("desk.address.") + part))
                           .set("part_value", *value)
                           .set("part_set", !value->empty()));
    }
    return rows;
}

std::vector<PageData> question_rows(const CustomerView& view, const Language& language) {
    std::vector<PageData> rows;
    for (const auto& question : view.questions) {
        std::vector<PageData> options;
        for (const int value : question.values) {
            options.push_back(PageData()
                                  .set("option_value", std::to_string(value))
                                  .set("option_label", !question.is_yes_no ? std::to_string(value)
                                                       : value == 1 ? say(language, "card.yes")
                                                                    : say(language, "card.no")));
        }
        rows.push_back(PageData()
                           .set("question_id", question.id)
                           .set("question_text", say(language, "card." + question.id))
                           .set("question_required", question.is_required)
                           .set("question_options", std::move(options)));
    }
    return rows;
}

void add_acts(const CustomerView& view, const Visitor& visitor, PageData& data) {
    const auto& table = visitor.face->actions;
    const auto may = [&](Action action) {
        return visitor.may(Permission::EditOrders) &&
               table.allows(Actor::Staff, action, view.story.state);
    };
    std::string code;
    for (const auto& card : view.story.cards) {
        if (card.state != records::CardState::Voided) code = format_typed_code(card.insert.card);
    }
    const bool assists = visitor.may(Permission::EditOrders) && !code.empty();
    data.set("may_cancel", may(Action::Cancel))
        .set("may_address", may(Action::ChangeAddress))
        .set("may_lines", may(Action::ChangeLines))
        .set("may_return", may(Action::Return))
        .set("may_answer", assists)
        .set("may_something", may(Action::Cancel) || may(Action::ChangeAddress) ||
                                  may(Action::ChangeLines) || may(Action::Return) || assists)
        .set("answer_code", code);
}

}  // namespace

std::string word_for(const Language& language, const std::string& area, std::string_view name) {
    const std::string key = "desk." + area + "." + std::string(name);
    std::string text = say(language, key);
    return text == key ? std::string(name) : text;
}

Result<CustomerView> read_customer(records::Store& store, ShopId shop, const OrderNumber& number) {
    auto story = records::read_story(store, shop, number);
    if (!story) return story.error();
    auto& desk = records::desk_of(store);
    auto notes = desk.order_notes(shop, number);
    auto revisions = desk.revisions_of(shop, number);
    auto responses = store.responses_of(shop, number);
    auto rating = store.find_rating(shop, number);
    auto returns = store.returns().of_order(shop, number);
    if (!notes) return notes.error();
    if (!revisions) return revisions.error();
    if (!responses) return responses.error();
    if (!rating) return rating.error();
    if (!returns) return returns.error();
    return CustomerView{std::move(*story),
                        std::move(*notes),
                        std::move(*revisions),
                        std::move(*responses),
                        std::move(*rating),
                        std::move(*returns),
                        {}};
}

PageData customer_page(const CustomerView& view, const Visitor& visitor, const Language& language) {
    const Order& order = view.story.order;
    const auto answers = answer_rows(view, language);
    const auto returns = return_rows(view, language);
    const auto sheets = sheet_rows(view, visitor, language);
    const auto history = history_rows(view, language);
    PageData data;
    data.set("order", order.number.get())
        .set("placed", day_text(language, order.placed_at.utc))
        .set("state", word_for(language, "state", records::to_string(view.story.state)))
        .set("payment", word_for(language, "payment", to_string(order.payment)))
        .set("total", money(language, order.total, order))
        .set_if("email", order.email)
        .set("address", address_rows(order.ship_to, language))
        .set_if("note", order.note)
        .set("lines", line_rows(view, language))
        .set("parcels", parcel_rows(view, *visitor.face, language))
        .set("has_sheets", !sheets.empty())
        .set("sheets", sheets)
        .set("has_answers", !answers.empty())
        .set("answers", answers)
        .set("has_returns", !returns.empty())
        .set("returns", returns)
        .set("may_see_returns", visitor.may(Permission::TakeReturns))
        .set("disputed", records::is_disputed(view.notes))
        .set("may_settle", records::is_disputed(view.notes) && visitor.may(Permission::Review))
        .set("has_history", !history.empty())
        .set("history", history)
        .set("questions", question_rows(view, language));
    add_acts(view, visitor, data);
    return data;
}

std::vector<PageData> found_rows(const std::vector<records::OrderSummary>& found,
                                 const Language& language) {
    std::vector<PageData> rows;
    for (const auto& one : found) {
        rows.push_back(PageData()
                           .set("found_number", one.number.get())
                           .set("found_href", encode_segment(one.number.get()))
                           .set("found_name", one.name)
                           .set("found_when", day_text(language, one.placed_at.utc))
                           .set("found_total", language.formats.format(one.total, one.currency)));
    }
    return rows;
}

}  // namespace verso::service
