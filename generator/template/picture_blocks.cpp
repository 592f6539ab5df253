// SPDX-License-Identifier: Apache-2.0
// Blocks that come from outside the template: pictures, and the address side of a post's profile.
#include <fmt/format.h>

#include "generator/layout/picture_place.h"
#include "generator/layout/text_setting.h"
#include "generator/picture/picture_loader.h"
#include "generator/profile/postal_profile.h"
#include "generator/template/block_compiler.h"

namespace verso::generator {

void BlockCompiler::compile_image(const Node& node, const Scope& scope, Blocks& out) {
    node.allow_in_block({"picture", "x", "y", "w", "h", "align", "or"});
    const MmBox place = node.box();
    const std::string name = node.text("picture");
    const auto file = sheet_.pictures.find(name);
    if (file == sheet_.pictures.end()) {
        if (node.has("or")) compile_blocks(node.at("or"), scope, out);
        return;
    }
    auto picture = load_picture(file->second);
    if (!picture) node.at("picture").fail(picture.error().text(), "[pictures] of verso.toml");
    auto box = picture_box(**picture, place, /*natural_size=*/false);
    if (!box) node.at("picture").fail("the picture has no size");
    const int align = node.choice("align", {"left", "center", "right"}, 1);
    box->x = place.x + (place.w - box->w) * (align / 2.0);
    out.push_back(MarkOperation{PictureMark{scope.frame.box(*box), scope.frame.turn, *picture}});
}

void BlockCompiler::compile_label_artwork(const Node& node, const Scope& scope, Blocks& out) {
    node.allow_in_block({"x", "y", "w", "h", "scale"});
    const bool natural = node.choice("scale", {"natural", "fit"}, 0) == 0;
    out.push_back(LabelArtworkOperation{scope.frame, node.box(), natural});
}

void BlockCompiler::compile_postal_side(const Node& node, const Scope& scope, Blocks& out) {
    node.allow_in_block({"x", "y", "w", "h", "turn"});
    const ReplyCard& reply = sheet_.plan.reply;
    if (reply.profile == nullptr) {
        node.fail("no profile says what the reply card looks like",
                  "name one: \"default_profile\" in the template, or profile in [reply_card] of "
                  "verso.toml");
    }
    const int turn = turn_of(node);
    Scope inner = scope;
    inner.frame = scope.frame.inner(node.box(), turn);
    inner.area =
        turn % 180 == 0 ? MmPoint{node.mm("w"), node.mm("h")} : MmPoint{node.mm("h"), node.mm("w")};
    sheet_.plan.sides.push_back({page_, scope.frame.box(node.box()), inner.frame.turn,
                                 std::uint32_t(sheet_.plan.blocks.size() - 1)});
    if (reply.specimen) add_specimen(inner, out);
    // The profile is a sheet of its own: its styles and inks do not meddle with the template's.
    const auto inks = sheet_.inks;
    const auto styles = sheet_.styles;
    read_styles(reply.profile->root(), sheet_);
    compile_blocks(reply.profile->root().at("blocks"), inner, out);
    sheet_.inks = inks;
    sheet_.styles = styles;
}

/// The word across the card, below everything else.
void BlockCompiler::add_specimen(const Scope& scope, Blocks& out) {
    constexpr double kWidth = 0.62, kHeight = 0.25;  // of the side
    StaticTextOperation operation;
    for (const auto& language : sheet_.languages) {
        const std::string* word = language.find("mail.specimen");
        TextPlace place;
        place.frame = scope.frame;
        place.style = {Pt{100}, FontFace::Bold, Ink{0xee, 0xc4, 0xbf}, Pt{0}};
        place.align = Align::Center;
        place.width = scope.area.x;
        const std::string text = word == nullptr ? "SPECIMEN" : *word;
        const double by_width = scope.area.x * kWidth / width_of(sheet_.fonts, place.style, text);
        const double by_height = scope.area.y * kHeight / to_mm(place.style.size);
        place.style.size = place.style.size * std::min(by_width, by_height);
        place.least = place.style.size;
        const Mm cap = sheet_.fonts.cap_height(FontFace::Bold, place.style.size);
        place.at = {Mm{0}, (scope.area.y + cap) / 2};
        operation.marks.push_back({mark_of(place, fit_line(sheet_.fonts, place, text))});
    }
    auto& blocks = sheet_.plan.blocks;
    blocks.push_back({blocks.back().place, "specimen", "specimen"});
    out.push_back(std::move(operation));
    tag(out, out.size() - 1, std::uint32_t(blocks.size() - 1));
}

}  // namespace verso::generator
