// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "printer/device/device.h"
#include "printer/socket/socket_device.h"

namespace verso::printer {

/// A folder that goes with the test, and labels in it whose ^FD is their number.
class LabelFile {
  public:
    explicit LabelFile(int labels, int padding = 40) : labels_(labels) {
        std::string name =
            (std::filesystem::temp_directory_path() / "verso_labels_XXXXXX").string();
        root_ = ::mkdtemp(name.data());
        std::ofstream out(root_ / "wave.zpl", std::ios::binary);
        for (int label = 1; label <= labels; ++label)
            out << "^XA^CI28^PW812\n^FO30,30^A0N,40,40^FD" << label << "^FS\n^FX"
                << std::string(static_cast<std::size_t>(padding), 'x') << "\n^PQ1\n^XZ\n";
    }
    LabelFile(const LabelFile&) = delete;
    LabelFile& operator=(const LabelFile&) = delete;
    ~LabelFile() { std::filesystem::remove_all(root_); }

    const std::filesystem::path& root() const { return root_; }
    Document document() const {
        Document out;
        out.file = root_ / "wave.zpl";
        out.paper.format = DocumentFormat::Zpl;
        out.name = "verso-1-1";
        out.pages = labels_;
        return out;
    }

  private:
    int labels_;
    std::filesystem::path root_;
};

/// Times short enough for tests.
inline DeviceOptions quick_options() {
    DeviceOptions out;
    out.connect_timeout = std::chrono::milliseconds(500);
    out.answer_timeout = std::chrono::milliseconds(400);
    out.print_timeout = std::chrono::milliseconds(3000);
    out.poll = std::chrono::milliseconds(8);
    return out;
}

inline std::unique_ptr<Device> device_at(int port, const DeviceOptions& options = quick_options(),
                                         const std::string& status = "") {
    DeviceUri uri;
    uri.kind = DeviceKind::Socket;
    uri.host = "127.0.0.1";
    uri.port = port;
    if (!status.empty()) uri.options["status"] = status;
    return make_socket_device(uri, options);
}

}  // namespace verso::printer
