// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/domain/order.h"
#include "records/import/import_report.h"
#include "records/import/row_values.h"

namespace verso::records {

/// An order while its rows come in, from wherever in the file they stand.
struct CollectedOrder {
    Order order;
    std::string facts;           ///< the values that all of its rows must share, as written
    std::size_t facts_line = 0;  ///< the row that brought them; 0: none so far
    std::vector<std::size_t> rows;
    std::size_t bad_line = 0;     ///< the first row that was refused; 0: none
    std::size_t rows_beyond = 0;  ///< beyond the most that an order may have
};

/// Gathers rows to orders, by number, and keeps account of what was refused. The order of first
/// appearance is kept.
class OrderCollector {
  public:
    /// The order that a row belongs to, made when it is new; counts the row as one of its.
    CollectedOrder& take_row(std::string_view number, std::size_t line);

    /// The order that a row names in its column `number`. A row without a sound number is refused,
    /// and nullptr given; also for those beyond the 100,000th of an order, which refuse it.
    CollectedOrder* take_row(RowValues& row, std::size_t number);

    /// Refuses the whole order when its row turned out to have a fault.
    void settle_row(CollectedOrder& order, const RowValues& row);

    /// Refuses a row, and with it the whole order (nullptr: the row does not say which).
    void refuse(CollectedOrder* order, std::size_t line, std::string column, std::string reason);

    /// Sorts the lines and parcels of each order, and refuses those that have none of either or no
    /// row with the order's facts.
    void finish();

    std::vector<CollectedOrder>& orders() { return orders_; }
    bool empty() const { return orders_.empty() && refused_.empty(); }
    /// Forgets all rows.
    void clear();
    /// All refused rows by line. The sound rows of an order that was refused are there as well.
    std::vector<RejectedRow> rejected() const;

  private:
    void refuse_doubles(CollectedOrder& collected);

    std::vector<CollectedOrder> orders_;
    std::unordered_map<std::string, std::size_t> by_number_;
    std::size_t last_ = 0;  ///< most rows belong to the order of the row before
    std::vector<RejectedRow> refused_;
};

}  // namespace verso::records
