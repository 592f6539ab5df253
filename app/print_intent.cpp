// SPDX-License-Identifier: Apache-2.0
#include "app/print_intent.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "app/files.h"
#include "core/domain/card_link.h"

namespace verso::app {

namespace fs = std::filesystem;

namespace {

fs::path intent_file(const Home& home, const PrintIntent& intent) {
    return home.spool() / ("print-" + intent.card + ".json");
}

Result<PrintIntent> read_intent(const fs::path& file) {
    constexpr std::uint64_t kLimit = 1 << 16;
    auto text = read_file(file, kLimit);
    if (!text) return text.error();
    const auto json = nlohmann::json::parse(*text, nullptr, false);
    PrintIntent intent;
    for (const auto& [key, into] :
         {std::pair{"pdf", &intent.pdf}, {"manifest", &intent.manifest}}) {
        if (json.is_object() && json.contains(key) && json[key].is_string()) {
            *into = json[key].get<std::string>();
        }
    }
    if (json.is_object() && json.contains("card") && json["card"].is_string()) {
        intent.card = json["card"].get<std::string>();
    }
    if (json.is_object() && json.contains("manifest_start") &&
        json["manifest_start"].is_number_unsigned()) {
        intent.manifest_start = json["manifest_start"].get<std::uint64_t>();
    }
    if (intent.pdf.empty() || intent.card.empty()) {
        return Error{ErrorCode::HomeInvalid, "is not what Verso wrote there", file.string(),
                     "look whether the last print is complete, then remove this file"};
    }
    return intent;
}

}  // namespace

fs::path PrintIntent::unfinished(const fs::path& file) {
    return file.empty() ? fs::path() : fs::path(file.string() + ".unfinished");
}

bool put_in_place(const fs::path& file) {
    if (file.empty()) return true;
    std::error_code failed;
    const fs::path waiting = PrintIntent::unfinished(file);
    if (!fs::exists(waiting, failed)) return fs::exists(file, failed);
    fs::rename(waiting, file, failed);
    if (failed) return false;
    const int folder = ::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        ::fsync(folder);
        ::close(folder);
    }
    return true;
}

Result<PrintLock> PrintLock::take(const Home& home) {
    const fs::path path = home.spool() / "print.lock";
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) {
        return Error{ErrorCode::FileUnwritable, "cannot be opened", path.string(),
                     "check that the home is yours to write"};
    }
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        ::close(file);
        return Error{ErrorCode::NotAllowed, "another print is under way in this home",
                     home.root().string(), "wait until it has ended"};
    }
    return PrintLock(file);
}

PrintLock::PrintLock(PrintLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

PrintLock::~PrintLock() {
    if (file_ >= 0) ::close(file_);
}

Result<void> note_intent(const Home& home, const PrintIntent& intent) {
    nlohmann::ordered_json json{{"pdf", intent.pdf.string()},
                                {"manifest", intent.manifest.string()},
                                {"card", intent.card}};
    if (intent.manifest_start) json["manifest_start"] = *intent.manifest_start;
    return write_file(intent_file(home, intent),
                      json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace),
                      FileMode::Private);
}

Result<void> finish_intent(const Home& home, const PrintIntent& intent) {
    const bool shared = intent.manifest_start.has_value();
    if (!put_in_place(intent.pdf) || (!shared && !put_in_place(intent.manifest))) {
        return Error{ErrorCode::FileUnwritable,
                     "the sheets are recorded as printed but their file could not get its name",
                     intent.pdf.string(),
                     "they are in " + PrintIntent::unfinished(intent.pdf).string() +
                         "; the next print moves them"};
    }
    std::error_code ignored;
    fs::remove(intent_file(home, intent), ignored);
    return {};
}

void take_back_intent(const Home& home, const PrintIntent& intent) {
    std::error_code ignored;
    const fs::path waiting = PrintIntent::unfinished(intent.pdf);
    fs::remove(waiting, ignored);
    // Also what was cut off in the middle of writing, under the writer's own provisional name.
    const std::string ours = waiting.filename().string() + ".";
    for (const auto& entry : fs::directory_iterator(waiting.parent_path(), ignored)) {
        if (entry.path().filename().string().starts_with(ours)) fs::remove(entry, ignored);
    }
    if (!intent.manifest.empty()) {
        const fs::path manifest = PrintIntent::unfinished(intent.manifest);
        const std::uint64_t start = intent.manifest_start.value_or(0);
        if (start == 0) {
            fs::remove(manifest, ignored);
        } else if (fs::file_size(manifest, ignored) > start) {
            fs::resize_file(manifest, start, ignored);
        }
    }
    fs::remove(intent_file(home, intent), ignored);
}

Result<std::vector<std::string>> settle_intents(const Home& home, records::Store& store) {
    std::vector<std::string> told;
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(home.spool(), failed)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with("print-") || !name.ends_with(".json")) continue;
        auto intent = read_intent(entry.path());
        if (!intent) return intent.error();
        auto card = parse_card(intent->card);
        if (!card) return card.error().at(entry.path().string());
        auto record = store.find_card(*card);
        if (!record) return record.error();
        if (record->has_value()) {
            if (auto done = finish_intent(home, *intent); !done) return done.error();
            told.push_back("an earlier print had been interrupted; its sheets are complete in " +
                           intent->pdf.string());
        } else {
            take_back_intent(home, *intent);
            told.push_back(
                "an earlier print to " + intent->pdf.string() +
                " had been interrupted and was taken back; its parcels are printed again");
        }
    }
    return told;
}

}  // namespace verso::app
