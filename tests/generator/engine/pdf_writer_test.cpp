// SPDX-License-Identifier: Apache-2.0
// The writer is judged by programs that know nothing of it: every one must accept the file and say
// nothing on its error stream.
#include "generator/pdf/pdf_writer.h"

#include <gmock/gmock.h>

#include <array>
#include <cmath>
#include <filesystem>
#include <thread>

#include "tests/generator/engine/sample_page.h"
#include "tests/generator/engine/tool.h"

namespace verso::generator {
namespace {

using testing::HasSubstr;

std::shared_ptr<const FontBook> fonts() {
    static const auto loaded = FontBook::load(VERSO_BINARY_DIR "/share/verso/fonts");
    return loaded.value();
}

std::string document(const std::vector<DrawList>& pages, PdfOptions options = {}) {
    PdfWriter writer(fonts(), std::move(options));
    for (const DrawList& page : pages) EXPECT_TRUE(writer.add_page(page).has_value());
    return writer.finish().value();
}

DrawList page_with(std::vector<Mark> marks) { return {{Mm{210}, Mm{297}}, std::move(marks)}; }

TextMark words(std::string text, FontFace face = FontFace::Regular) {
    return {{20_mm, 40_mm}, 12_pt, face, kBlack, 0, std::move(text), Pt{0}};
}

TEST(PdfWriter, IsAcceptedInSilenceByEveryReader) {
    const ScratchFile file("sample.pdf",
                           document({sample_front(1), sample_back(1)}, {6, "Größe ✓"}));
    const ToolRun qpdf = run_tool("qpdf --check " + file.path());
    EXPECT_EQ(qpdf.exit_code, 0) << qpdf.out << qpdf.err;
    EXPECT_EQ(qpdf.err, "");
    EXPECT_THAT(qpdf.out, HasSubstr("No syntax or stream encoding errors"));
    for (const char* tool :
         {"pdfinfo ", "pdffonts ", "pdftotext ", "pdftoppm -r 50 -gray ",
          "gs -q -dSAFER -dBATCH -dNOPAUSE -sDEVICE=nullpage -dPDFSTOPONWARNING "}) {
        const ToolRun run =
            run_tool(tool + file.path() + (std::string_view(tool) == "pdftotext " ? " -" : ""));
        EXPECT_EQ(run.exit_code, 0) << tool << run.err;
        EXPECT_EQ(run.err, "") << tool;
    }
    const ToolRun mutool = run_tool("mutool draw -F pgm -o /dev/null " + file.path());
    EXPECT_EQ(mutool.exit_code, 0);
    // The build of Debian 12 says this of itself on every call.
    EXPECT_THAT(mutool.err, testing::AnyOf("", HasSubstr("ICC support is not available")));
    EXPECT_THAT(mutool.err, testing::Not(HasSubstr("error")));
}

TEST(PdfWriter, EmbedsBothFontsWithUnicode) {
    const ScratchFile file("fonts.pdf",
                           document({page_with({words("a"), words("b", FontFace::Bold)})}));
    const std::string listed = run_tool("pdffonts " + file.path()).out;
    EXPECT_THAT(listed,
                testing::ContainsRegex("NotoSans-Regular +CID TrueType +Identity-H +yes yes yes"));
    EXPECT_THAT(listed,
                testing::ContainsRegex("NotoSans-Bold +CID TrueType +Identity-H +yes yes yes"));
}

TEST(PdfWriter, EmbedsNoFontThatIsNotUsed) {
    const ScratchFile file("one.pdf", document({page_with({words("a")})}));
    EXPECT_THAT(run_tool("pdffonts " + file.path()).out, testing::Not(HasSubstr("Bold")));
}

TEST(PdfWriter, TextComesBackAsItWasWritten) {
    const std::string line = "Tomáš Nováš Ấ ї Łódź Ψυχή „€“ – (a\\b) 100 %";
    const ScratchFile file("text.pdf", document({page_with({words(line)})}));
    EXPECT_THAT(run_tool("pdftotext -layout " + file.path() + " -").out, HasSubstr(line));
}

TEST(PdfWriter, FontsServeEveryPage) {
    const ScratchFile file("pages.pdf",
                           document({page_with({words("Łódź")}), page_with({words("Ψυχή")})}));
    EXPECT_EQ(run_tool("pdftotext " + file.path() + " -").out, "Łódź\n\n\fΨυχή\n\n\f");
}

TEST(PdfWriter, RefusesAPageOfNoSizeAndGoesOn) {
    PdfWriter writer(fonts(), {});
    for (const double width : {0.0, -5.0, 0.5, 6000.0, std::nan("")}) {
        const auto refused = writer.add_page({{Mm{width}, 297_mm}, {words("a")}});
        ASSERT_FALSE(refused) << width;
        EXPECT_EQ(refused.error().code, ErrorCode::ValueInvalid);
    }
    EXPECT_TRUE(writer.add_page({{62_mm, 29_mm}, {words("a")}}).has_value());
    EXPECT_TRUE(writer.finish().has_value());
}

TEST(PdfWriter, HasTheTitleAndTheSizeOfThePage) {
    const ScratchFile file("title.pdf",
                           document({page_with({words("a")})}, {6, "Welle 7 – Größe"}));
    const std::string info = run_tool("pdfinfo " + file.path()).out;
    EXPECT_THAT(info, HasSubstr("Welle 7 – Größe"));
    EXPECT_THAT(info, HasSubstr("(A4)"));
    EXPECT_THAT(info, testing::Not(HasSubstr("CreationDate")));
}

TEST(PdfWriter, RefusesACharacterWithoutGlyphAndKeepsTheDocumentWhole) {
    PdfWriter writer(fonts(), {});
    ASSERT_TRUE(writer.add_page(page_with({words("good")})));
    const auto refused = writer.add_page(page_with({words("fine"), words("名前 of a buyer")}));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::TextUnprintable);
    EXPECT_THAT(refused.error().text(), HasSubstr("名"));
    EXPECT_FALSE(writer.add_page(page_with({words("broken \xC3")})));
    EXPECT_EQ(writer.page_count(), 1);
    const ScratchFile file("kept.pdf", writer.finish().value());
    EXPECT_EQ(run_tool("pdftotext " + file.path() + " -").out, "good\n\n\f");
}

TEST(PdfWriter, TheSamePagesGiveTheSameBytes) {
    const std::vector<DrawList> pages{sample_front(3), sample_back(3)};
    EXPECT_EQ(document(pages), document(pages));
    EXPECT_NE(document(pages), document({sample_front(4), sample_back(4)}));
}

TEST(PdfWriter, ThreadsWithTheirOwnWritersGiveTheSameBytes) {
    // Fresh fonts, so that the threads also race for the first subset.
    const auto fresh = FontBook::load(VERSO_BINARY_DIR "/share/verso/fonts").value();
    std::array<std::string, 4> files;
    std::vector<std::thread> threads;
    for (std::string& file : files) {
        threads.emplace_back([&file, fresh] {
            PdfWriter writer(fresh, {});
            for (int i = 0; i < 20; ++i) ASSERT_TRUE(writer.add_page(sample_front(i)));
            file = writer.finish().value();
        });
    }
    for (std::thread& thread : threads) thread.join();
    for (const std::string& file : files) EXPECT_EQ(file, files[0]);
}

TEST(PdfWriter, PagesSetInAnyThreadGiveTheFileThatOneThreadGives) {
    constexpr std::size_t kPages = 40;
    const auto fresh = FontBook::load(VERSO_BINARY_DIR "/share/verso/fonts").value();
    std::vector<SetPage> set(kPages);
    std::vector<std::thread> threads;
    for (std::size_t thread = 0; thread < 3; ++thread) {
        threads.emplace_back([&set, fresh, thread] {
            for (std::size_t i = thread; i < kPages; i += 3) {
                set[i] = set_page(*fresh, sample_front(static_cast<int>(i)), 6).value();
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    PdfWriter appended(fresh, {});
    PdfWriter alone(fonts(), {});
    for (std::size_t i = 0; i < kPages; ++i) {
        ASSERT_TRUE(appended.add_page(std::move(set[i])));
        ASSERT_TRUE(alone.add_page(sample_front(static_cast<int>(i))));
    }
    EXPECT_EQ(appended.page_count(), static_cast<int>(kPages));
    EXPECT_EQ(appended.finish().value(), alone.finish().value());
}

// A page on a ground of a gray half, a line and a word; its own word stands beside.
DrawList page_on(const std::shared_ptr<const std::vector<Mark>>& ground, std::string own,
                 PageSize size = {210_mm, 297_mm}) {
    DrawList page{size, *ground, ground};
    TextMark mark = words(std::move(own));
    mark.at = {100_mm, 40_mm};
    page.marks.push_back(mark);
    return page;
}

std::shared_ptr<const std::vector<Mark>> ground_of(std::string word) {
    return std::make_shared<const std::vector<Mark>>(
        std::vector<Mark>{FillMark{{0_mm, 0_mm, 105_mm, 20_mm}, {200, 200, 200}},
                          LineMark{{0_mm, 60_mm}, {210_mm, 60_mm}, 0.5_mm, 2_mm, {255, 0, 0}},
                          words(std::move(word))});
}

std::string rendered(const std::string& document) {
    const ScratchFile file("rendered.pdf", document);
    return run_tool("pdftoppm -r 60 " + file.path()).out;
}

TEST(PdfWriter, AGroundLooksLikeItsMarks) {
    const DrawList page = page_on(ground_of("Łódź"), "own");
    const DrawList flat{page.page, page.marks};
    const std::string picture = rendered(document({page}));
    ASSERT_GT(picture.size(), 1000U);
    EXPECT_EQ(picture, rendered(document({flat})));
    EXPECT_NE(document({page}), document({flat}));
}

TEST(PdfWriter, AGroundIsWrittenOnceAFile) {
    const auto ground = ground_of("common");
    const auto other = ground_of("different");
    const std::string one = document({page_on(ground, "1"), page_on(other, "2")});
    const std::string many =
        document({page_on(ground, "1"), page_on(other, "2"), page_on(ground, "3"),
                  page_on(other, "4"), page_on(ground, "5", {100_mm, 100_mm})});
    const auto streams = [](const std::string& file) {
        int count = 0;
        for (std::size_t at = 0; (at = file.find("\nendstream", at)) != std::string::npos; ++at) {
            ++count;
        }
        return count;
    };
    // Three more pages of their own, and the ground anew for the other height.
    EXPECT_EQ(streams(many), streams(one) + 4);
    const ScratchFile file("grounds.pdf", many);
    EXPECT_EQ(run_tool("qpdf --check " + file.path()).exit_code, 0);
    const std::string text = run_tool("pdftotext -layout " + file.path() + " -").out;
    EXPECT_THAT(text, testing::ContainsRegex("common +1[^x]*different +2[^x]*common +3"));
}

TEST(PdfWriter, HoldsMorePagesThanAFlatTree) {
    PdfWriter writer(fonts(), {1, ""});
    const DrawList page = page_with({words("x")});
    for (int i = 0; i < 33'000; ++i) ASSERT_TRUE(writer.add_page(page));
    const ScratchFile file("many.pdf", writer.finish().value());
    EXPECT_THAT(run_tool("pdfinfo " + file.path()).out, testing::ContainsRegex("Pages: +33000"));
}

TEST(PdfWriter, SavesAWholeFileOrNone) {
    const ScratchFile place("out.pdf", "old");
    PdfWriter writer(fonts(), {});
    ASSERT_TRUE(writer.add_page(page_with({words("a")})));
    ASSERT_TRUE(writer.save(place.path()));
    EXPECT_EQ(read_file(place.path()).substr(0, 5), "%PDF-");
    const auto folder = std::filesystem::path(place.path()).parent_path();
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1);
}

TEST(PdfWriter, SaysWhereItCannotWriteAndLeavesNothing) {
    const ScratchFile place("taken", "");
    const auto folder = std::filesystem::path(place.path()).parent_path();
    std::filesystem::create_directory(folder / "a_folder");
    std::filesystem::create_directory(folder / "a_folder" / "full");
    for (const std::string& path :
         {folder.string() + "/missing/out.pdf", folder.string() + "/a_folder"}) {
        PdfWriter writer(fonts(), {});
        ASSERT_TRUE(writer.add_page(page_with({words("a")})));
        const auto saved = writer.save(path);
        ASSERT_FALSE(saved);
        EXPECT_EQ(saved.error().code, ErrorCode::FileUnwritable);
        EXPECT_EQ(saved.error().where, path);
    }
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 2);
}

TEST(PdfWriter, ADocumentWithoutPagesIsAnError) {
    PdfWriter writer(fonts(), {});
    EXPECT_FALSE(writer.finish());
}

TEST(PdfWriter, EndsOnlyOnce) {
    PdfWriter writer(fonts(), {});
    ASSERT_TRUE(writer.add_page(page_with({words("a")})));
    ASSERT_TRUE(writer.finish());
    EXPECT_FALSE(writer.finish());
}

}  // namespace
}  // namespace verso::generator
