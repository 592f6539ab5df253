// SPDX-License-Identifier: Apache-2.0
// Build-time program: makes one prepared font out of one of Debian's.
// Usage: verso_prepare_fonts IN.ttf OUT.ttf
// Keeps the repertoire (repertoire.h) and the outlines; drops hinting, which print does not use,
// and the layout tables, which nothing of ours reads.
#include <cstdio>
#include <fstream>
#include <memory>

#include <hb-subset.h>

#include "generator/fonts/hb_handle.h"
#include "generator/fonts/repertoire.h"

namespace {

using verso::generator::kRepertoire;

using Blob = verso::generator::HbHandle<hb_blob_t, hb_blob_destroy>;
using Face = verso::generator::HbHandle<hb_face_t, hb_face_destroy>;
using Input = verso::generator::HbHandle<hb_subset_input_t, hb_subset_input_destroy>;

Input wanted() {
    Input input(hb_subset_input_create_or_fail());
    if (!input) return input;
    hb_set_t* characters = hb_subset_input_unicode_set(input.get());
    for (const auto& range : kRepertoire) hb_set_add_range(characters, range.first, range.last);
    hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_NO_HINTING);
    hb_set_t* dropped = hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (const hb_tag_t tag : {HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'),
                               HB_TAG('G', 'D', 'E', 'F'), HB_TAG('D', 'S', 'I', 'G')}) {
        hb_set_add(dropped, tag);
    }
    return input;
}

bool write(const char* path, hb_blob_t* blob) {
    unsigned length = 0;
    const char* data = hb_blob_get_data(blob, &length);
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out.write(data, static_cast<std::streamsize>(length));
    out.close();
    return out.good() && length > 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fprintf(stderr, "usage: %s IN.ttf OUT.ttf\n", argv[0]);
        return 2;
    }
    const Blob blob(hb_blob_create_from_file_or_fail(argv[1]));
    if (!blob) {
        std::fprintf(stderr, "%s: cannot be read; install fonts-noto-core\n", argv[1]);
        return 1;
    }
    const Face source(hb_face_create(blob.get(), 0));
    const Input input = wanted();
    const Face subset(input ? hb_subset_or_fail(source.get(), input.get()) : nullptr);
    if (!subset) {
        std::fprintf(stderr, "%s: HarfBuzz cannot subset it\n", argv[1]);
        return 1;
    }
    const Blob prepared(hb_face_reference_blob(subset.get()));
    if (!write(argv[2], prepared.get())) {
        std::fprintf(stderr, "%s: cannot be written\n", argv[2]);
        return 1;
    }
    return 0;
}
