// SPDX-License-Identifier: Apache-2.0
#include "service/buyer/card_form.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace verso::service {

namespace {

std::optional<int> parse_value(std::string_view text) {
    int value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, fault] = std::from_chars(text.data(), end, value);
    if (fault != std::errc() || stop != end) return std::nullopt;
    return value;
}

std::string tidy_comment(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '\r') continue;  // forms send \r\n for a line end
        const bool is_control = static_cast<unsigned char>(c) < 32 || c == 127;
        out += is_control && c != '\n' ? ' ' : c;
    }
    if (out.size() > kMostComment) {
        std::size_t end = kMostComment;
        while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0) == 0x80) --end;
        out.resize(end);
    }
    const auto last = out.find_last_not_of(" \n");
    out.resize(last == std::string::npos ? 0 : last + 1);
    return out;
}

/// Stars of one article. A line that is not asked about is left alone.
void read_stars(const std::string& name, std::string_view text, std::span<const int> lines,
                FilledForm& into) {
    const auto line = parse_value(std::string_view(name).substr(2));
    if (!line || std::find(lines.begin(), lines.end(), *line) == lines.end()) return;
    const auto stars = parse_value(text);
    if (stars && *stars >= 1 && *stars <= kMostStars) {
        into.products.insert_or_assign(*line, *stars);
    } else {
        into.faults.insert(name);
    }
}

}  // namespace

std::vector<FormQuestion> form_questions(const Layout& layout) {
    std::vector<FormQuestion> questions;
    if (layout.cards.empty()) return questions;
    for (const Question& question : layout.cards.front().questions) {
        if (question.kind != QuestionKind::One) continue;
        FormQuestion shown{.id = question.id, .values = {}};
        for (const auto& option : question.options) shown.values.push_back(option.value);
        auto sorted = shown.values;
        std::sort(sorted.begin(), sorted.end());
        shown.is_yes_no = sorted == std::vector<int>{0, 1};
        shown.is_required = shown.id == "overall";
        questions.push_back(std::move(shown));
    }
    return questions;
}

FilledForm read_form(const std::vector<FormField>& fields,
                     const std::vector<FormQuestion>& questions, std::span<const int> lines) {
    FilledForm form;
    for (const auto& [name, text] : fields) {
        if (name == "comment") form.comment = tidy_comment(text);
        if (name == "publish") form.publish = !text.empty();
        if (name == "drop-photos") form.drops_photos = !text.empty();
        if (name == "kind") {
            const auto kind = parse_response_kind(text);
            if (kind) form.kind = *kind;
        }
        if (name.starts_with("p.") && !text.empty()) read_stars(name, text, lines, form);
        if (!name.starts_with("q.") || text.empty()) continue;
        const std::string_view id = std::string_view(name).substr(2);
        const auto question = std::find_if(questions.begin(), questions.end(),
                                           [&](const auto& known) { return known.id == id; });
        if (question == questions.end()) continue;
        const auto value = parse_value(text);
        const auto& values = question->values;
        if (value && std::find(values.begin(), values.end(), *value) != values.end()) {
            form.answers.insert_or_assign(question->id, *value);
        } else {
            form.faults.insert(question->id);
        }
    }
    if (form.kind != ResponseKind::Scores) {
        form.answers.clear();
        form.products.clear();
        form.faults.clear();
        return form;
    }
    for (const auto& question : questions) {
        if (question.is_required && !form.answers.contains(question.id)) {
            form.faults.insert(question.id);
        }
    }
    return form;
}

}  // namespace verso::service
