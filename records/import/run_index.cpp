// SPDX-License-Identifier: Apache-2.0
#include "records/import/run_index.h"

#include <algorithm>
#include <functional>
#include <queue>

namespace verso::records {

namespace {

/// One sorted piece on the disk, read through a small window.
class PieceReader {
  public:
    PieceReader(ScratchFile& file, std::uint64_t begin, std::uint64_t keys)
        : file_(&file), at_(begin * 8), left_(keys) {}

    /// The next key, none at the end.
    Result<std::optional<std::uint64_t>> next() {
        if (used_ == window_.size()) {
            if (left_ == 0) return std::optional<std::uint64_t>();
            if (auto filled = fill(); !filled) return filled.error();
        }
        return std::optional<std::uint64_t>(window_[used_++]);
    }

  private:
    Result<void> fill() {
        window_.resize(std::min<std::uint64_t>(left_, 8192));
        const std::span bytes(reinterpret_cast<char*>(window_.data()), window_.size() * 8);
        for (std::size_t have = 0; have < bytes.size();) {
            auto count = file_->read(at_ + have, bytes.subspan(have));
            if (!count) return count.error();
            if (*count == 0) {
                return Error{ErrorCode::FileUnreadable, "the temporary file ends early", "", ""};
            }
            have += *count;
        }
        at_ += bytes.size();
        left_ -= window_.size();
        used_ = 0;
        return {};
    }

    ScratchFile* file_;
    std::uint64_t at_, left_;
    std::vector<std::uint64_t> window_;
    std::size_t used_ = 0;
};

/// Keeps those of a sorted sequence that come twice or more.
class Repeats {
  public:
    explicit Repeats(std::vector<std::uint64_t>& out) : out_(out) {}
    void take(std::uint64_t key) {
        if (last_ == key && (out_.empty() || out_.back() != key)) out_.push_back(key);
        last_ = key;
    }

  private:
    std::vector<std::uint64_t>& out_;
    std::optional<std::uint64_t> last_;
};

}  // namespace

std::uint64_t RunIndex::hash(std::string_view key) { return std::hash<std::string_view>{}(key); }

Result<void> RunIndex::add(std::uint64_t key) {
    if (last_ == key) return {};
    last_ = key;
    runs_.push_back(key);
    if (runs_.size() < piece_) return {};
    return spill();
}

Result<void> RunIndex::spill() {
    std::sort(runs_.begin(), runs_.end());
    if (!spilled_) {
        auto file = ScratchFile::make();
        if (!file) return file.error();
        spilled_.emplace(std::move(*file));
    }
    spilled_sizes_.push_back(runs_.size());
    const std::string_view bytes(reinterpret_cast<const char*>(runs_.data()), runs_.size() * 8);
    runs_.clear();
    return spilled_->append(bytes);
}

Result<void> RunIndex::finish() {
    if (spilled_) {
        if (auto last = spill(); !last) return last;
        runs_.shrink_to_fit();
        return merge();
    }
    std::sort(runs_.begin(), runs_.end());
    Repeats repeats(repeated_);
    for (std::uint64_t key : runs_) repeats.take(key);
    runs_ = {};
    return {};
}

Result<void> RunIndex::merge() {
    std::vector<PieceReader> pieces;
    std::uint64_t begin = 0;
    for (std::uint64_t size : spilled_sizes_) {
        pieces.emplace_back(*spilled_, begin, size);
        begin += size;
    }
    using Head = std::pair<std::uint64_t, std::size_t>;  // key, piece
    std::priority_queue<Head, std::vector<Head>, std::greater<>> heads;
    const auto advance = [&](std::size_t piece) -> Result<void> {
        auto key = pieces[piece].next();
        if (!key) return key.error();
        if (*key) heads.emplace(**key, piece);
        return {};
    };
    for (std::size_t piece = 0; piece < pieces.size(); ++piece) {
        if (auto begun = advance(piece); !begun) return begun;
    }
    Repeats repeats(repeated_);
    while (!heads.empty()) {
        const auto [key, piece] = heads.top();
        heads.pop();
        repeats.take(key);
        if (auto moved = advance(piece); !moved) return moved;
    }
    spilled_.reset();
    return {};
}

bool RunIndex::is_repeated(std::uint64_t key) const {
    return !repeated_.empty() && std::binary_search(repeated_.begin(), repeated_.end(), key);
}

}  // namespace verso::records
