// SPDX-License-Identifier: Apache-2.0
#include "records/spool/print_job.h"

#include <array>
#include <utility>

namespace verso::records {

namespace {

constexpr std::array kStates{
    std::pair{PrintState::Queued, "queued"},       std::pair{PrintState::Sending, "sending"},
    std::pair{PrintState::Printing, "printing"},   std::pair{PrintState::Done, "done"},
    std::pair{PrintState::Failed, "failed"},       std::pair{PrintState::Unknown, "unknown"},
    std::pair{PrintState::Cancelled, "cancelled"},
};

Error cannot(const PrintJob& job, std::string why, std::string cure) {
    return {ErrorCode::NotAllowed, std::move(why), "print job " + std::to_string(job.id.get()),
            std::move(cure)};
}

/// Labels up to and with this one are on paper, nothing is on its way: it goes on with the next.
HandOverFacts behind(int label) {
    HandOverFacts known;
    if (label < 1) return known;
    known.step = PrintState::Sending;
    known.sent = known.printed = label;
    return known;
}

}  // namespace

std::string_view to_string(PrintState state) {
    for (const auto& [known, name] : kStates) {
        if (known == state) return name;
    }
    return "";
}

Result<PrintState> parse_print_state(std::string_view text) {
    for (const auto& [state, name] : kStates) {
        if (name == text) return state;
    }
    return Error{ErrorCode::ValueInvalid, "no state of a print job", std::string(text), ""};
}

Result<PersonSays> parse_person_says(std::string_view text) {
    if (text == "printed") return PersonSays::Printed;
    if (text == "again") return PersonSays::NotPrinted;
    if (text == "cancel") return PersonSays::Cancel;
    return Error{ErrorCode::ValueInvalid, "not an answer to \"printed or not?\"", std::string(text),
                 "say printed, again or cancel"};
}

Result<SettledPrint> settle_print(const PrintJob& job, PersonSays says, int up_to) {
    if (!job.is_open()) return cannot(job, "it is settled already", "look at the list again");
    const bool waits = job.state == PrintState::Queued && job.known.step == PrintState::Queued;
    if (says == PersonSays::Cancel) {
        if (waits || job.needs_person())
            return SettledPrint{PrintState::Cancelled, job.known, false};
        return cannot(job, "it is on its way to the printer",
                      "wait until the printer says what became of it");
    }
    if (!job.needs_person()) {
        return cannot(job, "nobody asks whether it was printed",
                      waits ? "it waits for its turn" : "it is on its way");
    }
    const bool is_part = job.state == PrintState::Unknown && job.first_unknown > 0;
    if (says == PersonSays::NotPrinted) {
        return SettledPrint{PrintState::Queued,
                            is_part ? behind(job.first_unknown - 1) : HandOverFacts{}, true};
    }
    if (up_to != 0 && (!is_part || up_to < job.first_unknown || up_to > job.last_unknown)) {
        return Error{ErrorCode::ValueInvalid, "this page is none of those that are not known",
                     std::to_string(up_to), "see: verso printer jobs"};
    }
    const int last = up_to > 0 ? up_to : is_part ? job.last_unknown : job.what.pages;
    if (last >= job.what.pages) return SettledPrint{PrintState::Done, job.known, false};
    return SettledPrint{PrintState::Queued, behind(last), true};
}

}  // namespace verso::records
