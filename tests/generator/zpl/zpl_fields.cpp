// SPDX-License-Identifier: Apache-2.0
#include "tests/generator/zpl/zpl_fields.h"

#include <gtest/gtest.h>

#include <cctype>
#include <cstdio>

namespace verso::generator {

std::vector<ZplCommand> zpl_commands(std::string_view zpl) {
    std::vector<ZplCommand> commands;
    for (std::size_t at = zpl.find_first_of("^~"); at != std::string_view::npos;) {
        const std::size_t next = zpl.find_first_of("^~", at + 1);
        const std::string_view whole =
            zpl.substr(at, next == std::string_view::npos ? next : next - at);
        commands.push_back({whole[0], std::string(whole.substr(1, 2)),
                            std::string(whole.size() > 3 ? whole.substr(3) : "")});
        at = next;
    }
    return commands;
}

std::vector<ZplCommand> commands_named(std::string_view zpl, std::string_view name) {
    std::vector<ZplCommand> found;
    for (auto& command : zpl_commands(zpl)) {
        if (command.name == name) found.push_back(std::move(command));
    }
    return found;
}

DotBitmap unpacked_graphic(std::string_view field) {
    int total = 0, again = 0, stride = 0, start = 0;
    const std::string text(field);
    EXPECT_EQ(std::sscanf(text.c_str(), "^GFA,%d,%d,%d,%n", &total, &again, &stride, &start), 3);
    EXPECT_EQ(total, again);
    const std::size_t digits = std::size_t(stride) * 2;
    std::string all, row;
    int repeat = 0;
    const auto end_row = [&] {
        all += row;
        row.clear();
    };
    for (const char c : text.substr(std::size_t(start))) {
        if (c >= 'G' && c <= 'Y') {
            repeat += c - 'F';
        } else if (c >= 'g' && c <= 'z') {
            repeat += (c - 'f') * 20;
        } else if (c == ',' || c == '!') {
            row.resize(digits, c == ',' ? '0' : 'F');
        } else if (c == ':') {
            row = all.substr(all.size() - digits);
        } else {
            EXPECT_TRUE(std::isxdigit(static_cast<unsigned char>(c))) << c;
            row.append(std::size_t(std::max(repeat, 1)), c);
            repeat = 0;
        }
        EXPECT_LE(row.size(), digits);
        if (row.size() == digits) end_row();
    }
    EXPECT_EQ(all.size(), std::size_t(total) * 2);
    DotBitmap bitmap(stride * 8, total / stride);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const int value = std::stoi(all.substr(i, 1), nullptr, 16);
        for (int bit = 0; bit < 4; ++bit) {
            if ((value >> (3 - bit) & 1) != 0) {
                bitmap.set(int(i % digits) * 4 + bit, int(i / digits));
            }
        }
    }
    return bitmap;
}

std::string picture_of(const DotBitmap& bitmap) {
    std::string out;
    for (int y = 0; y < bitmap.height(); ++y) {
        for (int x = 0; x < bitmap.width(); ++x) out += bitmap.at(x, y) ? '#' : '.';
        out += '\n';
    }
    return out;
}

}  // namespace verso::generator
