// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "generator/profile/postal_profile.h"
#include "generator/profile/rule_parser.h"

namespace verso::generator {

namespace {

namespace fs = std::filesystem;

constexpr int kVersion = 1;

/// What the blocks use of the profile, to be compared with what it declares.
struct BlockUse {
    std::set<std::string> roles, data, pictures;
};

bool is_key_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/// The keys of "t:reply.KEY" in a text.
void collect_data(const std::string& text, BlockUse& use) {
    constexpr std::string_view kPrefix = "t:reply.";
    for (std::size_t at = text.find(kPrefix); at != std::string::npos;
         at = text.find(kPrefix, at + 1)) {
        const auto begin = text.begin() + std::ptrdiff_t(at + kPrefix.size());
        use.data.insert(std::string(begin, std::find_if_not(begin, text.end(), is_key_character)));
    }
}

void collect(const Node& blocks, int depth, BlockUse& use) {
    constexpr int kDeepest = 12;
    if (depth > kDeepest) blocks.fail("groups are nested too deeply");
    for (const auto& block : blocks.items()) {
        if (block.has("role")) use.roles.insert(parse_role(block.at("role")));
        if (block.has("text")) collect_data(block.text("text"), use);
        if (block.has("picture")) use.pictures.insert(block.text("picture"));
        for (const char* inner : {"blocks", "or"}) {
            if (block.has(inner)) collect(block.at(inner), depth + 1, use);
        }
    }
}

std::vector<ProfileDatum> parse_data(const Node& root) {
    std::vector<ProfileDatum> data;
    if (!root.has("data")) return data;
    for (const auto& [key, node] : root.at("data").members()) {
        node.allow({"about", "specimen"});
        if (!std::all_of(key.begin(), key.end(), is_key_character)) {
            node.fail(fmt::format("\"{}\" is no key", key), "use small letters, digits, - and _");
        }
        data.push_back({key, node.text("about"), node.text("specimen")});
        if (data.back().specimen.empty()) {
            node.at("specimen").fail("a specimen is not empty", "use plain zeros");
        }
    }
    return data;
}

/// Declared and used must be the same, else a wrong letter would print nothing in silence.
void compare_use(const Node& root, const char* key, const std::set<std::string>& declared,
                 const std::set<std::string>& used) {
    for (const auto& name : used) {
        if (declared.count(name) != 0) continue;
        const std::string nearest = nearest_word(name, {declared.begin(), declared.end()});
        root.at("blocks").fail(fmt::format("a block uses \"{}\", which \"{}\" has not", name, key),
                               nearest.empty() ? fmt::format("add it to \"{}\"", key)
                                               : fmt::format("did you mean \"{}\"?", nearest));
    }
    for (const auto& name : declared) {
        if (used.count(name) == 0) {
            root.at(key).fail(fmt::format("no block uses \"{}\"", name), "remove it, or use it");
        }
    }
}

void check_use(const Node& root, const PostalProfile& profile) {
    BlockUse use;
    collect(root.at("blocks"), 0, use);
    std::set<std::string> data;
    for (const auto& datum : profile.data) data.insert(datum.key);
    compare_use(root, "data", data, use.data);
    compare_use(root, "pictures", {profile.pictures.begin(), profile.pictures.end()}, use.pictures);
    const auto rules = root.at("rules").items();
    for (std::size_t i = 0; i < profile.rules.size(); ++i) {
        const std::string& role = profile.rules.at(i).role;
        if (role.empty() || use.roles.count(role) != 0) continue;
        rules.at(i).at("role").fail(fmt::format("no block has the role \"{}\"", role),
                                    "give it to a block, or remove the rule");
    }
}

PostalProfile parse_profile(std::string name, std::shared_ptr<const TemplateFile> file) {
    const Node root = file->root();
    root.allow({"$schema", "version", "post", "service", "country", "description", "paper",
                "approval_needed", "data", "pictures", "inks", "styles", "blocks", "rules"});
    if (root.at("version").integer() != kVersion) {
        root.at("version").fail(
            fmt::format("version {} is not known", root.at("version").integer()),
            "this program reads version 1");
    }
    PostalProfile profile;
    profile.name = std::move(name);
    profile.post = root.text("post");
    profile.service = root.text("service");
    profile.country = root.text_or("country", "");
    profile.description = root.text("description");
    profile.paper = root.text_or("paper", "");
    profile.approval_needed = root.flag_or("approval_needed", true);
    profile.data = parse_data(root);
    if (root.has("pictures")) {
        for (const auto& node : root.at("pictures").items())
            profile.pictures.push_back(node.text());
    }
    profile.rules = parse_rules(root.at("rules"), profile.post);
    profile.file = std::move(file);
    check_use(root, profile);
    return profile;
}

}  // namespace

std::vector<std::string> list_profiles(const std::vector<std::string>& folders) {
    std::vector<std::string> names;
    for (const auto& folder : folders) {
        std::error_code ignored;
        for (const auto& entry : fs::directory_iterator(fs::path(folder) / "profile", ignored)) {
            if (entry.path().extension() == ".json") names.push_back(entry.path().stem().string());
        }
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

Result<PostalProfile> load_profile(std::string_view name, const std::vector<std::string>& folders) {
    const auto known = list_profiles(folders);
    // Only listed names are opened, so that a name cannot walk out of the folder.
    if (std::find(known.begin(), known.end(), name) == known.end()) {
        return Error{ErrorCode::NotFound,
                     fmt::format("there is no reply card profile \"{}\"", name),
                     fmt::format("{}", fmt::join(folders, ", ")),
                     known.empty() ? "no folder holds profile/NAME.json"
                                   : fmt::format("use one of {}", fmt::join(known, ", "))};
    }
    for (const auto& folder : folders) {
        const fs::path path = fs::path(folder) / "profile" / fmt::format("{}.json", name);
        if (!fs::exists(path)) continue;
        try {
            auto file = std::make_shared<const TemplateFile>(TemplateFile::read(path.string()));
            return parse_profile(std::string(name), std::move(file));
        } catch (const TemplateFault& fault) {
            return fault.error;
        }
    }
    return Error{ErrorCode::NotFound, fmt::format("the profile \"{}\" went away", name), "", ""};
}

}  // namespace verso::generator
