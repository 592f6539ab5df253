// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace verso::generator {

/// What a program of the system said.
struct ToolRun {
    int exit_code = -1;
    std::string out, err;
};

/// Runs a shell command with a time limit. Nothing of it may come from outside.
ToolRun run_tool(const std::string& command);

/// A file of this test alone, deleted at the end.
class ScratchFile {
  public:
    ScratchFile(std::string_view name, std::string_view bytes);
    ~ScratchFile();
    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;

    const std::string& path() const { return path_; }

  private:
    std::string folder_, path_;
};

std::string read_file(const std::string& path);

}  // namespace verso::generator
