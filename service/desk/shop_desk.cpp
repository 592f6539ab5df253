// SPDX-License-Identifier: Apache-2.0
#include "service/desk/shop_desk.h"

#include <algorithm>

#include "service/desk/customer_view.h"
#include "service/desk/desk_counter.h"
#include "service/http/web_text.h"

namespace verso::service {

using records::Permission;
using records::Store;

void ShopDesk::add_routes(Router& router) {
    const auto& keeper = frame_.room().keeper;
    router.add({Method::Get, "/desk/{shop}/shop",
                keeper.guard(Permission::Configure,
                             [this](const HttpRequest& request, const PathValues&,
                                    const Visitor& visitor) { return show(request, visitor); })});
    router.add({Method::Post, "/desk/{shop}/shop/settings",
                keeper.guard(Permission::Configure,
                             [this](const HttpRequest& request, const PathValues&,
                                    const Visitor& visitor) { return change(request, visitor); }),
                std::size_t{64} * 1024});
    router.add({Method::Get, "/desk/{shop}/shop/preview/{name}",
                keeper.guard(Permission::Configure,
                             [this](const HttpRequest& request, const PathValues& path,
                                    const Visitor& visitor) {
                                 return preview(request, visitor, path.at("name"));
                             })});
}

namespace {

using Kind = EditableSetting::Kind;

/// What the setting is called; an action of the buyer's by the action's own word.
std::string label_of(const generator::Language& language, const std::string& key) {
    return say(language, "desk.set." + key);
}

PageData setting_row(const generator::Language& language, const EditableSetting& setting) {
    std::vector<PageData> choices;
    for (const auto& state : setting.choices) {
        choices.push_back(
            PageData()
                .set("choice_value", state)
                .set("choice_word", word_for(language, "state", state))
                .set("choice_on",
                     (", " + setting.value + ",").find(", " + state + ",") != std::string::npos));
    }
    return PageData()
        .set("set_key", setting.key)
        .set("set_label", label_of(language, setting.key))
        .set("set_value", setting.value)
        .set("is_number", setting.kind == Kind::Number)
        .set("is_flag", setting.kind == Kind::Flag)
        .set("is_text", setting.kind == Kind::Text)
        .set("is_states", setting.kind == Kind::States)
        .set("set_yes", setting.value == "true")
        .set("set_choices", std::move(choices));
}

/// The settings that the form names, with what it says of each: of several values all.
std::vector<std::pair<std::string, std::string>> sent_settings(const std::string& body) {
    std::vector<std::pair<std::string, std::string>> out;
    for (const auto& [name, value] : parse_form(body)) {
        if (!name.starts_with("set.")) continue;
        const std::string key = name.substr(4);
        const auto known =
            std::find_if(out.begin(), out.end(), [&](const auto& one) { return one.first == key; });
        const std::string text(trimmed(value));
        if (known == out.end()) {
            out.emplace_back(key, text);
        } else {
            known->second += (known->second.empty() || text.empty() ? "" : ", ") + text;
        }
    }
    return out;
}

}  // namespace

Reply ShopDesk::change(const HttpRequest& request, const Visitor& visitor) const {
    return frame_.room().gate.slow([this, request, visitor](Store& store) -> HttpResponse {
        auto* works = frame_.room().works.shop;
        const Instant now = frame_.room().clock.now();
        Result<std::vector<std::string>> changed =
            Error{ErrorCode::NotAllowed, "this service changes no settings", "", ""};
        if (works != nullptr) changed = works->change(visitor.shop, sent_settings(request.body));
        Result<void> done = changed ? Result<void>() : changed.error();
        for (const auto& one : changed ? *changed : std::vector<std::string>()) {
            const auto colon = one.find(':');
            if (done) {
                done = note_act(store, visitor, now, "settings", one.substr(0, colon), one);
            }
        }
        if (!done) {
            return frame_.notice(request, visitor, sentence_of(done.error()),
                                 status_of(done.error()));
        }
        return see_other(DeskFrame::base(*visitor.face) + "/shop?saved=1#people");
    });
}

Reply ShopDesk::show(const HttpRequest& request, const Visitor& visitor) const {
    return frame_.room().gate.slow([this, request, visitor](Store&) -> HttpResponse {
        auto* works = frame_.room().works.shop;
        const auto& language = frame_.language(request, visitor);
        PageData data;
        data.set("title", say(language, "desk.tab.shop"))
            .set("may_people", visitor.may(Permission::ManageUsers))
            .set("may_import", visitor.may(Permission::EditOrders))
            .set("may_audit", visitor.may(Permission::ReadAudit));
        std::vector<PageData> templates, settings;
        std::string first_preview;
        if (works != nullptr) {
            auto known = works->templates(visitor.shop);
            if (!known) data.set("fault", sentence_of(known.error()));
            for (const auto& each : known ? *known : std::vector<ShopTemplate>()) {
                std::string questions;
                for (const auto& question : each.questions) {
                    questions += (questions.empty() ? "" : ", ") + question;
                }
                const std::string place = DeskFrame::base(*visitor.face) + "/shop/preview/" +
                                          each.name + "?lang=" + language.code;
                if (first_preview.empty() && each.fault.empty()) first_preview = place;
                templates.push_back(PageData()
                                        .set("template_name", each.name)
                                        .set("template_questions", questions)
                                        .set_if("template_missing", each.missing)
                                        .set_if("template_fault", each.fault)
                                        .set("template_href", place));
            }
            auto file = works->settings_file(visitor.shop);
            auto list = works->settings(visitor.shop);
            if (!list) data.set("fault", sentence_of(list.error()));
            data.set_if("settings_file", file ? *file : "");
            auto editable = works->editable(visitor.shop);
            std::vector<PageData> edits, buyers;
            for (const auto& each : editable ? *editable : std::vector<EditableSetting>()) {
                auto& into = each.kind == Kind::States ? buyers : edits;
                into.push_back(setting_row(language, each));
            }
            data.set("has_edits", !edits.empty())
                .set("edits", std::move(edits))
                .set("buyer_edits", std::move(buyers))
                .set("was_saved", request.query_value("saved") == "1");
            std::string section;
            for (const auto& each : list ? *list : std::vector<ShopSetting>()) {
                settings.push_back(
                    PageData()
                        .set_if("setting_section",
                                each.section == section ? "" : "[" + each.section + "]")
                        .set("setting_key", each.key)
                        .set("setting_value", each.value.empty() ? "–" : each.value));
                section = each.section;
            }
        }
        data.set_if("first_preview", first_preview)
            .set("templates", std::move(templates))
            .set("settings", std::move(settings));
        return frame_.page(request, visitor, DeskTab::Shop, "desk_shop", std::move(data));
    });
}

Reply ShopDesk::preview(const HttpRequest& request, const Visitor& visitor,
                        const std::string& name) const {
    return frame_.room().gate.slow([this, request, visitor, name](Store&) -> HttpResponse {
        auto* works = frame_.room().works.shop;
        auto pdf = works != nullptr
                       ? works->preview(visitor.shop, name, frame_.language(request, visitor).code)
                       : Result<std::string>(Error{ErrorCode::NotAllowed,
                                                   "this service shows no previews", name, ""});
        if (!pdf) {
            return frame_.notice(request, visitor, sentence_of(pdf.error()),
                                 status_of(pdf.error()));
        }
        HttpResponse response;
        response.body = std::make_shared<const std::string>(*std::move(pdf));
        return response.with("Content-Type", "application/pdf")
            .with("Content-Security-Policy", "frame-ancestors 'self'");
    });
}

}  // namespace verso::service
