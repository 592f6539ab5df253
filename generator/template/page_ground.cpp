// SPDX-License-Identifier: Apache-2.0
#include "generator/template/page_ground.h"

#include "generator/template/template_model.h"

namespace verso::generator {

namespace {

bool is_ground(const Operation& operation) {
    // Pictures stay: they are objects of the file, not operators of a page.
    if (const auto* mark = std::get_if<MarkOperation>(&operation.kind)) {
        return !std::holds_alternative<PictureMark>(mark->mark);
    }
    return std::holds_alternative<StaticTextOperation>(operation.kind);
}

/// Appends the marks of one operation that is_ground().
void append(const Operation& operation, std::size_t language, std::vector<Mark>& marks) {
    if (const auto* mark = std::get_if<MarkOperation>(&operation.kind)) {
        marks.push_back(mark->mark);
        return;
    }
    const auto& text = std::get<StaticTextOperation>(operation.kind).marks.at(language);
    marks.insert(marks.end(), text.begin(), text.end());
}

PageGround make_ground(const std::vector<Operation>& operations, std::size_t language) {
    PageGround ground;
    std::vector<Mark> marks;
    for (const auto& operation : operations) {
        append(operation, language, marks);
        ground.blocks.resize(marks.size(), operation.block);
    }
    ground.marks = std::make_shared<const std::vector<Mark>>(std::move(marks));
    return ground;
}

}  // namespace

void split_ground(PageDesign& design, std::size_t languages) {
    std::vector<Operation> fixed, rest;
    std::size_t conditional = 0;  // operations that the last condition may leave out
    for (auto& operation : design.operations) {
        const auto* skip = std::get_if<SkipOperation>(&operation.kind);
        const bool always = conditional == 0;
        if (conditional > 0) --conditional;
        if (skip != nullptr) conditional = std::max(conditional, skip->count);
        (always && is_ground(operation) ? fixed : rest).push_back(std::move(operation));
    }
    design.operations = std::move(rest);
    for (std::size_t language = 0; language < languages; ++language) {
        design.grounds.push_back(make_ground(fixed, language));
    }
}

}  // namespace verso::generator
