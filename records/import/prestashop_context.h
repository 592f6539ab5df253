// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/domain/order.h"
#include "records/import/xml_stream.h"

namespace verso::records {

/// What a PrestaShop order only names by number, gathered from the other documents of the same
/// import: /api/order_states, addresses, customers, countries, currencies, languages, carriers,
/// order_carriers. A value.
class PrestashopContext {
  public:
    struct State {
        bool paid = false, shipped = false, delivery = false, sends_mail = false;
        std::set<std::string> templates;  ///< of its mail, in whichever language
    };
    struct Addressee {
        Address to;
        std::string phone;
    };

    /// Whether an element of that name brings something for the context.
    static bool wants(std::string_view name);
    void add(const XmlElement& element);

    const State* state(const std::string& id) const;
    const Addressee* address(const std::string& id) const;
    /// Empty when the document was not given.
    std::string email(const std::string& customer) const;
    std::string currency(const std::string& id) const;
    std::string language(const std::string& id) const;
    std::string carrier(const std::string& id) const;
    /// The tracking number of an order, from its order_carrier.
    std::string tracking(const std::string& order) const;
    /// Whether several orders of the import have this reference, as those that PrestaShop cut out
    /// of one cart do. Requires: finish().
    bool is_shared(const std::string& reference) const;
    /// To be called when all documents were added.
    void finish();

  private:
    using Texts = std::map<std::string, std::string>;
    void add_state(const XmlElement& element);
    void add_address(const XmlElement& element);

    std::map<std::string, State> states_;
    std::map<std::string, Addressee> addresses_;  ///< until finish(), the country is its id
    Texts emails_, countries_, currencies_, languages_, carriers_, tracking_;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> references_;  ///< hashes: reference, order
    std::set<std::uint64_t> shared_;
};

/// What the flags of a state mean: paid and unpaid, shipped and not; delivered is the state that is
/// shipped, has a delivery note and tells the buyer nothing, as PrestaShop's own is. Cancelled and
/// refunded have no flag: they are known by the mail that they send (order_canceled, refund).
void apply_prestashop_state(const PrestashopContext::State& state, Order& order);

}  // namespace verso::records
