// SPDX-License-Identifier: Apache-2.0
// The readers here are test_worker.cpp: what they are to do wrong is in the name of the file.
#include "scanner/worker/worker_pool.h"

#include <gmock/gmock.h>
#include <signal.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "scanner/image/image_loader.h"
#include "scanner/image/png_writer.h"
#include "scanner/worker/sandbox.h"

namespace verso::scanner {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr int kTiffPages = 3;  // of multipage.tif

/// Files under names that make the readers misbehave, and a pool of them.
class WorkerPoolTest : public testing::Test {
  protected:
    void SetUp() override {
        folder_ = fs::path(testing::TempDir()) /
                  ("verso-pool-" + std::to_string(::getpid()) + "-" +
                   testing::UnitTest::GetInstance()->current_test_info()->name());
        fs::create_directories(folder_);
        limits_.seconds_per_page = 2;
        limits_.megabytes = 256;
    }
    void TearDown() override { fs::remove_all(folder_); }

    std::string one_page(const std::string& name) {
        const auto path = (folder_ / name).string();
        const GrayImage blank{140, 120, 72, std::vector<std::uint8_t>(140 * 120, 255)};
        EXPECT_TRUE(write_png(blank, path));
        return path;
    }
    std::string three_pages(const std::string& name) {
        const auto path = (folder_ / name).string();
        fs::copy_file(VERSO_SOURCE_DIR "/tests/data/images/multipage.tif", path);
        return path;
    }

    std::string pdf_page(const std::string& name, const std::string& content) {
        const auto path = (folder_ / name).string();
        std::ofstream(path) << "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
                               "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                               "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]"
                               "/Contents 4 0 R>>endobj\n4 0 obj<</Length "
                            << content.size() << ">>stream\n"
                            << content << "\nendstream endobj\ntrailer<</Root 1 0 R>>\n";
        return path;
    }

    void start(int workers, const std::vector<Layout>& layouts = {},
               const WorkerCommand& command = {VERSO_TEST_WORKER}) {
        pool_ = std::make_unique<WorkerPool>(command);
        ASSERT_TRUE(pool_->start(workers));
        ASSERT_TRUE(pool_->prepare(limits_, layouts));
    }

    /// Reads them all; each result is also in results_.
    Result<void> read(std::vector<std::string> files, const ReadChoice& choice = {}) {
        std::size_t next = 0;
        results_.clear();
        return pool_->read(
            [&]() -> std::optional<FileTask> {
                if (next == files.size()) return std::nullopt;
                return FileTask{files[next++], choice};
            },
            [&](FileResult result) {
                results_.push_back(std::move(result));
                return true;
            },
            [&](const FileTask&, const Picture& picture) { pictures_.push_back(picture); });
    }

    /// "1 2! 3": the pages of a result, with a mark at those that broke the reader.
    static std::string pages(const FileResult& result) {
        std::string out;
        for (const auto& page : result.pages) {
            out += (out.empty() ? "" : " ") + std::to_string(page.page);
            if (page.fault) out += "?";
            for (const auto& reading : page.readings) {
                EXPECT_EQ(reading.source, result.name);
                EXPECT_EQ(reading.page, page.page);
                if (!reading.has_reason(RejectionCode::ReaderFailed)) continue;
                EXPECT_EQ(reading.verdict, Verdict::Review);
                out += "!";
            }
        }
        return out;
    }
    std::string detail(std::size_t file, std::size_t page) const {
        return results_.at(file).pages.at(page).readings.at(0).reasons.at(0).detail;
    }
    /// What came of the forbidden call on the page of a one-page file.
    std::string outcome_of(const std::string& fault) {
        EXPECT_TRUE(read({one_page(fault + "@1.png"), one_page("next.png")}));
        EXPECT_EQ(pages(results_.at(1)), "1");
        const auto& reading = results_.at(0).pages.at(0).readings.at(0);
        return reading.reasons.empty() ? reading.host : reading.reasons.at(0).detail;
    }

    fs::path folder_;
    WorkerLimits limits_;
    std::unique_ptr<WorkerPool> pool_;
    std::vector<FileResult> results_;
    std::vector<Picture> pictures_;
};

TEST_F(WorkerPoolTest, APictureOfOnePageComesInsteadOfReadings) {
    start(1);
    ReadChoice choice;
    choice.view = PageView{2, {}, 40, 40};
    ASSERT_TRUE(read({three_pages("a.tif")}, choice));
    ASSERT_EQ(pictures_.size(), 1u);
    EXPECT_EQ(pictures_[0].path, "view/page.png");
    EXPECT_TRUE(pictures_[0].png.starts_with("\x89PNG"));
    EXPECT_EQ(pages(results_.at(0)), "2");
    choice.view->corners = {{{Px{0}, Px{0}}, {Px{9}, Px{0}}, {Px{9}, Px{9}}, {Px{0}, Px{9}}}};
    ASSERT_TRUE(read({three_pages("card.tif")}, choice));
    ASSERT_EQ(pictures_.size(), 2u);
    choice.view->width = 0;
    ASSERT_TRUE(read({three_pages("b.tif")}, choice));
    EXPECT_EQ(pictures_.size(), 2u);
    EXPECT_EQ(pages(results_.at(0)), "2?");
    choice.view = PageView{9, {}, 40, 40};
    ASSERT_TRUE(read({three_pages("c.tif")}, choice));
    EXPECT_EQ(pages(results_.at(0)), "");
}

TEST_F(WorkerPoolTest, IsPreparedBeforeEachReading) {
    Layout one, two;
    one.number = LayoutNumber{7};
    two.number = LayoutNumber{8};
    start(1, {one});
    const std::string file = one_page("f.png");
    const auto reads = [&] {
        ASSERT_TRUE(read({file}));
        EXPECT_EQ(pages(results_.at(0)), "1") << "its reader had not to be ended";
    };
    reads();
    const auto before = pool_->pids();
    for (int again = 0; again < 10; ++again) {
        ASSERT_TRUE(pool_->prepare(limits_, {one}));
        reads();
    }
    EXPECT_EQ(pool_->pids(), before) << "nothing was new";
    ASSERT_TRUE(pool_->prepare(limits_, {one, two}));
    reads();
    EXPECT_NE(pool_->pids(), before);
}

TEST_F(WorkerPoolTest, ReadsFilesInTheirOrderWithAllThatAReadingHolds) {
    Layout layout;
    layout.number = LayoutNumber{7};
    start(2, {layout});
    std::vector<std::string> files;
    for (int i = 0; i < 20; ++i) files.push_back(one_page("f" + std::to_string(i) + ".png"));
    ASSERT_TRUE(read(files));
    ASSERT_EQ(results_.size(), files.size());
    for (std::size_t i = 0; i < files.size(); ++i) {
        EXPECT_EQ(results_[i].name, files[i]);
        ASSERT_EQ(pages(results_[i]), "1");
        const auto& reading = results_[i].pages[0].readings[0];
        EXPECT_EQ(reading.verdict, Verdict::Accepted);
        EXPECT_EQ(reading.template_name, "f" + std::to_string(i) + "-p1");
        EXPECT_EQ(reading.secret, CardSecret{"0123456789ABCDEFGHJK"});
        EXPECT_EQ(reading.dpi, 140);
        EXPECT_GE(reading.ms, 0);
    }
    EXPECT_EQ(pool_->refilled(), 0);
    EXPECT_EQ(pool_->not_sandboxed(), "");
}

TEST_F(WorkerPoolTest, SharesThePagesOfOneFile) {
    start(3);
    ASSERT_TRUE(read({three_pages("long.tif")}));
    EXPECT_EQ(pages(results_.at(0)), "1 2 3");
    EXPECT_EQ(results_[0].pages[2].readings[0].template_name, "long-p3");
}

TEST_F(WorkerPoolTest, ACrashCostsOnePage) {
    for (const int workers : {1, 2}) {
        start(workers);
        for (const std::string fault : {"abort", "crash", "exit", "lie"}) {
            for (int page = 1; page <= kTiffPages; ++page) {
                const std::string name = fault + "@" + std::to_string(page) + ".tif";
                fs::remove(folder_ / name);
                fs::remove(folder_ / "next.png");
                ASSERT_TRUE(read({three_pages(name), one_page("next.png")}));
                std::string expected = "1 2 3";
                expected.insert(std::size_t(page) * 2 - 1, "!");
                EXPECT_EQ(pages(results_.at(0)), expected) << name << ", " << workers;
                EXPECT_EQ(pages(results_.at(1)), "1") << name;
            }
        }
        EXPECT_EQ(pool_->refilled(), 4 * kTiffPages);
    }
}

TEST_F(WorkerPoolTest, SaysHowAReaderEnded) {
    start(1);
    ASSERT_TRUE(read({one_page("abort@1.png"), one_page("crash@1.png"), one_page("lie@1.png")}));
    EXPECT_THAT(detail(0, 0), HasSubstr("it aborted: Assertion `whole' failed."));
    // A sanitizer catches the signal and tells in its own words.
    EXPECT_THAT(detail(1, 0), HasSubstr(under_sanitizer() ? "Sanitizer" : "it crashed (SEGV)"));
    EXPECT_THAT(detail(2, 0), HasSubstr("its answer makes no sense"));
}

TEST_F(WorkerPoolTest, AHangEndsAtItsTime) {
    limits_.seconds_per_page = 1;
    start(2);
    const auto before = std::chrono::steady_clock::now();
    ASSERT_TRUE(read({three_pages("hang@2.tif"), one_page("next.png")}));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - before;
    EXPECT_EQ(pages(results_.at(0)), "1 2! 3");
    EXPECT_THAT(detail(0, 1), HasSubstr("it took longer than 1 s"));
    EXPECT_LT(took.count(), 5);
}

TEST_F(WorkerPoolTest, MemoryEndsAtItsLimit) {
    if (under_sanitizer()) GTEST_SKIP() << "a sanitizer reserves more memory than any limit";
    start(1);
    ASSERT_TRUE(read({three_pages("memory@1.tif")}));
    EXPECT_EQ(pages(results_.at(0)), "1! 2 3");
    EXPECT_THAT(detail(0, 0), HasSubstr("it needed more than 256 megabytes of memory"));
}

TEST_F(WorkerPoolTest, AReaderHasNoRightsButItsJob) {
    start(1);
    if (!pool_->not_sandboxed().empty()) GTEST_SKIP() << pool_->not_sandboxed();
    EXPECT_EQ(outcome_of("open"), "open was refused");
    EXPECT_EQ(outcome_of("write"), "write was refused");
    EXPECT_EQ(outcome_of("thread"), "thread worked");
    for (const std::string hostile : {"socket", "kill", "fork", "exec"}) {
        EXPECT_THAT(outcome_of(hostile), HasSubstr("it tried what a reader may not do")) << hostile;
    }
}

TEST_F(WorkerPoolTest, TooManyBrokenPagesEndTheFile) {
    limits_.failures_per_file = 1;
    start(1);
    ASSERT_TRUE(read({three_pages("abort@1.tif"), one_page("next.png")}));
    EXPECT_EQ(pages(results_.at(0)), "1! 2?");
    EXPECT_EQ(results_[0].pages[1].fault->code, ErrorCode::LimitExceeded);
    EXPECT_EQ(pages(results_.at(1)), "1");
}

TEST_F(WorkerPoolTest, FilesThatCannotBeReadStandInTheirPlace) {
    start(2);
    limits_.load.file_bytes = 10;
    std::ofstream(folder_ / "words.txt") << "no picture";
    ASSERT_TRUE(read({one_page("a.png"), (folder_ / "none.png").string(), folder_.string(),
                      (folder_ / "words.txt").string(), "/dev/zero", one_page("b.png")}));
    ASSERT_EQ(results_.size(), 6u);
    EXPECT_EQ(pages(results_[0]), "1");
    EXPECT_EQ(results_[1].error->code, ErrorCode::NotFound);
    EXPECT_EQ(results_[2].error->code, ErrorCode::FileUnreadable);
    EXPECT_EQ(results_[3].error->code, ErrorCode::FormatInvalid);
    EXPECT_EQ(results_[4].error->code, ErrorCode::FileUnreadable);
    EXPECT_EQ(pages(results_[5]), "1");
    EXPECT_EQ(pool_->refilled(), 0);
}

TEST_F(WorkerPoolTest, RefusesALargeFileWithoutSendingIt) {
    limits_.load.file_bytes = 10;
    start(1);
    ASSERT_TRUE(read({one_page("a.png")}));
    EXPECT_EQ(results_.at(0).error->code, ErrorCode::LimitExceeded);
}

TEST_F(WorkerPoolTest, HandsPicturesOver) {
    start(1);
    ReadChoice choice;
    choice.crops = true;
    ASSERT_TRUE(read({one_page("a.png"), one_page("b.png")}, choice));
    ASSERT_EQ(pictures_.size(), 2u);
    EXPECT_EQ(pictures_[0].path, "crop/a-p1.png");
    EXPECT_EQ(pictures_[1].path, "crop/b-p1.png");
    EXPECT_TRUE(pictures_[0].png.starts_with("\x89PNG"));
}

/// "1 2? 3": the pages that the loader gives in this process; nothing when it gives none.
std::string loaded_here(const std::string& path) {
    std::string out;
    const auto count = load_pages(path, {}, [&](int page, const Result<GrayImage>& image) {
        out += (out.empty() ? "" : " ") + std::to_string(page) + (image ? "" : "?");
        return true;
    });
    return count ? out : "";
}

TEST_F(WorkerPoolTest, EveryFormatIsDecodedInTheSandboxAsOutside) {
    limits_.megabytes = 1024;
    start(1);
    std::vector<std::string> files;
    for (const auto& entry : fs::directory_iterator(VERSO_SOURCE_DIR "/tests/data/images")) {
        if (entry.is_regular_file()) files.push_back(entry.path().string());
    }
    std::sort(files.begin(), files.end());
    ASSERT_TRUE(read(files));
    ASSERT_GT(files.size(), 20u);
    for (const auto& result : results_) {
        EXPECT_EQ(result.error ? "" : pages(result), loaded_here(result.name)) << result.name;
    }
    EXPECT_EQ(pool_->refilled(), 0);
}

TEST_F(WorkerPoolTest, DrawsAPageOfAPdfThatIsNotOneImage) {
    if (std::system("command -v pdftoppm >/dev/null") != 0) GTEST_SKIP() << "no pdftoppm here";
    start(2);
    const auto drawn = pdf_page("drawn.pdf", "0 0 m 90 90 l S");
    const auto broken = pdf_page("broken.pdf", "/Nothing Do");
    ASSERT_TRUE(read({drawn, broken, one_page("next.png")}));
    EXPECT_EQ(pages(results_.at(0)), "1");
    EXPECT_GT(results_[0].pages[0].readings[0].dpi, 100) << "the width of the picture";
    EXPECT_EQ(pages(results_.at(1)), "1?");
    EXPECT_EQ(pages(results_.at(2)), "1");
    EXPECT_EQ(pool_->refilled(), 0);
}

TEST_F(WorkerPoolTest, SurvivesThatItsReadersAreKilledFromOutside) {
    start(2);
    ASSERT_TRUE(read({one_page("a.png")}));
    for (const pid_t pid : pool_->pids()) ::kill(pid, SIGKILL);
    ASSERT_TRUE(read({one_page("b.png"), one_page("c.png")}));
    ASSERT_EQ(results_.size(), 2u);
    EXPECT_GE(pool_->refilled(), 1);
}

TEST_F(WorkerPoolTest, SaysWhyNoReaderBegins) {
    start(1, {}, {VERSO_TEST_WORKER, "dies"});
    const auto done = read({one_page("a.png")});
    ASSERT_FALSE(done);
    EXPECT_THAT(done.error().text(), HasSubstr("no library today"));
    WorkerPool none({"/no/such/program"});
    EXPECT_EQ(none.start(1).error().code, ErrorCode::DependencyMissing);
}

TEST_F(WorkerPoolTest, StopsWhenTheSinkSaysSo) {
    start(2);
    std::vector<std::string> files;
    for (int i = 0; i < 9; ++i) files.push_back(one_page("f" + std::to_string(i) + ".png"));
    std::size_t next = 0, seen = 0;
    ASSERT_TRUE(pool_->read(
        [&] {
            return next < files.size() ? std::optional(FileTask{files[next++], {}}) : std::nullopt;
        },
        [&](const FileResult&) { return ++seen < 2; }));
    EXPECT_EQ(seen, 2u);
    ASSERT_TRUE(read(files));
    EXPECT_EQ(results_.size(), files.size());
}

}  // namespace
}  // namespace verso::scanner
