// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

namespace verso::generator {

/// Owns a HarfBuzz object: HbHandle<hb_face_t, hb_face_destroy>. For the files that speak to
/// HarfBuzz alone.
template <auto destroy>
struct HbDestroyer {
    void operator()(auto* object) const { destroy(object); }
};
template <class Object, auto destroy>
using HbHandle = std::unique_ptr<Object, HbDestroyer<destroy>>;

}  // namespace verso::generator
