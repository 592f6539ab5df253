// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace verso {

/// SHA-256 (FIPS 180-4) over bytes that come in parts. Not thread-safe.
class Sha256 {
  public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;

    void add(std::string_view bytes);
    /// Lower-case hex over all that was added. Requires: called once, last.
    std::string hex();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace verso
