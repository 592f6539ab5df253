// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "records/store/spool_book.h"
#include "service/http/web_text.h"
#include "service_fixture.h"

namespace verso::service {
namespace {

using nlohmann::json;
using records::PersonSays;
using records::Role;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

/// Notes what it is asked for.
class FakePaper final : public PaperWorks {
  public:
    Result<std::string> add(ShopId, const PrinterForm& form, const std::string& who) override {
        calls.push_back(who + " adds " + form.name + " " + form.uri);
        if (!fault.message.empty()) return fault;
        return std::string();
    }
    Result<void> remove(ShopId, const std::string& name, const std::string&) override {
        return done("remove " + name);
    }
    Result<void> pause(ShopId, const std::string& name, bool is_paused,
                       const std::string&) override {
        return done((is_paused ? "pause " : "resume ") + name);
    }
    Result<void> test(ShopId, const std::string& name, const std::string&) override {
        return done("test " + name);
    }
    Result<void> move(ShopId, const std::string& from, const std::string& to,
                      const std::string&) override {
        return done("move " + from + " " + to);
    }
    Result<void> settle(ShopId, records::JobId job, PersonSays says, int up_to,
                        const std::string& reason, const std::string&) override {
        return done("settle " + std::to_string(job.get()) + " " +
                    std::to_string(static_cast<int>(says)) + " " + std::to_string(up_to) + " " +
                    reason);
    }
    Result<void> done(const std::string& call) {
        calls.push_back(call);
        if (!fault.message.empty()) return fault;
        return {};
    }

    std::vector<std::string> calls;
    Error fault;
};

class PrintersDeskTest : public testing::ServiceTest {
  protected:
    void SetUp() override {
        works_.paper = &paper_;
        ServiceTest::SetUp();
        emma_ = staff(Role::Packer);
        auto id = spool().add_printer({{}, "bench", "ipp://10.0.0.7/ipp/print", "{}"}, clock_.at);
        ASSERT_TRUE(id);
        printer_ = *id;
    }
    records::SpoolBook& spool() { return records::spool_of(store()); }
    records::JobId put_in(const std::string& title) {
        records::NewPrintJob job;
        job.printer = printer_;
        job.file = "x.pdf";
        job.title = title;
        job.pages = 9;
        return spool().enqueue(ShopId{1}, job, clock_.at).value_or(records::JobId{});
    }
    void make_unknown() {
        auto print = spool().lease(printer_, "me", std::chrono::seconds(60), clock_.at, {});
        ASSERT_TRUE(print && *print);
        ASSERT_TRUE(spool().finish(**print, records::PrintState::Unknown, "cable pulled", 4, 6,
                                   clock_.at, clock_.at));
    }
    std::string page() { return *get_as(emma_, "/desk/main/printers").body; }

    FakePaper paper_;
    Staff emma_;
    records::PrinterId printer_;
};

TEST_F(PrintersDeskTest, WhatWaitsForAWordStandsFirst) {
    put_in("order #1001");
    put_in("order #1002");
    make_unknown();
    const std::string text = page();
    EXPECT_LT(text.find("cable pulled"), text.find("order #1002"));
    EXPECT_THAT(text, HasSubstr("4–6 / 9"));
    const json state = json::parse(*get_as(emma_, "/desk/main/printers/state").body);
    EXPECT_EQ(state["printers"][0]["state"], "asks");
    EXPECT_EQ(state["jobs"][0]["asks"], true);
    EXPECT_EQ(state["jobs"][1]["state"], "queued");
}

TEST_F(PrintersDeskTest, APackerAnswersAndPausesButAddsNothing) {
    EXPECT_EQ(post_as(emma_, "/desk/main/printers", "act=printed&job=17&up_to=5").status, 303);
    post_as(emma_, "/desk/main/printers", "act=cancel&job=18&reason=jam");
    post_as(emma_, "/desk/main/printers", "act=pause&printer=bench");
    post_as(emma_, "/desk/main/printers", "act=move&printer=bench&to=attic");
    EXPECT_THAT(paper_.calls, ElementsAre("settle 17 0 5 ", "settle 18 2 0 jam", "pause bench",
                                          "move bench attic"));
    EXPECT_EQ(post_as(emma_, "/desk/main/printers/change", "act=add&name=x&uri=y").status, 403);
    EXPECT_THAT(page(), Not(HasSubstr("ipp://10.0.0.7")))
        << "addresses are for those who configure";
}

TEST_F(PrintersDeskTest, AFaultIsToldOnThePage) {
    paper_.fault = {ErrorCode::NotAllowed, "it is on its way", "", "wait"};
    const auto answer = post_as(emma_, "/desk/main/printers", "act=again&job=17");
    EXPECT_EQ(answer.status, 409);
    EXPECT_THAT(*answer.body, HasSubstr("it is on its way"));
    EXPECT_EQ(post_as(emma_, "/desk/main/printers", "act=explode").status, 422);
}

TEST_F(PrintersDeskTest, AnotherShopsDocumentsAreNotSeen) {
    put_in("order #1001");
    const Staff other = staff(Role::Merchant, ShopId{2});
    EXPECT_THAT(*get_as(other, "/desk/other/printers").body, Not(HasSubstr("#1001")));
}

TEST_F(PrintersDeskTest, AnAdminAddsAPrinter) {
    const Staff admin = staff(Role::Admin);
    EXPECT_EQ(post_as(admin, "/desk/main/printers/change", "act=add&name=attic&uri=file%3A%2Fpaper")
                  .status,
              303);
    EXPECT_THAT(paper_.calls, ElementsAre(admin.login + " adds attic file:/paper"));
}

}  // namespace
}  // namespace verso::service
