// SPDX-License-Identifier: Apache-2.0
// A small sound profile is written to a folder of its own and changed in one place at a time.
#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "generator/profile/postal_profile.h"

namespace verso::generator {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

class ProfileFile : public testing::Test {
  protected:
    ProfileFile() {
        fs::create_directories(folder_ / "profile");
        json = nlohmann::json::parse(R"({
            "version": 1, "post": "The Post", "service": "Reply", "country": "DE",
            "description": "about", "paper": "thick",
            "data": { "permit": { "about": "its number", "specimen": "000" } },
            "pictures": ["horn"],
            "blocks": [
                { "block": "group", "corner": "top-right", "x": 5, "y": 5, "w": 40, "h": 20,
                  "blocks": [
                    { "block": "image", "role": "mark", "picture": "horn", "x": 0, "y": 0, "w": 9, "h": 6 },
                    { "block": "text", "role": "franking", "x": 0, "y": 9, "w": 30, "text": "N {{t:reply.permit}}" }
                ] },
                { "block": "address", "role": "address", "of": "shop.reply_lines", "x": 60, "y": 50, "w": 60, "leading": 5 }
            ],
            "rules": [
                { "id": "reading-zone", "about": "in its words", "role": "address",
                  "edges": { "top_least": 40 } },
                { "id": "size", "about": "in its words", "confirmed": false, "card": { "ratio_least": 1.4 } },
                { "id": "frame", "about": "low cards", "role": "franking", "of": "outline",
                  "card_height_most": 109.9, "size": { "height_most": 20, "upright": true } }
            ] })");
    }
    ~ProfileFile() override { fs::remove_all(folder_); }

    void write(const std::string& name = "some") const {
        std::ofstream(folder_ / "profile" / (name + ".json")) << json.dump();
    }
    Result<PostalProfile> load() const {
        write();
        return load_profile("some", {folder_.string()});
    }
    /// Message, place and cure of the refusal.
    std::string refusal() const {
        const auto loaded = load();
        if (loaded) return "it was taken";
        EXPECT_EQ(loaded.error().code, ErrorCode::TemplateInvalid);
        return loaded.error().text();
    }

    fs::path folder_ = fs::temp_directory_path() / ("verso-profile-" + std::to_string(getpid()));
    nlohmann::json json;
};

TEST_F(ProfileFile, IsRead) {
    const auto loaded = load();
    ASSERT_TRUE(loaded) << loaded.error().text();
    EXPECT_EQ(loaded->name, "some");
    EXPECT_EQ(loaded->post, "The Post");
    EXPECT_EQ(loaded->country, "DE");
    EXPECT_EQ(loaded->paper, "thick");
    EXPECT_TRUE(loaded->approval_needed);
    ASSERT_EQ(loaded->data.size(), 1U);
    EXPECT_EQ(loaded->data[0].key, "permit");
    EXPECT_EQ(loaded->data[0].specimen, "000");
    EXPECT_THAT(loaded->pictures, ElementsAre("horn"));
    ASSERT_EQ(loaded->rules.size(), 3U);
    const auto& edges = std::get<EdgesRule>(loaded->rules[0].measure);
    EXPECT_EQ(edges.top.least, 40_mm);
    EXPECT_FALSE(edges.top.most);
    EXPECT_TRUE(edges.left.is_open());
    EXPECT_EQ(loaded->rules[0].pointer, "/rules/0");
    EXPECT_EQ(loaded->rules[0].post, "The Post");
    EXPECT_FALSE(loaded->rules[1].confirmed);
    EXPECT_EQ(std::get<CardSizeRule>(loaded->rules[1].measure).ratio_least, 1.4);
    EXPECT_EQ(loaded->rules[2].of, SideItem::Kind::Outline);
    EXPECT_EQ(loaded->rules[2].card_height.most, 109.9_mm);
    EXPECT_TRUE(std::get<SizeRule>(loaded->rules[2].measure).upright);
    EXPECT_EQ(loaded->root().at("blocks").items().size(), 2U);
}

TEST_F(ProfileFile, OfAnEarlierFolderWins) {
    write();
    const fs::path other = folder_ / "own";
    fs::create_directories(other / "profile");
    json["service"] = "Own";
    std::ofstream(other / "profile" / "some.json") << json.dump();
    EXPECT_EQ(load_profile("some", {other.string(), folder_.string()})->service, "Own");
    EXPECT_EQ(load_profile("some", {folder_.string(), other.string()})->service, "Reply");
}

TEST_F(ProfileFile, ThatIsNotThereIsToldWithThoseThatAre) {
    write("one");
    write("two");
    EXPECT_THAT(list_profiles({folder_.string(), "/nowhere"}), ElementsAre("one", "two"));
    for (const char* name : {"three", "../profile/one", ""}) {
        const auto missing = load_profile(name, {folder_.string()});
        ASSERT_FALSE(missing);
        EXPECT_EQ(missing.error().code, ErrorCode::NotFound);
        EXPECT_EQ(missing.error().cure, "use one of one, two");
    }
}

TEST_F(ProfileFile, ThatUsesWhatItDoesNotDeclareIsRefused) {
    json["blocks"][0]["blocks"][1]["text"] = "N {{t:reply.permt}}";
    EXPECT_THAT(refusal(),
                HasSubstr("some.json /blocks: a block uses \"permt\", which \"data\" has "
                          "not; did you mean \"permit\"?"));
    json["blocks"][0]["blocks"][1]["text"] = "N";
    EXPECT_THAT(refusal(), HasSubstr("/data: no block uses \"permit\""));
    json["blocks"][0]["blocks"][1]["text"] = "t:reply.permit";
    json["pictures"] = {"horn", "logo"};
    EXPECT_THAT(refusal(), HasSubstr("/pictures: no block uses \"logo\""));
    json["pictures"] = nlohmann::json::array();
    EXPECT_THAT(refusal(), HasSubstr("a block uses \"horn\", which \"pictures\" has not"));
}

TEST_F(ProfileFile, NamesTheRuleThatCannotBeMeant) {
    const nlohmann::json sound = json;
    const std::tuple<const char*, nlohmann::json, const char*> faults[] = {
        {"/rules/0/role", "adress",
         "/rules/0/role: there is no role \"adress\"; did you mean "
         "\"address\"?"},
        {"/rules/0/role", "fim", "/rules/0/role: no block has the role \"fim\""},
        {"/rules/0/edges/top_leest", 3, "did you mean \"top_least\"?"},
        {"/rules/0/edges/top_most", 39, "/rules/0/edges/top_most: the most is less than the least"},
        {"/rules/0/edges/top_least", "40", "/rules/0/edges/top_least: this must be a number"},
        {"/rules/0/text", nlohmann::json::object(),
         "/rules/0: a rule has one measure; this one has 2"},
        {"/rules/1/role", "address", "/rules/1: a rule of \"card\" has no role"},
        {"/rules/1/id", "reading-zone", "/rules/1/id: the rule \"reading-zone\" stands twice"},
        {"/rules/1/confirmed", "no", "/rules/1/confirmed: this must be true or false"},
        {"/rules/2/of", "frame", "use one of text, fill, line, outline, modules, picture"},
        {"/rules/2/sise", 1, "did you mean \"size\"?"},
        {"/blocks/1/role", "adres", "/blocks/1/role: there is no role \"adres\""},
        {"/data/permit/specimen", "", "/data/permit/specimen: a specimen is not empty"},
        {"/data/No Key", {{"about", "x"}, {"specimen", "0"}}, "\"No Key\" is no key"},
        {"/version", 2, "/version: version 2 is not known"},
        {"/pots", "x", "did you mean \"post\"?"},
    };
    for (const auto& [pointer, value, expected] : faults) {
        json = sound;
        json[nlohmann::json::json_pointer(pointer)] = value;
        EXPECT_THAT(refusal(), HasSubstr(expected)) << pointer;
    }
    json = sound;
    json["rules"][0].erase("edges");
    EXPECT_THAT(refusal(), HasSubstr("this one has 0; measures are card, clear"));
    json = sound;
    json["rules"][0].erase("role");
    EXPECT_THAT(refusal(), HasSubstr("/rules/0: a rule of \"edges\" needs a role"));
}

TEST_F(ProfileFile, TooDeepIsRefused) {
    nlohmann::json inner = nlohmann::json::array();
    for (int i = 0; i < 14; ++i) inner = {{{"block", "group"}, {"blocks", inner}}};
    json["blocks"] = inner;
    EXPECT_THAT(refusal(), HasSubstr("nested too deeply"));
}

}  // namespace
}  // namespace verso::generator
