// SPDX-License-Identifier: Apache-2.0
#include "core/card/card_layout.h"

#include <fmt/format.h>

#include <algorithm>

namespace verso {

std::string_view to_string(CodeKind kind) {
    switch (kind) {
        case CodeKind::Qr:
            return "qr";
        case CodeKind::DataMatrix:
            return "datamatrix";
        case CodeKind::Code128:
            return "code128";
    }
    return "";
}

std::string_view to_string(MarkShape shape) { return shape == MarkShape::Oval ? "oval" : "square"; }

std::string_view to_string(QuestionKind kind) {
    switch (kind) {
        case QuestionKind::One:
            return "one";
        case QuestionKind::Tick:
            return "tick";
        case QuestionKind::Many:
            return "many";
    }
    return "";
}

const Question* ReadRegion::find_question(std::string_view question_id) const {
    const auto it = std::find_if(questions.begin(), questions.end(),
                                 [&](const Question& q) { return q.id == question_id; });
    return it == questions.end() ? nullptr : &*it;
}

const CodeRegion* ReadRegion::find_code(CodeKind kind) const {
    const auto it = std::find_if(codes.begin(), codes.end(),
                                 [&](const CodeRegion& code) { return code.kind == kind; });
    return it == codes.end() ? nullptr : &*it;
}

namespace {

constexpr std::size_t kLeastFiducials = 3;

struct FaultList {
    const ReadRegion& region;
    std::vector<std::string>& out;

    void add(std::string_view sentence) {
        out.push_back(fmt::format("region {}: {}", region.id, sentence));
    }
    void check_inside(const MmBox& box, std::string_view what) {
        if (!region.box.contains(box)) add(fmt::format("{} lies outside the region", what));
    }
};

void check_marks(FaultList& faults) {
    std::vector<std::pair<std::string, MmBox>> boxes;
    for (const auto& question : faults.region.questions) {
        const std::string name = "question " + question.id;
        if (question.options.empty()) faults.add(name + " has no mark box");
        if (question.kind == QuestionKind::Tick && question.options.size() != 1) {
            faults.add(name + " is a tick and needs exactly one mark box");
        }
        for (const auto& option : question.options) {
            faults.check_inside(option.box, name);
            boxes.emplace_back(fmt::format("{} value {}", name, option.value), option.box);
        }
    }
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        for (std::size_t j = i + 1; j < boxes.size(); ++j) {
            if (boxes[i].second.intersects(boxes[j].second)) {
                faults.add(fmt::format("{} overlaps {}", boxes[i].first, boxes[j].first));
            }
        }
    }
}

void check_region(const Layout& layout, const ReadRegion& region, std::vector<std::string>& out) {
    FaultList faults{region, out};
    if (region.page < 1 || region.page > int(layout.pages.size())) {
        faults.add(fmt::format("page {} does not exist", region.page));
        return;
    }
    const PageSize page = layout.pages.at(std::size_t(region.page - 1));
    if (!MmBox{Mm{0}, Mm{0}, page.width, page.height}.contains(region.box)) {
        faults.add("lies outside its page");
    }
    if (region.rotation % 90 != 0 || region.rotation < 0 || region.rotation >= 360) {
        faults.add(fmt::format("rotation {} is none of 0, 90, 180, 270", region.rotation));
    }
    if (region.fiducials.size() < kLeastFiducials) {
        faults.add(fmt::format("has {} fiducials, reading needs {}", region.fiducials.size(),
                               kLeastFiducials));
    }
    if (region.codes.empty()) faults.add("has no code to know it by");
    for (const auto& box : region.fiducials) faults.check_inside(box, "a fiducial");
    for (const auto& code : region.codes) faults.check_inside(code.box, to_string(code.kind));
    for (const auto& field : region.fields) faults.check_inside(field.box, "field " + field.id);
    check_marks(faults);
}

}  // namespace

std::vector<std::string> layout_faults(const Layout& layout) {
    std::vector<std::string> out;
    for (const auto& card : layout.cards) {
        check_region(layout, card, out);
        if (card.find_question(kOverallQuestion) == nullptr) {
            out.push_back(fmt::format("region {}: has no question \"overall\"", card.id));
        }
    }
    for (const auto& sheet : layout.returns) check_region(layout, sheet, out);
    return out;
}

}  // namespace verso
