// SPDX-License-Identifier: Apache-2.0
#include "app/print_file.h"

#include "app/files.h"
#include "app/print_manifest.h"
#include "core/domain/card_link.h"

namespace verso::app {

PrintFile::PrintFile(const Press& press, const Shop& shop, FileTarget target)
    : target_(std::move(target)), document_(press, shop.name, target_.format, target_.dpi) {}

Result<void> PrintFile::add(SetInsert&& insert) {
    insert.insert.record.file = target_.file.filename().string();
    if (auto added = document_.add(insert); !added) return added;
    for (const CardId card : insert.voids) {
        voids_.push_back({card, target_.reprint.empty()
                                    ? insert.void_reason
                                    : insert.void_reason + ": " + target_.reprint});
    }
    inserts_.push_back(std::move(insert.insert));
    return {};
}

Result<void> PrintFile::write_manifest(const PrintIntent& intent) {
    if (intent.manifest.empty()) return {};
    std::string text;
    for (const auto& insert : inserts_) text += manifest_line(insert, true) + "\n";
    const std::uint64_t start = intent.manifest_start.value_or(0);
    manifest_end_ = start + text.size();
    return append_manifest(PrintIntent::unfinished(intent.manifest), start, text);
}

/// Old cards voided and new ones known, or nothing of it.
Result<void> PrintFile::commit(records::Store& store, Instant now,
                               const std::function<Result<void>()>& also) {
    auto transaction = store.begin();
    if (!transaction) return transaction.error();
    for (const auto& [card, reason] : voids_) {
        if (auto voided = store.void_card(card, reason, now); !voided) return voided.error();
    }
    std::vector<records::PrintedInsert> records;
    records.reserve(inserts_.size());
    for (const auto& insert : inserts_) records.push_back(insert.record);
    if (auto kept = store.record_prints(kFirstShop, records); !kept) return kept.error();
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
    if (done) done = commit(*home.store, now, also);
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
