// SPDX-License-Identifier: Apache-2.0
#include "tests/generator/engine/tool.h"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace verso::generator {
namespace {

std::string fresh_folder() {
    std::string path = testing::TempDir() + "/verso-engine-XXXXXX";
    if (mkdtemp(path.data()) == nullptr) std::abort();
    return path;
}

}  // namespace

std::string read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

ToolRun run_tool(const std::string& command) {
    const std::string folder = fresh_folder();
    const std::string line = "timeout 60 " + command + " >" + folder + "/out 2>" + folder + "/err";
    const int status = std::system(line.c_str());
    ToolRun run{WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_file(folder + "/out"),
                read_file(folder + "/err")};
    std::filesystem::remove_all(folder);
    return run;
}

ScratchFile::ScratchFile(std::string_view name, std::string_view bytes)
    : folder_(fresh_folder()), path_(folder_ + "/" + std::string(name)) {
    std::ofstream(path_, std::ios::binary) << bytes;
}

ScratchFile::~ScratchFile() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

}  // namespace verso::generator
