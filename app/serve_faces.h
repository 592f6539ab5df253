// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "app/wiring.h"
#include "service/site/shop_face.h"

namespace verso::app {

/// All shops of the home as their pages show them, or the one that the call names. The home stays
/// entered as it was. A page template of a shop's own that cannot be used goes to `faults`, and the
/// program's serves in its place.
Result<service::ShopFaces> read_faces(OpenHome& home, const Share& share,
                                      std::vector<Error>& faults);

/// Looks every second whether a shop's settings were written anew, and tells how it looks then. A
/// file that cannot be used leaves things as they are: the Shop page says what is wrong with it.
class FaceWatch {
  public:
    using Renew = std::function<void(service::ShopFace)>;
    /// Requires: what `renew` names outlives the watch.
    FaceWatch(const Home& home, const service::ShopFaces& faces, Renew renew);
    ~FaceWatch();
    FaceWatch(const FaceWatch&) = delete;
    FaceWatch& operator=(const FaceWatch&) = delete;

    /// Looks now, for who has just written them.
    void look();

  private:
    using Stamp = std::pair<std::filesystem::file_time_type, std::uintmax_t>;
    struct Watched {
        Home home;
        std::string name;  ///< as ShopFace::name
        Stamp stamp;
    };
    static Stamp stamp_of(const Home& home);

    std::map<ShopId, Watched> shops_;
    Renew renew_;
    std::mutex looking_, mutex_;
    std::condition_variable changed_;
    bool stop_ = false;
    std::thread thread_;
};

}  // namespace verso::app
