// SPDX-License-Identifier: Apache-2.0
// Prints every profile on both sizes of side to a folder, for the eye of whoever changes one; tells
// which rules are broken:
//   verso_print_sides FOLDER [ARTWORK]
#include <cstdio>
#include <fstream>

#include "tests/generator/profile/side_pages.h"
#include "tests/generator/specimens.h"

using namespace verso;
using namespace verso::generator;

namespace {

void print(const std::string& path, const PostalProfile& profile, PageSize size, const Shop& shop) {
    const SidePage side = set_side(size, shop);
    std::ofstream(path, std::ios::binary) << pdf_of(side.page);
    for (const auto& finding : check_postal_side(side.side, profile.rules)) {
        std::printf("%s: %s%s: %s; %s\n", path.c_str(), finding.confirmed ? "" : "unconfirmed ",
                    finding.rule.c_str(), finding.sentence.c_str(), finding.cure.c_str());
    }
}

}  // namespace

int main(int argc, char** argv) {
    const std::string folder = argc > 1 ? argv[1] : ".";
    const std::string artwork = argc > 2 ? argv[2] : VERSO_SOURCE_DIR "/tests/data/images/base.png";
    for (const auto& name : list_profiles(template_folders())) {
        const PostalProfile profile = shipped_profile(name);
        const Shop licensed = licensed_shop(profile, artwork);
        print(folder + "/" + name + "-a4.pdf", profile, kA4Side, licensed);
        print(folder + "/" + name + "-letter.pdf", profile, kLetterSide, licensed);
        print(folder + "/" + name + "-specimen.pdf", profile, kA4Side, unlicensed_shop(profile));
    }
}
