// SPDX-License-Identifier: Apache-2.0
// Foreign CSVs: what is proposed for them, and how their values are meant.
#include "records/import/csv_mapping.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "records/import/column_names.h"
#include "records/import/mapping_proposal.h"
#include "records/import/order_formats.h"
#include "tests/records/import/import_sources.h"

namespace verso::records {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::string_view kGerman =
    "Bestellnummer;Bestelldatum;Status;Zahlungsstatus;Vorname;Nachname;Straße;PLZ;Ort;Land;E-Mail;"
    "Artikelnummer;Artikelbezeichnung;Menge;Einzelpreis;Gesamtbetrag;Filiale\r\n"
    "B-1;13.10.2026 14:05;Versandt;bezahlt;Jörg;Beispiel;Gartenstraße 1;50667;Köln;Deutschland;"
    "j@example.com;S-1;Seife;2;1.004,90 €;1.019,60 €;Nord\r\n"
    "B-1;;;;;;;;;;;S-2;Tee;1,00;9,80 €;;\r\n"
    "B-2;03.11.2026 9:07;Offen;unbezahlt;Anna;Muster;Allee 2;1010;Wien;AUT;a@example.com;S-1;Seife;"
    "1;4,90 €;4,90 €;Süd\r\n";

MappingProposal propose(std::string_view text) {
    const auto source = memory_source(text);
    auto proposal = propose_mapping(*source, "FR");
    EXPECT_TRUE(proposal) << proposal.error().text();
    return proposal ? std::move(*proposal) : MappingProposal{};
}

TEST(MappingProposal, ReadsAGermanExport) {
    const auto proposal = propose(kGerman);
    EXPECT_THAT(proposal.questions, ElementsAre());
    EXPECT_THAT(proposal.unused, ElementsAre("Filiale"));
    EXPECT_THAT(proposal.mapping.columns.at("name"), ElementsAre("Vorname", "Nachname"));
    EXPECT_EQ(proposal.mapping.decimal_mark, ',');
    EXPECT_EQ(proposal.mapping.values.at("currency"), "EUR");
    EXPECT_EQ(proposal.mapping.status.at("Versandt"), "shipped");
    for (const auto& row : proposal.rejected) ADD_FAILURE() << row.column << ' ' << row.reason;
    ASSERT_EQ(proposal.preview.size(), 2U);
    const Order& order = proposal.preview[0];
    EXPECT_EQ(order.number, OrderNumber{"B-1"});
    EXPECT_EQ(format_time(order.placed_at), "2026-10-13T14:05:00Z");
    EXPECT_EQ(order.status, OrderStatus::Shipped);
    EXPECT_EQ(order.payment, PaymentStatus::Paid);
    EXPECT_EQ(order.ship_to.name, "Jörg Beispiel");
    EXPECT_EQ(order.ship_to.country, "DE");
    EXPECT_EQ(order.total, Money{101960});
    ASSERT_EQ(order.lines.size(), 2U);
    EXPECT_EQ(order.lines[0].unit_price, Money{100490});
    EXPECT_EQ(order.lines[1].line, 2);
    EXPECT_EQ(proposal.preview[1].ship_to.country, "AT");
}

TEST(MappingProposal, AsksForWhatItDoesNotKnow) {
    const auto proposal =
        propose("Order No.,Date,Status,Product,Qty\nX-1,05/10/2026,in the kiln,Mug,1\n");
    EXPECT_THAT(proposal.questions, Contains(HasSubstr("'in the kiln'")));
    EXPECT_THAT(proposal.questions, Contains(HasSubstr("what is paid")));
    EXPECT_THAT(proposal.questions, Contains(HasSubstr("day first")));
    EXPECT_EQ(proposal.mapping.values.at("payment"), "unpaid");
    EXPECT_EQ(proposal.mapping.values.at("country"), "FR");
    ASSERT_EQ(proposal.rejected.size(), 1U);
    EXPECT_THAT(proposal.rejected[0].reason, HasSubstr("in the kiln"));
    EXPECT_EQ(propose("a,b\n1,2\n").preview.size(), 0U);
    EXPECT_FALSE(propose_mapping(*memory_source("just text\n"), ""));
}

TEST(MappingProposal, SeesMonthsThatComeFirst) {
    EXPECT_EQ(propose("order,date,total\n1,10/25/2026,1.50\n").mapping.day_order,
              DayOrder::MonthFirst);
    EXPECT_EQ(propose("order,date,total\n1,25/10/2026,1.50\n").mapping.day_order,
              DayOrder::DayFirst);
}

TEST(MappedCsv, IsTakenWhereItsColumnsAre) {
    CsvMapping mapping = propose(kGerman).mapping;
    mapping.name = "laden";
    ReadOptions options;
    options.mappings = {&mapping, 1};
    testing::KeepingSink sink;
    auto read = read_orders(*memory_source(kGerman), options, sink);
    ASSERT_TRUE(read) << read.error().text();
    EXPECT_EQ(read->format, ImportFormat::MappedCsv);
    EXPECT_EQ(sink.orders.size(), 2U);
    EXPECT_THAT(sink.remarks, Contains(HasSubstr("laden")));
    EXPECT_FALSE(read_orders(*memory_source("a;b\n1;2\n"), options, sink));
    options.format = ImportFormat::MappedCsv;
    EXPECT_THAT(read_orders(*memory_source("a;b\n1;2\n"), options, sink).error().message,
                HasSubstr("Bestellnummer"));
}

TEST(MappedCsv, AMappingMustSayWhatAnOrderNeeds) {
    CsvMapping mapping = propose(kGerman).mapping;
    EXPECT_TRUE(check_mapping(mapping));
    mapping.status["Versandt"] = "gone";
    EXPECT_THAT(check_mapping(mapping).error().message, HasSubstr("gone"));
    mapping.status.clear();
    mapping.columns.erase("title");
    EXPECT_THAT(check_mapping(mapping).error().message, HasSubstr("title"));
    mapping.values["colour"] = "red";
    EXPECT_THAT(check_mapping(mapping).error().message, HasSubstr("colour"));
}

TEST(MappedValues, BecomeNeutral) {
    EXPECT_EQ(neutral_time("5/10/2026", DayOrder::DayFirst), "2026-10-05T00:00:00");
    EXPECT_EQ(neutral_time("5/10/2026 9:07", DayOrder::MonthFirst), "2026-05-10T09:07:00");
    EXPECT_EQ(neutral_time("2026-10-05 14:02:11 +0200", DayOrder::DayFirst),
              "2026-10-05T14:02:11 +0200");
    EXPECT_EQ(neutral_time("soon", DayOrder::DayFirst), "soon");
    EXPECT_EQ(neutral_day("05.10.26", DayOrder::DayFirst), "2026-10-05");
    EXPECT_EQ(neutral_amount("1 234,50 €", ','), "1234.50");
    EXPECT_EQ(neutral_amount("$1,234.50", '.'), "1234.50");
    EXPECT_EQ(neutral_amount("EUR 12.5000", '.'), "12.50");
    EXPECT_EQ(neutral_amount("-4,90", ','), "-4.90");
    EXPECT_EQ(neutral_amount("about 5", '.'), "about 5");
    EXPECT_EQ(neutral_amount("1.2.3", '.'), "1.2.3");
    EXPECT_EQ(neutral_country("Österreich"), "AT");
    EXPECT_EQ(neutral_country("Royaume-Uni"), "GB");
    EXPECT_EQ(neutral_country("fr"), "FR");
    EXPECT_EQ(neutral_country("Atlantis"), "Atlantis");
}

TEST(ColumnNames, AreKnownInSeveralLanguages) {
    EXPECT_EQ(field_of_column("N° de commande"), "order");
    EXPECT_EQ(field_of_column("Número de pedido"), "order");
    EXPECT_EQ(field_of_column("QUANTITÉ"), "quantity");
    EXPECT_EQ(field_of_column("Straße"), "line1");
    EXPECT_EQ(field_of_column("Ilość"), "quantity");
    EXPECT_EQ(field_of_column("Łącznie"), "total");
    EXPECT_EQ(field_of_column("favourite colour"), "");
    EXPECT_EQ(field_of_column("€"), "");
    EXPECT_EQ(status_of_word("Expédiée"), "shipped");
    EXPECT_EQ(payment_of_word("Nieopłacone"), "unpaid");
}

}  // namespace
}  // namespace verso::records
