// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "service/desk/bench_works.h"
#include "service/desk/export_works.h"
#include "service/desk/import_works.h"
#include "service/desk/paper_works.h"
#include "service/desk/picture_works.h"
#include "service/desk/scan_works.h"
#include "service/desk/shop_works.h"
#include "service/site/label_works.h"
#include "service/site/photo_works.h"

namespace verso::service {

/// What the desk asks of the program that wires the rooms together: printing, reading pictures.
/// Each part is there or null; pages of a part that is not there say so. Thread-safe.
struct DeskWorks {
    BenchWorks* bench = nullptr;
    PaperWorks* paper = nullptr;
    PictureWorks* pictures = nullptr;
    ScanWorks* scans = nullptr;
    ExportWorks* exports = nullptr;
    ShopWorks* shop = nullptr;
    PhotoWorks* photos = nullptr;
    ImportWorks* imports = nullptr;
    LabelWorks* labels = nullptr;
};

}  // namespace verso::service
