// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "records/store/connection.h"
#include "records/store/hook_book.h"
#include "records/store/return_book.h"

namespace verso::records {

/// Returns as rows of return_case, return_line, return_photo, return_event and return_key.
class ReturnTable final : public ReturnBook {
  public:
    /// All must outlive it; orders are asked of `store`, `hooks` are told.
    ReturnTable(Connection& db, Store& store, HookBook& hooks)
        : db_(db), store_(store), hooks_(hooks) {}

    Result<void> announce(ShopId shop, const Return& made, std::string_view who,
                          Instant at) override;
    Result<Return> move(ShopId shop, const Rma& rma, ReturnEvent event, std::string_view who,
                        std::string_view detail, Instant at) override;
    Result<Return> inspect(ShopId shop, const Rma& rma, std::span<const ReturnLine> counted,
                           std::string_view who, Instant at) override;
    Result<std::optional<Return>> find(ShopId shop, const Rma& rma) override;
    Result<std::vector<Return>> of_order(ShopId shop, const OrderNumber& order) override;
    Result<std::vector<Return>> list(ShopId shop, std::optional<ReturnState> state,
                                     int most) override;
    Result<std::vector<ReturnEntry>> history(ShopId shop, const Rma& rma) override;
    Result<std::vector<ReturnCandidate>> match(ShopId shop, std::string_view scanned) override;

  private:
    /// A return and the id of its row.
    struct Kept {
        long long id = 0;
        Return made;
    };
    Result<std::vector<Kept>> select(const std::string& where, long long shop,
                                     const std::string& value, int most);
    Result<Kept> require(ShopId shop, const Rma& rma);
    Result<void> add_lines(Kept& kept);
    void write_lines(const Kept& kept);
    void write_keys(ShopId shop, const Kept& kept);
    Result<void> step(Kept& kept, ReturnEvent event, std::string_view who, std::string_view detail,
                      Instant at);
    void enter(long long id, std::string_view who, std::string_view what, std::string_view detail,
               Instant at);
    Result<void> tell(ShopId shop, HookKind kind, const Return& made, Instant at);
    void add_candidates(ShopId shop, const std::string& key, MatchGrade grade,
                        std::vector<ReturnCandidate>& to);

    Connection& db_;
    Store& store_;
    HookBook& hooks_;
};

}  // namespace verso::records
