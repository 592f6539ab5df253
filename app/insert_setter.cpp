// SPDX-License-Identifier: Apache-2.0
#include "app/insert_setter.h"

#include <mutex>

#include "app/print_plan.h"
#include "core/domain/crockford.h"
#include "generator/zpl/zpl_writer.h"
#include "records/lifecycle/pick_order.h"

namespace verso::app {

namespace {

/// Writers of labels: each is one thread's at a time and keeps the letters that it drew.
class ZplWriters {
  public:
    using Writer = std::unique_ptr<generator::ZplWriter>;

    Writer take(const SettingJob& job) {
        {
            const std::lock_guard lock(mutex_);
            if (!idle_.empty()) {
                Writer writer = std::move(idle_.back());
                idle_.pop_back();
                return writer;
            }
        }
        generator::ZplOptions options;
        options.dpi = job.dpi;
        return std::make_unique<generator::ZplWriter>(job.press.fonts, options);
    }
    void give_back(Writer writer) {
        const std::lock_guard lock(mutex_);
        idle_.push_back(std::move(writer));
    }

  private:
    std::mutex mutex_;
    std::vector<Writer> idle_;
};

}  // namespace

/// A parcel before and after setting. One thread at a time has it.
struct InsertSetter::Piece {
    ZplWriters* writers = nullptr;  ///< of its chunk
    Order order;
    CardIdentity card;
    Rma rma;
    ReturnLabel label;
    SetInsert out;
    std::optional<Error> fault;  ///< of the template: ends the print
};

/// Parcels that are set together. The crew's pieces are its own.
struct InsertSetter::Chunk {
    std::shared_ptr<ZplWriters> writers;  ///< shared by chunks that follow one another
    std::vector<Piece> pieces;
    std::shared_ptr<WorkCrew::Batch> batch;
    std::size_t taken = 0;
};

namespace {

/// Read ahead while one is being taken.
constexpr std::size_t kChunksAhead = 2;

Result<void> paint_pdf(const SettingJob& job, const std::vector<DrawList>& pages, SetInsert& out) {
    for (const DrawList& page : pages) {
        auto set = generator::set_page(*job.press.fonts, page, kPrintDeflate);
        if (!set) return set.error();
        out.pages.push_back(std::move(*set));
    }
    out.insert.record.pages = static_cast<int>(out.pages.size());
    return {};
}

/// How many labels a printer makes of it.
int labels_in(std::string_view zpl) {
    int count = 0;
    for (auto at = zpl.find("^XA"); at != std::string_view::npos; at = zpl.find("^XA", at + 3)) {
        ++count;
    }
    return count;
}

/// The insert's own labels, then the carrier's as it came.
Result<void> paint_zpl(const SettingJob& job, const std::vector<DrawList>& pages,
                       const std::string& carrier, ZplWriters& writers, SetInsert& out) {
    auto writer = writers.take(job);
    for (const DrawList& page : pages) {
        auto label = writer->label(page);
        if (!label) return label.error();
        out.zpl += *label;
    }
    writers.give_back(std::move(writer));
    out.zpl += carrier;
    out.insert.record.pages = static_cast<int>(pages.size()) + labels_in(carrier);
    return {};
}

}  // namespace

InsertSetter::InsertSetter(const SettingJob& job, int threads, Source source)
    : job_(job), source_(std::move(source)), crew_(threads) {}

InsertSetter::~InsertSetter() = default;

void InsertSetter::skip(Piece& piece, const Error& why) {
    const auto& insert = piece.out.insert;
    piece.out.pages.clear();
    piece.out.zpl.clear();
    piece.out.skipped = {insert.record.order.get(), insert.record.parcel,
                         SkippedParcel::Why::Unprintable, why, insert.position};
}

/// What the pages must show, by what is known of the insert and not by its pages.
Result<void> InsertSetter::expect_pages(const SettingJob& job, const std::vector<DrawList>& pages,
                                        Piece& piece) {
    const auto& record = piece.out.insert.record;
    const InsertTexts texts{
        format_link(job.shop.link_host, piece.card),
        format_side_mark({job.layout.number, piece.card.id, SideMark::Side::Card, 1})};
    auto expected = expected_pages(
        job.layout, pages, 1,
        "order " + record.order.get() + " parcel " + std::to_string(record.parcel), texts);
    if (!expected) return expected.error();
    piece.out.expected = std::move(*expected);
    return {};
}

void InsertSetter::set(const SettingJob& job, Piece& piece) {
    if (piece.out.skipped) return;
    auto& record = piece.out.insert.record;
    auto pages = job.press.insert->lay_out({piece.order, record.parcel, job.shop, piece.card,
                                            piece.rma, job.labels ? &piece.label : nullptr});
    if (!pages) return skip(piece, pages.error());
    const auto painted =
        job.format == PrintFormat::Zpl
            ? paint_zpl(job, pages->pages, piece.label.zpl, *piece.writers, piece.out)
            : paint_pdf(job, pages->pages, piece.out);
    if (!painted) return skip(piece, painted.error().at("order " + record.order.get()));
    if (job.verify) {
        auto noted = expect_pages(job, pages->pages, piece);
        if (!noted) {
            piece.fault = noted.error().at("order " + record.order.get());
            return;
        }
    }
    record.proof = prove(piece.card.id, piece.card.secret);
    piece.out.insert.link = format_link(job.shop.link_host, piece.card);
    for (auto& warning : pages->warnings) piece.out.warnings.push_back(std::move(warning));
    piece.order = {};
    piece.label = {};
}

/// An RMA is short, so that people can type it: among a million, two are likely to meet.
Result<Rma> InsertSetter::fresh_rma() {
    for (;;) {
        Rma rma = make_rma(job_.random.bits());
        auto taken = job_.store.rma_taken(job_.shop_id, rma);
        if (!taken) return taken.error();
        if (!*taken && rmas_.insert(rma).second) return rma;
    }
}

/// What the store knows and what the rules say of a parcel.
Result<void> InsertSetter::load(const ParcelToPrint& parcel, Chunk& chunk) {
    auto order = job_.store.find_order(job_.shop_id, parcel.order);
    if (!order) return order.error();
    auto cards = job_.store.cards_of(job_.shop_id, parcel.order);
    if (!cards) return cards.error();
    Piece& piece = chunk.pieces.emplace_back();
    piece.writers = chunk.writers.get();
    auto decided = decide_parcel(*order, parcel.parcel, *cards, job_.reprint);
    piece.out.insert.position = parcel.position;
    piece.out.bin = records::first_bin(*order, parcel.parcel);
    auto& record = piece.out.insert.record;
    record.order = parcel.order;
    record.revision = order->revision;
    record.parcel = parcel.parcel;
    if (decided.skipped) {
        piece.out.skipped = std::move(decided.skipped);
        piece.out.skipped->position = parcel.position;
        return {};
    }
    piece.out.voids = std::move(decided.plan.voids);
    piece.out.void_reason = std::move(decided.plan.void_reason);
    piece.order = std::move(*order);
    return {};
}

/// Cards, RMAs and label numbers for those that are printed.
Result<void> InsertSetter::draw(Chunk& chunk) {
    constexpr std::uint64_t kSixtyBits = (std::uint64_t{1} << 60) - 1;
    for (Piece& piece : chunk.pieces) {
        if (piece.out.skipped) continue;
        piece.card = make_card(job_.layout.number, job_.random);
        auto rma = fresh_rma();
        if (!rma) return rma.error();
        piece.rma = *rma;
        auto& record = piece.out.insert.record;
        record.insert = InsertId("I" + crockford::encode(job_.random.bits() & kSixtyBits, 12));
        record.card = piece.card.id;
        record.layout = job_.layout.number;
        record.template_name = job_.press.insert->name();
        record.rma = *rma;
        record.printed_at = job_.now;
        record.packer = job_.packer;
        take_label(piece);
    }
    return {};
}

/// A label that is not to be had leaves its parcel out.
void InsertSetter::take_label(Piece& piece) {
    if (job_.labels == nullptr) return;
    auto& record = piece.out.insert.record;
    auto label = job_.labels->next(piece.order, record.parcel, piece.rma);
    piece.out.warnings = job_.labels->take_warnings();
    if (!label) return skip(piece, label.error());
    if (!label->zpl.empty() && job_.format != PrintFormat::Zpl) {
        return skip(piece, {ErrorCode::ValueInvalid,
                            "the carrier's label is ZPL, which only a label printer prints",
                            "order " + record.order.get(),
                            "print with --format zpl, or get the label as PDF or PNG"});
    }
    record.label = label->number;
    piece.label = std::move(*label);
}

Result<void> InsertSetter::begin_chunk() {
    auto parcels = source_();
    if (!parcels) return parcels.error();
    source_ended_ = parcels->empty();
    if (source_ended_) return {};
    auto chunk = std::make_shared<Chunk>();
    chunk->writers = chunks_.empty() ? std::make_shared<ZplWriters>() : chunks_.back()->writers;
    chunk->pieces.reserve(parcels->size());
    for (const auto& parcel : *parcels) {
        if (auto loaded = load(parcel, *chunk); !loaded) return loaded;
    }
    if (auto drawn = draw(*chunk); !drawn) return drawn;
    chunk->batch = crew_.begin(chunk->pieces.size(), [this, held = chunk.get()](std::size_t i) {
        set(job_, held->pieces.at(i));
    });
    chunks_.push_back(std::move(chunk));
    return {};
}

Result<std::optional<SetInsert>> InsertSetter::next() {
    while (!chunks_.empty() && chunks_.front()->taken == chunks_.front()->pieces.size()) {
        chunks_.pop_front();
    }
    while (!source_ended_ && chunks_.size() < kChunksAhead) {
        if (auto begun = begin_chunk(); !begun) return begun.error();
    }
    if (chunks_.empty()) return std::optional<SetInsert>{};
    Chunk& chunk = *chunks_.front();
    crew_.wait_for(*chunk.batch, chunk.taken);
    Piece& piece = chunk.pieces.at(chunk.taken++);
    if (piece.fault) return *piece.fault;
    return std::optional<SetInsert>{std::move(piece.out)};
}

}  // namespace verso::app
