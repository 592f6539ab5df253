// SPDX-License-Identifier: Apache-2.0
#include "app/reading_options.h"

#include <CLI/CLI.hpp>
#include <system_error>

#include "core/domain/card_link.h"

namespace verso::app {

namespace {

Result<void> make_folder(const std::string& folder) {
    if (folder.empty()) return {};
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (!failed) return {};
    return Error{ErrorCode::FileUnwritable, "cannot make the folder: " + failed.message(), folder,
                 "name a folder that you may write to"};
}

Result<scanner::KeyedCard> find_keyed(const std::string& code, records::Store& store) {
    auto card = parse_card(code);
    if (!card) return card.error().at("--card");
    auto record = store.find_card(*card);
    if (!record) return record.error();
    if (!record->has_value()) {
        return Error{ErrorCode::NotFound, "no card with this code was printed here",
                     "--card " + code, "compare it with the typed code on the card"};
    }
    return scanner::KeyedCard{*card, (*record)->insert.layout};
}

}  // namespace

void declare_reading_options(CLI::App& command, ReadingOptions& options) {
    command
        .add_option("--debug-dir", options.debug_dir,
                    "Pictures of what the reader saw, stage by stage")
        ->type_name("DIR");
    command.add_option("--crop-dir", options.crop_dir, "Pictures of the handwriting")
        ->type_name("DIR");
    command
        .add_option("--card", options.card,
                    "The typed code of the card on a single file whose codes cannot be read")
        ->type_name("CODE");
    CLI::Option* transcribe = command.add_flag(
        "--transcribe", options.transcribe,
        "Let Tesseract, where it is installed, guess at the handwriting; the guess is a machine's, "
        "shown with --json as \"guess\", and never becomes a comment");
    command
        .add_option("--transcribe-languages", options.transcribe_languages,
                    "Tesseract's names of the languages to guess in, as fra+eng; else the shop's "
                    "language and English, where installed")
        ->needs(transcribe)
        ->type_name("LANGS");
    command
        .add_option("--workers", options.workers,
                    "Reader processes that share the work; else as verso.toml says")
        ->check(CLI::Range(1, 256))
        ->type_name("N");
}

Result<ReadingRequest> reading_request(const ReadingOptions& options, std::size_t files,
                                       const OpenHome& home) {
    ReadingRequest request;
    request.debug_dir = options.debug_dir;
    request.crop_dir = options.crop_dir;
    request.transcribe = options.transcribe;
    request.transcribe_languages = options.transcribe_languages;
    request.shop_language = home.config.shop.language;
    for (const auto& folder : {options.debug_dir, options.crop_dir}) {
        if (auto made = make_folder(folder); !made) return made.error();
    }
    if (options.card.empty()) return request;
    if (files != 1) {
        return Error{ErrorCode::Usage, "names one card, so it goes with one file", "--card",
                     "read the files one by one"};
    }
    auto keyed = find_keyed(options.card, *home.store);
    if (!keyed) return keyed.error();
    request.keyed = *keyed;
    return request;
}

}  // namespace verso::app
