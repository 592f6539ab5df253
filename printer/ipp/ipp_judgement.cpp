// SPDX-License-Identifier: Apache-2.0
#include "printer/ipp/ipp_judgement.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace verso::printer {

namespace {

bool is_listed(const std::vector<std::string>& reasons, std::string_view one) {
    return std::find(reasons.begin(), reasons.end(), one) != reasons.end();
}

/// The printer itself says that the job has no document (RFC 8011, 5.3.8).
bool lacks_document(const IppJob& job) {
    return job.documents == 0 || is_listed(job.reasons, "job-incoming") ||
           is_listed(job.reasons, "job-data-insufficient");
}

Finding judge_active(const IppJob& job, const Sent& sent) {
    if (sent.arrived == Arrived::Yes) return Finding::Follow;
    if (sent.arrived == Arrived::No) return Finding::Absent;
    // A printer may name a job incoming that it prints already.
    const bool waits = job.state == IppJobState::Pending || job.state == IppJobState::Held;
    return waits && lacks_document(job) ? Finding::Absent : Finding::Follow;
}

/// "Completed", where the last of the document was not seen to arrive: is that all of it?
Finding judge_completed(const IppJob& job, const Sent& sent) {
    const bool prints_something = job.impressions.value_or(0) > 0;
    if (sent.arrived == Arrived::Yes) return Finding::Done;
    if (sent.arrived == Arrived::No || job.documents == 0)
        return prints_something ? Finding::Unknown : Finding::Nothing;
    if (sent.arrived == Arrived::Partly) return Finding::Unknown;
    const std::int64_t kilobytes = (sent.bytes + 1023) / 1024;
    if (sent.bytes >= 0 && job.kilobytes.value_or(0) > 0)
        return *job.kilobytes >= kilobytes ? Finding::Done : Finding::Unknown;
    if (sent.pages > 0 && prints_something)
        return *job.impressions >= sent.pages ? Finding::Done : Finding::Unknown;
    // The index of a PDF stands at its end: cut off, it does not print whole, and a printer must
    // not call such a job completed ("submission-interrupted"). Labels print as they come.
    return sent.format == DocumentFormat::Pdf ? Finding::Done : Finding::Unknown;
}

/// Canceled or aborted.
Finding judge_broken_off(const IppJob& job, const Sent& sent) {
    if (job.impressions.value_or(0) > 0) return Finding::Unknown;
    if (sent.arrived == Arrived::No) return Finding::Nothing;
    if (job.was_processed == false && !sent.stamps_lie) return Finding::Nothing;
    if (sent.arrived != Arrived::Yes && job.documents == 0) return Finding::Nothing;
    if (job.impressions == 0 && sent.counting == Counting::Counts) return Finding::Nothing;
    if (job.impressions == 0 && sent.counting == Counting::NotSeen) return Finding::Claimed;
    return Finding::Unknown;
}

struct Word {
    std::string_view keyword, words;
};
/// printer-state-reasons (RFC 8011, 5.4.12; PWG 5100.9) that a packer can do something about.
constexpr std::array kWords{
    Word{"media-empty", "paper out"},
    Word{"media-needed", "paper is needed"},
    Word{"media-jam", "paper jam"},
    Word{"media-low", "little paper"},
    Word{"cover-open", "a cover is open"},
    Word{"door-open", "a door is open"},
    Word{"interlock-open", "a cover is open"},
    Word{"input-tray-missing", "a tray is missing"},
    Word{"output-tray-missing", "the output tray is missing"},
    Word{"output-area-full", "the output tray is full"},
    Word{"output-area-almost-full", "the output tray is nearly full"},
    Word{"marker-supply-empty", "ink or ribbon is empty"},
    Word{"marker-supply-low", "ink or ribbon is low"},
    Word{"toner-empty", "toner is empty"},
    Word{"toner-low", "toner is low"},
    Word{"marker-waste-full", "the waste container is full"},
    Word{"fuser-over-temp", "too hot"},
    Word{"fuser-under-temp", "too cold"},
    Word{"paused", "paused at the printer"},
    Word{"moving-to-paused", "it is being paused"},
    Word{"shutdown", "switched off"},
    Word{"offline", "offline"},
    Word{"connecting-to-device", "the printer is being connected to"},
    Word{"timed-out", "the printer does not answer its queue"},
    Word{"cups-waiting-for-job-completed", ""},
    Word{"none", ""},
    Word{"spool-area-full", "its memory is full"},
    Word{"other", "a fault that it does not name"},
};

/// "media-empty" of "media-empty-error"; the severity goes.
std::string_view without_severity(std::string_view keyword) {
    for (const std::string_view end : {"-error", "-warning", "-report"}) {
        if (keyword.ends_with(end)) keyword.remove_suffix(end.size());
    }
    return keyword;
}

std::string plain_words(const std::string& keyword) {
    const auto bare = without_severity(keyword);
    for (const auto& word : kWords) {
        if (word.keyword == bare) return std::string(word.words);
    }
    std::string words(bare);
    std::replace(words.begin(), words.end(), '-', ' ');
    return words;
}

struct Cure {
    int status;
    std::string_view sentence, cure;
};
constexpr std::array kCures{
    Cure{0x0400, "it does not understand the request",
         "is its firmware of today? A queue of CUPS (cups:QUEUE) may do better"},
    Cure{0x0401, "it is forbidden", "allow printing from this machine at the printer"},
    Cure{0x0402, "it asks for a password",
         "allow printing from this machine without one at the printer, or print through a queue of "
         "CUPS: cups:QUEUE"},
    Cure{0x0403, "this machine may not print there",
         "allow printing from this machine at the printer"},
    Cure{0x0405, "it took too long",
         "look at the network, and whether the printer does something else"},
    Cure{0x0406, "there is no such printer at this address",
         "mend the path of its address: most have /ipp/print; `lpstat -e` lists queues"},
    Cure{0x0408, "the document is too large for it", "print fewer pages at once"},
    Cure{0x040A, "it does not take this format",
         "print to one that takes it, or through a queue of CUPS: cups:QUEUE"},
    Cure{0x040B, "it cannot do what was asked of it (paper, tray or sides)",
         "compare `verso printer status` with what the template needs"},
    Cure{0x040E, "it cannot do what was asked of it together (paper, tray, sides)",
         "compare `verso printer status` with what the template needs"},
    Cure{0x0411, "it cannot read the document",
         "look at the document; print it to a file and open it"},
    Cure{0x0501, "it lacks an operation that this needs",
         "print through a queue of CUPS: cups:QUEUE"},
    Cure{0x0503, "it speaks another version of IPP", "print through a queue of CUPS: cups:QUEUE"},
    Cure{0x0506, "it accepts no jobs now",
         "let it accept jobs again: at its panel, or cupsaccept QUEUE"},
};

}  // namespace

Finding judge(const IppJob& job, const Sent& sent) {
    switch (job.state) {
        case IppJobState::Pending:
        case IppJobState::Held:
        case IppJobState::Processing:
        case IppJobState::Stopped:
            return judge_active(job, sent);
        case IppJobState::Completed:
            return judge_completed(job, sent);
        case IppJobState::Canceled:
        case IppJobState::Aborted:
            return judge_broken_off(job, sent);
        case IppJobState::Nonsense:
            break;
    }
    return Finding::Nonsense;
}

Refusal refusal_of(int status) {
    switch (status) {
        case 0x0406:  // client-error-not-found
        case 0x0407:  // client-error-gone
            return Refusal::NotFound;
        case 0x0405:  // client-error-timeout
        case 0x0502:  // server-error-service-unavailable
        case 0x0504:  // server-error-device-error
        case 0x0505:  // server-error-temporary-error
        case 0x0506:  // server-error-not-accepting-jobs
        case 0x0507:  // server-error-busy
        case 0x050B:  // server-error-too-many-jobs
            return Refusal::Busy;
        case 0x0501:  // server-error-operation-not-supported
        case 0x0503:  // server-error-version-not-supported
        case 0x0509:  // server-error-multiple-document-jobs-not-supported
            return Refusal::Final;
        default:
            break;
    }
    if (status >= 0 && status < 0x0100) return Refusal::None;
    return status >= 0x0400 && status < 0x0500 ? Refusal::Final : Refusal::Broken;
}

Error refusal_error(const IppAnswer& answer, std::string_view what) {
    std::string_view sentence = "it refuses", cure = "look at the printer's panel or its web page";
    for (const auto& one : kCures) {
        if (one.status == answer.status) {
            sentence = one.sentence;
            cure = one.cure;
        }
    }
    const auto own = answer.message.empty() ? "" : fmt::format(": \"{}\"", answer.message);
    return Error{ErrorCode::PrinterFailed,
                 fmt::format("the printer did not take {}: {}{} (IPP {:#06x})", what, sentence, own,
                             answer.status),
                 "", std::string(cure)};
}

std::string job_reasons(const IppJob& job) {
    std::vector<std::string> told;
    for (const auto& reason : job.reasons) {
        if (reason != "none" && !reason.empty()) told.push_back(reason);
    }
    return fmt::format("{}", fmt::join(told, ", "));
}

DeviceState device_state(const IppPrinter& printer) {
    DeviceState state;
    std::vector<std::string> troubles;
    for (const auto& reason : printer.reasons) {
        if (reason == "none") continue;
        state.reasons.emplace_back(without_severity(reason));
        if (auto words = plain_words(reason); !words.empty() && !reason.ends_with("-report"))
            troubles.push_back(std::move(words));
    }
    const bool is_stopped = printer.state == IppPrinterState::Stopped;
    if (!printer.is_accepting) troubles.emplace_back("it accepts no jobs");
    if (is_stopped && troubles.empty()) troubles.emplace_back("it has stopped");
    state.trouble = fmt::format("{}", fmt::join(troubles, ", "));
    state.is_ready = printer.is_accepting && (printer.state == IppPrinterState::Idle ||
                                              printer.state == IppPrinterState::Processing);
    state.is_busy = printer.state == IppPrinterState::Processing;
    state.waiting = printer.waiting;
    return state;
}

bool is_held_up(const IppPrinter& printer) {
    const auto holds_up = [](std::string_view reason) {
        const bool is_mild = reason.ends_with("-warning") || reason.ends_with("-report") ||
                             without_severity(reason).ends_with("-low") ||
                             reason.find("almost") != std::string_view::npos;
        return !is_mild && !plain_words(std::string(reason)).empty();
    };
    return printer.state == IppPrinterState::Stopped ||
           std::any_of(printer.reasons.begin(), printer.reasons.end(), holds_up);
}

bool has_restarted(std::optional<std::int64_t> up_time, std::int64_t since, std::int64_t now) {
    constexpr std::int64_t kSlack = 5;  // both clocks count whole seconds, ours may be set
    return up_time && *up_time >= 0 && since > 0 && *up_time + kSlack < now - since;
}

}  // namespace verso::printer
