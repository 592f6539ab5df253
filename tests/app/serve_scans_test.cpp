// SPDX-License-Identifier: Apache-2.0
#include "app/serve_scans.h"

#include <gtest/gtest.h>

#include <fstream>

#include "records/store/review_book.h"
#include "tests/app/temp_folder.h"

namespace verso::app {
namespace {

namespace fs = std::filesystem;
using records::JobState;

const ShopId kShop{1};
const Instant kNow{std::chrono::seconds{1'790'000'000}};

class ServeScansTest : public ::testing::Test {
  protected:
    fs::path sent(const std::string& bytes) {
        const fs::path file = folder_.path() / "body";
        std::ofstream(file) << bytes;
        return file;
    }
    Result<service::ScanTicket> take(const std::string& bytes, const std::string& name) {
        return scans_.take(*store_, {kShop, sent(bytes), name}, kNow);
    }
    records::JobRecord job(const std::string& sha256) {
        return records::reviews_of(*store_).find_job(kShop, "scan", sha256).value().value();
    }
    fs::path upload(const service::ScanTicket& ticket, const std::string& name) const {
        return ServeScans::uploads_of(home_) / ticket.sha256 / name;
    }

    TempFolder folder_;
    Home home_{folder_.path() / "." / "home"};
    ServeScans scans_{home_};
    std::unique_ptr<records::Store> store_ = records::open_store(":memory:").value();
};

TEST_F(ServeScansTest, TheSameBytesAreOneJobUnderTheirFirstName) {
    const auto first = take("a picture", "one.png").value();
    EXPECT_TRUE(first.is_new);
    EXPECT_TRUE(fs::exists(upload(first, "one.png")));
    EXPECT_FALSE(fs::exists(folder_.path() / "body")) << "it was taken away";
    EXPECT_EQ(job(first.sha256).state, JobState::Waiting);
    EXPECT_NE(job(first.sha256).payload.find("one.png"), std::string::npos);
    EXPECT_FALSE(take("a picture", "two.png").value().is_new);
    EXPECT_FALSE(fs::exists(upload(first, "two.png")));
    EXPECT_TRUE(take("another", "two.png").value().is_new);
}

TEST_F(ServeScansTest, WhatCouldNotBeReadMayBeSentAgain) {
    const auto first = take("broken", "a.png").value();
    records::LeaseRequest request;
    request.kinds = {{"scan", 0}};
    const auto leased = store_->jobs().lease(request, kNow).value();
    ASSERT_TRUE(store_->jobs().fail(leased.at(0), "no picture", std::nullopt, kNow));
    EXPECT_FALSE(take("broken", "a.png").value().is_new);
    EXPECT_EQ(job(first.sha256).state, JobState::Waiting);
}

TEST_F(ServeScansTest, AnEmptyFileAndNoFileAreNoScan) {
    EXPECT_EQ(take("", "a.png").error().code, ErrorCode::FormatInvalid);
    EXPECT_FALSE(scans_.take(*store_, {kShop, folder_.path() / "nothing", "a.png"}, kNow));
}

TEST_F(ServeScansTest, OnlyAnUploadGoesWhenItIsRead) {
    const auto ticket = take("a picture", "a.png").value();
    const fs::path file = upload(ticket, "a.png"), own = folder_.path() / "mine.png";
    std::ofstream(own) << "x";
    forget_upload(home_, own.string());
    EXPECT_TRUE(fs::exists(own));
    forget_upload(home_, file.string());
    EXPECT_FALSE(fs::exists(file));
    EXPECT_FALSE(fs::exists(file.parent_path()));
}

}  // namespace
}  // namespace verso::app
