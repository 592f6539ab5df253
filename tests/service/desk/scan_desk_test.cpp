// SPDX-License-Identifier: Apache-2.0
#include "service/desk/scan_desk.h"

#include <gmock/gmock.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "core/crypto/crypto.h"
#include "core/crypto/message_code.h"
#include "service_fixture.h"

namespace verso::service {
namespace {

using nlohmann::json;
using records::Role;
using ::testing::Contains;
using ::testing::HasSubstr;

/// Puts what it is given into the queue, as the program does, without keeping the file.
class FakeScans final : public ScanWorks {
  public:
    Result<ScanTicket> take(records::Store& store, const SentScan& scan, Instant now) override {
        std::ifstream in(scan.file, std::ios::binary);
        const std::string bytes(std::istreambuf_iterator<char>(in), {});
        names.push_back(scan.name);
        records::NewJob job{"scan", sha256_hex(bytes), json{{"file", "/x/" + scan.name}}.dump()};
        auto is_new = store.jobs().enqueue(scan.shop, job, now);
        if (!is_new) return is_new.error();
        return ScanTicket{job.key, *is_new};
    }
    std::vector<std::string> names;
};

class ScanDeskTest : public testing::ServiceTest {
  protected:
    void SetUp() override {
        works_.scans = &scans_;
        ServiceTest::SetUp();
        emma_ = staff(Role::Packer);
        file_ = ::testing::TempDir() + "verso-scan-" + std::to_string(::getpid());
        std::ofstream(file_) << "a picture";
    }
    void TearDown() override {
        std::remove(file_.c_str());
        ServiceTest::TearDown();
    }
    HttpResponse put(const std::string& path, std::vector<HeaderField> headers) {
        HttpRequest request;
        request.method = Method::Put;
        request.path = path;
        request.headers = std::move(headers);
        request.body_file = file_;
        return call(std::move(request));
    }
    HttpResponse put_as(const Staff& who, const std::string& name) {
        return put("/desk/main/scans/" + name,
                   {{"Cookie", std::string(kSessionCookie) + "=" + who.token},
                    {"X-Verso-Csrf", who.csrf}});
    }
    static std::string body_of(const HttpResponse& response) {
        return response.body ? *response.body : "";
    }

    FakeScans scans_;
    Staff emma_;
    std::string file_;
};

TEST_F(ScanDeskTest, AFileEntersTheQueueOnceAndItsStateIsTold) {
    const auto sent = put_as(emma_, "carte%201.png");
    ASSERT_EQ(sent.status, 202) << body_of(sent);
    const json answer = json::parse(body_of(sent));
    EXPECT_EQ(answer["new"], true);
    EXPECT_EQ(scans_.names.at(0), "carte 1.png");
    EXPECT_EQ(json::parse(body_of(put_as(emma_, "again.png")))["new"], false);
    const std::string id = answer["id"];
    const auto asked = [&] {
        return json::parse(body_of(
            get_as(emma_, "/desk/main/scans/state?ids=" + id + ",nonsense", "application/json")));
    };
    ASSERT_EQ(asked()["scans"].size(), 1u);
    EXPECT_EQ(asked()["scans"][0]["state"], "waiting");
    ASSERT_TRUE(store().record_scan(ShopId{1}, {"/x/carte 1.png", id, 1, clock_.at}));
    EXPECT_EQ(asked()["scans"][0]["state"], "done");
    EXPECT_THAT(audit(), Contains(HasSubstr("packer1 scan")));
    EXPECT_THAT(body_of(get_as(emma_, "/desk/main/scans")), HasSubstr("carte 1.png"));
}

TEST_F(ScanDeskTest, WhatCouldNotBeReadSaysWhy) {
    const std::string id = json::parse(body_of(put_as(emma_, "x.png")))["id"];
    records::LeaseRequest request;
    request.kinds = {{"scan", 0}};
    const auto leased = store().jobs().lease(request, clock_.at).value();
    ASSERT_TRUE(store().jobs().fail(leased.at(0), "no <picture>", std::nullopt, clock_.at));
    const json asked = json::parse(body_of(get_as(emma_, "/desk/main/scans/state?ids=" + id)));
    EXPECT_EQ(asked["scans"][0]["state"], "dead");
    EXPECT_EQ(asked["scans"][0]["error"], "no <picture>");
    EXPECT_THAT(body_of(get_as(emma_, "/desk/main/scans")), HasSubstr("no &lt;picture&gt;"));
}

TEST_F(ScanDeskTest, AFormWithFilesWorksWithoutAScript) {
    const std::string body =
        "--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n" + emma_.csrf +
        "\r\n--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a/../b.png\"\r\n"
        "Content-Type: image/png\r\n\r\nbytes\r\n--b--\r\n";
    HttpRequest request;
    request.method = Method::Post;
    request.path = "/desk/main/scans";
    request.headers = {{"Cookie", std::string(kSessionCookie) + "=" + emma_.token},
                       {"Content-Type", "multipart/form-data; boundary=b"}};
    request.body = body;
    const auto sent = call(std::move(request));
    EXPECT_EQ(sent.status, 303) << body_of(sent);
    EXPECT_EQ(scans_.names, std::vector<std::string>{"b.png"});
}

TEST_F(ScanDeskTest, AScannerSendsWithAKeyThatMayWriteScans) {
    const std::string good = "a specimen's key, thirty-two cha",
                      other = "another key of the same length..";
    const records::KeyScope scans[]{records::KeyScope::ScansWrite};
    const records::KeyScope orders[]{records::KeyScope::OrdersRead};
    ASSERT_TRUE(store().access().add_key(ShopId{1}, "scanner", good, scans, clock_.at));
    ASSERT_TRUE(store().access().add_key(ShopId{1}, "till", other, orders, clock_.at));
    const auto send = [&](const std::string& shop, const std::string& header) {
        return put("/scan-in/" + shop + "/page.tif", {{"Authorization", header}});
    };
    const auto basic = [](const std::string& key) {
        return "Basic " + encode_base64("mfp:" + key);
    };
    EXPECT_EQ(send("main", "").status, 401);
    EXPECT_FALSE(send("main", "").header("WWW-Authenticate").empty());
    EXPECT_EQ(send("main", basic("wrong")).status, 401);
    EXPECT_EQ(send("main", basic(other)).status, 401) << "may not write scans";
    EXPECT_EQ(send("other", basic(good)).status, 401) << "another shop's";
    EXPECT_EQ(send("nowhere", basic(good)).status, 401);
    EXPECT_TRUE(scans_.names.empty());
    EXPECT_EQ(send("main", basic(good)).status, 201);
    EXPECT_EQ(scans_.names, std::vector<std::string>{"page.tif"});
    EXPECT_THAT(audit(), Contains(HasSubstr("key scanner scan")));
}

TEST(ScanDesk, AFileNameFromOutsideIsAPlainName) {
    EXPECT_EQ(safe_file_name("carte 1.png"), "carte 1.png");
    EXPECT_EQ(safe_file_name("../../etc/passwd"), "passwd");
    EXPECT_EQ(safe_file_name("C:\\scans\\a.tif"), "a.tif");
    EXPECT_EQ(safe_file_name("a\nb\x7f.png"), "a_b_.png");
    EXPECT_EQ(safe_file_name("..."), "scan");
    EXPECT_EQ(safe_file_name(""), "scan");
    EXPECT_EQ(safe_file_name(".hidden"), "hidden");
    const std::string name = safe_file_name(std::string(150, 'x') + ".png");
    EXPECT_EQ(name.size(), 100u);
    EXPECT_TRUE(name.ends_with(".png"));
}

TEST(ScanDesk, ThePasswordOfABasicHeader) {
    EXPECT_EQ(basic_password("Basic " + encode_base64("user:pass:word")), "pass:word");
    EXPECT_EQ(basic_password("basic " + encode_base64(":key")), "key");
    EXPECT_EQ(basic_password("Bearer abc"), "");
    EXPECT_EQ(basic_password("Basic !!!"), "");
    EXPECT_EQ(basic_password("Basic"), "");
    EXPECT_EQ(basic_password(""), "");
}

TEST_F(ScanDeskTest, AScannerThatSpeaksWebDavFindsAFolder) {
    const auto key =
        store().access().add_key(ShopId{1}, "scanner", "s3cret-token-of-a-scanner",
                                 std::vector{records::KeyScope::ScansWrite}, clock_.at);
    ASSERT_TRUE(key);
    const auto ask = [&](Method method, const std::string& path, bool with_key) {
        HttpRequest request;
        request.method = method;
        request.path = path;
        if (with_key) {
            request.headers = {
                {"Authorization", "Basic " + encode_base64("x:s3cret-token-of-a-scanner")}};
        }
        return call(std::move(request));
    };
    for (const char* path : {"/scan-in/main/", "/scan-in/main"}) {
        const auto options = ask(Method::Options, path, false);
        EXPECT_EQ(options.status, 200);
        EXPECT_EQ(options.header("DAV"), "1");
        EXPECT_THAT(std::string(options.header("Allow")), HasSubstr("PROPFIND"));
        EXPECT_EQ(ask(Method::Propfind, path, false).status, 401);
        const auto found = ask(Method::Propfind, path, true);
        EXPECT_EQ(found.status, 207);
        EXPECT_THAT(body_of(found), HasSubstr("<D:collection/>"));
        EXPECT_THAT(body_of(found), HasSubstr("<D:href>/scan-in/main/</D:href>"));
    }
    EXPECT_EQ(ask(Method::Propfind, "/scan-in/other/", true).status, 401) << "another shop's";
    EXPECT_EQ(ask(Method::Propfind, "/scan-in/main/a.tif", true).status, 404);
    EXPECT_EQ(ask(Method::Mkcol, "/scan-in/main/new", true).status, 403);
    EXPECT_EQ(ask(Method::Mkcol, "/scan-in/main/new/", false).status, 401);
}

TEST_F(ScanDeskTest, AFormWithoutAScriptIsAskedWhoItIsBeforeItIsRead) {
    const auto match = router().match(Method::Post, "/desk/main/scans");
    ASSERT_NE(match.route, nullptr);
    ASSERT_TRUE(match.route->admit);
    const auto admitted = [&](const std::string& cookie) {
        HttpRequest request;
        request.method = Method::Post;
        request.path = "/desk/main/scans";
        request.headers = {{"Cookie", cookie}, {"Accept", "text/html"}};
        return std::get<HttpResponse>(match.route->admit(request, match.values)).status;
    };
    EXPECT_EQ(admitted(std::string(kSessionCookie) + "=" + emma_.token), 204);
    EXPECT_EQ(admitted(""), 303);
    const auto foreign = staff(Role::Merchant, ShopId{2});
    EXPECT_EQ(admitted(std::string(kSessionCookie) + "=" + foreign.token), 403);
}

TEST_F(ScanDeskTest, ALargeFormBringsItsTokenBeforeItsFiles) {
    const auto send = [&](const std::string& csrf) {
        const std::string file = file_ + ".form";
        std::ofstream(file, std::ios::binary)
            << "--bb\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n"
            << csrf << "\r\n--bb\r\nContent-Disposition: form-data; name=\"files\"; "
            << "filename=\"x.png\"\r\n\r\n"
            << std::string(300'000, 'p') << "\r\n--bb--\r\n";
        HttpRequest request;
        request.method = Method::Post;
        request.path = "/desk/main/scans";
        request.headers = {{"Cookie", std::string(kSessionCookie) + "=" + emma_.token},
                           {"Content-Type", "multipart/form-data; boundary=bb"}};
        request.body_file = file;
        const int status = call(std::move(request)).status;
        std::remove(file.c_str());
        return status;
    };
    EXPECT_EQ(send("wrong"), 403);
    EXPECT_TRUE(scans_.names.empty());
    EXPECT_EQ(send(emma_.csrf), 303);
    EXPECT_EQ(scans_.names.at(0), "x.png");
}

}  // namespace
}  // namespace verso::service
