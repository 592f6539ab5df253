// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/util/result.h"
#include "records/store/connection.h"
#include "records/store/erasure_book.h"

namespace verso::records {

/// The order whose buyer is to be erased.
struct ErasedOrder {
    long long shop = 0, id = 0;
    std::string number;
    long long at = 0;  ///< now, in seconds since 1970
};

/// Erases rows of one order after the other and counts them. Inside of a transaction; throws
/// soci::soci_error.
class ErasureRows {
  public:
    explicit ErasureRows(Connection& db) : db_(db) {}

    /// Who the buyer is and where the parcels went: revisions, search words, carriers' events,
    /// details of what was done, sheets of print jobs. The Error tells of a body that no Verso
    /// wrote.
    Result<void> erase_person(const ErasedOrder& order);
    /// What the buyer wrote: responses, cards, readings and their pictures, returns, photos.
    void erase_words(const ErasedOrder& order);
    /// Puts a file on the list of those to be deleted.
    void add_file(long long shop, FileKind kind, const std::string& name);

    ErasureCounts counts;

  private:
    struct Parcels;
    Result<void> erase_bodies(const ErasedOrder& order, Parcels& parcels);
    void erase_parcels(const ErasedOrder& order, const Parcels& parcels);
    void add_told_parcels(const ErasedOrder& order, Parcels& to);
    void erase_jobs(const ErasedOrder& order);
    void erase_readings(const ErasedOrder& order);
    void erase_reading(const ErasedOrder& order, long long id, long long scan,
                       const std::string& sha256, const std::string& json);
    void erase_returns(const ErasedOrder& order);
    void erase_photos(const ErasedOrder& order);
    void erase_return(const ErasedOrder& order, long long id, const std::string& rma);
    void run(std::span<const char* const> statements, long long id);
    std::vector<std::string> cards_of(long long id);

    Connection& db_;
};

}  // namespace verso::records
