// SPDX-License-Identifier: Apache-2.0
#include "records/store/statement_cache.h"

namespace verso::records {

std::unique_ptr<soci::statement> StatementCache::take(std::string_view text) {
    if (const auto found = idle_.find(text); found != idle_.end() && !found->second.empty()) {
        auto statement = std::move(found->second.back());
        found->second.pop_back();
        return statement;
    }
    auto statement = std::make_unique<soci::statement>(session_);
    statement->alloc();
    statement->prepare(translate(text, dialect_));
    return statement;
}

void StatementCache::give_back(std::string_view text, std::unique_ptr<soci::statement> statement) {
    constexpr std::size_t kOfEach = 4;
    statement->bind_clean_up();
    auto found = idle_.find(text);
    if (found == idle_.end()) found = idle_.try_emplace(std::string(text)).first;
    if (found->second.size() < kOfEach) found->second.push_back(std::move(statement));
}

}  // namespace verso::records
