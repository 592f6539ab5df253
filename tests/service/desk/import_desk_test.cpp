// SPDX-License-Identifier: Apache-2.0
#include "service/desk/import_desk.h"

#include <gmock/gmock.h>

#include <fstream>

#include "service/desk/import_works.h"
#include "service_fixture.h"

namespace verso::service {
namespace {

using records::Role;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

class FakeImports final : public ImportWorks {
  public:
    Result<std::string> take(records::Store&, ShopId, const std::filesystem::path& file,
                             const std::string& name, Instant) override {
        std::ifstream in(file, std::ios::binary);
        bytes = std::string(std::istreambuf_iterator<char>(in), {});
        sent.id = "abc1";
        sent.name = name;
        return sent.id;
    }
    Result<void> start(records::Store&, ShopId, const std::string&, Instant) override {
        started = true;
        sent.phase = SentImport::Phase::Importing;
        return {};
    }
    Result<SentImport> look(records::Store&, ShopId, const std::string& id) override {
        if (id == sent.id) return sent;
        return Error{ErrorCode::NotFound, "gone", id, ""};
    }
    std::string bytes;
    SentImport sent;
    bool started = false;
};

class ImportDeskTest : public testing::ServiceTest {
  protected:
    void SetUp() override {
        works_.imports = &imports_;
        ServiceTest::SetUp();
        mia_ = staff(Role::Merchant);
        file_ = ::testing::TempDir() + "verso-import-" + std::to_string(::getpid());
    }
    void TearDown() override {
        std::remove(file_.c_str());
        ServiceTest::TearDown();
    }
    HttpResponse send(Method method, const std::string& path, const std::string& bytes,
                      const std::string& type) {
        std::ofstream(file_, std::ios::binary) << bytes;
        HttpRequest request;
        request.method = method;
        request.path = path;
        request.headers = {{"Cookie", std::string(kSessionCookie) + "=" + mia_.token},
                           {"Accept", "text/html"}};
        if (method == Method::Put) request.headers.emplace_back("X-Verso-Csrf", mia_.csrf);
        if (!type.empty()) request.headers.emplace_back("Content-Type", type);
        request.body_file = file_;
        return call(std::move(request));
    }

    FakeImports imports_;
    Staff mia_;
    std::string file_;
};

TEST_F(ImportDeskTest, AFileIsLookedThroughAndThenTakenInWhenSomebodySaysSo) {
    const auto sent = send(Method::Put, "/desk/main/import/july.csv", "a,b\n", "");
    EXPECT_EQ(sent.status, 202);
    EXPECT_EQ(*sent.body, "/desk/main/import/abc1");
    EXPECT_EQ(imports_.bytes, "a,b\n");
    EXPECT_THAT(*get_as(mia_, "/desk/main/import/abc1").body, HasSubstr("july.csv"));
    EXPECT_EQ(*get_as(mia_, "/desk/main/import/abc1/state").body, "checking");
    imports_.sent.phase = SentImport::Phase::Checked;
    imports_.sent.report.emplace();
    imports_.sent.report->orders_new = 412;
    imports_.sent.report->orders_changed = 3;
    imports_.sent.report->orders_rejected = 2;
    imports_.sent.report->rows_rejected = 2;
    imports_.sent.report->rejected = {{17, "#9", "total", "is <no> sum"}, {18, "", "", "is empty"}};
    const std::string page = *get_as(mia_, "/desk/main/import/abc1").body;
    EXPECT_THAT(page, HasSubstr("412 nouvelles, 3 modifiées"));
    EXPECT_THAT(page, HasSubstr("is &lt;no&gt; sum"));
    EXPECT_THAT(page, HasSubstr("<td class=\"number\">17</td>"));
    EXPECT_FALSE(imports_.started);
    EXPECT_EQ(post_as(mia_, "/desk/main/import/abc1", "").status, 303);
    EXPECT_TRUE(imports_.started);
    EXPECT_THAT(audit(), Contains(HasSubstr("import check july.csv")));
    EXPECT_THAT(audit(), Contains(HasSubstr("import abc1")));
}

TEST_F(ImportDeskTest, AFormWithoutAScriptDoesTheSame) {
    const std::string form =
        "--bb\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n" + mia_.csrf +
        "\r\n--bb\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n" +
        std::string(200'000, 'x') + "\r\n--bb--\r\n";
    const auto sent =
        send(Method::Post, "/desk/main/import", form, "multipart/form-data; boundary=bb");
    EXPECT_EQ(sent.status, 303);
    EXPECT_EQ(sent.header("Location"), "/desk/main/import/abc1");
    EXPECT_EQ(imports_.bytes.size(), 200'000U);
    EXPECT_EQ(imports_.sent.name, "a.csv");
}

TEST_F(ImportDeskTest, WhatIsNotThereIsNotFoundAndOthersMayNot) {
    EXPECT_EQ(get_as(mia_, "/desk/main/import/xyz").status, 404);
    EXPECT_EQ(get_as(staff(Role::Packer), "/desk/main/import").status, 403);
    EXPECT_THAT(*get_as(mia_, "/desk/main/shop").body, HasSubstr("/desk/main/import"));
}

}  // namespace
}  // namespace verso::service
