// SPDX-License-Identifier: Apache-2.0
#include "tests/roundtrip/farm.h"

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

namespace verso::test {

namespace {

using nlohmann::json;

constexpr int kPiece = 40;  // cards: five pages, some seconds of work

struct Piece {
    std::size_t setup;
    int first, cards;
};

/// The first pieces of all setups, then the second ones: what is ended early has seen something of
/// each.
std::deque<Piece> cut(const std::vector<RoundTripSetup>& setups) {
    std::deque<Piece> pieces;
    for (std::size_t i = 0; i < setups.size(); ++i) {
        const int end = setups[i].first + setups[i].cards;
        for (int first = setups[i].first; first < end; first += kPiece)
            pieces.push_back({i, first, std::min(kPiece, end - first)});
    }
    std::stable_sort(pieces.begin(), pieces.end(), [&](const Piece& a, const Piece& b) {
        return a.first - setups[a.setup].first < b.first - setups[b.setup].first;
    });
    return pieces;
}

json to_json(const RoundTripResult& r) {
    return {
        {"cards", r.cards},           {"straight", r.straight}, {"review", r.review},
        {"wrong", r.wrong},           {"misnamed", r.misnamed}, {"nameless", r.nameless},
        {"positions", r.positions},   {"read_ms", r.read_ms},   {"slowest_ms", r.slowest_ms},
        {"confidence", r.confidence}, {"reasons", r.reasons},   {"right_answers", r.right_answers},
        {"faults", r.faults}};
}

RoundTripResult from_json(const json& j) {
    RoundTripResult r;
    r.cards = j.at("cards"), r.straight = j.at("straight"), r.review = j.at("review");
    r.wrong = j.at("wrong"), r.misnamed = j.at("misnamed"), r.nameless = j.at("nameless");
    r.positions = j.at("positions");
    r.read_ms = j.at("read_ms"), r.slowest_ms = j.at("slowest_ms");
    r.confidence = j.at("confidence"), r.right_answers = j.at("right_answers");
    r.reasons = j.at("reasons").get<std::map<std::string, int>>();
    r.faults = j.at("faults").get<std::vector<std::string>>();
    return r;
}

/// One child and the file that it leaves its result in.
class Child {
  public:
    Child(const RoundTripSetup& whole, const Piece& piece) : piece_(piece) {
        static int number = 0;
        path_ = std::filesystem::temp_directory_path() /
                fmt::format("verso-farm-{}-{}.json", getpid(), ++number);
        pid_ = fork();
        if (pid_ == 0) work(whole);
    }

    pid_t pid() const { return pid_; }
    const Piece& piece() const { return piece_; }

    /// What it left, after its end.
    RoundTripResult collect(int status) const {
        std::ifstream in(path_);
        const json left = json::parse(in, nullptr, false);
        in.close();
        std::filesystem::remove(path_);
        if (!left.is_discarded()) return from_json(left);
        RoundTripResult lost;
        lost.cards = lost.review = piece_.cards;
        lost.reasons["child-died"] = piece_.cards;
        lost.faults.push_back(fmt::format("cards {} to {}: the child ended with status {}",
                                          piece_.first, piece_.first + piece_.cards - 1, status));
        return lost;
    }

  private:
    [[noreturn]] void work(const RoundTripSetup& whole) const {
        RoundTripSetup mine = whole;
        mine.first = piece_.first;
        mine.cards = piece_.cards;
        const auto result = run_round_trip(mine);
        if (result) std::ofstream(path_) << to_json(*result);
        if (!result) fmt::print(stderr, "{}\n", result.error().text());
        std::_Exit(result ? 0 : 1);
    }

    Piece piece_;
    std::filesystem::path path_;
    pid_t pid_ = -1;
};

}  // namespace

std::vector<RoundTripResult> run_farm(const std::vector<RoundTripSetup>& setups, int jobs,
                                      const FarmProgress& progress) {
    std::vector<RoundTripResult> results(setups.size());
    std::deque<Piece> pieces = cut(setups);
    std::vector<Child> children;
    while (!pieces.empty() || !children.empty()) {
        while (!pieces.empty() && children.size() < std::size_t(std::max(1, jobs))) {
            children.emplace_back(setups.at(pieces.front().setup), pieces.front());
            pieces.pop_front();
        }
        int status = 0;
        const pid_t ended = waitpid(-1, &status, 0);
        const auto it = std::find_if(children.begin(), children.end(),
                                     [&](const Child& c) { return c.pid() == ended; });
        if (it == children.end()) continue;
        const std::size_t setup = it->piece().setup;
        results.at(setup).add(it->collect(status));
        children.erase(it);
        if (progress && !progress(setup, results.at(setup))) pieces.clear();
    }
    return results;
}

}  // namespace verso::test
