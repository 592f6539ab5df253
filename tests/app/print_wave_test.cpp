// SPDX-License-Identifier: Apache-2.0
// The crash is real: a child process prints and kills itself after one step, then this one resumes.
#include "app/print_wave.h"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "app/print_manifest.h"
#include "core/domain/card_link.h"
#include "core/domain/parcel_number.h"
#include "tests/app/temp_folder.h"

namespace verso::app {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr int kParcels = 7;

std::string bytes_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

class FixedClock final : public Clock {
  public:
    Instant now() const override { return Instant{std::chrono::seconds{1'790'000'000}}; }
};

Order order_at(const std::string& number, const std::string& bin, int parcels = 1) {
    Order order;
    order.number = OrderNumber(number);
    order.payment = PaymentStatus::Paid;
    order.language = "fr";
    order.ship_to = {"Camille Exemple", "", "1 rue d’Exemple", "", "07140", "Les Vans", "", "FR"};
    for (int i = 1; i <= parcels; ++i) {
        order.parcels.push_back({i, "Colissimo", "", ""});
        OrderLine line;
        line.line = i;
        line.title = "Savon d’Exemple";
        line.bin = bin;
        line.quantity = 1;
        line.parcel = i;
        order.lines.push_back(line);
    }
    return order;
}

class PrintWaveTest : public testing::Test {
  protected:
    void SetUp() override { make_home_at("home"); }

    /// Six orders, seven parcels; in pick order #5 #1 #3 #2/1 #2/2 #4 #6.
    void make_home_at(const std::string& name) {
        root = folder.path() / name;
        Shop shop;
        shop.name = "Maison Essai";
        shop.link_host = "avis.example.com";
        shop.language = "fr";
        ASSERT_TRUE(make_home(Home(root), format_config(shop)));
        auto store = records::open_sqlite_store((root / "verso.db").string());
        ASSERT_TRUE(store) << store.error().text();
        for (const auto& order :
             {order_at("#1", "A-2"), order_at("#2", "B-1", 2), order_at("#3", "A-10"),
              order_at("#4", "B-2"), order_at("#5", "A-1"), order_at("#6", "")}) {
            ASSERT_TRUE((*store)->save_order(ShopId{1}, order, Instant{}));
        }
        request = WaveRequest();
        request.print.template_name = "a4-fold";
        request.print.manifest = root / "wave.jsonl";
        request.folder = root / "out";
        request.name = "monday";
        request.per_file = 3;
    }

    OpenHome open() {
        auto home = open_home(Call{root.string(), out});
        EXPECT_TRUE(home) << home.error().text();
        home->config.return_label = labels;
        return std::move(*home);
    }
    PrintTools tools(std::function<void(std::string_view)> at_step = {}) {
        return {random, clock, out, std::move(at_step)};
    }
    PrintSink sink() {
        return {[this](const FinishedInsert& insert) { printed.push_back(insert); },
                [this](const SkippedParcel& parcel) { skipped.push_back(parcel); },
                [this](const std::string&) {}};
    }
    Result<WaveReport> print() {
        OpenHome home = open();
        return print_wave(home, request, tools(), sink());
    }
    Result<WaveReport> resume() {
        OpenHome home = open();
        return resume_wave(home, "monday", 1, tools(), sink());
    }
    /// Prints in another process that kills itself after some steps. False: it came to its end.
    bool print_and_die_after(int steps) {
        const pid_t child = ::fork();
        if (child == 0) {
            OpenHome home = open();
            int done = 0;
            const auto die = [&](std::string_view) {
                if (done++ == steps) ::kill(::getpid(), SIGKILL);
            };
            const auto report = print_wave(home, request, tools(die), sink());
            ::_exit(report ? 0 : 1);
        }
        random = SeededRandom(++seed);  // as any two runs of the program differ
        int status = 0;
        EXPECT_EQ(::waitpid(child, &status, 0), child);
        EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
        return WIFSIGNALED(status);
    }

    std::vector<nlohmann::json> manifest() const {
        std::vector<nlohmann::json> lines;
        std::istringstream text(bytes_of(root / "wave.jsonl"));
        for (std::string line; std::getline(text, line);) {
            lines.push_back(nlohmann::json::parse(line));
        }
        return lines;
    }
    std::vector<std::string> files_in(const fs::path& place) const {
        std::set<std::string> names;
        for (const auto& entry : fs::directory_iterator(place)) {
            names.insert(entry.path().filename().string());
        }
        return {names.begin(), names.end()};
    }
    /// The serials of the manifest's labels, in its order.
    std::vector<unsigned> serials() const {
        std::vector<unsigned> found;
        for (const auto& line : manifest()) {
            found.push_back(parse_s10(line.at("label").get<std::string>())->serial);
        }
        return found;
    }
    void use_s10(std::uint64_t from, std::uint64_t to) {
        labels = {ReturnLabelSettings::Source::S10, "RR", "FR", 0, "", from, to, {}};
    }
    records::WaveRecord wave() { return open().store->find_wave(kFirstShop, "monday")->value(); }

    /// Each parcel has one sheet in one file, one valid card, one line; nothing is left over.
    void expect_whole() {
        std::vector<std::string> orders;
        std::map<std::string, int> pages;
        std::set<std::string> cards;
        OpenHome home = open();
        int place = 0;
        for (const auto& line : manifest()) {
            EXPECT_EQ(line.at("position"), ++place);
            orders.push_back(line.at("order").get<std::string>() + "/" +
                             std::to_string(line.at("parcel").get<int>()));
            int& at = pages[line.at("file")];
            EXPECT_EQ(line.at("first_page"), at + 1);
            at += line.at("pages").get<int>();
            EXPECT_TRUE(cards.insert(line.at("card")).second);
            const auto card =
                home.store->find_card(parse_card(line.at("card").get<std::string>()).value());
            ASSERT_TRUE(card->has_value());
            EXPECT_EQ((*card)->insert.file, line.at("file"));
            EXPECT_EQ((*card)->insert.first_page, line.at("first_page"));
        }
        EXPECT_THAT(orders, ElementsAre("#5/1", "#1/1", "#3/1", "#2/1", "#2/2", "#4/1", "#6/1"));
        EXPECT_THAT(
            files_in(root / "out"),
            ElementsAre("wave-monday-001.pdf", "wave-monday-002.pdf", "wave-monday-003.pdf"));
        for (const auto& [file, count] : pages) {
            EXPECT_THAT(bytes_of(root / "out" / file),
                        HasSubstr("/Count " + std::to_string(count)));
        }
        EXPECT_EQ(home.store->counts(kFirstShop)->inserts, kParcels);
        EXPECT_EQ(home.store->counts(kFirstShop)->voided, 0);
        EXPECT_THAT(files_in(root / "spool"), ElementsAre("print.lock"));
        const auto kept = home.store->find_wave(kFirstShop, "monday")->value();
        EXPECT_EQ(kept.printed, kParcels);
        EXPECT_FALSE(kept.is_open);
    }

    TempFolder folder;
    fs::path root;
    WaveRequest request;
    ReturnLabelSettings labels;  ///< of verso.toml
    std::uint64_t seed = 7;
    SeededRandom random{seed};
    FixedClock clock;
    std::ostringstream results, remarks;
    Output out{results, remarks, {}};
    std::vector<FinishedInsert> printed;
    std::vector<SkippedParcel> skipped;
};

TEST_F(PrintWaveTest, PrintsInPickOrderIntoFiles) {
    auto report = print();
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(report->files, 3);
    EXPECT_EQ(report->inserts, kParcels);
    EXPECT_FALSE(report->resumed);
    expect_whole();
}

TEST_F(PrintWaveTest, SortByOrderKeepsTheStoresOrder) {
    request.sequence = PrintSequence::Store;
    ASSERT_TRUE(print());
    std::vector<std::string> orders;
    for (const auto& insert : printed) orders.push_back(insert.record.order.get());
    EXPECT_THAT(orders, ElementsAre("#1", "#2", "#2", "#3", "#4", "#5", "#6"));
}

TEST_F(PrintWaveTest, AWaveBeyondTheRangeOfNumbersIsNotBegun) {
    use_s10(100, 100 + kParcels - 2);
    const auto refused = print();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::NotAllowed);
    EXPECT_THAT(refused.error().message, HasSubstr("7 numbers are needed"));
    EXPECT_THAT(open().store->waves(kFirstShop).value(), IsEmpty());
    EXPECT_EQ(open().store->counts(kFirstShop)->inserts, 0);
    EXPECT_THAT(files_in(root / "spool"), ElementsAre("print.lock"));
    EXPECT_THAT(files_in(root / "out"), IsEmpty());
    EXPECT_FALSE(fs::exists(root / "wave.jsonl"));
    labels.to += 1;
    ASSERT_TRUE(print()) << "none was taken before";
    EXPECT_THAT(serials(), ElementsAre(100, 101, 102, 103, 104, 105, 106));
    expect_whole();
}

TEST_F(PrintWaveTest, APrintBeyondTheRangeOfNumbersIsNotBegun) {
    use_s10(100, 100 + kParcels - 2);
    OpenHome home = open();
    request.print.file = root / "all.pdf";
    EXPECT_EQ(print_once(home, request.print, tools()).error().code, ErrorCode::NotAllowed);
    EXPECT_FALSE(fs::exists(request.print.file));
    EXPECT_EQ(home.store->counts(kFirstShop)->inserts, 0);
    home.config.return_label.to += 1;
    auto sheets = print_once(home, request.print, tools());
    ASSERT_TRUE(sheets) << sheets.error().text();
    EXPECT_EQ(sheets->inserts.size(), static_cast<std::size_t>(kParcels));
}

TEST_F(PrintWaveTest, KilledItGoesOnWithItsOwnNumbersAlthoughTheRangeIsUsedUp) {
    use_s10(100, 100 + kParcels - 1);
    ASSERT_TRUE(print_and_die_after(5));  // the first file is in its place
    ASSERT_TRUE(print_and_die_after(2));
    EXPECT_THAT(files_in(root / "spool"), Contains("wave-monday.labels"));
    auto report = resume();
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_THAT(serials(), ElementsAre(100, 101, 102, 103, 104, 105, 106));
    expect_whole();
}

TEST_F(PrintWaveTest, NumbersOfAnotherSeriesAreNotThoseOfTheWave) {
    use_s10(100, 199);
    ASSERT_TRUE(print_and_die_after(5));
    labels.s10_service = "LX";
    ASSERT_TRUE(resume());
    EXPECT_THAT(serials(), ElementsAre(100, 101, 102, 100, 101, 102, 103));
    EXPECT_EQ(manifest().back().at("label").get<std::string>().substr(0, 2), "LX");
    expect_whole();
}

TEST_F(PrintWaveTest, AParcelLeftOutNeverMakesTwoShareANumber) {
    use_s10(100, 199);
    Order gone = order_at("#1", "A-2");
    ASSERT_TRUE(print_and_die_after(0));
    gone.status = OrderStatus::Cancelled;
    ASSERT_TRUE(open().store->save_order(kFirstShop, gone, Instant{}));
    ASSERT_TRUE(print_and_die_after(4));
    ASSERT_TRUE(resume());
    const auto used = serials();
    EXPECT_EQ(used.size(), kParcels - 1U);
    EXPECT_EQ(std::set<unsigned>(used.begin(), used.end()).size(), used.size());
}

// Twenty steps, twenty deaths; every second one is resumed by name, the others by the same command.
TEST_F(PrintWaveTest, KilledAfterAnyStepItGoesOnAndPrintsEachParcelOnce) {
    int steps = 0;
    for (bool died = true; died; ++steps) {
        SCOPED_TRACE("killed after step " + std::to_string(steps));
        make_home_at("home" + std::to_string(steps));
        died = print_and_die_after(steps);
        auto report = !died || steps % 2 == 0 ? resume() : wave().is_open ? print() : resume();
        ASSERT_TRUE(report) << report.error().text();
        EXPECT_TRUE(report->resumed);
        expect_whole();
        if (HasFailure()) return;
    }
    EXPECT_EQ(steps, 1 + 3 * 5 + 2 + 1) << "plan, five of each file, the end of the wave, no death";
}

TEST_F(PrintWaveTest, KilledTwiceItStillGoesOn) {
    ASSERT_TRUE(print_and_die_after(5));
    ASSERT_TRUE(print_and_die_after(2));
    ASSERT_TRUE(print_and_die_after(3));
    auto report = print();
    ASSERT_TRUE(report) << report.error().text();
    expect_whole();
}

TEST_F(PrintWaveTest, TheNumberOfThreadsChangesNothing) {
    std::vector<std::vector<std::string>> made;
    for (const int threads : {1, 2, 3}) {
        make_home_at("with" + std::to_string(threads));
        random = SeededRandom(7);
        request.print.threads = threads;
        request.separators = true;
        ASSERT_TRUE(print());
        auto& files = made.emplace_back();
        for (int i = 1; i <= 3; ++i) files.push_back(bytes_of(request.file(i)));
        files.push_back(bytes_of(root / "wave.jsonl"));
        for (const auto& bytes : files) EXPECT_FALSE(bytes.empty());
    }
    EXPECT_EQ(made.at(0), made.at(1));
    EXPECT_EQ(made.at(0), made.at(2));
}

TEST_F(PrintWaveTest, LabelsAreTheSameOnAnyNumberOfThreads) {
    std::vector<std::string> made;
    for (const int threads : {1, 3}) {
        make_home_at("labels" + std::to_string(threads));
        random = SeededRandom(7);
        request.print.template_name = "label-100x150";
        request.print.format = PrintFormat::Zpl;
        request.print.threads = threads;
        ASSERT_TRUE(print());
        made.push_back(bytes_of(request.file(1)) + bytes_of(request.file(2)));
    }
    EXPECT_THAT(made.at(0), HasSubstr("^XA"));
    EXPECT_EQ(made.at(0), made.at(1));
}

TEST_F(PrintWaveTest, WhatCannotBeSetIsLeftOutAndKeepsItsPlace) {
    Order strange = order_at("#3", "A-10");
    strange.ship_to.name = "\xF0\x9F\x99\x82";  // a face that no font has
    ASSERT_TRUE(open().store->save_order(kFirstShop, strange, Instant{}));
    auto report = print();
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(report->inserts, kParcels - 1);
    EXPECT_EQ(report->left_out, 1);
    ASSERT_EQ(skipped.size(), 1U);
    EXPECT_EQ(skipped.front().position, 3);
    EXPECT_EQ(skipped.front().error.code, ErrorCode::TextUnprintable);
    std::vector<int> places;
    for (const auto& line : manifest()) places.push_back(line.at("position"));
    EXPECT_THAT(places, ElementsAre(1, 2, 4, 5, 6, 7));
    EXPECT_FALSE(wave().is_open);
}

TEST_F(PrintWaveTest, AFileInWhichNothingCanBeSetIsNotMade) {
    request.per_file = 1;
    Order strange = order_at("#5", "A-1");
    strange.ship_to.name = "\xF0\x9F\x99\x82";
    ASSERT_TRUE(open().store->save_order(kFirstShop, strange, Instant{}));
    ASSERT_TRUE(print());
    EXPECT_FALSE(fs::exists(request.file(1)));
    EXPECT_TRUE(fs::exists(request.file(2)));
    EXPECT_EQ(manifest().size(), kParcels - 1U);
}

TEST_F(PrintWaveTest, AnOrderCancelledMeanwhileIsLeftOut) {
    ASSERT_TRUE(print_and_die_after(5));  // the first file is in its place
    Order gone = order_at("#4", "B-2");
    gone.status = OrderStatus::Cancelled;
    ASSERT_TRUE(open().store->save_order(kFirstShop, gone, Instant{}));
    auto report = resume();
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(report->inserts, 3);
    ASSERT_EQ(skipped.size(), 1U);
    EXPECT_EQ(skipped.front().why, SkippedParcel::Why::Forbidden);
    EXPECT_EQ(manifest().size(), kParcels - 1U);
}

TEST_F(PrintWaveTest, AFileInTheWayIsNeverWrittenOver) {
    ASSERT_TRUE(print_and_die_after(0));
    { std::ofstream(request.file(2)) << "mine"; }
    EXPECT_EQ(resume().error().code, ErrorCode::AlreadyExists);
    EXPECT_EQ(bytes_of(request.file(2)), "mine");
    EXPECT_EQ(wave().waiting(), 4);
    fs::remove(request.file(2));
    ASSERT_TRUE(resume());
    expect_whole();
}

TEST_F(PrintWaveTest, NamesAreTakenOnce) {
    ASSERT_TRUE(print_and_die_after(0));
    request.per_file = 2;
    EXPECT_EQ(print().error().code, ErrorCode::AlreadyExists) << "under way in other words";
    request.per_file = 3;
    ASSERT_TRUE(print());
    EXPECT_EQ(print().error().code, ErrorCode::AlreadyExists) << "printed";
    request.name = "to-day/../x";
    EXPECT_EQ(print().error().code, ErrorCode::ValueInvalid);
    EXPECT_EQ(open().store->waves(kFirstShop)->size(), 1U);
}

TEST_F(PrintWaveTest, WithoutANameItIsTheDayAndTheSameWordsGoOn) {
    request.name.clear();
    ASSERT_TRUE(print_and_die_after(4));
    auto report = print();
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_TRUE(report->resumed);
    EXPECT_EQ(report->name, "2026-09-21");
    EXPECT_EQ(manifest().size(), static_cast<std::size_t>(kParcels));
    auto again = print();
    ASSERT_TRUE(again) << again.error().text();
    EXPECT_EQ(again->name, "") << "nothing was left to print";
}

TEST_F(PrintWaveTest, AnOpenWaveIsCompleteOnlyOnce) {
    ASSERT_TRUE(print());
    auto report = resume();
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(report->files, 0);
    expect_whole();
}

TEST_F(PrintWaveTest, ARangeIsPrintedAgainAndItsOldCardsAreVoided) {
    ASSERT_TRUE(print());
    OpenHome home = open();
    PrintRequest again;
    again.file = root / "again.pdf";
    again.reprint = "paper jam";
    auto sheets = reprint_range(home, "monday", 2, 3, again, tools());
    ASSERT_TRUE(sheets) << sheets.error().text();
    std::vector<std::string> said;
    for (const auto& insert : sheets->inserts) {
        said.push_back(std::to_string(insert.position) + " " + insert.record.order.get());
    }
    EXPECT_THAT(said, ElementsAre("2 #1", "3 #3"));
    EXPECT_TRUE(fs::exists(again.file));
    const auto cards = home.store->cards_of(kFirstShop, OrderNumber("#3")).value();
    ASSERT_EQ(cards.size(), 2U);
    EXPECT_EQ(cards.front().state, records::CardState::Voided);
    EXPECT_THAT(cards.front().void_reason, HasSubstr("paper jam"));
    EXPECT_EQ(cards.back().state, records::CardState::Printed);
    EXPECT_EQ(home.store->counts(kFirstShop)->voided, 2);
}

TEST_F(PrintWaveTest, RangesThatAreNotThereAreRefused) {
    ASSERT_TRUE(print_and_die_after(5));
    OpenHome home = open();
    PrintRequest again;
    again.file = root / "again.pdf";
    again.reprint = "paper jam";
    const auto refused = [&](const std::string& name, int first, int last) {
        return reprint_range(home, name, first, last, again, tools()).error().code;
    };
    EXPECT_EQ(refused("friday", 1, 2), ErrorCode::NotFound);
    EXPECT_EQ(refused("monday", 0, 2), ErrorCode::ValueInvalid);
    EXPECT_EQ(refused("monday", 3, 2), ErrorCode::ValueInvalid);
    EXPECT_EQ(refused("monday", 1, 8), ErrorCode::ValueInvalid);
    EXPECT_EQ(refused("monday", 3, 4), ErrorCode::NotAllowed) << "4 was not printed yet";
    EXPECT_EQ(home.store->counts(kFirstShop)->voided, 0);
}

TEST_F(PrintWaveTest, SeparatorsStandBeforeEachPartOfTheWarehouse) {
    request.separators = true;
    request.per_file = 5;
    ASSERT_TRUE(print());
    std::vector<int> first;
    for (const auto& line : manifest()) first.push_back(line.at("first_page"));
    // Each is a sheet of its own, two pages: A before 1, B before 4; B before 6, no bin before 7.
    EXPECT_THAT(first, ElementsAre(3, 5, 7, 11, 13, 3, 7));
}

TEST_F(PrintWaveTest, NothingToPrintMakesNoWave) {
    ASSERT_TRUE(print());
    printed.clear();
    request.name = "tuesday";
    request.folder = root / "more";
    auto report = print();
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(report->name, "");
    EXPECT_EQ(skipped.size(), static_cast<std::size_t>(kParcels));
    EXPECT_FALSE(fs::exists(request.folder));
}

}  // namespace
}  // namespace verso::app
