// SPDX-License-Identifier: Apache-2.0
#include "app/serve_scans.h"

#include <gtest/gtest.h>

#include <fstream>

#include "app/uploads.h"
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
        return place_of_upload(home_, kShop, ticket.sha256) / name;
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

TEST_F(ServeScansTest, TwoShopsSendTheSameBytesAndOneIsReadFirst) {
    const ShopId other = store_->create_shop("other").value();
    const auto ours = take("a picture", "a.png").value();
    ASSERT_TRUE(scans_.take(*store_, {other, sent("a picture"), "a.png"}, kNow));
    const fs::path theirs = place_of_upload(home_, other, ours.sha256) / "a.png";
    EXPECT_TRUE(fs::exists(theirs));
    forget_upload(home_, upload(ours, "a.png").string());
    EXPECT_TRUE(fs::exists(theirs));
}

TEST_F(ServeScansTest, WhatAPersonDropsTakesItsFileAlong) {
    const auto ticket = take("a picture", "a.png").value();
    OpenHome home{home_, {}, records::open_store(":memory:").value()};
    std::swap(home.store, store_);
    ASSERT_TRUE(drop_with_upload(
        home, records::reviews_of(*home.store).find_job(kShop, "scan", ticket.sha256).value()->id));
    EXPECT_FALSE(fs::exists(upload(ticket, "a.png")));
}

TEST_F(ServeScansTest, FilesWithoutAJobAreSweptAndOthersAreNot) {
    const auto waiting = take("a picture", "a.png").value();
    const fs::path orphan = place_of_upload(home_, kShop, std::string(64, 'b')) / "left.png";
    fs::create_directories(orphan.parent_path());
    std::ofstream(orphan) << "left";
    OpenHome home{home_, {}, records::open_store(":memory:").value()};
    std::swap(home.store, store_);
    const Instant now = system_clock().now();
    EXPECT_EQ(sweep_uploads(home, now), 0) << "just sent: its job may come this moment";
    EXPECT_EQ(sweep_uploads(home, now + std::chrono::hours(2)), 1);
    EXPECT_FALSE(fs::exists(orphan));
    EXPECT_TRUE(fs::exists(upload(waiting, "a.png")));
}

}  // namespace
}  // namespace verso::app
