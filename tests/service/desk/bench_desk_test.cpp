// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "service/http/web_text.h"
#include "service_fixture.h"

namespace verso::service {
namespace {

using nlohmann::json;
using records::Role;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

/// A printer that says what it is told to say.
class FakeBench final : public BenchWorks {
  public:
    Result<BenchDone> print(const BenchAsk& ask) override {
        asked.push_back(ask);
        return answer;
    }
    Result<std::filesystem::path> sheet_file(ShopId, const std::string& name) override {
        return Error{ErrorCode::NotFound, "gone", name, ""};
    }
    std::vector<PrinterState> printers(ShopId) override { return states; }
    Result<std::vector<BenchWave>> waves(ShopId, records::Store&) override { return all; }
    Result<void> run_wave(ShopId, const std::string& name, const std::string&,
                          const std::vector<std::string>& printers) override {
        runs.push_back("run " + name);
        for (const auto& printer : printers) runs.back() += " on " + printer;
        return {};
    }
    Result<void> pause_wave(ShopId, const std::string& name) override {
        runs.push_back("pause " + name);
        return {};
    }
    Result<BenchDone> reprint_range(ShopId, const std::string& name, int first, int last,
                                    const std::string& reason, const std::string&) override {
        runs.push_back(name + " " + std::to_string(first) + "-" + std::to_string(last) + " " +
                       reason);
        return answer;
    }

    Result<void> cancel_wave(ShopId, const std::string& name, const std::string& reason) override {
        runs.push_back("cancel " + name + " " + reason);
        return {};
    }

    Result<BenchDone> answer = BenchDone{{{1, InsertId{"I1"}, 2}}, {}, "bench-1-x.pdf"};
    std::vector<PrinterState> states{{"the fake", true, ""}};
    std::vector<BenchAsk> asked;
    std::vector<BenchWave> all;
    std::vector<std::string> runs;
};

class BenchDeskTest : public testing::ServiceTest {
  protected:
    void SetUp() override {
        works_.bench = &bench_;
        ServiceTest::SetUp();
        emma_ = staff(Role::Packer);
        // An order that nothing was printed for, with a number on its parcel.
        Order order = store().find_order(ShopId{1}, OrderNumber{"#1001"}).value();
        order.number = OrderNumber{"#1002"};
        order.parcels.front().tracking = "6A 123 456";
        ASSERT_TRUE(store().save_order(ShopId{1}, order, clock_.at));
    }
    json scan(const std::string& text, const std::string& more = "") {
        const auto response = post_as(emma_, "/desk/main/bench",
                                      "scan=" + encode_segment(text) + more, "application/json");
        EXPECT_EQ(response.status, 200) << *response.body;
        return json::parse(*response.body);
    }
    void change(const std::string& number, const std::function<void(Order&)>& change) {
        Order order = store().find_order(ShopId{1}, OrderNumber{number}).value();
        change(order);
        ASSERT_TRUE(store().save_order(ShopId{1}, order, clock_.at));
    }

    FakeBench bench_;
    Staff emma_;
};

TEST_F(BenchDeskTest, AnOrderIsPrintedForWhoeverScannedIt) {
    const json answer = scan("#1002");
    EXPECT_EQ(answer["verdict"], "printed");
    EXPECT_EQ(answer["order"], "#1002");
    EXPECT_EQ(answer["sheet"], "/desk/main/bench/sheet/bench-1-x.pdf");
    ASSERT_EQ(bench_.asked.size(), 1U);
    EXPECT_EQ(bench_.asked[0].who, emma_.login);
    EXPECT_FALSE(bench_.asked[0].parcel);
    EXPECT_THAT(audit(), Contains(emma_.login + " print #1002"));
}

TEST_F(BenchDeskTest, AParcelsOwnNumberMeansThatParcel) {
    for (const char* number : {"6A 123 456", "6a123456"}) {
        EXPECT_EQ(scan(number)["verdict"], "printed") << number;
        ASSERT_FALSE(bench_.asked.empty());
        EXPECT_EQ(bench_.asked.back().order.get(), "#1002");
        EXPECT_EQ(bench_.asked.back().parcel, 1);
    }
}

TEST_F(BenchDeskTest, WhatMustNotBePrintedStopsWithItsReason) {
    bench_.answer = BenchDone{{}, {{1, BenchStop::Why::Forbidden, "no"}}, ""};
    change("#1002", [](Order& order) { order.payment = PaymentStatus::Unpaid; });
    EXPECT_THAT(std::string(scan("#1002")["text"]), HasSubstr("Pas encore payée"));
    change("#1002", [&](Order& order) {
        order.payment = PaymentStatus::Paid;
        order.status = OrderStatus::Cancelled;
        order.cancelled_at = ZonedTime{clock_.at, std::chrono::minutes(0)};
    });
    const json answer = scan("#1002");
    EXPECT_EQ(answer["verdict"], "stop");
    EXPECT_THAT(std::string(answer["text"]), HasSubstr("Annulée le"));
    EXPECT_FALSE(answer["may_reprint"]);
    EXPECT_THAT(std::string(scan("nix")["text"]), HasSubstr("Inconnue"));
    EXPECT_THAT(audit(), Not(Contains(HasSubstr(" print "))));
}

TEST_F(BenchDeskTest, WhatIsPrintedIsPrintedAgainForAReasonOnly) {
    bench_.answer = BenchDone{{}, {{1, BenchStop::Why::AlreadyPrinted, "printed"}}, ""};
    const json answer = scan("#1001");
    EXPECT_EQ(answer["verdict"], "stop");
    EXPECT_TRUE(answer["may_reprint"]);
    EXPECT_THAT(std::string(answer["text"]), HasSubstr("Déjà imprimée"));
    bench_.answer = BenchDone{{{1, InsertId{"I2"}, 2}}, {}, "bench-1-y.pdf"};
    const json again = scan("#1001", "&reprint=damaged");
    EXPECT_EQ(again["verdict"], "printed");
    EXPECT_THAT(std::string(again["text"]), HasSubstr("Remplace"));
    EXPECT_EQ(bench_.asked.back().reprint, "damaged");
    EXPECT_THAT(audit(), Contains(emma_.login + " reprint #1001"));
}

TEST_F(BenchDeskTest, ASheetsOwnCodeSaysWhetherItIsTheRightOne) {
    const std::string link = format_link("x.example", card_);
    for (const auto& code : {link, format_typed_code(card_.id)}) {
        const json answer = scan(code);
        EXPECT_EQ(answer["verdict"], "valid") << code;
        EXPECT_EQ(answer["order"], "#1001");
    }
    ASSERT_TRUE(store().void_card(ShopId{1}, card_.id, "the address changed", clock_.at));
    const json changed = scan(link);
    EXPECT_EQ(changed["verdict"], "stop");
    EXPECT_THAT(std::string(changed["text"]), HasSubstr("the address changed"));
    EXPECT_TRUE(bench_.asked.empty()) << "a check prints nothing";
}

TEST_F(BenchDeskTest, ThePageWorksWithoutScripts) {
    BenchWave wave;
    wave.name = "monday";
    wave.positions = 10;
    wave.printed = 4;
    wave.is_open = true;
    bench_.all = {wave};
    const auto page = post_as(emma_, "/desk/main/bench", "scan=%231002");
    ASSERT_EQ(page.status, 200);
    EXPECT_THAT(*page.body, HasSubstr("IMPRIMÉ"));
    EXPECT_THAT(*page.body, HasSubstr("value=\"resume\""));
    EXPECT_THAT(*page.body, HasSubstr("4 / 10"));
    EXPECT_THAT(std::string(page.header("Content-Security-Policy")), Not(HasSubstr("unsafe")));
}

TEST_F(BenchDeskTest, WavesAreStartedPausedAndReprintedInPart) {
    EXPECT_EQ(post_as(emma_, "/desk/main/bench/waves", "act=start").status, 303);
    EXPECT_EQ(post_as(emma_, "/desk/main/bench/waves", "act=pause&wave=monday").status, 303);
    EXPECT_EQ(post_as(emma_, "/desk/main/bench/waves", "act=resume&wave=monday").status, 303);
    EXPECT_EQ(
        post_as(emma_, "/desk/main/bench/waves", "act=range&wave=monday&first=3&last=5").status,
        422)
        << "without a reason";
    EXPECT_EQ(
        post_as(emma_, "/desk/main/bench/waves", "act=range&wave=monday&first=3&last=5&reason=jam")
            .status,
        303);
    EXPECT_THAT(bench_.runs,
                ::testing::ElementsAre("run ", "pause monday", "run monday", "monday 3-5 jam"));
    EXPECT_THAT(audit(), Contains(emma_.login + " wave range monday"));
    EXPECT_EQ(post_as(emma_, "/desk/main/bench/waves", "act=explode").status, 422);
}

TEST_F(BenchDeskTest, WithoutAPrinterNothingIsSaidToBePrinted) {
    bench_.answer = Error{ErrorCode::FileUnwritable, "the folder is full", "/x", "make room"};
    const json answer = scan("#1002");
    EXPECT_EQ(answer["verdict"], "stop");
    EXPECT_THAT(std::string(answer["text"]), HasSubstr("the folder is full"));
    EXPECT_THAT(audit(), Not(Contains(HasSubstr(" print "))));
}

}  // namespace
}  // namespace verso::service
