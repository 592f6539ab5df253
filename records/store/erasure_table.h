// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>

#include "records/store/connection.h"
#include "records/store/erasure_book.h"

namespace verso::records {

class ErasureRows;

/// Erasures over SOCI. What is taken of one order is in erasure_rows.h.
class ErasureTable final : public ErasureBook {
  public:
    /// `db` must outlive it.
    explicit ErasureTable(Connection& db) : db_(db) {}

    Result<std::vector<OrderNumber>> orders_of_email(ShopId shop, std::string_view email) override;
    Result<ErasureCounts> erase(ShopId shop, std::span<const OrderNumber> orders,
                                std::string_view who, std::string_view reason, Instant at) override;
    Result<std::string> collect(ShopId shop, const OrderNumber& order) override;
    Result<RetentionCounts> retain(ShopId shop, const RetentionTerms& terms, Instant now) override;
    Result<std::vector<FileToErase>> files(ShopId shop, long long after, int most) override;
    Result<void> file_gone(ShopId shop, long long id) override;
    Result<bool> scrub() override;

  private:
    Result<long long> order_id(long long shop, const OrderNumber& number);
    bool had_email(long long id, const std::string& email);
    void note(long long shop, Instant at, std::string_view who, std::string_view reason,
              const ErasureCounts& counts);
    Result<long long> retain_addresses(ShopId shop, Instant until, Instant now, ErasureRows& rows);
    long long retain_secrets(ShopId shop, Instant until, Instant now);
    long long retain_images(ShopId shop, Instant until, ErasureRows& rows);
    long long retain_photos(ShopId shop, Instant until, ErasureRows& rows);

    Connection& db_;
};

}  // namespace verso::records
