// SPDX-License-Identifier: Apache-2.0
#include "records/lifecycle/shop_name.h"

#include <gtest/gtest.h>

namespace verso::records {
namespace {

TEST(ShopName, MeansOneShopInEitherLetterCase) {
    EXPECT_EQ(fold_shop_name("Maison-Exemple_2").value(), "maison-exemple_2");
    EXPECT_EQ(fold_shop_name(std::string(40, 'Z')).value(), std::string(40, 'z'));
}

TEST(ShopName, HoldsNothingThatLeavesItsFolder) {
    for (const std::string name :
         {"", ".", "..", "a/b", "../a", "a b", "é", "a.b", "a\\b", "a\n"}) {
        EXPECT_EQ(fold_shop_name(name).error().code, ErrorCode::ValueInvalid) << name;
    }
    EXPECT_FALSE(fold_shop_name(std::string_view("a\0b", 3)));
    EXPECT_FALSE(fold_shop_name(std::string(41, 'a')));
}

}  // namespace
}  // namespace verso::records
