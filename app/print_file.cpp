// SPDX-License-Identifier: Apache-2.0
#include "app/print_file.h"

#include "app/files.h"
#include "app/print_manifest.h"
#include "app/print_verify.h"
#include "app/printer_choice.h"
#include "core/domain/card_link.h"
#include "records/store/spool_book.h"

namespace verso::app {

PrintFile::PrintFile(const Press& press, const Shop& shop, FileTarget target)
    : target_(std::move(target)),
      page_(press.insert->layout().pages.front()),
      sheet_pages_(static_cast<int>(press.insert->layout().pages.size())),
      document_(press, shop.name, target_.format, target_.dpi) {}

Result<void> PrintFile::add(SetInsert&& insert) {
    insert.insert.record.file = target_.file.filename().string();
    if (auto added = document_.add(insert); !added) return added;
    for (const CardId card : insert.voids) {
        voids_.push_back({card, target_.reprint.empty()
                                    ? insert.void_reason
                                    : insert.void_reason + ": " + target_.reprint});
    }
    const int before = insert.insert.record.first_page - 1;
    for (auto& page : insert.expected) {
        page.page += before;
        for (auto& code : page.codes) code.page += before;
        expected_.push_back(std::move(page));
    }
    inserts_.push_back(std::move(insert.insert));
    return {};
}

/// Before anything is recorded: sheets with a code that does not read are not printed at all.
Result<void> PrintFile::verify(const std::filesystem::path& pdf, Output& out) const {
    if (target_.verify_dpi == 0 || target_.format != PrintFormat::Pdf) return {};
    VerifyOptions options;
    options.dpi = target_.verify_dpi;
    auto proof = verify_print(pdf.string(), expected_, options, [&](const PageProof& page) {
        if (out.is_json()) out.line(proof_line(page));
    });
    if (!proof) return proof.error();
    if (proof->sound()) {
        out.say(proof_sentence(*proof, options));
        return {};
    }
    const auto& found = proof->differences;
    for (const auto& difference : found) out.warn(difference.text());
    return Error{ErrorCode::TemplateInvalid,
                 std::to_string(found.size()) +
                     " differences from what must be on paper, the first: " + found.front().text() +
                     "; no sheet of this file was printed",
                 target_.file.string(),
                 "look at the template with verso template preview, or verify at the resolution of "
                 "your printer"};
}

Result<void> PrintFile::write_manifest(const PrintIntent& intent) {
    if (intent.manifest.empty()) return {};
    std::string text;
    for (const auto& insert : inserts_) text += manifest_line(insert, true) + "\n";
    const std::uint64_t start = intent.manifest_start.value_or(0);
    manifest_end_ = start + text.size();
    return append_manifest(PrintIntent::unfinished(intent.manifest), start, text);
}

Result<void> PrintFile::put_into_spool(OpenHome& home, Instant now) const {
    const PaperTarget& paper = target_.paper;
    if (paper.printers.empty()) return {};
    auto printer = least_loaded(*home.store, paper.printers);
    if (!printer) return printer.error();
    records::NewPrintJob job;
    job.printer = *printer;
    job.file = target_.file.string();
    job.title = paper.title;
    job.is_zpl = target_.format == PrintFormat::Zpl;
    job.dpi = job.is_zpl ? target_.dpi : 0;
    job.width = page_.width.value;
    job.height = page_.height.value;
    job.both_sides = !job.is_zpl && sheet_pages_ % 2 == 0;
    job.pages = document_.pages();
    job.sheets = static_cast<int>(inserts_.size());
    job.is_urgent = paper.is_urgent;
    job.wave = paper.wave;
    job.who = paper.who;
    for (const auto& insert : inserts_) job.cards.push_back(insert.record.card);
    auto put = records::spool_of(*home.store).enqueue(home.shop, job, now);
    return put ? Result<void>{} : Result<void>(put.error());
}

/// Old cards voided and new ones known, or nothing of it.
Result<void> PrintFile::commit(OpenHome& home, Instant now,
                               const std::function<Result<void>()>& also) {
    auto transaction = home.store->begin();
    if (!transaction) return transaction.error();
    for (const auto& [card, reason] : voids_) {
        // One that was answered or voided since the plan was made stays as it is.
        auto known = home.store->find_card(card);
        if (!known) return known.error();
        if (!*known || (*known)->state != records::CardState::Printed) continue;
        if (auto voided = home.store->void_card(home.shop, card, reason, now); !voided)
            return voided.error();
    }
    std::vector<records::PrintedInsert> records;
    records.reserve(inserts_.size());
    for (const auto& insert : inserts_) records.push_back(insert.record);
    if (auto kept = home.store->record_prints(home.shop, records); !kept) return kept.error();
    if (auto put = put_into_spool(home, now); !put) return put;
    if (also) {
        if (auto done = also(); !done) return done;
    }
    return (*transaction)->commit();
}

Result<void> PrintFile::write(OpenHome& home, const PrintIntent& intent, const PrintTools& tools) {
    if (auto noted = note_intent(home.home, intent); !noted) return noted;
    tools.step("intent noted");
    if (auto saved = document_.save(PrintIntent::unfinished(intent.pdf)); !saved) return saved;
    tools.step("file written");
    const auto proved = verify(PrintIntent::unfinished(intent.pdf), tools.out);
    if (!proved) return proved;
    if (auto written = write_manifest(intent); !written) return written;
    tools.step("manifest written");
    return {};
}

Result<void> PrintFile::deliver(OpenHome& home, const PrintTools& tools, Instant now,
                                const std::function<Result<void>()>& also) {
    const CardId first = inserts_.front().record.card;
    const PrintIntent intent{target_.file, target_.manifest, format_card(first),
                             target_.manifest_start};
    auto done = write(home, intent, tools);
    if (done) done = commit(home, now, also);
    if (!done) {
        // Only when the store says so were the cards not committed.
        auto known = home.store->find_card(first);
        if (known && !known->has_value()) take_back_intent(home.home, intent);
        return done;
    }
    tools.step("cards recorded");
    auto finished = finish_intent(home.home, intent);
    tools.step("file in place");
    return finished;
}

}  // namespace verso::app
