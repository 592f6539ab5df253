// SPDX-License-Identifier: Apache-2.0
#include "records/import/prestashop_xml.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "records/import/importer.h"
#include "records/import/order_formats.h"
#include "tests/records/builders.h"
#include "tests/records/import/import_sources.h"

namespace verso::records {
namespace {

using ::testing::HasSubstr;
using testing::KeepingSink;

std::string order(int id, const std::string& reference, int state = 5) {
    return fmt::format(
        R"(<order><id><![CDATA[{}]]></id><id_address_delivery>2</id_address_delivery>
<id_customer>3</id_customer><id_carrier>4</id_carrier><id_lang>1</id_lang><id_currency>1</id_currency>
<current_state>{}</current_state><delivery_date>2026-10-08 00:00:00</delivery_date>
<date_add>2026-10-05 10:12:40</date_add><total_paid>61.800000</total_paid>
<reference>{}</reference><shipping_number>TEST-1</shipping_number>
<associations><order_rows><order_row><id>1</id><product_id>1</product_id>
<product_attribute_id>46</product_attribute_id><product_quantity>2</product_quantity>
<product_name>T-shirt &amp; Co</product_name><product_reference>demo_2</product_reference>
<product_ean13>2000000044736</product_ean13><unit_price_tax_incl>23.905000</unit_price_tax_incl>
</order_row></order_rows></associations></order>)",
        id, state, reference);
}

std::string state(int id, int paid, int shipped, int delivery, int mail,
                  const std::string& mail_template = "") {
    return fmt::format(
        "<order_state><id>{}</id><paid>{}</paid><shipped>{}</shipped><delivery>{}</delivery>"
        "<send_email>{}</send_email><template><language id=\"1\">{}</language></template>"
        "<name><language id=\"1\">Livré</language></name></order_state>",
        id, paid, shipped, delivery, mail, mail_template);
}

std::string documents() {
    return "<address><id>2</id><firstname>Zoé</firstname><lastname>Specimen</lastname>"
           "<address1>1 rue</address1><postcode>07140</postcode><city>Les Vans</city>"
           "<id_country>8</id_country><phone>01</phone></address>"
           "<customer><id>3</id><email>c@example.com</email></customer>"
           "<country><id>8</id><iso_code>FR</iso_code></country>"
           "<currency><id>1</id><iso_code>CHF</iso_code></currency>"
           "<language><id>1</id><iso_code>fr</iso_code></language>"
           "<carrier><id>4</id><name>Example Post</name></carrier>";
}

std::string shop(const std::string& inside) {
    return "<?xml version=\"1.0\"?>\n<prestashop xmlns:xlink=\"http://www.w3.org/1999/xlink\">" +
           inside + "</prestashop>\n";
}

struct Taken : KeepingSink {
    std::string error;
};

Taken take(const std::string& text) {
    Taken taken;
    testing::DribblingSource source(text, 5, 700);
    auto read = read_orders(source, ImportFormat::Auto, taken);
    if (!read) taken.error = read.error().text();
    return taken;
}

TEST(PrestashopXml, AnOrderAndItsDocuments) {
    const auto taken = take(shop(order(7, "XKBKNABJK") + state(5, 1, 1, 1, 0) + documents()));
    ASSERT_EQ(taken.orders.size(), 1U) << taken.error;
    const Order& taken_order = taken.orders[0];
    EXPECT_EQ(taken_order.number, OrderNumber{"XKBKNABJK"});
    EXPECT_EQ(taken_order.external_id, "7");
    EXPECT_EQ(taken_order.status, OrderStatus::Delivered);
    EXPECT_EQ(taken_order.payment, PaymentStatus::Paid);
    EXPECT_EQ(taken_order.currency, "CHF");
    EXPECT_EQ(taken_order.language, "fr");
    EXPECT_EQ(taken_order.email, "c@example.com");
    EXPECT_EQ(taken_order.ship_to,
              (Address{"Zoé Specimen", "", "1 rue", "", "07140", "Les Vans", "", "FR"}));
    EXPECT_EQ(taken_order.parcels.at(0), (Parcel{1, "Example Post", "", "TEST-1"}));
    EXPECT_EQ(taken_order.total, Money{6180});
    EXPECT_EQ(taken_order.lines.at(0).title, "T-shirt & Co");
    EXPECT_EQ(taken_order.lines.at(0).unit_price, Money{2391});
    EXPECT_EQ(taken_order.lines.at(0).product_id, "1-46");
}

TEST(PrestashopXml, FlagsDecideAndLabelsDoNot) {
    struct Case {
        std::string state;
        OrderStatus status;
        PaymentStatus payment;
    };
    using S = OrderStatus;
    using P = PaymentStatus;
    for (const auto& [document, status, payment] :
         std::vector<Case>{{state(5, 0, 0, 0, 1, "cheque"), S::Open, P::Unpaid},
                           {state(5, 1, 0, 0, 1, "payment"), S::Open, P::Paid},
                           {state(5, 1, 0, 1, 1, "preparation"), S::Open, P::Paid},
                           {state(5, 1, 1, 1, 1, "shipped"), S::Shipped, P::Paid},
                           {state(5, 0, 1, 0, 0), S::Shipped, P::Unpaid},
                           {state(5, 1, 1, 1, 0), S::Delivered, P::Paid},
                           {state(5, 0, 0, 0, 1, "order_canceled"), S::Cancelled, P::Unpaid},
                           {state(5, 0, 0, 0, 1, "refund"), S::Cancelled, P::Refunded},
                           {state(5, 0, 0, 0, 1, "payment_error"), S::Open, P::Unpaid}}) {
        const auto taken = take(shop(document + order(1, "A")));
        ASSERT_EQ(taken.orders.size(), 1U);
        EXPECT_EQ(taken.orders[0].status, status) << document;
        EXPECT_EQ(taken.orders[0].payment, payment) << document;
    }
}

TEST(PrestashopXml, AStateThatIsNotInTheImportIsRefused) {
    const auto taken = take(shop(order(1, "A", 27) + state(5, 1, 0, 0, 0)));
    ASSERT_EQ(taken.rejected.size(), 1U);
    EXPECT_THAT(taken.rejected[0].reason, HasSubstr("/api/order_states/27"));
}

TEST(PrestashopXml, DocumentsMayFollowOneAnother) {
    const auto taken =
        take(shop(order(1, "A")) + "\n\n" + shop(order(2, "B")) + shop(state(5, 1, 0, 0, 0)));
    EXPECT_EQ(taken.orders.size(), 2U) << taken.error;
    ASSERT_EQ(taken.lines.size(), 2U);
    EXPECT_GT(taken.lines[1], taken.lines[0]);
}

TEST(PrestashopXml, OrdersOfOneCartDoNotBecomeOne) {
    const auto taken = take(shop(order(1, "A") + order(2, "A") + state(5, 1, 0, 0, 0)));
    ASSERT_EQ(taken.orders.size(), 2U);
    EXPECT_EQ(taken.orders[0].number, OrderNumber{"A#1"});
    EXPECT_EQ(taken.orders[1].number, OrderNumber{"A#2"});

    auto store = open_sqlite_store(":memory:").value();
    for (int id : {1, 2}) {
        auto report = import_orders(*store, ShopId{1}, shop(order(id, "A") + state(5, 1, 0, 0, 0)),
                                    "a.xml", ImportFormat::Auto, system_clock());
        ASSERT_TRUE(report);
        EXPECT_EQ(report->orders_new, id == 1 ? 1U : 0U);
        EXPECT_EQ(report->orders_rejected, id == 1 ? 0U : 1U);
    }
    EXPECT_EQ(store->find_order(ShopId{1}, OrderNumber{"A"})->external_id, "1");
    EXPECT_EQ(store->find_order(ShopId{1}, OrderNumber{"A"})->revision, 1);
}

TEST(PrestashopXml, NothingOutsideIsReadAndNothingGrows) {
    for (const std::string type : {"<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
                                   "<!DOCTYPE a [<!ENTITY x \"xx\"><!ENTITY y \"&x;&x;\">]>",
                                   "<!DOCTYPE a SYSTEM \"a.dtd\">"}) {
        const auto taken = take(type + shop(order(1, "&x;") + state(5, 1, 0, 0, 0)));
        EXPECT_TRUE(taken.orders.empty());
        EXPECT_THAT(taken.error, HasSubstr("document type"));
    }
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += "<a>";
    EXPECT_THAT(take(deep).error, HasSubstr("deeper than 64"));
    EXPECT_THAT(take(shop("<order>" + std::string(17 << 20, 'x') + "</order>")).error,
                HasSubstr("16 MiB"));
}

TEST(PrestashopXml, WhatIsNotOursIsTold) {
    EXPECT_THAT(take("<html><p>Login</p></html>").error, HasSubstr("no orders"));
    EXPECT_THAT(take(shop("<orders><order id=\"1\"/><order id=\"2\"/></orders>")).error,
                HasSubstr("display=full"));
    EXPECT_THAT(take("<prestashop>").error, HasSubstr("line 1"));
}

TEST(PrestashopXml, TheGoodPartOfWhatBrokeIsKept) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    std::string orders = state(5, 1, 1, 1, 0);
    for (int i = 0; i < 20; ++i) orders += order(i + 1, fmt::format("R{}", i));
    const std::string sound = shop(orders);
    for (int round = 0; round < 100; ++round) {
        std::string text = sound;
        const std::size_t at = text.size() / 2 + random() % (text.size() / 2);
        if (random() % 2 == 0) {
            text.resize(at);
        } else {
            text[at] = static_cast<char>(text[at] ^ (1 << random() % 8));
        }
        const auto taken = take(text);
        EXPECT_EQ(taken.error, "");
        EXPECT_GE(taken.orders.size(), 8U);
        EXPECT_LE(taken.orders.size(), 20U);
    }
}

const std::filesystem::path kSamples =
    std::filesystem::path(VERSO_SOURCE_DIR) / ".." / "shared" / "samples" / "synthetic";

TEST(PrestashopXml, TheSampleOfTheWebservice) {
    if (!std::filesystem::exists(kSamples / "prestashop-webservice-order.xml")) {
        GTEST_SKIP() << "the samples are not beside the checkout: " << kSamples;
    }
    PrestashopContext context;
    for (const char* file :
         {"prestashop-webservice-order.xml", "prestashop-webservice-order_state-5.xml"}) {
        ASSERT_TRUE(gather_prestashop(**file_source(kSamples / file), context));
    }
    context.finish();
    KeepingSink sink;
    ReadOptions options;
    options.prestashop = &context;
    auto read =
        read_orders(**file_source(kSamples / "prestashop-webservice-order.xml"), options, sink);
    ASSERT_TRUE(read) << read.error().text();
    ASSERT_EQ(sink.orders.size(), 1U);
    EXPECT_EQ(sink.orders[0].number, OrderNumber{"XKBKNABJK"});
    EXPECT_EQ(sink.orders[0].status, OrderStatus::Delivered);
    EXPECT_EQ(sink.orders[0].payment, PaymentStatus::Paid);
    EXPECT_EQ(sink.orders[0].parcels.at(0).tracking, "EW112720413FR");
    // The state alone has no orders, and is no fault either.
    auto alone = read_orders(**file_source(kSamples / "prestashop-webservice-order_state-5.xml"),
                             options, sink);
    EXPECT_TRUE(alone);
}

}  // namespace
}  // namespace verso::records
