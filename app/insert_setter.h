// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <unordered_set>

#include "app/print_expected.h"
#include "app/print_request.h"
#include "app/return_labels.h"
#include "app/wiring.h"
#include "app/work_crew.h"
#include "generator/pdf/set_page.h"

namespace verso::app {

/// How much is tried to make pages small, 0 to 12: 6 takes a tenth longer for 6 % fewer bytes.
inline constexpr int kPrintDeflate = 4;

/// What all inserts of one print share. The references outlive the setter.
struct SettingJob {
    records::Store& store;
    ShopId shop_id;
    const Press& press;
    const Shop& shop;
    const Layout& layout;  ///< frozen
    RandomSource& random;
    Instant now{};
    bool reprint = false;
    PrintFormat format = PrintFormat::Pdf;
    int dpi = 203;                        ///< for Zpl
    bool verify = false;                  ///< note what the pages must show
    ReturnLabelSource* labels = nullptr;  ///< with numbers set aside; null: plain ones
    std::string packer{};                 ///< who packs; empty when nobody says
};

/// One parcel after setting: its pages ready to be put into a file, or why it has none.
struct SetInsert {
    FinishedInsert insert;                  ///< all but file and pages' place in it
    std::string bin;                        ///< of its first line
    std::vector<generator::SetPage> pages;  ///< of a PDF
    std::string zpl;                        ///< of a label printer, one label behind the other
    std::vector<ExpectedPage> expected;     ///< when asked for; pages count from 1
    std::vector<CardId> voids;              ///< old cards that go with it, and why
    std::string void_reason;
    std::vector<std::string> warnings;
    std::optional<SkippedParcel> skipped;  ///< set: there are no pages
};

/// Sets parcels in threads and gives them in order. What must not depend on the threads is done in
/// order on the calling thread before: orders are read, cards, RMAs and label numbers drawn. A few
/// hundred parcels are in memory at a time, so that a wave may be of any length.
class InsertSetter {
  public:
    /// Gives the next few parcels each time it is asked, and none at the end.
    using Source = std::function<Result<std::vector<ParcelToPrint>>()>;
    /// How many parcels a source should give at once: enough to keep all threads at work while the
    /// next ones are read, few enough to be small.
    static constexpr int kChunk = 128;

    InsertSetter(const SettingJob& job, int threads, Source source);
    ~InsertSetter();

    /// The next parcel; nothing after the last. A parcel that cannot be set is skipped with its
    /// reason; an Error ends the print.
    Result<std::optional<SetInsert>> next();

  private:
    struct Piece;
    struct Chunk;
    /// Everything that needs neither the store nor the random source. Runs in any thread.
    static void set(const SettingJob& job, Piece& piece);
    static Result<void> expect_pages(const SettingJob& job, const std::vector<DrawList>& pages,
                                     Piece& piece);
    static void skip(Piece& piece, const Error& why);
    Result<void> begin_chunk();
    Result<void> load(const ParcelToPrint& parcel, Chunk& chunk);
    Result<void> draw(Chunk& chunk);
    void take_label(Piece& piece);
    Result<Rma> fresh_rma();

    SettingJob job_;
    Source source_;
    bool source_ended_ = false;
    std::unordered_set<Rma> rmas_;  ///< of this print
    std::deque<std::shared_ptr<Chunk>> chunks_;
    WorkCrew crew_;  ///< last: its threads end before what they work on
};

}  // namespace verso::app
