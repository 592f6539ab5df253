// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/ids.h"
#include "core/util/result.h"
#include "core/util/time.h"
#include "records/lifecycle/erasure.h"

namespace verso::records {

/// A file that is to be deleted because of an erasure.
enum class FileKind {
    Image,    ///< a scanned picture; its name is the SHA-256 that the home keeps it by
    Sheet,    ///< a printed file of a print job; its name in the home's spool
    Picture,  ///< a crop or a photo, by its path as recorded
};
/// "image", "sheet", "picture".
std::string_view to_string(FileKind kind);

struct FileToErase {
    long long id = 0;
    FileKind kind = FileKind::Image;
    std::string name;
};

/// What an erasure took, in rows.
struct ErasureCounts {
    long long orders = 0, revisions = 0, responses = 0, readings = 0, returns = 0;
    long long events = 0;  ///< of carriers
    long long files = 0;   ///< to be deleted
};

/// What became too old to be kept.
struct RetentionCounts {
    long long addresses = 0, secrets = 0, images = 0;
    long long all() const { return addresses + secrets + images; }
};

/// Erases buyers and gives out what is kept of them. Scores, figures, order numbers and card ids
/// stay; an order whose buyer was erased takes no import and no print any more. Every method may
/// fail with DatabaseFailed; those that write are transactions like those of the Store.
class ErasureBook {
  public:
    virtual ~ErasureBook() = default;

    /// The orders that have this e-mail now or had it in a former revision, by number. Case does
    /// not matter. ValueInvalid for what is no e-mail.
    virtual Result<std::vector<OrderNumber>> orders_of_email(ShopId shop,
                                                             std::string_view email) = 0;
    /// Erases the buyer from these orders and notes who asked for it and why. The files that the
    /// rows spoke of are in files() from then on. NotFound, and nothing is erased, when one is not
    /// there; ValueInvalid without who or reason. Again is no mistake.
    virtual Result<ErasureCounts> erase(ShopId shop, std::span<const OrderNumber> orders,
                                        std::string_view who, std::string_view reason,
                                        Instant at) = 0;
    /// Everything kept about one order, as a JSON object: docs/privacy.md. NotFound.
    virtual Result<std::string> collect(ShopId shop, const OrderNumber& order) = 0;
    /// Takes away what is older than the terms say, some hundred things of each kind; to be called
    /// until nothing is left.
    virtual Result<RetentionCounts> retain(ShopId shop, const RetentionTerms& terms,
                                           Instant now) = 0;
    /// The files that are still to be deleted, at most `most`, after the one with this id.
    virtual Result<std::vector<FileToErase>> files(ShopId shop, long long after, int most) = 0;
    /// The file is not there any more.
    virtual Result<void> file_gone(ShopId shop, long long id) = 0;
    /// Writes the journal of an SQLite database home, so that no old page stays in it. Not inside
    /// of begin(). False when another program reads just now: to be tried again.
    virtual Result<bool> scrub() = 0;
};

}  // namespace verso::records
