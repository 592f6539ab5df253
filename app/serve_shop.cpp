// SPDX-License-Identifier: Apache-2.0
#include "app/serve_shop.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "app/share.h"
#include "app/shop_settings.h"
#include "generator/pdf/pdf_writer.h"
#include "generator/sample/specimen.h"

namespace verso::app {

namespace {

using service::ShopSetting;
using service::ShopTemplate;

/// The settings as they are now; a file that is broken is told as such.
Result<Config> read_now(const OpenHome& home) { return load_config(home.home.config()); }

class SettingList {
  public:
    void add(const char* section, const char* key, std::string value) {
        list_.push_back({section, key, std::move(value)});
    }
    void add(const char* section, const char* key, int value) {
        add(section, key, std::to_string(value));
    }
    void add(const char* section, const char* key, bool value) {
        add(section, key, std::string(value ? "true" : "false"));
    }
    std::vector<ShopSetting> take() { return std::move(list_); }

  private:
    std::vector<ShopSetting> list_;
};

std::string keys_of(const std::map<std::string, std::string>& map) {
    std::vector<std::string> keys;
    for (const auto& [key, value] : map) keys.push_back(key);
    return fmt::format("{}", fmt::join(keys, ", "));
}

std::string source_of(ReturnLabelSettings::Source source) {
    switch (source) {
        case ReturnLabelSettings::Source::Plain:
            return "plain";
        case ReturnLabelSettings::Source::S10:
            return "s10";
        case ReturnLabelSettings::Source::Sscc:
            return "sscc";
        case ReturnLabelSettings::Source::Files:
            break;
    }
    return "files";
}

std::vector<ShopSetting> settings_of(const Config& config) {
    SettingList list;
    const Shop& shop = config.shop;
    list.add("shop", "name", shop.name);
    list.add("shop", "link_host", shop.link_host);
    list.add("shop", "language", shop.language);
    list.add("shop", "return_days", shop.return_days);
    list.add("reply_card", "profile", shop.reply_profile);
    list.add("reply_card", "authorisation", shop.reply_authorisation);
    list.add("reply_card", "approval", shop.reply_approval);
    list.add("pages", "accent", config.serve.accent);
    list.add("pages", "contact", config.serve.contact);
    list.add("tracking", "", keys_of(config.serve.tracking));
    list.add("webhooks", "", keys_of(config.serve.webhooks));
    list.add("bench", "template", config.serve.bench_template);
    list.add("bench", "printer", config.serve.bench_printer);
    list.add("bench", "folder", config.serve.bench_folder);
    list.add("return_label", "source", source_of(config.return_label.source));
    list.add("cards", "amend_days", config.life.cards.amend_days);
    list.add("cards", "card_days", config.life.cards.card_days);
    list.add("release", "grace_minutes", config.life.release.grace_minutes);
    list.add("release", "require_full_stock", config.life.release.require_full_stock);
    list.add("release", "wait_on_hold", config.life.release.wait_on_hold);
    list.add("privacy", "images_days", config.privacy.images_days);
    list.add("privacy", "secrets_days", config.privacy.secrets_days);
    list.add("privacy", "addresses_days", config.privacy.addresses_days);
    return list.take();
}

ShopTemplate facts_of(const Home& home, const Shop& shop, const std::string& name) {
    ShopTemplate facts;
    facts.name = name;
    auto press = open_press(home, name, &shop);
    if (!press) {
        facts.fault = press.error().message;
        return facts;
    }
    const Layout& layout = press->insert->layout();
    for (const auto& card : layout.cards) {
        for (const auto& question : card.questions) facts.questions.push_back(question.id);
    }
    const auto& plan = press->insert->plan();
    if (!plan.sides.empty() && plan.reply.specimen) {
        facts.missing = fmt::format("{}", fmt::join(plan.reply.missing, ", "));
    }
    return facts;
}

}  // namespace

Result<std::string> ServeShop::settings_file(ShopId shop) {
    auto home = homes_.lend(shop);
    if (!home) return home.error();
    return (*home)->home.config().string();
}

Result<std::vector<ShopSetting>> ServeShop::settings(ShopId shop) {
    auto home = homes_.lend(shop);
    if (!home) return home.error();
    auto config = read_now(**home);
    if (!config) return config.error();
    return settings_of(*config);
}

Result<std::vector<service::EditableSetting>> ServeShop::editable(ShopId shop) {
    auto home = homes_.lend(shop);
    if (!home) return home.error();
    auto config = read_now(**home);
    if (!config) return config.error();
    return editable_settings(*config);
}

Result<std::vector<std::string>> ServeShop::change(
    ShopId shop, const std::vector<std::pair<std::string, std::string>>& values) {
    auto home = homes_.lend(shop);
    if (!home) return home.error();
    auto changed = set_shop_settings((*home)->home, values);
    if (!changed) return changed.error();
    if (seen_) seen_();
    std::vector<std::string> out;
    for (const auto& one : *changed) {
        out.push_back(one.key + ": " + one.before + " -> " + one.after);
    }
    return out;
}

Result<std::vector<ShopTemplate>> ServeShop::templates(ShopId shop) {
    auto home = homes_.lend(shop);
    if (!home) return home.error();
    auto config = read_now(**home);
    if (!config) return config.error();
    auto share = find_share();
    if (!share) return share.error();
    std::vector<ShopTemplate> out;
    for (const auto& name :
         generator::InsertTemplate::list(template_folders((*home)->home, *share))) {
        out.push_back(facts_of((*home)->home, config->shop, name));
    }
    return out;
}

Result<std::string> ServeShop::preview(ShopId shop, const std::string& name,
                                       const std::string& language) {
    auto home = homes_.lend(shop);
    if (!home) return home.error();
    auto config = read_now(**home);
    if (!config) return config.error();
    auto share = find_share();
    if (!share) return share.error();
    const auto known = generator::InsertTemplate::list(template_folders((*home)->home, *share));
    // A name becomes part of a path: those of the list alone.
    if (std::find(known.begin(), known.end(), name) == known.end()) {
        return Error{ErrorCode::NotFound, "there is no such template", name,
                     "see: verso template list"};
    }
    auto press = open_press((*home)->home, name, &config->shop);
    if (!press) return press.error();
    const std::string& lang = language.empty() ? config->shop.language : language;
    generator::PdfWriter writer(press->fonts, {6, name});
    for (const int lines : {3, 30}) {
        const Order order = generator::specimen_order(lang, lines);
        auto insert = press->insert->lay_out(
            {order, 1, config->shop, generator::specimen_card(), generator::specimen_rma()});
        if (!insert) return insert.error();
        for (const auto& page : insert->pages) {
            if (auto added = writer.add_page(page); !added) return added.error();
        }
    }
    return writer.finish();
}

}  // namespace verso::app
