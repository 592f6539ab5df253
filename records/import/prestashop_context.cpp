// SPDX-License-Identifier: Apache-2.0
#include "records/import/prestashop_context.h"

#include <algorithm>
#include <array>
#include <functional>

namespace verso::records {

namespace {

constexpr std::array<std::string_view, 9> kWanted{"order_state", "address",  "customer",
                                                  "country",     "currency", "language",
                                                  "carrier",     "order",    "order_carrier"};

bool flag(const XmlElement& element, std::string_view name) { return element.at(name).text == "1"; }

std::string on_one_line(std::string text) {
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    }
    return text;
}

std::string text_of(const XmlElement& element, std::string_view name) {
    return on_one_line(element.at(name).text);
}

template <class Value>
const Value* find(const std::map<std::string, Value>& values, const std::string& key) {
    const auto found = values.find(key);
    return found == values.end() ? nullptr : &found->second;
}

std::string find_text(const std::map<std::string, std::string>& values, const std::string& key) {
    const std::string* const found = find(values, key);
    return found == nullptr ? std::string() : *found;
}

bool is_country_code(const std::string& text) {
    return text.size() == 2 && text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'A' && text[1] <= 'Z';
}

}  // namespace

bool PrestashopContext::wants(std::string_view name) {
    return std::find(kWanted.begin(), kWanted.end(), name) != kWanted.end();
}

void PrestashopContext::add(const XmlElement& element) {
    const std::string id = element.at("id").text;
    if (id.empty()) return;  // a mere link to the document
    if (element.name == "order_state") add_state(element);
    if (element.name == "address") add_address(element);
    if (element.name == "customer") emails_[id] = text_of(element, "email");
    if (element.name == "country") countries_[id] = text_of(element, "iso_code");
    if (element.name == "currency") currencies_[id] = text_of(element, "iso_code");
    if (element.name == "language") languages_[id] = text_of(element, "iso_code");
    if (element.name == "carrier") carriers_[id] = text_of(element, "name");
    if (element.name == "order_carrier") {
        tracking_[element.at("id_order").text] = text_of(element, "tracking_number");
    }
    if (element.name == "order") {
        const std::hash<std::string> hash;
        references_.emplace_back(hash(element.at("reference").text), hash(id));
    }
}

void PrestashopContext::add_state(const XmlElement& element) {
    State state{flag(element, "paid"),
                flag(element, "shipped"),
                flag(element, "delivery"),
                flag(element, "send_email"),
                {}};
    const XmlElement& mail = element.at("template");
    if (!mail.text.empty()) state.templates.insert(mail.text);
    for (const XmlElement& language : mail.children) {
        if (!language.text.empty()) state.templates.insert(language.text);
    }
    states_[element.at("id").text] = std::move(state);
}

void PrestashopContext::add_address(const XmlElement& element) {
    Addressee addressee;
    Address& to = addressee.to;
    to.name = text_of(element, "firstname");
    const std::string last = text_of(element, "lastname");
    if (!last.empty()) to.name += (to.name.empty() ? "" : " ") + last;
    to.company = text_of(element, "company");
    to.line1 = text_of(element, "address1");
    to.line2 = text_of(element, "address2");
    to.postcode = text_of(element, "postcode");
    to.city = text_of(element, "city");
    to.country = text_of(element, "id_country");
    addressee.phone = text_of(element, "phone_mobile");
    if (addressee.phone.empty()) addressee.phone = text_of(element, "phone");
    addresses_[element.at("id").text] = std::move(addressee);
}

void PrestashopContext::finish() {
    for (auto& [id, addressee] : addresses_) {
        if (is_country_code(addressee.to.country)) continue;
        addressee.to.country = find_text(countries_, addressee.to.country);
        if (!is_country_code(addressee.to.country)) addressee.to.country.clear();
    }
    std::sort(references_.begin(), references_.end());
    for (std::size_t i = 1; i < references_.size(); ++i) {
        const auto& [reference, order] = references_[i];
        if (reference == references_[i - 1].first && order != references_[i - 1].second) {
            shared_.insert(reference);
        }
    }
    references_ = {};
}

bool PrestashopContext::is_shared(const std::string& reference) const {
    return shared_.contains(std::hash<std::string>{}(reference));
}

const PrestashopContext::State* PrestashopContext::state(const std::string& id) const {
    return find(states_, id);
}

const PrestashopContext::Addressee* PrestashopContext::address(const std::string& id) const {
    return find(addresses_, id);
}

std::string PrestashopContext::email(const std::string& id) const { return find_text(emails_, id); }

std::string PrestashopContext::currency(const std::string& id) const {
    return find_text(currencies_, id);
}

std::string PrestashopContext::language(const std::string& id) const {
    return find_text(languages_, id);
}

std::string PrestashopContext::carrier(const std::string& id) const {
    return find_text(carriers_, id);
}

std::string PrestashopContext::tracking(const std::string& order) const {
    return find_text(tracking_, order);
}

void apply_prestashop_state(const PrestashopContext::State& state, Order& order) {
    order.payment = state.paid ? PaymentStatus::Paid : PaymentStatus::Unpaid;
    if (state.shipped) {
        const bool is_last = state.delivery && !state.sends_mail && state.templates.empty();
        order.status = is_last ? OrderStatus::Delivered : OrderStatus::Shipped;
    }
    if (state.templates.contains("order_canceled")) order.status = OrderStatus::Cancelled;
    if (state.templates.contains("refund")) {
        order.payment = PaymentStatus::Refunded;
        if (!state.shipped) order.status = OrderStatus::Cancelled;
    }
}

}  // namespace verso::records
