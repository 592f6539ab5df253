// SPDX-License-Identifier: Apache-2.0
#include "service/desk/shop_desk.h"

namespace verso::service {

using records::Permission;
using records::Store;

void ShopDesk::add_routes(Router& router) {
    const auto& keeper = frame_.room().keeper;
    router.add({Method::Get, "/desk/{shop}/shop",
                keeper.guard(Permission::Configure,
                             [this](const HttpRequest& request, const PathValues&,
                                    const Visitor& visitor) { return show(request, visitor); })});
    router.add({Method::Get, "/desk/{shop}/shop/preview/{name}",
                keeper.guard(Permission::Configure,
                             [this](const HttpRequest& request, const PathValues& path,
                                    const Visitor& visitor) {
                                 return preview(request, visitor, path.at("name"));
                             })});
}

Reply ShopDesk::show(const HttpRequest& request, const Visitor& visitor) const {
    return frame_.room().gate.slow([this, request, visitor](Store&) -> HttpResponse {
        auto* works = frame_.room().works.shop;
        const auto& language = frame_.language(request, visitor);
        PageData data;
        data.set("title", say(language, "desk.tab.shop"))
            .set("may_people", visitor.may(Permission::ManageUsers))
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
