// SPDX-License-Identifier: Apache-2.0
#include "records/import/held_rows.h"

#include <cstring>

namespace verso::records {

namespace {

/// Before each row: its line and its length, as this machine writes numbers.
struct Head {
    std::uint64_t line = 0, length = 0;
};

/// Reads from memory or disk alike.
Result<std::size_t> read_at(ScratchFile& disk, std::uint64_t at, std::span<char> to) {
    std::size_t have = 0;
    while (have < to.size()) {
        auto count = disk.read(at + have, to.subspan(have));
        if (!count) return count.error();
        if (*count == 0) break;
        have += *count;
    }
    return have;
}

}  // namespace

Result<void> HeldRows::add(std::uint64_t key, std::size_t line, std::string_view text) {
    // The low bits of a hash choose the share; libstdc++'s are all good.
    Share& share = shares_[key % kShares];
    const Head head{line, text.size()};
    char bytes[sizeof head];
    std::memcpy(bytes, &head, sizeof head);
    share.memory.append(bytes, sizeof head);
    share.memory += text;
    ++rows_;
    if (share.memory.size() < kMostInMemory) return {};
    if (!share.disk) {
        auto file = ScratchFile::make();
        if (!file) return file.error();
        share.disk.emplace(std::move(*file));
    }
    auto kept = share.disk->append(share.memory);
    share.memory.clear();
    return kept;
}

Result<void> HeldRows::visit(const Visit& row, const std::function<Result<void>()>& end_of_share) {
    for (Share& share : shares_) {
        if (share.disk) {
            std::string text;
            for (std::uint64_t at = 0; at < share.disk->size();) {
                Head head;
                const std::span bytes(reinterpret_cast<char*>(&head), sizeof head);
                auto got = read_at(*share.disk, at, bytes);
                if (got && *got == sizeof head) {
                    text.resize(head.length);
                    got = read_at(*share.disk, at + sizeof head, text);
                }
                if (!got) return got.error();
                row(head.line, text);
                at += sizeof head + head.length;
            }
        }
        const std::string_view memory = share.memory;
        for (std::size_t at = 0; at < memory.size();) {
            Head head;
            std::memcpy(&head, memory.data() + at, sizeof head);
            row(head.line, memory.substr(at + sizeof head, head.length));
            at += sizeof head + head.length;
        }
        const bool any = share.disk || !memory.empty();
        share = {};
        if (!any) continue;
        if (auto ended = end_of_share(); !ended) return ended;
    }
    return {};
}

}  // namespace verso::records
