// SPDX-License-Identifier: Apache-2.0
#include "printer/ipp/ipp_answers.h"

#include <cups/cups.h>
#include <cups/pwg.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <memory>

#include "printer/ipp/ipp_packet.h"

namespace verso::printer {

namespace {

constexpr int kMostValues = 2000;  ///< of one attribute
constexpr double kHundredths = 100.0;

struct IppDelete {
    void operator()(ipp_t* message) const { ippDelete(message); }
};
using Message = std::unique_ptr<ipp_t, IppDelete>;

Message read_message(std::string_view bytes) {
    Message message(ippNew());
    const auto read = [](void* from, ipp_uchar_t* to, size_t size) {
        auto& rest = *static_cast<std::string_view*>(from);
        const auto count = std::min(size, rest.size());
        std::memcpy(to, rest.data(), count);
        rest.remove_prefix(count);
        return static_cast<ssize_t>(count);
    };
    const auto state = ippReadIO(&bytes, read, 1, nullptr, message.get());
    return state == IPP_STATE_DATA ? std::move(message) : Message();
}

/// Bytes from outside that people and files will see: cut, and without control characters.
std::string clean(const char* text) {
    constexpr std::size_t kLongest = 1023;
    std::string out(text == nullptr ? "" : std::string_view(text).substr(0, kLongest));
    for (char& letter : out) {
        if (static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F) letter = ' ';
    }
    return out;
}

bool is_text(ipp_tag_t tag) {
    constexpr std::array kTags{IPP_TAG_TEXT,     IPP_TAG_NAME,    IPP_TAG_TEXTLANG,
                               IPP_TAG_NAMELANG, IPP_TAG_KEYWORD, IPP_TAG_MIMETYPE,
                               IPP_TAG_URI};
    return std::find(kTags.begin(), kTags.end(), tag) != kTags.end();
}

std::vector<std::string> texts_of(ipp_attribute_t* attribute) {
    std::vector<std::string> texts;
    if (!is_text(ippGetValueTag(attribute))) return texts;
    const int count = std::min(ippGetCount(attribute), kMostValues);
    for (int at = 0; at < count; ++at) texts.push_back(clean(ippGetString(attribute, at, nullptr)));
    return texts;
}

std::string text_of(ipp_attribute_t* attribute) {
    auto texts = texts_of(attribute);
    return texts.empty() ? std::string() : std::move(texts.front());
}

std::vector<int> numbers_of(ipp_attribute_t* attribute) {
    std::vector<int> numbers;
    const auto tag = ippGetValueTag(attribute);
    if (tag != IPP_TAG_INTEGER && tag != IPP_TAG_ENUM) return numbers;
    const int count = std::min(ippGetCount(attribute), kMostValues);
    for (int at = 0; at < count; ++at) numbers.push_back(ippGetInteger(attribute, at));
    return numbers;
}

std::optional<int> number_of(ipp_attribute_t* attribute) {
    const auto numbers = numbers_of(attribute);
    return numbers.empty() ? std::nullopt : std::optional(numbers.front());
}

/// Counts are not negative: -1 and -2 stand for "unknown" in many printers.
std::optional<int> count_of(ipp_attribute_t* attribute) {
    const auto number = number_of(attribute);
    return number && *number >= 0 ? number : std::nullopt;
}

IppJobState job_state_of(ipp_attribute_t* attribute) {
    const int state = number_of(attribute).value_or(0);
    const bool is_known = state >= static_cast<int>(IppJobState::Pending) &&
                          state <= static_cast<int>(IppJobState::Completed);
    return is_known ? static_cast<IppJobState>(state) : IppJobState::Nonsense;
}

void read_job(IppJob& job, std::string_view name, ipp_attribute_t* attribute) {
    if (name == "job-id") job.id = std::max(0, number_of(attribute).value_or(0));
    if (name == "job-name") job.name = text_of(attribute);
    if (name == "job-state") job.state = job_state_of(attribute);
    if (name == "job-state-reasons") job.reasons = texts_of(attribute);
    if (name == "job-impressions-completed") job.impressions = count_of(attribute);
    if (name == "number-of-documents") job.documents = count_of(attribute);
    if (name == "job-k-octets") job.kilobytes = count_of(attribute);
    if (name == "job-printer-up-time") job.up_time = count_of(attribute);
    if (name == "time-at-processing") {
        if (ippGetValueTag(attribute) == IPP_TAG_NOVALUE) job.was_processed = false;
        if (number_of(attribute)) job.was_processed = true;
    }
}

/// By its own name where that tells the size, else as libcups knows the older names.
Media media_of(const std::string& name) {
    if (auto media = parse_media_name(name)) return *media;
    const pwg_media_t* known = pwgMediaForLegacy(name.c_str());
    if (known == nullptr) known = pwgMediaForPPD(name.c_str());
    if (known == nullptr || known->width <= 0 || known->length <= 0) return {name, 0, 0, ""};
    return {name, known->width / kHundredths, known->length / kHundredths, ""};
}

std::vector<Media> media_of_names(ipp_attribute_t* attribute) {
    std::vector<Media> all;
    for (const auto& name : texts_of(attribute)) all.push_back(media_of(name));
    return all;
}

/// In 1/100 mm, or the ends of a range.
std::optional<std::pair<int, int>> dimension_of(ipp_t* size, const char* name) {
    ipp_attribute_t* attribute = ippFindAttribute(size, name, IPP_TAG_ZERO);
    if (attribute == nullptr) return std::nullopt;
    if (const auto one = number_of(attribute); one && *one > 0) return std::pair(*one, *one);
    if (ippGetValueTag(attribute) != IPP_TAG_RANGE) return std::nullopt;
    int most = 0;
    const int least = ippGetRange(attribute, 0, &most);
    if (least <= 0 || most < least) return std::nullopt;
    return std::pair(least, most);
}

/// By what name a job asks for a size: the printer's own where it lists one.
std::string media_name(const Media& media, const std::vector<Media>& supported) {
    constexpr double kSame = 0.5;
    for (const auto& one : supported) {
        if (std::abs(one.width - media.width) < kSame &&
            std::abs(one.height - media.height) < kSame)
            return one.name;
    }
    const pwg_media_t* known = pwgMediaForSize(static_cast<int>(media.width * kHundredths + 0.5),
                                               static_cast<int>(media.height * kHundredths + 0.5));
    return known == nullptr || known->pwg == nullptr ? std::string() : std::string(known->pwg);
}

void name_ready(Capabilities& can) {
    for (auto& media : can.ready) {
        if (media.name.empty() && media.width > 0) media.name = media_name(media, can.supported);
    }
}

/// One tray of media-col-ready (PWG 5100.7); a range gives its two ends.
void add_ready(std::vector<Media>& ready, ipp_t* col) {
    ipp_attribute_t* size = ippFindAttribute(col, "media-size", IPP_TAG_BEGIN_COLLECTION);
    const auto tray = text_of(ippFindAttribute(col, "media-source", IPP_TAG_ZERO));
    const auto named = text_of(ippFindAttribute(col, "media-size-name", IPP_TAG_ZERO));
    ipp_t* box = size == nullptr ? nullptr : ippGetCollection(size, 0);
    const auto width = box == nullptr ? std::nullopt : dimension_of(box, "x-dimension");
    const auto height = box == nullptr ? std::nullopt : dimension_of(box, "y-dimension");
    if (!width || !height) {
        auto media = media_of(named);
        media.tray = tray;
        if (!named.empty() || !tray.empty()) ready.push_back(std::move(media));
        return;
    }
    const auto add = [&](const std::string& name, int w, int h) {
        ready.push_back({name, w / kHundredths, h / kHundredths, tray});
    };
    if (width->first == width->second && height->first == height->second)
        return add(named, width->first, height->first);
    add("custom_min_", width->first, height->first);
    add("custom_max_", width->second, height->second);
}

std::vector<Media> ready_of(ipp_attribute_t* attribute) {
    std::vector<Media> ready;
    if (ippGetValueTag(attribute) != IPP_TAG_BEGIN_COLLECTION) return ready;
    const int count = std::min(ippGetCount(attribute), kMostValues);
    for (int at = 0; at < count; ++at) add_ready(ready, ippGetCollection(attribute, at));
    return ready;
}

std::vector<int> resolutions_of(ipp_attribute_t* attribute) {
    std::vector<int> all;
    if (ippGetValueTag(attribute) != IPP_TAG_RESOLUTION) return all;
    const int count = std::min(ippGetCount(attribute), kMostValues);
    for (int at = 0; at < count; ++at) {
        int feed = 0;
        ipp_res_t units = IPP_RES_PER_INCH;
        int cross = ippGetResolution(attribute, at, &feed, &units);
        int unit =
            0;  // a printer may send any byte here, which no value of the enum may be read as
        static_assert(sizeof unit == sizeof units);
        std::memcpy(&unit, &units, sizeof unit);
        if (unit == IPP_RES_PER_CM) cross = static_cast<int>(cross * 2.54 + 0.5);
        if (cross > 0 && cross < 100000) all.push_back(cross);
    }
    return all;
}

void read_capabilities(Capabilities& can, std::string_view name, ipp_attribute_t* attribute) {
    if (name == "printer-make-and-model") can.make = text_of(attribute);
    // The first counts where a printer lists one twice.
    if (name == "document-format-supported" && can.formats.empty()) {
        can.formats = texts_of(attribute);
        for (auto& type : can.formats)
            std::transform(type.begin(), type.end(), type.begin(), [](unsigned char letter) {
                return static_cast<char>(letter >= 'A' && letter <= 'Z' ? letter + 32 : letter);
            });
    }
    if (name == "media-supported") can.supported = media_of_names(attribute);
    if (name == "media-ready" && can.ready.empty()) can.ready = media_of_names(attribute);
    if (name == "media-col-ready") {
        if (auto ready = ready_of(attribute); !ready.empty()) can.ready = std::move(ready);
    }
    if (name == "media-source-supported") can.trays = texts_of(attribute);
    if (name == "printer-resolution-supported") can.dpi = resolutions_of(attribute);
    if (name == "sides-supported") can.sides = texts_of(attribute);
}

void read_printer(IppPrinter& printer, std::string_view name, ipp_attribute_t* attribute) {
    if (name == "printer-state") {
        const int state = number_of(attribute).value_or(0);
        printer.state = state >= 3 && state <= 5 ? static_cast<IppPrinterState>(state)
                                                 : IppPrinterState::Nonsense;
    }
    if (name == "printer-state-reasons") printer.reasons = texts_of(attribute);
    if (name == "printer-is-accepting-jobs" && ippGetValueTag(attribute) == IPP_TAG_BOOLEAN)
        printer.is_accepting = ippGetBoolean(attribute, 0) != 0;
    if (name == "queued-job-count") printer.waiting = count_of(attribute).value_or(0);
    if (name == "printer-up-time") printer.up_time = count_of(attribute);
    if (name == "operations-supported") printer.operations = numbers_of(attribute);
    if (name == "print-scaling-supported") printer.scalings = texts_of(attribute);
    read_capabilities(printer.capabilities, name, attribute);
}

/// What a print may not go without (RFC 8011, 4.1.7).
bool is_wanted(std::string_view name) {
    constexpr std::array<std::string_view, 5> kWanted{"media", "media-col", "media-size",
                                                      "media-source", "sides"};
    return std::find(kWanted.begin(), kWanted.end(), name) != kWanted.end();
}

}  // namespace

std::optional<IppAnswer> parse_ipp_answer(std::string_view bytes) {
    if (!is_sound_packet(bytes)) return std::nullopt;
    const auto message = read_message(bytes);
    if (!message) return std::nullopt;
    IppAnswer answer;
    answer.status = ippGetStatusCode(message.get());
    bool is_new_job = true;
    for (ipp_attribute_t* one = ippFirstAttribute(message.get()); one != nullptr;
         one = ippNextAttribute(message.get())) {
        const char* raw = ippGetName(one);
        const auto group = ippGetGroupTag(one);
        if (raw == nullptr) {  // between two jobs of a list
            is_new_job = true;
            continue;
        }
        const std::string_view name(raw);
        if (group == IPP_TAG_OPERATION && name == "status-message") answer.message = text_of(one);
        if (group == IPP_TAG_UNSUPPORTED_GROUP && is_wanted(name)) answer.has_substitute = true;
        if (group == IPP_TAG_PRINTER) read_printer(answer.printer, name, one);
        if (group != IPP_TAG_JOB) continue;
        if (is_new_job) answer.jobs.emplace_back();
        is_new_job = false;
        read_job(answer.jobs.back(), name, one);
    }
    name_ready(answer.printer.capabilities);
    if (!answer.jobs.empty()) answer.job = answer.jobs.front();
    return answer;
}

}  // namespace verso::printer
