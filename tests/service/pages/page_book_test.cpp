// SPDX-License-Identifier: Apache-2.0
#include "service/pages/page_book.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

namespace verso::service {
namespace {

using ::testing::HasSubstr;

class PageBookTest : public ::testing::Test {
  protected:
    void SetUp() override {
        folder_ = ::testing::TempDir() + "verso-pages-XXXXXX";
        ASSERT_NE(::mkdtemp(folder_.data()), nullptr);
        std::filesystem::create_directories(folder_ + "/web");
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }
    void write(const std::string& name, const std::string& text) {
        std::ofstream(folder_ + "/web/" + name) << text;
    }
    std::string folder_;
};

TEST_F(PageBookTest, TextsAreEscapedMarkupIsNotListsRepeatAndPagesTakeInOthers) {
    write("page.html",
          "{{>head}}<p "
          "title=\"{{text}}\">{{{markup}}}{{#rows}}[{{n}}]{{/rows}}{{^none}}none{{/none}}</p>");
    write("head.html", "<h1>{{text}}</h1>");
    const auto book = PageBook::load({folder_});
    ASSERT_TRUE(book) << book.error().text();
    PageData data;
    data.set("text", "a\"<b>")
        .set("markup", PageData::Markup{"<i>x</i>"})
        .set("none", false)
        .set("rows", std::vector<PageData>{PageData().set("n", "1"), PageData().set("n", "2")});
    EXPECT_EQ(book->render("page", data),
              "<h1>a&quot;&lt;b&gt;</h1><p title=\"a&quot;&lt;b&gt;\"><i>x</i>[1][2]none</p>");
}

TEST_F(PageBookTest, APageOfTheSameNameHidesNoText) {
    write("page.html", "{{order}}");
    write("order.html", "another page");
    EXPECT_EQ(PageBook::load({folder_})->render("page", PageData().set("order", "#1001")), "#1001");
}

TEST_F(PageBookTest, AnAssetsPlaceChangesWithItsBytes) {
    write("page.html", "x");
    write("style.css", "a{}");
    const std::string before = PageBook::load({folder_})->asset("style.css").place;
    EXPECT_THAT(before, HasSubstr("/a/style."));
    write("style.css", "b{}");
    EXPECT_NE(PageBook::load({folder_})->asset("style.css").place, before);
}

TEST_F(PageBookTest, ABrokenTemplateIsNamed) {
    write("page.html", "{{#open}}");
    const auto book = PageBook::load({folder_});
    ASSERT_FALSE(book);
    EXPECT_EQ(book.error().code, ErrorCode::TemplateInvalid);
    EXPECT_THAT(book.error().text(), HasSubstr("page.html"));
    EXPECT_EQ(PageBook::load({folder_ + "/nowhere"}).error().code, ErrorCode::NotFound);
}

TEST_F(PageBookTest, AShopsBrokenPageIsToldWithItsLineAndTheNextOneServes) {
    write("page.html", "first\nsecond\n{{#open}}\nmore");
    write("good.html", "mine");
    const std::string own = folder_;
    SetUp();
    write("page.html", "standard");
    write("good.html", "theirs");
    std::vector<Error> faults;
    const auto book = PageBook::load({own, folder_}, &faults);
    ASSERT_TRUE(book) << book.error().text();
    EXPECT_EQ(book->render("page", {}), "standard");
    EXPECT_EQ(book->render("good", {}), "mine");
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_THAT(faults.front().text(), HasSubstr("page.html:3"));
    write("page.html", "{{#broken}}");
    EXPECT_FALSE(PageBook::load({own, folder_}, &faults)) << "the program's own must be sound";
    std::filesystem::remove_all(own);
}

}  // namespace
}  // namespace verso::service
