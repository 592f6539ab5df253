// SPDX-License-Identifier: Apache-2.0
#include "records/import/importer.h"

#include <fmt/format.h>

#include <exception>
#include <map>
#include <thread>

#include "records/import/order_batch.h"
#include "records/import/order_formats.h"
#include "records/import/order_update.h"

namespace verso::records {

namespace {

constexpr std::size_t kBatchesUnderWay = 3;
constexpr const char* kErased = "the buyer of this order was erased: nothing of it is kept";

/// The writing half: batches into the store.
class Writer {
  public:
    Writer(Store& store, ShopId shop, Instant at, bool is_trial)
        : store_(store), shop_(shop), at_(at), is_trial_(is_trial) {}

    Result<void> keep(const OrderBatch& batch) {
        const ImportReport before = report_;
        auto kept = keep_in_transaction(batch);
        if (!kept) report_ = before;
        return kept;
    }
    ImportReport& report() { return report_; }
    const RejectedRows& rejected() const { return rejected_; }
    /// Orders that are durable.
    std::size_t kept() const {
        return report_.orders_new + report_.orders_changed + report_.orders_unchanged;
    }

  private:
    Result<void> keep_in_transaction(const OrderBatch& batch) {
        Clashes clashes;
        for (;;) {
            auto transaction = store_.begin();
            if (!transaction) return transaction.error();
            ImportReport before = report_;
            auto whole = keep_orders(batch, clashes);
            if (!whole) return whole.error();
            if (!*whole) {  // once more, without the order that clashed
                report_ = std::move(before);
                continue;
            }
            for (const OrderUpdate& update : batch.updates) {
                if (auto kept = keep(update); !kept) return kept;
            }
            if (is_trial_) break;  // the transaction is taken back
            if (auto kept = (*transaction)->commit(); !kept) return kept;
            break;
        }
        for (const auto& [index, reason] : clashes) {
            refuse(batch.order_lines[index], batch.orders[index].number, reason);
        }
        return {};
    }
    using Clashes = std::map<std::size_t, std::string>;  ///< index in the batch, reason

    /// False when an order turned out to clash; then nothing of the transaction is to be kept.
    Result<bool> keep_orders(const OrderBatch& batch, Clashes& clashes) {
        std::vector<Order> without;  // only after a clash
        std::vector<std::size_t> places;
        if (!clashes.empty()) {
            for (std::size_t i = 0; i < batch.orders.size(); ++i) {
                if (clashes.contains(i)) continue;
                without.push_back(batch.orders[i]);
                places.push_back(i);
            }
        }
        const auto& orders = clashes.empty() ? batch.orders : without;
        auto saved = store_.save_orders(shop_, orders, at_);
        if (!saved) return saved.error();
        for (std::size_t i = 0; i < orders.size(); ++i) {
            const Saved done = saved->at(i).saved;
            if (done == Saved::Erased) {
                clashes.emplace(places.empty() ? i : places[i], kErased);
                continue;
            }
            auto clash = done == Saved::Changed ? clash_of(orders[i]) : std::string();
            if (!clash) return clash.error();
            if (!clash->empty()) {
                clashes.emplace(places.empty() ? i : places[i], std::move(*clash));
                return false;
            }
            count(done);
            note_kept(orders[i].number, saved->at(i).kept);
            report_.lines += orders[i].lines.size();
        }
        return true;
    }
    /// Two orders of a platform may bear one number, those that PrestaShop cut out of one cart for
    /// example: the second is no revision of the first. Gives the reason; empty when all is well.
    Result<std::string> clash_of(const Order& order) {
        if (order.external_id.empty()) return std::string();
        auto now = store_.find_order(shop_, order.number);
        if (!now) return now.error();
        auto before = store_.find_order(shop_, order.number, now->revision - 1);
        if (!before || before->external_id.empty() || before->external_id == order.external_id) {
            return std::string();
        }
        return fmt::format("another order, {} at the platform, has this number already",
                           before->external_id);
    }
    Result<void> keep(const OrderUpdate& update) {
        auto order = store_.order_as_said(shop_, update.number);
        if (!order && order.error().code != ErrorCode::NotFound) return order.error();
        if (!order) {
            refuse(update.line, update.number,
                   "the export has no lines of the order, and the order is not known yet");
            return {};
        }
        if (!update.external_id.empty() && !order->external_id.empty() &&
            update.external_id != order->external_id) {
            refuse(update.line, update.number,
                   fmt::format("the order of this number is {} at the platform and not {}",
                               order->external_id, update.external_id));
            return {};
        }
        const Order says = updated(std::move(*order), update);
        auto saved = store_.save_orders(shop_, std::span(&says, 1), at_);
        if (!saved) return saved.error().at(update.number.get());
        if (saved->front().saved == Saved::Erased) {
            refuse(update.line, update.number, kErased);
            return {};
        }
        count(saved->front().saved);
        note_kept(update.number, saved->front().kept);
        return {};
    }
    /// Says what of an order stays as it is here.
    void note_kept(const OrderNumber& number, const std::string& kept) {
        if (kept.empty()) return;
        if (++report_.orders_kept > ImportReport::kMostKeptTold) return;
        report_.kept.push_back({number, kept});
    }
    void refuse(std::size_t line, const OrderNumber& order, std::string reason) {
        ++report_.orders_rejected;
        rejected_.add({line, order.get(), "", std::move(reason)});
    }
    void count(Saved saved) {
        switch (saved) {
            case Saved::New:
                ++report_.orders_new;
                break;
            case Saved::Changed:
                ++report_.orders_changed;
                break;
            case Saved::Unchanged:
                ++report_.orders_unchanged;
                break;
            case Saved::Erased:  // refused
                break;
        }
    }

    Store& store_;
    ShopId shop_;
    Instant at_;
    bool is_trial_;
    ImportReport report_;
    RejectedRows rejected_;
};

/// A thread that is waited for wherever its scope is left.
class Joined {
  public:
    template <class Body>
    explicit Joined(Body body) : thread_(std::move(body)) {}
    Joined(const Joined&) = delete;
    Joined& operator=(const Joined&) = delete;
    ~Joined() { join(); }
    void join() {
        if (thread_.joinable()) thread_.join();
    }

  private:
    std::thread thread_;
};

Error broke_off(const Error& error, std::size_t kept) {
    if (kept == 0) return error;
    Error told = error;
    told.message += fmt::format("; {} orders of the file are kept", kept);
    if (!told.cure.empty()) told.cure += ", then ";
    told.cure += "import the file again: it goes on with the rest";
    return told;
}

}  // namespace

Result<ImportReport> import_orders(Store& store, ShopId shop, ByteSource& source,
                                   std::string_view name, const ReadOptions& options,
                                   const Clock& clock) {
    BatchingSink::Queue queue(kBatchesUnderWay);
    BatchingSink sink(queue);
    Result<ReadOrders> read = ReadOrders{};
    Writer writer(store, shop, clock.now(), options.is_trial);
    {
        Joined reader([&] {
            try {
                read = read_orders(source, options, sink);
                sink.flush();
            } catch (const std::exception& fault) {
                read = Error{ErrorCode::Internal, fault.what(), "", ""};
            }
            queue.finish();
        });
        while (auto batch = queue.take()) {
            auto kept = writer.keep(*batch);
            if (kept) continue;
            queue.close();
            reader.join();
            return broke_off(kept.error(), options.is_trial ? 0 : writer.kept()).at(name);
        }
    }
    if (!read) return broke_off(read.error(), options.is_trial ? 0 : writer.kept()).at(name);
    ImportReport report = std::move(writer.report());
    report.format = read->format;
    report.rows = read->rows;
    report.orders_rejected += sink.refused_orders();
    RejectedRows rejected = sink.rejected();
    rejected.add_all(writer.rejected());
    report.rows_rejected = rejected.count();
    report.rejected = rejected.sorted();
    report.remarks = std::move(sink.remarks());
    if (!source.unchanged()) {
        report.remarks.emplace_back(
            "the file was written to while it was read: import it again when it is finished");
    }
    return report;
}

Result<ImportReport> import_orders(Store& store, ShopId shop, std::string_view bytes,
                                   std::string_view name, const ReadOptions& options,
                                   const Clock& clock) {
    return import_orders(store, shop, *memory_source(bytes), name, options, clock);
}

Result<ImportReport> import_order_file(Store& store, ShopId shop, const std::filesystem::path& file,
                                       const ReadOptions& options, const Clock& clock) {
    auto source = file_source(file);
    if (!source) return source.error();
    return import_orders(store, shop, **source, file.string(), options, clock);
}

}  // namespace verso::records
