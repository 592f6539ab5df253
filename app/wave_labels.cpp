// SPDX-License-Identifier: Apache-2.0
#include "app/wave_labels.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <system_error>

#include "app/files.h"

namespace verso::app {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kLargestNote = 64U << 20U;

fs::path note_of(const Home& home, const std::string& wave) {
    return home.notes() / ("wave-" + wave + ".labels");
}

/// The serials, and the place that the first of them is meant for. No place takes more than one, so
/// those from the n-th place on were never on paper as long as the n-th place waits.
struct Note {
    std::string series;
    int first = 1;
    std::vector<std::uint64_t> serials;
};

Result<Note> read_note(const fs::path& file) {
    auto text = read_file(file, kLargestNote);
    if (!text) return text.error();
    try {
        const auto json = nlohmann::json::parse(*text);
        return Note{json.at("series").get<std::string>(), json.at("first").get<int>(),
                    json.at("serials").get<std::vector<std::uint64_t>>()};
    } catch (const nlohmann::json::exception&) {
        return Error{ErrorCode::HomeInvalid, "is not what Verso wrote there", file.string(),
                     "remove this file: the wave then takes new numbers"};
    }
}

Result<void> set_aside(ReturnLabelSource& labels, const fs::path& file, int first, int places) {
    auto serials = labels.reserve(static_cast<std::size_t>(places));
    if (!serials) return serials.error();
    if (serials->empty()) {
        std::error_code ignored;
        fs::remove(file, ignored);
        return {};
    }
    const nlohmann::json json{
        {"series", labels.series()}, {"first", first}, {"serials", std::move(*serials)}};
    return write_file(file, json.dump(), FileMode::Private);
}

}  // namespace

Result<std::vector<std::string>> set_wave_labels_aside(OpenHome& home, const std::string& wave,
                                                       int places) {
    auto labels = open_return_labels(home);
    if (!labels) return labels.error();
    auto kept = set_aside(**labels, note_of(home.home, wave), 1, places);
    if (!kept) return kept.error();
    return (*labels)->take_warnings();
}

Result<std::unique_ptr<ReturnLabelSource>> open_wave_labels(OpenHome& home,
                                                            const records::WaveRecord& wave,
                                                            int first) {
    auto labels = open_return_labels(home);
    if (!labels) return labels.error();
    const fs::path file = note_of(home.home, wave.name);
    std::error_code failed;
    if (fs::exists(file, failed)) {
        auto note = read_note(file);
        if (!note) return note.error();
        if (note->series == (*labels)->series()) {
            const auto used = std::clamp<std::ptrdiff_t>(
                first - note->first, 0, static_cast<std::ptrdiff_t>(note->serials.size()));
            (*labels)->resume(std::span(note->serials).subspan(static_cast<std::size_t>(used)));
            return labels;
        }
    }
    auto kept = set_aside(**labels, file, first, wave.waiting());
    if (!kept) return kept.error();
    return labels;
}

void forget_wave_labels(const Home& home, const std::string& wave) {
    std::error_code ignored;
    fs::remove(note_of(home, wave), ignored);
}

}  // namespace verso::app
