// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "core/domain/card_link.h"
#include "records/store/access_book.h"
#include "service/site/site.h"

namespace verso::service::testing {

/// A site over a fresh SQLite file with the shops "main" and "other", one layout and one printed
/// order in the first. Its handlers
/// are called without a network; promises are waited for.
class ServiceTest : public ::testing::Test {
  public:
    static constexpr char kWebhookSecret[] = "a specimen's secret";

  protected:
    void SetUp() override;
    void TearDown() override;

    HttpResponse get(const std::string& target);
    HttpResponse post(const std::string& target, const std::string& body);
    HttpResponse call(HttpRequest request);

    /// Somebody of the staff who is logged in.
    struct Staff {
        std::string login, token, csrf;
    };
    Staff staff(records::Role role, ShopId shop = ShopId{1});
    HttpResponse get_as(const Staff& who, const std::string& target,
                        const std::string& accept = "text/html");
    /// With their token against forged requests.
    HttpResponse post_as(const Staff& who, const std::string& target, const std::string& body,
                         const std::string& accept = "text/html");
    const Router& router() const { return site_->router(); }
    /// What the audit says of shop 1, oldest first: "emma print #1001".
    std::vector<std::string> audit();

    /// One more order with a printed card.
    CardIdentity print(const std::string& order);
    /// The path of its page.
    static std::string page_of(const CardIdentity& card);
    records::Store& store() { return *store_; }

    struct SetClock final : Clock {
        Instant at;
        Instant now() const override { return at; }
    } clock_;
    CardIdentity card_;           ///< of order #1001
    bool product_stars_ = false;  ///< set before SetUp(): articles are asked about
    DeskWorks works_;             ///< set before SetUp(); none by default

  private:
    std::string folder_;
    std::unique_ptr<records::Store> store_;
    LayoutNumber layout_;
    std::uint64_t seed_ = 1;
    std::unique_ptr<Site> site_;
};

}  // namespace verso::service::testing
