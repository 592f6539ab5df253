// SPDX-License-Identifier: Apache-2.0
#include "service/buyer/card_page.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/crypto/crypto.h"
#include "core/crypto/message_code.h"
#include "core/domain/card_link.h"
#include "service/http/web_text.h"

namespace verso::service {

namespace {

/// No text of a template or a catalogue has them: where the order's number goes, and the path.
constexpr char kOrderSlot = '\x01';
constexpr char kPlaceSlot = '\x02';
constexpr std::size_t kMostForms = 500;

/// The style sheet as it stands in the page: the shop's colour before the rest.
std::string style_of(const PageBook& book, const ShopFace& face) {
    return ":root{--accent:" + face.accent + "}" + *pages_of(face, book).asset("buyer.css").bytes;
}

std::vector<PageData> option_rows(const FormQuestion& question, const generator::Language& language,
                                  const FilledForm* filled) {
    std::vector<PageData> rows;
    std::optional<int> chosen;
    if (filled != nullptr) {
        const auto answer = filled->answers.find(question.id);
        if (answer != filled->answers.end()) chosen = answer->second;
    }
    for (const int value : question.values) {
        const std::string label = !question.is_yes_no ? std::to_string(value)
                                  : value == 1        ? say(language, "card.yes")
                                                      : say(language, "card.no");
        rows.push_back(PageData()
                           .set("value", std::to_string(value))
                           .set("label", label)
                           .set("name", "q." + question.id)
                           .set("key", question.id + "-" + std::to_string(value))
                           .set("required", question.is_required)
                           .set("checked", chosen == value));
    }
    return rows;
}

PageData question_row(const FormQuestion& question, const generator::Language& language,
                      const FilledForm* filled) {
    PageData row;
    row.set("id", question.id)
        .set("text", say(language, "card." + question.id))
        .set("scale", !question.is_yes_no)
        .set("lowest", say(language, "card.lowest"))
        .set("highest", say(language, "card.highest"))
        .set("fault", filled != nullptr && filled->faults.contains(question.id))
        .set("t_missing", say(language, "web.missing"))
        .set("optional", !question.is_required)
        .set("t_optional", say(language, "web.optional"))
        .set("options", option_rows(question, language, filled));
    return row;
}

/// An article as a question of its own, "p.LINE".
PageData article_row(const CardVisit::Article& article, const generator::Language& language,
                     const FilledForm* filled) {
    const std::string name = "p." + std::to_string(article.line);
    std::vector<PageData> stars;
    for (int value = 1; value <= kMostStars; ++value) {
        const auto given = filled != nullptr ? filled->products.find(article.line)
                                             : std::map<int, int>::const_iterator{};
        const bool chosen =
            filled != nullptr && given != filled->products.end() && given->second == value;
        stars.push_back(PageData()
                            .set("value", std::to_string(value))
                            .set("label", std::to_string(value))
                            .set("name", name)
                            .set("checked", chosen));
    }
    PageData row;
    row.set("article", article.title)
        .set("article_fault", filled != nullptr && filled->faults.contains(name))
        .set("t_missing", say(language, "web.missing"))
        .set("stars", std::move(stars));
    return row;
}

std::string photos_text(const generator::Language& language, int photos) {
    return say(language, "web.photo_sent", {{"count", std::to_string(photos)}});
}

std::string answer_text(const FormQuestion& question, int value,
                        const generator::Language& language) {
    if (!question.is_yes_no) return fmt::format("{} / {}", value, question.values.back());
    return say(language, value == 1 ? "card.yes" : "card.no");
}

}  // namespace

std::string day_text(const generator::Language& language, Instant at) {
    return language.formats.format(
        std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(at)));
}

std::string receipt_of(const Response& response) {
    std::string text = fmt::format("verso receipt v1\n{}\n{}\n{}\n{}\n", format_card(response.card),
                                   format_utc(response.recorded_at), to_string(response.kind),
                                   response.publish ? "publish" : "");
    for (const auto& [question, value] : response.answers) {
        text += fmt::format("{}={}\n", question, value);
    }
    for (const auto& [line, stars] : response.products) {
        text += fmt::format("product {}={}\n", line, stars);
    }
    text += response.comment;
    const std::string digest = sha256_hex(text);
    return fmt::format("{}-{}-{}-{}", digest.substr(0, 5), digest.substr(5, 5),
                       digest.substr(10, 5), digest.substr(15, 5));
}

PageData page_base(const PageBook& book, const ShopFace& face,
                   const generator::Language& language) {
    PageData data;
    for (const auto& [key, text] : language.strings) {
        if (key.starts_with("web.")) data.set("t_" + key.substr(4), text);
    }
    std::vector<PageData> others;
    for (const auto& other : face.languages) {
        const std::string* name = other.find("web.language_name");
        others.push_back(PageData()
                             .set("code", other.code)
                             .set("name", name != nullptr ? *name : other.code)
                             .set("current", other.code == language.code));
    }
    data.set("lang", language.code)
        .set("shop", face.shop.name)
        .set("style", PageData::Markup{style_of(book, face)})
        .set("script", pages_of(face, book).asset("buyer.js").place)
        .set("languages", std::move(others))
        .set_if("contact", face.contact);
    return data;
}

std::string buyer_policy(const PageBook& book, const ShopFace& face) {
    return fmt::format(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'self'; connect-src 'self'; "
        "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        encode_base64(sha256_bytes(style_of(book, face))));
}

const std::vector<FormQuestion>& CardPages::questions(const CardVisit& visit) {
    const LayoutNumber number = visit.card.insert.layout;
    const auto it = questions_.find(number);
    if (it != questions_.end()) return it->second;
    const Layout* layout = layouts_(number);
    auto made = layout == nullptr ? std::vector<FormQuestion>() : form_questions(*layout);
    // A slip without a card still has its link: the one question that every rating has.
    if (made.empty()) {
        made.push_back({.id = "overall", .values = {1, 2, 3, 4, 5}, .is_required = true});
    }
    return questions_.emplace(number, std::move(made)).first->second;
}

std::string CardPages::render_form(const CardVisit& visit, const generator::Language& language,
                                   const std::string& order, const std::string& place,
                                   const FilledForm* filled) {
    PageData data = page_base(book_, *visit.face, language);
    std::vector<PageData> rows;
    for (const auto& question : questions(visit)) {
        rows.push_back(question_row(question, language, filled));
    }
    std::vector<PageData> articles;
    for (const auto& article : visit.articles) {
        articles.push_back(article_row(article, language, filled));
    }
    data.set("questions", std::move(rows))
        .set("has_articles", !articles.empty())
        .set("articles", std::move(articles))
        .set("title", say(language, "card.title"))
        .set("order", visit.has_secret ? say(language, "web.order", {{"order", order}}) : "")
        .set("secret", visit.has_secret)
        .set("place", place)
        .set("faulty", filled != nullptr && !filled->faults.empty())
        .set("comment_title", say(language, "card.comment"))
        .set("comment", filled != nullptr ? filled->comment : "")
        .set("publish_text", say(language, "card.publish"))
        .set("publish", filled != nullptr && filled->publish)
        .set("takes_photos", visit.takes_photos)
        .set("lost_photos", filled != nullptr && filled->lost_photos)
        .set_if("photos_before", filled != nullptr && filled->photos_before > 0
                                     ? photos_text(language, filled->photos_before)
                                     : "")
        .set("amending", records::is_spent(visit.phase));
    return pages_of(*visit.face, book_).render("card", data);
}

std::string CardPages::form(const CardVisit& visit, const generator::Language& language,
                            const FilledForm* filled) {
    return render_form(visit, language, visit.card.insert.order.get(), visit.place, filled);
}

CardPages::CutForm CardPages::cut(std::string_view page) {
    constexpr std::string_view kSlots("\x01\x02", 2);
    CutForm form;
    for (auto at = page.find_first_of(kSlots); at != std::string_view::npos;
         at = page.find_first_of(kSlots)) {
        form.pieces.emplace_back(page.substr(0, at));
        form.slots += page[at];
        page.remove_prefix(at + 1);
    }
    form.pieces.emplace_back(page);
    return form;
}

std::shared_ptr<const std::string> CardPages::empty_form(const CardVisit& visit,
                                                         const generator::Language& language) {
    const std::tuple key(visit.card.shop, visit.face->serial, visit.card.insert.layout,
                         language.code, visit.has_secret);
    // What was made of settings that are over is of no use any more.
    if (forms_.size() > kMostForms) forms_.clear();
    auto known = forms_.find(key);
    if (known == forms_.end()) {
        known = forms_
                    .emplace(key, cut(render_form(visit, language, std::string(1, kOrderSlot),
                                                  std::string(1, kPlaceSlot), nullptr)))
                    .first;
    }
    const CutForm& form = known->second;
    const std::string order = escape_html(visit.card.insert.order.get());
    const std::string place = escape_html(visit.place);
    std::size_t length = form.slots.size() * std::max(order.size(), place.size());
    for (const auto& piece : form.pieces) length += piece.size();
    auto page = std::make_shared<std::string>();
    page->reserve(length);
    *page += form.pieces.front();
    for (std::size_t i = 0; i < form.slots.size(); ++i) {
        *page += form.slots[i] == kOrderSlot ? order : place;
        *page += form.pieces[i + 1];
    }
    return page;
}

std::string CardPages::done(const CardVisit& visit, const generator::Language& language,
                            const AnswerStory& story) {
    PageData data = page_base(book_, *visit.face, language);
    std::vector<PageData> rows;
    for (const auto& question : questions(visit)) {
        const auto answer = story.answer.answers.find(question.id);
        if (answer == story.answer.answers.end()) continue;
        rows.push_back(PageData()
                           .set("text", say(language, "card." + question.id))
                           .set("answer", answer_text(question, answer->second, language)));
    }
    for (const auto& article : visit.articles) {
        const auto stars = story.answer.products.find(article.line);
        if (stars == story.answer.products.end()) continue;
        rows.push_back(PageData()
                           .set("text", article.title)
                           .set("answer", fmt::format("{} / {}", stars->second, kMostStars)));
    }
    const bool may_change = story.until.has_value() && visit.has_secret;
    data.set("order", visit.has_secret
                          ? say(language, "web.order", {{"order", visit.card.insert.order.get()}})
                          : "")
        .set("secret", visit.has_secret)
        .set("place", visit.place)
        .set("recorded", say(language, "web.recorded",
                             {{"date", day_text(language, story.answer.recorded_at)}}))
        .set("conflict", !story.counts && !story.is_withdrawn)
        .set("withdrawn", story.is_withdrawn)
        .set("shown", visit.has_secret && !story.is_withdrawn)
        .set("answers", std::move(rows))
        .set_if("comment", visit.has_secret ? story.answer.comment : "")
        .set("comment_title", say(language, "card.comment"))
        .set_if("photos_sent", story.photos > 0 ? photos_text(language, story.photos) : "")
        .set("refused_photo", story.refused_photo)
        .set("disputed", story.is_disputed)
        .set("may_dispute", visit.has_secret && !story.is_disputed && !story.is_withdrawn)
        .set("dispute_place", visit.place + "/dispute")
        .set_if("reply", story.reply)
        .set("receipt", story.receipt)
        .set("may_change", may_change)
        .set("withdraw_place", visit.place + "/withdraw")
        .set("may_withdraw", may_change && !story.is_withdrawn)
        .set("until", story.until ? say(language, "web.amend_until",
                                        {{"date", day_text(language, *story.until)}})
                                  : "");
    return pages_of(*visit.face, book_).render("done", data);
}

std::string CardPages::notice(const CardVisit& visit, const generator::Language& language,
                              std::string_view title_key, std::string_view text_key) {
    PageData data = page_base(book_, *visit.face, language);
    data.set("title", say(language, title_key))
        .set("text", say(language, text_key))
        .set("secret", visit.has_secret);
    return pages_of(*visit.face, book_).render("notice", data);
}

}  // namespace verso::service
