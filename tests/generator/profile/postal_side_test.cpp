// SPDX-License-Identifier: Apache-2.0
// Every shipped profile, set by the template engine on both sides that the templates have, judged
// by its own rules; bars are read back from the rendered page.
#include <gmock/gmock.h>

#include <algorithm>
#include <functional>

#include "generator/barcode/four_state.h"
#include "tests/generator/engine/bar_reader.h"
#include "tests/generator/profile/side_pages.h"
#include "tests/generator/specimens.h"

namespace verso::generator {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string kArtwork = VERSO_SOURCE_DIR "/tests/data/images/base.png";

/// The broken rules, "post: sentence"; of those that are confirmed or of the others.
std::vector<std::string> broken(const std::string& name, PageSize size, bool confirmed) {
    const PostalProfile profile = shipped_profile(name);
    const SidePage side = set_side(size, licensed_shop(profile, kArtwork));
    std::vector<std::string> out;
    for (const auto& finding : check_postal_side(side.side, profile.rules)) {
        if (finding.confirmed == confirmed) out.push_back(finding.rule + ": " + finding.sentence);
    }
    return out;
}

class EveryProfile : public testing::TestWithParam<std::string> {};

TEST_P(EveryProfile, KeepsItsRulesOnHalfOfAnA5) {
    EXPECT_THAT(broken(GetParam(), kA4Side, true), IsEmpty());
    EXPECT_THAT(broken(GetParam(), kA4Side, false), IsEmpty());
}

TEST_P(EveryProfile, BreaksNothingButTheCardsSizeOnHalfOfALetterSheet) {
    for (const bool confirmed : {true, false}) {
        for (const auto& finding : broken(GetParam(), kLetterSide, confirmed)) {
            EXPECT_THAT(finding, testing::StartsWith("card")) << "not a matter of size";
        }
    }
}

TEST_P(EveryProfile, SaysSpecimenUntilThePostHasAgreed) {
    const PostalProfile profile = shipped_profile(GetParam());
    const auto has_specimen = [](const SidePage& side) {
        return std::any_of(side.side.items.begin(), side.side.items.end(),
                           [](const SideItem& item) { return item.role == "specimen"; });
    };
    EXPECT_EQ(has_specimen(set_side(kA4Side, unlicensed_shop(profile))), profile.approval_needed);
    EXPECT_FALSE(has_specimen(set_side(kA4Side, licensed_shop(profile, kArtwork))));
    if (!profile.approval_needed) return;
    Shop unapproved = licensed_shop(profile, kArtwork);
    unapproved.reply_approval.clear();
    EXPECT_TRUE(has_specimen(set_side(kA4Side, unapproved)));
}

// What is missing is told, and a number that the shop has is printed as it is.
TEST(Specimen, StandsForWhatThePostHasNotGiven) {
    const PostalProfile profile = shipped_profile("us-brm");
    const auto says = [&](const Shop& shop, const std::string& words) {
        const auto side = set_side(kA4Side, shop).side;
        return std::any_of(side.items.begin(), side.items.end(), [&](const SideItem& item) {
            return item.text.find(words) != std::string::npos;
        });
    };
    Shop shop = licensed_shop(profile, kArtwork);
    EXPECT_FALSE(says(shop, "SPECIMEN"));
    for (const char* key : {"city", "imb", "authorisation"}) {
        Shop without = shop;
        without.reply_data.erase(key);
        if (std::string_view(key) == "authorisation") without.reply_authorisation.clear();
        EXPECT_TRUE(says(without, "SPECIMEN")) << key;
        without.reply_data[key] = "";
        EXPECT_TRUE(says(without, "SPECIMEN")) << key << " is there and says nothing";
    }
    shop.reply_data.erase("authorisation");
    shop.reply_authorisation = "0007";
    EXPECT_TRUE(says(shop, "PERMIT NO. 0007"));
    EXPECT_FALSE(says(shop, "SPECIMEN"));
    // Deutsche Post's card shows no number, so it waits for none.
    Shop german = licensed_shop(shipped_profile("de-werbeantwort"), kArtwork);
    german.reply_authorisation.clear();
    EXPECT_FALSE(says(german, "SPECIMEN"));
}

// Each item on the side is ink on the page, and in the order of roles that the rules measure.
TEST_P(EveryProfile, IsRendered) {
    const PostalProfile profile = shipped_profile(GetParam());
    const SidePage side = set_side(kA4Side, licensed_shop(profile, kArtwork));
    const Rendering page = render(pdf_of(side.page), 150);
    EXPECT_NEAR(page.width, 148.5 * 150 / 25.4, 1);
    EXPECT_NEAR(page.height, 105.0 * 150 / 25.4, 1);
    for (const auto& item : side.side.items) {
        const double px = 150 / 25.4;
        bool dark = false;
        for (int y = int(item.box.y.value * px); y <= int(item.box.bottom().value * px); ++y) {
            for (int x = int(item.box.x.value * px); x <= int(item.box.right().value * px); ++x) {
                const bool on_page = x >= 0 && y >= 0 && x < page.width && y < page.height;
                dark = dark || (on_page && page.at(x, y) < 230);
            }
        }
        EXPECT_TRUE(dark) << item.pointer << " " << item.text;
    }
}

/// The side with everything of one role changed.
PostalSide changed(PostalSide side, const std::string& role,
                   const std::function<void(SideItem&)>& change) {
    for (auto& item : side.items) {
        if (item.role == role) change(item);
    }
    return side;
}

/// Sides that are wrong in many ways, none of which keeps a rule about `role` whole.
std::vector<PostalSide> wrong_sides(const PostalSide& sound, const std::string& role) {
    std::vector<PostalSide> sides;
    for (const Mm height : {sound.height, 120_mm}) {
        PostalSide base = sound;
        base.height = height;
        for (const double way : {-100.0, 100.0}) {
            sides.push_back(changed(base, role, [&](SideItem& i) { i.box.x += Mm{way}; }));
            sides.push_back(changed(base, role, [&](SideItem& i) { i.box.y += Mm{way}; }));
        }
        for (const double factor : {0.1, 5.0}) {
            sides.push_back(changed(base, role, [&](SideItem& i) {
                i.box.w = i.box.w * factor;
                i.box.h = i.box.h * factor;
                i.thickness = i.thickness * factor;
                i.cap_height = i.cap_height * factor;
            }));
        }
        sides.push_back(changed(base, role, [](SideItem& i) { i.role = "free"; }));
        sides.push_back(changed(base, role, [](SideItem& i) { i.text = std::string(40, 'x'); }));
        int step = 0;
        sides.push_back(changed(base, role, [&](SideItem& i) { i.box.x += Mm{0.4 * ++step}; }));
        PostalSide covered = base;
        covered.items.push_back({{0_mm, 0_mm, base.width, base.height},
                                 SideItem::Kind::Fill,
                                 "",
                                 {},
                                 {},
                                 "intruder",
                                 ""});
        sides.push_back(covered);
    }
    for (const PageSize size : {PageSize{50_mm, 50_mm}, PageSize{400_mm, 90_mm}}) {
        sides.push_back(sound);
        sides.back().width = size.width;
        sides.back().height = size.height;
    }
    return sides;
}

TEST_P(EveryProfile, HasNoRuleThatCannotBeBroken) {
    const PostalProfile profile = shipped_profile(GetParam());
    const PostalSide sound = set_side(kA4Side, licensed_shop(profile, kArtwork)).side;
    for (const auto& rule : profile.rules) {
        const auto sides = wrong_sides(sound, rule.role);
        EXPECT_TRUE(std::any_of(sides.begin(), sides.end(), [&](const PostalSide& side) {
            return !check_postal_side(side, {rule}).empty();
        })) << rule.id;
    }
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
    std::string name = info.param;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Posts, EveryProfile, testing::ValuesIn(list_profiles(template_folders())),
                         test_name);

TEST(LetterSide, IsTooNarrowForSomePosts) {
    for (const char* name : {"ccri", "be-da", "es-respuesta-comercial"}) {
        EXPECT_THAT(broken(name, kLetterSide, true), testing::SizeIs(1)) << name;
    }
    EXPECT_THAT(
        broken("de-werbeantwort", kLetterSide, true),
        ElementsAre("card: the card is 139.7 mm wide, wanted 140 to 235 mm",
                    "card: the card is 139.7 mm wide and 107.95 mm high, 1.294 to 1, wanted "
                    "at least 1.4 to 1"));
    EXPECT_THAT(broken("us-brm", kLetterSide, true), IsEmpty());
    EXPECT_THAT(broken("us-brm", kLetterSide, false),
                ElementsAre("card-ratio: the card is 139.7 mm wide and 107.95 mm high, 1.294 to 1, "
                            "wanted at least 1.3 to 1"));
}

/// The bars of one role as they are on the rendered page.
std::vector<MmBox> printed_bars(const SidePage& side, const std::string& role, int dpi) {
    std::vector<MmBox> boxes;
    for (const auto& item : side.side.items) {
        if (item.role == role) boxes.push_back(item.box);
    }
    Mm left = boxes.at(0).x, right = left, top = boxes.at(0).y, bottom = top;
    for (const auto& box : boxes) {
        left = std::min(left, box.x);
        right = std::max(right, box.right());
        top = std::min(top, box.y);
        bottom = std::max(bottom, box.bottom());
    }
    const auto px = [&](Mm length) { return int(length.value * dpi / 25.4); };
    const Box<int> area{px(left) - 3, std::max(0, px(top) - 3), px(right - left) + 6,
                        px(bottom - top) + 6};
    return find_bars(render(pdf_of(side.page), dpi), area);
}

TEST(PrintedBars, AreReadBackFromThePage) {
    const std::tuple<const char*, const char*, FourStateKind> codes[] = {
        {"us-brm", "imb", FourStateKind::Imb},
        {"nl-antwoordnummer", "kix", FourStateKind::Kix},
        {"gb-business-reply", "mailmark", FourStateKind::MailmarkC},
        {"gb-freepost", "mailmark", FourStateKind::MailmarkC},
    };
    for (const auto& [name, key, kind] : codes) {
        const Shop shop = licensed_shop(shipped_profile(name), kArtwork);
        const std::string expected = encode_four_state(kind, shop.reply_data.at(key)).value();
        for (const PageSize size : {kA4Side, kLetterSide}) {
            const auto bars = printed_bars(set_side(size, shop), "barcode", 300);
            EXPECT_EQ(classify_bars(bars), expected) << name;
        }
    }
}

TEST(PrintedBars, OfTheFacingMarkStandWhereTheSorterLooks) {
    const SidePage side = set_side(kA4Side, licensed_shop(shipped_profile("us-brm"), kArtwork));
    const auto bars = printed_bars(side, "fim", 600);
    ASSERT_EQ(bars.size(), 6U);
    const double mm = 25.4 / 600;
    EXPECT_NEAR(148.5 - bars.back().right().value * mm, 50.8, 0.1);
    for (const auto& bar : bars) {
        EXPECT_NEAR(bar.w.value * mm, 0.794, 0.1);
        EXPECT_NEAR(bar.h.value * mm, 15.875, 0.1);
    }
}

}  // namespace
}  // namespace verso::generator
