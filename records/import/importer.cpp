// SPDX-License-Identifier: Apache-2.0
#include "records/import/importer.h"

#include <fmt/format.h>

#include <exception>
#include <thread>

#include "records/import/order_batch.h"
#include "records/import/order_formats.h"

namespace verso::records {

namespace {

constexpr std::size_t kBatchesUnderWay = 3;

/// The writing half: batches into the store.
class Writer {
  public:
    Writer(Store& store, ShopId shop, Instant at) : store_(store), shop_(shop), at_(at) {}

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
        auto transaction = store_.begin();
        if (!transaction) return transaction.error();
        for (const Order& order : batch.orders) {
            auto saved = store_.save_order(shop_, order, at_);
            if (!saved) return saved.error().at(order.number.get());
            count(*saved);
            report_.lines += order.lines.size();
        }
        return (*transaction)->commit();
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
        }
    }

    Store& store_;
    ShopId shop_;
    Instant at_;
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
                                   std::string_view name, ImportFormat format, const Clock& clock) {
    BatchingSink::Queue queue(kBatchesUnderWay);
    BatchingSink sink(queue);
    Result<ReadOrders> read = ReadOrders{};
    Writer writer(store, shop, clock.now());
    {
        Joined reader([&] {
            try {
                read = read_orders(source, format, sink);
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
            return broke_off(kept.error(), writer.kept()).at(name);
        }
    }
    if (!read) return broke_off(read.error(), writer.kept()).at(name);
    ImportReport report = std::move(writer.report());
    report.format = read->format;
    report.rows = read->rows;
    report.orders_rejected += sink.refused_orders();
    RejectedRows rejected = sink.rejected();
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
                                   std::string_view name, ImportFormat format, const Clock& clock) {
    return import_orders(store, shop, *memory_source(bytes), name, format, clock);
}

Result<ImportReport> import_order_file(Store& store, ShopId shop, const std::filesystem::path& file,
                                       ImportFormat format, const Clock& clock) {
    auto source = file_source(file);
    if (!source) return source.error();
    return import_orders(store, shop, **source, file.string(), format, clock);
}

}  // namespace verso::records
