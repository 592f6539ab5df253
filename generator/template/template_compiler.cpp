// SPDX-License-Identifier: Apache-2.0
#include "generator/template/template_compiler.h"

#include <fmt/format.h>

#include <algorithm>

#include "generator/profile/postal_profile.h"
#include "generator/template/block_compiler.h"

namespace verso::generator {

namespace {

constexpr int kVersion = 1;
/// A side mark names nine return sheets; no template needs more designs than this either.
constexpr int kMostSheets = 1000;

/// The template's numbers with those that the shop gave instead.
Settings read_settings(const Node& root, const std::string& name, const Shop* shop) {
    Settings out;
    if (root.has("settings")) {
        for (const auto& [key, node] : root.at("settings").members()) out[key] = node.number();
    }
    if (shop == nullptr) return out;
    const auto own = shop->template_settings.find(name);
    if (own == shop->template_settings.end()) return out;
    for (const auto& [key, value] : own->second) {
        const auto known = out.find(key);
        if (known == out.end()) {
            throw TemplateFault{{ErrorCode::TemplateInvalid,
                                 fmt::format("the template has no setting \"{}\"", key),
                                 fmt::format("[template.{}] of verso.toml", name),
                                 "the template's \"settings\" lists them"}};
        }
        known->second = value;
    }
    return out;
}

int read_resolution(const Node& root) {
    constexpr int kUsual = 600, kLeast = 100, kMost = 2400;
    if (!root.has("resolution")) return kUsual;
    const int dpi = root.at("resolution").integer();
    if (dpi < kLeast || dpi > kMost) root.at("resolution").fail("use 100 to 2400 dpi");
    return dpi;
}

PageDesign compile_page(const Node& node, Sheet& sheet, int number) {
    node.allow({"id", "width", "height", "continues", "last_sheet", "blocks"});
    PageDesign page{node.text("id"),
                    number,
                    {node.mm("width"), node.mm("height")},
                    node.text_or("continues", ""),
                    kMostSheets,
                    {},
                    {}};
    if (page.size.width < Mm{20} || page.size.height < Mm{20})
        node.fail("a page is at least 20 mm");
    if (node.has("last_sheet")) page.last_sheet = node.at("last_sheet").integer();
    page.operations = BlockCompiler(sheet, number, page.size).compile(node.at("blocks"));
    split_ground(page, sheet.languages.size());
    return page;
}

/// A continuation without its table would be printed for ever.
void check_continuations(const Node& root, const std::vector<PageDesign>& pages) {
    std::size_t i = 0;
    for (const auto& node : root.at("pages").items()) {
        const PageDesign& page = pages.at(i++);
        if (page.continues.empty()) continue;
        bool placed = false;
        for (const auto& operation : page.operations) {
            const auto* table = std::get_if<TableReference>(&operation.kind);
            placed = placed || (table != nullptr && (*table)->flow == page.continues);
        }
        if (!placed) {
            node.at("continues")
                .fail(fmt::format("this page has no table \"{}\" to continue", page.continues),
                      "place it among the page's blocks, or in a region of it");
        }
    }
}

/// What the post gave the shop under this key; the authorisation has a place of its own. Empty:
/// nothing yet.
std::string given_by_post(const Shop& shop, const std::string& key) {
    const auto found = shop.reply_data.find(key);
    if (found != shop.reply_data.end() && !found->second.empty()) return found->second;
    return key == "authorisation" ? shop.reply_authorisation : "";
}

/// What the shop has not settled with its post yet, in words.
std::vector<std::string> missing_of(const PostalProfile& profile, const Shop* shop) {
    std::vector<std::string> out;
    if (!profile.approval_needed) return out;
    const Shop nothing;
    const Shop& own = shop == nullptr ? nothing : *shop;
    if (own.reply_address.empty()) out.emplace_back("address");
    if (own.reply_approval.empty()) out.emplace_back("approval");
    for (const auto& datum : profile.data) {
        if (!given_by_post(own, datum.key).empty()) continue;
        out.push_back(datum.key == "authorisation" ? datum.key : "data." + datum.key);
    }
    for (const auto& picture : profile.pictures) {
        if (!own.pictures.contains(picture)) out.push_back("picture " + picture);
    }
    return out;
}

void check_reply_data(const PostalProfile& profile, const Shop& shop) {
    std::vector<std::string> known;
    for (const auto& datum : profile.data) known.push_back(datum.key);
    for (const auto& [key, value] : shop.reply_data) {
        if (std::find(known.begin(), known.end(), key) != known.end()) continue;
        throw TemplateFault{
            {ErrorCode::TemplateInvalid,
             fmt::format("the profile {} asks for no \"{}\"", profile.name, key),
             "[reply_card.data] of verso.toml",
             known.empty() ? "remove it" : fmt::format("it asks for {}", fmt::join(known, ", "))}};
    }
}

/// Loads the profile that shop or template name, and makes its data strings of every language.
ReplyCard load_reply_card(const Node& root, const std::vector<std::string>& folders,
                          const Shop* shop, std::vector<Language>& languages) {
    const bool own = shop != nullptr && !shop->reply_profile.empty();
    const std::string name = own ? shop->reply_profile : root.text_or("default_profile", "");
    ReplyCard out;
    if (name.empty()) return out;
    auto loaded = load_profile(name, folders);
    if (!loaded) throw TemplateFault{loaded.error()};
    out.profile = std::make_shared<const PostalProfile>(std::move(loaded).value());
    if (own) check_reply_data(*out.profile, *shop);
    for (const auto& datum : out.profile->data) {
        const std::string given = shop == nullptr ? "" : given_by_post(*shop, datum.key);
        for (auto& language : languages) {
            language.strings["reply." + datum.key] = given.empty() ? datum.specimen : given;
        }
    }
    out.missing = missing_of(*out.profile, shop);
    out.specimen = !out.missing.empty();
    return out;
}

}  // namespace

void read_styles(const Node& root, Sheet& sheet) {
    if (root.has("inks")) {
        for (const auto& [name, node] : root.at("inks").members())
            sheet.inks[name] = parse_ink(node);
    }
    if (root.has("styles")) {
        for (const auto& [name, node] : root.at("styles").members()) {
            node.allow({"size", "face", "ink", "letter_spacing"});
            sheet.styles[name] = parse_style(node, {}, sheet.inks);
        }
    }
    if (root.has("tables")) {
        for (const auto& [name, node] : root.at("tables").members())
            sheet.tables.emplace(name, node);
    }
}

CompiledTemplate compile_template(const Node& plain_root, const std::string& name,
                                  const std::vector<std::string>& folders,
                                  std::shared_ptr<const FontBook> fonts, const Shop* shop) {
    plain_root.allow({"$schema", "version", "description", "default_language", "default_profile",
                      "sides", "resolution", "settings", "inks", "styles", "tables", "pages"});
    const Settings settings = read_settings(plain_root, name, shop);
    const Node root = plain_root.with(settings);
    if (root.at("version").integer() != kVersion) {
        root.at("version").fail(
            fmt::format("version {} is not known", root.at("version").integer()),
            "this program reads version 1");
    }
    CompiledTemplate out;
    out.name = name;
    out.layout.template_name = name;
    out.plan.both_sides = root.has("sides") && root.at("sides").integer() == 2;
    out.plan.resolution = read_resolution(root);
    out.plan.blocks.push_back({});  // kNoBlock
    out.languages = load_catalogues(
        folders, root.text("default_language"),
        shop == nullptr ? Strings{} : Strings(shop->strings.begin(), shop->strings.end()));
    for (const auto& language : out.languages) {
        if (language.borrowed.empty()) continue;
        out.plan.borrowed.push_back(fmt::format(
            "{}.json lacks {} of the strings, as \"{}\": they print in {}", language.code,
            language.borrowed.size(), language.borrowed.front(), out.languages.front().code));
    }
    out.plan.reply = load_reply_card(root, folders, shop, out.languages);
    out.fonts = std::move(fonts);
    Sheet sheet{*out.fonts, out.languages, {}, {}, {}, out.layout, out.plan, {}};
    if (shop != nullptr) sheet.pictures = shop->pictures;
    read_styles(root, sheet);
    for (const auto& node : root.at("pages").items()) {
        out.pages.push_back(compile_page(node, sheet, int(out.pages.size()) + 1));
        out.layout.pages.push_back(out.pages.back().size);
    }
    if (out.pages.empty()) root.at("pages").fail("a template has at least one page");
    check_continuations(root, out.pages);
    const auto faults = layout_faults(out.layout);
    if (!faults.empty()) {
        root.at("pages").fail(
            fmt::format("the readable parts are not sound: {}", fmt::join(faults, "; ")));
    }
    return out;
}

}  // namespace verso::generator
