// SPDX-License-Identifier: Apache-2.0
#include "service/desk/review_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "core/domain/card_link.h"
#include "service/buyer/card_page.h"
#include "service/http/web_text.h"

namespace verso::service {

namespace {

using generator::Language;
using records::ReviewKind;

std::string mm(Mm length) { return fmt::format("{:.2f}", length.value); }

std::string view_box(const MmBox& box) {
    return fmt::format("{} {} {} {}", mm(box.x), mm(box.y), mm(box.w), mm(box.h));
}

bool is_yes_no(const Question& question) {
    return std::all_of(question.options.begin(), question.options.end(),
                       [](const MarkOption& one) { return one.value == 0 || one.value == 1; });
}

std::string label_of(const Question& question, std::optional<int> value, const Language& language) {
    if (!value) return say(language, "desk.review.blank");
    if (!is_yes_no(question)) return std::to_string(*value);
    return say(language, *value == 1 ? "card.yes" : "card.no");
}

std::string reason_text(const Rejection& reason, const Language& language) {
    const std::string key = "desk.review.why." + std::string(to_string(reason.code));
    std::string text = say(language, key);
    if (text == key) text = std::string(to_string(reason.code));
    if (reason.question.empty()) return text;
    return say(language, "card." + reason.question) + ": " + text;
}

/// Each once, in their order.
std::string reasons_text(const std::vector<Rejection>& reasons, const Language& language) {
    std::string out;
    std::set<std::string> told;
    for (const Rejection& reason : reasons) {
        const std::string text = reason_text(reason, language);
        if (!told.insert(text).second) continue;
        out += (out.empty() ? "" : " · ") + text;
    }
    return out;
}

PageData choice_row(const std::string& question, const std::string& value, const std::string& label,
                    const std::string& key, const std::string& chosen) {
    return PageData()
        .set("choice_name", "q." + question)
        .set("choice_value", value)
        .set("choice_label", label)
        .set("choice_key", key)
        .set("choice_id", "q-" + question + "-" + value)
        .set("choice_checked", chosen == value);
}

/// What is chosen when the page opens: what was sent, else what was read without doubt.
std::string chosen_of(const Question& question, const std::optional<Proposal>& proposal,
                      const FormFields& sent) {
    if (const auto it = sent.find("q." + question.id); it != sent.end()) return it->second;
    if (!proposal || proposal->is_doubtful) return "";
    return proposal->value ? std::to_string(*proposal->value) : "none";
}

PageData question_row(const ReviewView& view, const Question& question, const Language& language,
                      const FormFields& sent) {
    const auto proposal = proposal_of(view.reading, question);
    const std::string chosen = chosen_of(question, proposal, sent);
    std::vector<PageData> choices;
    int key = 0;
    for (const MarkOption& option : question.options) {
        choices.push_back(choice_row(question.id, std::to_string(option.value),
                                     label_of(question, option.value, language),
                                     std::to_string(++key), chosen));
    }
    choices.push_back(
        choice_row(question.id, "none", label_of(question, std::nullopt, language), "0", chosen));
    PageData row;
    row.set("ask_id", question.id)
        .set("ask_text", say(language, "card." + question.id))
        .set("doubtful", !proposal || proposal->is_doubtful)
        .set("choices", std::move(choices))
        .set("cut_box", view_box(cut_of(*view.region, question)))
        .set("proposal", proposal ? proposal_text(*proposal, question, language) : std::string())
        .set("has_proposal", proposal.has_value() && proposal->is_doubtful);
    return row;
}

std::string answers_text(const Response& response, const Language& language) {
    std::string out;
    for (const auto& [question, value] : response.answers) {
        out += fmt::format("{}{} {}", out.empty() ? "" : " · ", say(language, "card." + question),
                           value);
    }
    return out;
}

PageData answer_row(const std::string& take, const Response& response, const Language& language) {
    return PageData()
        .set("take", take)
        .set("take_word", say(language, "desk.review." + take))
        .set("take_channel",
             say(language, "desk.channel." + std::string(to_string(response.channel))))
        .set("take_when", day_text(language, response.recorded_at))
        .set("take_answers", answers_text(response, language))
        .set_if("take_comment", response.comment);
}

/// The boxes of the card, with what the machine thinks of each.
std::vector<PageData> overlay_rows(const ReviewView& view) {
    std::vector<PageData> rows;
    for (const Question& question : view.region->questions) {
        const auto proposal = proposal_of(view.reading, question);
        for (const MarkOption& option : question.options) {
            const MmBox box = on_card(*view.region, option.box).grown(Mm{0.6});
            const bool is_it = proposal && proposal->value == option.value;
            rows.push_back(PageData()
                               .set("box_x", mm(box.x))
                               .set("box_y", mm(box.y))
                               .set("box_w", mm(box.w))
                               .set("box_h", mm(box.h))
                               .set("box_class", !proposal || proposal->is_doubtful ? "doubt"
                                                 : is_it                            ? "seen"
                                                                                    : "empty"));
        }
    }
    return rows;
}

void add_card(const ReviewView& view, const Language& language, const FormFields& sent,
              PageData& data) {
    std::vector<PageData> doubtful, plain;
    for (const Question& question : view.region->questions) {
        const auto proposal = proposal_of(view.reading, question);
        auto& into = !proposal || proposal->is_doubtful ? doubtful : plain;
        into.push_back(question_row(view, question, language, sent));
    }
    const PageSize size = card_size(*view.region);
    const auto field =
        std::find_if(view.region->fields.begin(), view.region->fields.end(),
                     [](const HandwritingField& one) { return one.id == kCommentField; });
    const bool has_card = card_picture(view).has_value();
    const bool is_written = std::any_of(
        view.reading.fields.begin(), view.reading.fields.end(),
        [](const FieldReading& one) { return one.field == kCommentField && one.inked; });
    const auto sent_comment = sent.find("comment");
    data.set("has_questions", true)
        .set("has_doubtful", !doubtful.empty())
        .set("has_plain", !plain.empty())
        .set("doubtful_questions", std::move(doubtful))
        .set("plain_questions", std::move(plain))
        .set("has_card_picture", has_card)
        .set("card_w", mm(size.width))
        .set("card_h", mm(size.height))
        .set("card_box", "0 0 " + mm(size.width) + " " + mm(size.height))
        .set("boxes", overlay_rows(view))
        .set("comment", sent_comment != sent.end() ? sent_comment->second : std::string())
        .set("has_comment_cut", has_card && is_written && field != view.region->fields.end())
        .set("comment_box", field != view.region->fields.end()
                                ? view_box(on_card(*view.region, field->box))
                                : std::string());
}

}  // namespace

std::string proposal_text(const Proposal& proposal, const Question& question,
                          const Language& language) {
    const int percent = static_cast<int>(std::lround(proposal.chance * 100));
    const char* word = percent >= 95   ? "surely"
                       : percent >= 80 ? "probably"
                       : percent >= 60 ? "rather"
                                       : "perhaps";
    return say(language, std::string("desk.review.") + word,
               {{"value", label_of(question, proposal.value, language)},
                {"percent", std::to_string(percent)}});
}

PageData review_page(const ReviewView& view, const Language& language, const std::string& place,
                     const FormFields& sent) {
    const bool is_card = view.kind == ReviewKind::Card && view.region != nullptr;
    PageData data;
    std::vector<PageData> takes;
    if (view.first) takes.push_back(answer_row("first", *view.first, language));
    if (view.other) takes.push_back(answer_row("other", *view.other, language));
    const bool two = view.first && (view.other || is_card);
    std::vector<PageData> notes;
    for (const auto& note : view.notes) {
        // What the first of two said is not for the second to see.
        if (note.what == "look") continue;
        notes.push_back(PageData().set(
            "note_text", fmt::format("{} · {} · {}{}", day_text(language, note.at), note.who,
                                     say(language, "desk.review.did." + note.what),
                                     note.detail.empty() ? "" : ": " + note.detail)));
    }
    data.set("has_item", true)
        .set("item", std::to_string(view.item.id.get()))
        .set("item_place", place)
        .set_if("order", view.item.order)
        .set("order_href", encode_segment(view.item.order))
        .set("card_code", view.item.card ? format_typed_code(*view.item.card) : "")
        .set("opened", day_text(language, view.item.opened_at))
        .set("reasons", reasons_text(view.item.reasons, language))
        .set("file", view.item.source.substr(view.item.source.rfind('/') + 1))
        .set_if("page_number", view.item.page > 0 ? std::to_string(view.item.page) : "")
        .set("has_file", !view.item.source.empty())
        .set("has_picture", view.has_picture)
        .set("has_takes", two)
        .set("takes_card", two && !view.other && is_card)
        .set("takes", std::move(takes))
        .set("has_notes", !notes.empty())
        .set("notes", std::move(notes))
        .set("may_key", view.kind == ReviewKind::Unidentified)
        .set("is_return", view.kind == ReviewKind::ReturnSheet)
        .set("may_rescan", view.kind != ReviewKind::Answers && view.kind != ReviewKind::Barred)
        .set("has_questions", false)
        .set("has_card_picture", false)
        .set("has_doubtful", false)
        .set("has_plain", false)
        .set("has_comment_cut", false);
    if (is_card) add_card(view, language, sent, data);
    return data;
}

}  // namespace verso::service
