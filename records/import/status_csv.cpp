// SPDX-License-Identifier: Apache-2.0
#include "records/import/status_csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "records/import/csv_stream.h"
#include "records/import/json_fields.h"
#include "records/import/platform_words.h"
#include "records/import/row_values.h"

namespace verso::records {

namespace {

using S = OrderStatus;
using P = PaymentStatus;

struct Label {
    std::string_view english, french;
    std::optional<OrderStatus> status;
    std::optional<PaymentStatus> payment;
};

// The states that PrestaShop installs, as their names are delivered (localization packs en, fr).
constexpr Label kLabels[] = {
    {"Awaiting check payment", "En attente du paiement par chèque", S::Open, P::Unpaid},
    {"Awaiting cheque payment", "En attente de paiement par chèque", S::Open, P::Unpaid},
    {"Awaiting bank wire payment", "En attente de virement bancaire", S::Open, P::Unpaid},
    {"Awaiting PayPal payment", "En attente de paiement PayPal", S::Open, P::Unpaid},
    {"Awaiting Cash On Delivery validation", "En attente de paiement à la livraison", S::Open,
     P::Unpaid},
    {"Payment accepted", "Paiement accepté", S::Open, P::Paid},
    {"Remote payment accepted", "Paiement à distance accepté", S::Open, P::Paid},
    {"Processing in progress", "En cours de préparation", S::Open, P::Paid},
    {"Preparation in progress", "Préparation en cours", S::Open, P::Paid},
    {"On backorder (paid)", "En attente de réapprovisionnement (payé)", S::OnHold, P::Paid},
    {"On backorder (not paid)", "En attente de réapprovisionnement (non payé)", S::OnHold,
     P::Unpaid},
    {"Shipped", "Expédié", S::Shipped, P::Paid},
    {"Delivered", "Livré", S::Delivered, P::Paid},
    {"Canceled", "Annulé", S::Cancelled, std::nullopt},
    {"Cancelled", "Annulée", S::Cancelled, std::nullopt},
    {"Refunded", "Remboursé", std::nullopt, P::Refunded},
    {"Refund", "Remboursement", std::nullopt, P::Refunded},
    {"Payment error", "Erreur de paiement", S::Open, P::Unpaid},
};

/// The names of one column, in the languages of the back office.
using Names = std::array<std::string_view, 3>;
struct Grid {
    ImportFormat format;
    Names number, id, status, telltale;
};
constexpr Grid kGrids[] = {
    {ImportFormat::PrestashopCsv,
     {"Reference", "Référence", "reference"},
     {"ID", "id_order", ""},
     {"Status", "État", "osname"},
     {"New client", "Nouveau client", "new"}},
    {ImportFormat::MagentoCsv,
     {"ID", "increment_id", "Order #"},
     {"", "", ""},
     {"Status", "status", "État"},
     {"Purchase Point", "Purchase Date", "Grand Total (Base)"}},
};

std::size_t position(std::span<const std::string_view> header, const Names& names) {
    for (std::size_t i = 0; i < header.size(); ++i) {
        const std::string_view name = unguarded(header[i]);
        if (!name.empty() && std::find(names.begin(), names.end(), name) != names.end()) return i;
    }
    return header.size();
}

bool has(std::span<const std::string_view> header, const Names& names) {
    return position(header, names) < header.size();
}

Result<StatusChange> change_of(ImportFormat format, std::string_view word) {
    if (format == ImportFormat::PrestashopCsv) return status_from_prestashop_label(word);
    auto status = status_from_magento(word);
    if (!status) return status.error();
    // closed: the money went back; whether a parcel had left the list does not say
    if (word == "closed") return StatusChange{std::nullopt, P::Refunded};
    if (status->status == S::Cancelled) return StatusChange{S::Cancelled, std::nullopt};
    if (status->status == S::OnHold) return StatusChange{S::OnHold, std::nullopt};
    return StatusChange{status->status, status->payment};
}

/// One row's update, or what is wrong with it.
struct RowReader {
    ImportFormat format;
    std::size_t number, id, status, width;

    Result<OrderUpdate> read(const CsvRecord& record) const {
        const auto wrong = [](std::string reason) {
            return Error{ErrorCode::ValueInvalid, std::move(reason), "", ""};
        };
        if (!record.fault.empty()) return wrong(std::string(record.fault));
        if (record.has_controls) return wrong("the row holds control characters");
        if (record.fields.size() < width) {
            return wrong(fmt::format("the row has {} values, the header has {}",
                                     record.fields.size(), width));
        }
        OrderUpdate update;
        update.line = record.line;
        update.number = OrderNumber{std::string(unguarded(record.fields[number]))};
        if (id < width) update.external_id = unguarded(record.fields[id]);
        if (update.number.get().empty() || update.number.get().size() > 64) {
            return wrong("the order number is empty or longer than 64 bytes");
        }
        auto change = change_of(format, unguarded(record.fields[status]));
        if (!change) return wrong(change.error().message + "; " + change.error().cure);
        update.status = change->status;
        update.payment = change->payment;
        return update;
    }
};

Result<RowReader> reader_for(ImportFormat format, std::span<const std::string_view> header) {
    for (const Grid& grid : kGrids) {
        if (grid.format != format) continue;
        const RowReader reader{format, position(header, grid.number), position(header, grid.id),
                               position(header, grid.status), header.size()};
        if (reader.number < header.size() && reader.status < header.size()) return reader;
    }
    return Error{ErrorCode::FormatInvalid, "the list has no column of order numbers or of status",
                 "", "show these columns in the back office and export again"};
}

}  // namespace

ImportFormat status_csv_format(std::span<const std::string_view> header) {
    for (const Grid& grid : kGrids) {
        if (has(header, grid.telltale) && has(header, grid.number) && has(header, grid.status)) {
            return grid.format;
        }
    }
    return ImportFormat::Auto;
}

Result<StatusChange> status_from_prestashop_label(std::string_view label) {
    for (const Label& known : kLabels) {
        if (known.english == label || known.french == label) {
            return StatusChange{known.status, known.payment};
        }
    }
    return Error{ErrorCode::ValueInvalid,
                 fmt::format("{} is no status that PrestaShop delivers", shown_value(label)), "",
                 "import the orders from the webservice, whose states say what they mean"};
}

Result<std::size_t> read_status_csv(ByteSource& source, TextEncoding encoding, ImportFormat format,
                                    OrderSink& sink) {
    auto stream = CsvStream::open(source, encoding);
    if (!stream) return stream.error();
    CsvRecord record;
    auto any = stream->next(record);
    if (!any) return any.error();
    auto rows = reader_for(format, record.fields);
    if (!rows) return rows.error();
    sink.remark("the list has no lines of orders: it changes the status of orders that are known");
    std::size_t count = 0;
    for (any = stream->next(record); any && *any; any = stream->next(record)) {
        ++count;
        auto update = rows->read(record);
        if (update) {
            if (!sink.take(std::move(*update))) break;
            continue;
        }
        sink.count_refused_order();
        sink.refuse({record.line, "", "", update.error().message});
    }
    if (!any) return any.error();
    return count;
}

}  // namespace verso::records
