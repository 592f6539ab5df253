// SPDX-License-Identifier: Apache-2.0
#include "printer/socket/socket_device.h"

#include <string>

#include "printer/socket/plain_talk.h"
#include "printer/socket/zebra_talk.h"

namespace verso::printer {
namespace {

enum class Manner { ByDocument, Zebra, Plain };

Manner manner_of(const DeviceUri& uri) {
    const auto status = uri.options.find("status");
    if (status == uri.options.end()) return Manner::ByDocument;
    return status->second == "zebra" ? Manner::Zebra : Manner::Plain;
}

class SocketDevice final : public Device {
  public:
    SocketDevice(const DeviceUri& uri, const DeviceOptions& options)
        : manner_(manner_of(uri)),
          zebra_(uri.host, uri.port, options),
          plain_(uri.host, uri.port, options) {}

    // A printer of which we do not know that it takes ZPL would print the question.
    Result<DeviceState> state() override {
        return manner_ == Manner::Zebra ? zebra_.state() : plain_.state();
    }
    Result<Capabilities> capabilities() override {
        if (manner_ == Manner::Zebra) return zebra_.capabilities();
        if (const auto reached = plain_.state(); !reached) return reached.error();
        return Capabilities{};
    }

    Outcome hand_over(const Document& document, const HandOver& known,
                      HandOverNotes& notes) override {
        const bool is_zpl = document.paper.format == DocumentFormat::Zpl;
        if (manner_ == Manner::Zebra && !is_zpl)
            return {Outcome::Kind::Failed,
                    {ErrorCode::PrinterFailed, "a label printer takes labels (ZPL), not PDF",
                     document.name,
                     "print with a label template, or write ?status=none when this printer takes "
                     "PDF"}};
        if (manner_ == Manner::Plain || !is_zpl) return plain_.hand_over(document, known, notes);
        return zebra_.hand_over(document, known, notes);
    }

    void rest() override { zebra_.rest(); }

  private:
    Manner manner_;
    ZebraTalk zebra_;
    PlainTalk plain_;
};

}  // namespace

std::unique_ptr<Device> make_socket_device(const DeviceUri& uri, const DeviceOptions& options) {
    return std::make_unique<SocketDevice>(uri, options);
}

}  // namespace verso::printer
