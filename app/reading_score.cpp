// SPDX-License-Identifier: Apache-2.0
#include "app/reading_score.h"

#include <algorithm>
#include <set>

#include "core/domain/card_link.h"

namespace verso::app {

namespace {

std::string answer_text(const std::optional<int>& value) {
    return value ? std::to_string(*value) : "blank";
}

std::optional<int> meant(const CardLabel& label, const std::string& question) {
    const auto found = label.answers.find(question);
    return found == label.answers.end() ? std::nullopt : std::optional<int>(found->second);
}

/// The reading of a label's card: by its identity, else one without any.
const Reading* find_reading(const CardLabel& label, const std::vector<Reading>& readings,
                            const std::set<const Reading*>& taken) {
    const Reading* nameless = nullptr;
    for (const Reading& reading : readings) {
        if (taken.count(&reading) != 0) continue;
        if (reading.card && (!label.card || reading.card == label.card)) return &reading;
        if (!reading.card && nameless == nullptr) nameless = &reading;
    }
    return nameless;
}

}  // namespace

std::optional<std::string> find_difference(const CardLabel& label, const Reading& reading) {
    std::set<std::string> asked;
    for (const AnswerReading& answer : reading.answers) {
        asked.insert(answer.question);
        const auto wanted = meant(label, answer.question);
        if (wanted != answer.value)
            return answer.question + ": marked " + answer_text(wanted) + ", read " +
                   answer_text(answer.value);
    }
    for (const auto& [question, value] : label.answers) {
        if (asked.count(question) == 0)
            return question + ": marked " + std::to_string(value) + ", not read";
    }
    return std::nullopt;
}

double ReadingScore::straight_share() const {
    const int readable = cards.all() - refused;
    return readable <= 0 ? 1 : double(cards.right - refused) / readable;
}

void ReadingScore::add(const LabelledPicture& picture, const std::vector<Reading>& readings) {
    ++pictures;
    const std::string name = picture.file.filename().string();
    std::set<const Reading*> taken;
    for (const CardLabel& label : picture.cards) {
        const Reading* reading = find_reading(label, readings, taken);
        taken.insert(reading);
        const bool accepted = reading != nullptr && reading->verdict == Verdict::Accepted;
        if (reading != nullptr && reading->card) ++named;
        if (!accepted) {
            refused += label.refuse;
            (label.refuse ? cards.right : cards.review) += 1;
            std::set<std::string> codes;
            for (const auto& reason : reading ? reading->reasons : std::vector<Rejection>{})
                codes.insert(std::string(to_string(reason.code)));
            if (reading == nullptr) codes.insert("not-found");
            if (!label.refuse)
                for (const auto& code : codes) ++reasons[code];
        } else if (label.refuse) {
            ++cards.wrong;
            faults.push_back(name + ": accepted, though it is to be refused");
        } else if (const auto fault = find_difference(label, *reading)) {
            ++cards.wrong;
            faults.push_back(name + ": " + *fault);
        } else {
            ++cards.right;
        }
        for (const auto& answer : reading ? reading->answers : std::vector<AnswerReading>{}) {
            boxes += static_cast<int>(answer.scores.size());
            AnswerTally& tally = questions[answer.question];
            const bool same = answer.value == meant(label, answer.question);
            (!accepted ? tally.review : same ? tally.right : tally.wrong) += 1;
        }
    }
    for (const Reading& reading : readings) {
        if (taken.count(&reading) != 0 || !reading.card) continue;
        ++misnamed;
        ++cards.wrong;
        faults.push_back(name + ": read as " + format_card(*reading.card) +
                         ", which is not on the picture");
    }
}

}  // namespace verso::app
