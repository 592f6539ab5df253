// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "core/domain/order.h"
#include "records/store/soci_query.h"

namespace verso::records {

/// The newest state of an order, enough to see whether a re-import changes it.
struct OrderHead {
    long long id = 0;
    int revision = 0;
    std::string fingerprint;
};

/// Orders as rows. Its statements are prepared once per connection and share the variables below,
/// because an import runs them some hundred thousand times. Throws soci::soci_error.
class OrderTable {
  public:
    explicit OrderTable(soci::session& session);

    std::optional<OrderHead> find_head(long long shop, const std::string& number);
    /// Gives the new order's key.
    long long insert_head(long long shop, const Order& order, int revision,
                          const std::string& fingerprint);
    void update_head(long long shop, long long id, const Order& order, int revision,
                     const std::string& fingerprint);
    void insert_revision(long long id, const Order& order, int revision, Instant at);
    void insert_parcel(const Parcel& parcel);  ///< of the revision inserted last
    void insert_line(const OrderLine& line);   ///< of the revision inserted last

    /// Nothing when there is no such revision. The Error tells of a value that no Verso wrote.
    Result<std::optional<Order>> select(long long id, const std::string& number, int revision);

  private:
    void select_parcels(Order& order);
    void select_lines(Order& order);
    Result<Order> order_from_row(const std::string& number) const;

    struct Key {
        long long shop = 0, id = 0;
        int revision = 0;
        std::string number, fingerprint;
        long long placed = 0;
    } key_;
    struct RevisionRow {
        long long saved_at = 0;
        std::string placed_at, status, payment, paid_at, cancelled_at, currency, language, email,
            phone, name, company, line1, line2, postcode, city, region, country, promised_on;
        long long shipping = 0, total = 0;
        std::string note;
    } row_;
    Parcel parcel_;
    OrderLine line_;
    long long unit_price_ = 0, line_total_ = 0;

    Query find_head_, insert_head_, update_head_, insert_revision_, insert_parcel_, insert_line_,
        select_revision_, select_parcels_, select_lines_;
};

}  // namespace verso::records
