// SPDX-License-Identifier: Apache-2.0
// Kept pictures of returned cards, one folder for each condition, read upright and upside down.
// minimum.json says for each folder how many must be read straight through; misread may be none.
// VERSO_UPDATE_MINIMUM=1 raises the minima to what is read now and never lowers one.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/labelled_folder.h"
#include "app/reading_score.h"
#include "scanner/image/image_loader.h"
#include "scanner/pipeline/read_card.h"

namespace verso::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

const fs::path kRoot = fs::path(VERSO_SOURCE_DIR) / "tests/blackbox";

ordered_json load_minima() {
    std::ifstream in(kRoot / "minimum.json");
    return ordered_json::parse(in);
}

const std::vector<Layout>& layouts() {
    static const auto kLayouts = app::load_layouts(kRoot / "layouts.jsonl").value();
    return kLayouts;
}

const Layout* find_layout(LayoutNumber number) {
    for (const Layout& layout : layouts())
        if (layout.number == number) return &layout;
    return nullptr;
}

std::vector<Reading> read(const fs::path& file, bool upside_down) {
    scanner::ReadOptions options;
    for (const Layout& layout : layouts()) options.known.push_back(&layout);
    std::vector<Reading> readings;
    const auto pages =
        scanner::load_pages(file.string(), {}, [&](int /*page*/, Result<scanner::GrayImage> image) {
            if (!image) return true;
            if (upside_down) std::reverse(image->pixels.begin(), image->pixels.end());
            readings = scanner::read_page(*image, find_layout, options);
            return true;
        });
    EXPECT_TRUE(pages.has_value()) << file;
    return readings;
}

class Blackbox : public ::testing::TestWithParam<std::string> {
  protected:
    /// Reads the folder and holds it against the minimum `key`.
    void hold(const char* key, bool upside_down) {
        const auto labels = app::load_labels(kRoot / GetParam());
        ASSERT_TRUE(labels.has_value()) << labels.error().text();
        app::ReadingScore score;
        for (const auto& picture : *labels) score.add(picture, read(picture.file, upside_down));
        for (const auto& fault : score.faults) ADD_FAILURE() << GetParam() << "/" << fault;
        ordered_json minima = load_minima();
        const int minimum = minima.at(GetParam()).at(key);
        EXPECT_GE(score.cards.right, minimum) << "of " << score.cards.all();
        EXPECT_LE(score.cards.wrong, minima.at(GetParam()).at("misread").get<int>());
        const char* update = std::getenv("VERSO_UPDATE_MINIMUM");
        if (update == nullptr || score.cards.right <= minimum) return;
        minima.at(GetParam()).at(key) = score.cards.right;
        std::ofstream(kRoot / "minimum.json") << minima.dump(1) << "\n";
    }
};

TEST_P(Blackbox, Upright) { hold("read", false); }
TEST_P(Blackbox, UpsideDown) { hold("read_upside_down", true); }

std::vector<std::string> folders() {
    std::vector<std::string> names;
    const ordered_json minima = load_minima();
    for (const auto& [name, minimum] : minima.items()) names.push_back(name);
    return names;
}

INSTANTIATE_TEST_SUITE_P(Folders, Blackbox, ::testing::ValuesIn(folders()), [](const auto& p) {
    std::string name = p.param;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
});

TEST(BlackboxFolders, AllAreHeldToAMinimum) {
    const ordered_json minima = load_minima();
    for (const auto& entry : fs::directory_iterator(kRoot)) {
        if (entry.is_directory()) {
            EXPECT_TRUE(minima.contains(entry.path().filename().string())) << entry.path();
        }
    }
    for (const auto& [name, minimum] : minima.items()) EXPECT_EQ(minimum.at("misread"), 0) << name;
}

}  // namespace
}  // namespace verso::test
