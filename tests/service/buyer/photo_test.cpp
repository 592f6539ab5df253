// SPDX-License-Identifier: Apache-2.0
// Buyers' photos: how they come, who sees them, what becomes of them.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "records/store/photo_book.h"
#include "service/buyer/sent_form.h"
#include "service_fixture.h"

namespace verso::service {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

/// Takes what begins with "photo" and keeps it in memory.
class FakePhotos final : public PhotoWorks {
  public:
    Result<KeptPhoto> keep(std::string_view bytes, const InsertId& insert,
                           const std::string& about) override {
        if (!bytes.starts_with("photo")) return Error{ErrorCode::FormatInvalid, "no", "", ""};
        const std::string path = insert.get() + "/" + about + "-" + std::string(bytes.substr(0, 8));
        return KeptPhoto{path, files.insert(path).second};
    }
    void forget(const std::string& path) override { files.erase(path); }
    Result<std::filesystem::path> find(const std::string& path) override {
        if (files.contains(path)) return std::filesystem::path("/kept/" + path);
        return Error{ErrorCode::NotFound, "no", "", ""};
    }
    std::set<std::string> files;
};

class PhotoTest : public testing::ServiceTest {
  protected:
    void SetUp() override {
        works_.photos = &photos_;
        ServiceTest::SetUp();
    }
    using Parts = std::vector<std::pair<std::string, std::string>>;
    /// A form as a browser sends it; parts named "photo" are files.
    static std::string form(const Parts& parts) {
        std::string body;
        for (const auto& [name, content] : parts) {
            body += "--b0undary\r\nContent-Disposition: form-data; name=\"" + name + "\"";
            if (name == "photo") body += "; filename=\"a.jpg\"\r\nContent-Type: image/jpeg";
            body += "\r\n\r\n" + content + "\r\n";
        }
        return body + "--b0undary--\r\n";
    }
    HttpResponse send(const std::string& target, const Parts& parts, bool by_file = false) {
        HttpRequest request;
        request.method = Method::Post;
        request.path = target;
        request.headers = {{"Content-Type", "multipart/form-data; boundary=b0undary"}};
        request.body = form(parts);
        const auto file = std::filesystem::path(::testing::TempDir()) / "verso-photo-form";
        if (by_file) {
            std::ofstream(file, std::ios::binary) << request.body;
            request.body.clear();
            request.body_file = file;
        }
        auto response = call(std::move(request));
        std::filesystem::remove(file);
        return response;
    }
    std::vector<records::BuyerPhoto> kept() {
        return records::photos_of(store()).photos_of_order(ShopId{1}, OrderNumber("#1001")).value();
    }
    std::string body(const std::string& target) { return *get(target).body; }
    /// The export says that it left: then it may come back.
    void ship() {
        Order order = store().find_order(ShopId{1}, OrderNumber{"#1001"}).value();
        order.status = OrderStatus::Shipped;
        ASSERT_TRUE(store().save_order(ShopId{1}, order, clock_.at));
    }

    FakePhotos photos_;
};

TEST_F(PhotoTest, ComeWithAnAnswerAndThePageSaysHowMany) {
    EXPECT_THAT(body(page_of(card_)), HasSubstr("enctype=\"multipart/form-data\""));
    const auto sent = send(page_of(card_), {{"q.overall", "4"},
                                            {"comment", "Abîmé"},
                                            {"photo", "photo-01"},
                                            {"photo", "photo-02"},
                                            {"photo", ""}});
    EXPECT_EQ(sent.status, 303);
    EXPECT_EQ(sent.header("Location"), page_of(card_));
    const auto rating = store().find_rating(ShopId{1}, OrderNumber{"#1001"}).value();
    ASSERT_TRUE(rating);
    EXPECT_EQ(rating->comment, "Abîmé");
    EXPECT_THAT(kept(), SizeIs(2));
    EXPECT_THAT(body(page_of(card_)), HasSubstr("Photos jointes : 2"));
}

TEST_F(PhotoTest, ALargeFormComesByAFile) {
    const std::string large = "photo-" + std::string(200'000, 'x');
    EXPECT_EQ(send(page_of(card_), {{"q.overall", "4"}, {"photo", large}}, true).status, 303);
    EXPECT_THAT(kept(), SizeIs(1));
    EXPECT_EQ(send(page_of(print("#1002")), {{"q.overall", "3"}}, true).status, 303);
    EXPECT_TRUE(store().find_rating(ShopId{1}, OrderNumber{"#1002"}).value());
}

TEST_F(PhotoTest, ABadOneCostsASentenceAndNothingElse) {
    const auto sent = send(
        page_of(card_),
        {{"q.overall", "2"}, {"comment", "Cassé"}, {"photo", "no picture"}, {"photo", "photo-01"}});
    EXPECT_EQ(sent.header("Location"), page_of(card_) + "?photo=bad");
    EXPECT_THAT(kept(), SizeIs(1));
    EXPECT_EQ(store().find_rating(ShopId{1}, OrderNumber{"#1001"}).value()->comment, "Cassé");
    EXPECT_THAT(body(page_of(card_) + "?photo=bad"), HasSubstr("Une photo n’a pas pu être prise"));
}

TEST_F(PhotoTest, FourOrOneOfNineMegabytesAreTooMuch) {
    const auto four = send(page_of(card_), {{"q.overall", "2"},
                                            {"photo", "photo-01"},
                                            {"photo", "photo-02"},
                                            {"photo", "photo-03"},
                                            {"photo", "photo-04"}});
    EXPECT_THAT(std::string(four.header("Location")), HasSubstr("photo=bad"));
    EXPECT_THAT(kept(), SizeIs(3));
    const std::string huge = "photo-" + std::string(9U << 20U, 'x');
    const auto large = send(page_of(print("#1002")), {{"q.overall", "2"}, {"photo", huge}}, true);
    EXPECT_THAT(std::string(large.header("Location")), HasSubstr("photo=bad"));
    EXPECT_TRUE(store().find_rating(ShopId{1}, OrderNumber{"#1002"}).value());
}

TEST_F(PhotoTest, AFormWithAFaultKeepsNoFileAndAsksForThemAgain) {
    const auto sent = send(page_of(card_), {{"comment", "x"}, {"photo", "photo-01"}});
    EXPECT_EQ(sent.status, 422);
    EXPECT_THAT(*sent.body, HasSubstr("choisir de nouveau vos photos"));
    EXPECT_THAT(photos_.files, IsEmpty());
    EXPECT_EQ(send(page_of(card_), {}).status, 422);
}

TEST_F(PhotoTest, WhatTheRecordsRefuseLeavesNoFile) {
    EXPECT_EQ(send(page_of(card_), {{"q.overall", "4"}, {"photo", "photo-01"}}).status, 303);
    clock_.at += std::chrono::hours(24 * 3000);  // the window to change it is over
    EXPECT_EQ(send(page_of(card_), {{"q.overall", "1"}, {"photo", "photo-02"}}).status, 303);
    EXPECT_THAT(kept(), SizeIs(1));
    EXPECT_THAT(photos_.files, SizeIs(1));
    // The one that is there stays there, though it came again.
    EXPECT_EQ(send(page_of(card_), {{"q.overall", "1"}, {"photo", "photo-01"}}).status, 303);
    EXPECT_THAT(photos_.files, SizeIs(1));
}

TEST_F(PhotoTest, AreTakenBackWithAChangeOrAWithdrawal) {
    send(page_of(card_), {{"q.overall", "4"}, {"photo", "photo-01"}});
    EXPECT_THAT(body(page_of(card_) + "?change=1"), HasSubstr("name=\"drop-photos\""));
    send(page_of(card_), {{"q.overall", "3"}, {"drop-photos", "1"}, {"photo", "photo-02"}});
    ASSERT_THAT(kept(), SizeIs(1));
    EXPECT_THAT(kept().front().path, HasSubstr("photo-02"));
    EXPECT_EQ(post(page_of(card_) + "/withdraw", "").status, 303);
    EXPECT_THAT(kept(), IsEmpty());
    EXPECT_THAT(store().erasure().files(ShopId{1}, 0, 9).value(), SizeIs(2));
}

TEST_F(PhotoTest, ATypedCodeSendsNone) {
    const std::string typed = "/K/" + format_typed_code(card_.id);
    EXPECT_THAT(body(typed), Not(HasSubstr("type=\"file\"")));
    EXPECT_EQ(send(typed, {{"q.overall", "4"}, {"photo", "photo-01"}}).status, 303);
    EXPECT_THAT(kept(), IsEmpty());
    EXPECT_THAT(photos_.files, IsEmpty());
}

TEST_F(PhotoTest, ComeWithAReturn) {
    ship();
    const std::string place = page_of(card_) + "/return";
    EXPECT_THAT(body(place), HasSubstr("type=\"file\""));
    const auto sent =
        send(place, {{"pieces.1", "1"}, {"reason.1", "damaged"}, {"photo", "photo-1"}});
    EXPECT_EQ(sent.status, 303);
    const auto returns = store().returns().of_order(ShopId{1}, OrderNumber{"#1001"}).value();
    ASSERT_THAT(returns, SizeIs(1));
    ASSERT_THAT(kept(), SizeIs(1));
    EXPECT_EQ(kept().front().rma, returns.front().rma);
    EXPECT_EQ(send(place, {{"photo", "photo-2"}}).status, 422);
    EXPECT_THAT(photos_.files, SizeIs(1));
}

TEST_F(PhotoTest, TheStaffSeesThemEachWhatIsTheirs) {
    ship();
    send(page_of(card_), {{"q.overall", "4"}, {"comment", "x"}, {"photo", "photo-01"}});
    send(page_of(card_) + "/return", {{"pieces.1", "1"}, {"photo", "photo-02"}});
    const auto answer = std::to_string(kept().at(0).id), back = std::to_string(kept().at(1).id);
    const std::string place = "/desk/main/photos/";
    const auto reviewer = staff(records::Role::Reviewer), packer = staff(records::Role::Packer);
    const auto shown = get_as(reviewer, place + answer);
    EXPECT_EQ(shown.status, 200);
    EXPECT_EQ(shown.header("Content-Type"), "image/jpeg");
    EXPECT_THAT(shown.file.string(), HasSubstr("photo-01"));
    EXPECT_EQ(get_as(packer, place + back).status, 200);
    EXPECT_EQ(get_as(packer, place + answer).status, 403);
    EXPECT_EQ(get(place + answer).status, 303);  // to the log-in
    const auto foreign = staff(records::Role::Merchant, ShopId{2});
    EXPECT_EQ(get_as(foreign, place + answer).status, 403);
    EXPECT_EQ(get_as(foreign, "/desk/other/photos/" + answer).status, 404);
    EXPECT_EQ(get_as(reviewer, place + "x").status, 404);
    EXPECT_THAT(*get_as(reviewer, "/desk/main/ratings").body, HasSubstr(place + answer));
    EXPECT_THAT(*get_as(reviewer, "/desk/main/customers?order=%231001").body,
                HasSubstr(place + back));
    const auto rma = kept().at(1).rma.get();
    EXPECT_THAT(*get_as(packer, "/desk/main/returns/" + rma).body, HasSubstr(place + back));
}

TEST(SentForm, LargeFormsAreAskedForBeforeTheyAreRead) {
    int asked = 0;
    const Route route = photo_route("/x", {}, [&](const HttpRequest&, const PathValues&) -> Reply {
        ++asked;
        return text_response("no", 404);
    });
    const auto status = [&](const std::string& length) {
        HttpRequest request;
        if (!length.empty()) request.headers = {{"Content-Length", length}};
        return std::get<HttpResponse>(route.admit(request, {})).status;
    };
    EXPECT_EQ(status("100"), 204);
    EXPECT_EQ(asked, 0);
    EXPECT_EQ(status("65537"), 404);
    EXPECT_EQ(status(""), 404);
    EXPECT_EQ(status("1x"), 404);
    EXPECT_EQ(asked, 3);
}

}  // namespace
}  // namespace verso::service
