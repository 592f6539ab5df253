// SPDX-License-Identifier: Apache-2.0
#include "app/zpl_codes.h"

#include <gmock/gmock.h>

namespace verso::app {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> codes(const std::string& fields) {
    return read_zpl("^XA" + fields + "^XZ").codes;
}

TEST(ZplCodes, EachBarCodesContentAndNoText) {
    EXPECT_THAT(codes("^FO10,10^A0N,30,30^FDRR 473 124 829 FR^FS"
                      "^FO10,50^BY3^BCN,100,Y,N,N^FDRR473124829FR^FS"
                      "^FO10,200^BXN,4,200^FDABC_1DEF^FS^FO10,300^BQN,2,5^FDMA,hello, you^FS"),
                ElementsAre("RR473124829FR",
                            "ABC\x1d"
                            "DEF",
                            "hello, you"));
    EXPECT_THAT(codes("^FO0,0^GB100,100,2^FS^FDno code^FS"), IsEmpty());
}

TEST(ZplCodes, HexadecimalEscapes) {
    EXPECT_THAT(codes("^BCN^FH^FDA_42C_5e^FS"), ElementsAre("ABC^"));
    EXPECT_THAT(codes("^BCN^FH\\^FDA\\42_42^FS"), ElementsAre("AB_42"));
    EXPECT_THAT(codes("^BCN^FDA_42^FS"), ElementsAre("A_42")) << "no ^FH, no escapes";
    EXPECT_THAT(codes("^BCN^FH^FDA_4^FS^BCN^FH^FD_^FS^BCN^FH^FD_ZZ^FS"),
                ElementsAre("A_4", "_", "_ZZ"));
}

TEST(ZplCodes, Code128InvocationsAreNotContent) {
    EXPECT_THAT(codes("^BCN,100,Y,N,N^FD>;>80034012345678901234^FS"),
                ElementsAre("\x1d"
                            "0034012345678901234"));
    EXPECT_THAT(codes("^BCN^FD>:AB>5123456>6C>0^FS^BCN^FDend>^FS"),
                ElementsAre("AB123456C>", "end>"));
}

TEST(ZplCodes, ChangedPrefixes) {
    EXPECT_THAT(read_zpl("CT~~CD,~CC^~CT~^XA^BCN^FD1^FS^XZ").codes, ElementsAre("1"));
    const ZplLabel changed = read_zpl("^XA^CC/ /BCN/FD^1/FS/CT+ /BCN/FD~2/FS/XZ");
    EXPECT_THAT(changed.codes, ElementsAre("^1", "~2"));
    EXPECT_EQ(changed.formats, 1);
}

TEST(ZplCodes, CountsTheLabels) {
    EXPECT_EQ(read_zpl("^XA^XZ^XA^FDx^FS^XZ").formats, 2);
    EXPECT_EQ(read_zpl("^XA^BCN^FD1^FS").formats, 0) << "never ended";
    EXPECT_EQ(read_zpl("^XZ").formats, 0);
    EXPECT_EQ(read_zpl("").formats, 0);
    EXPECT_EQ(read_zpl("a text that is none").formats, 0);
    EXPECT_THAT(codes("^BCN^FDlast field"), ElementsAre("last field"));
}

TEST(ZplCodes, BinaryGraphicsAreNoCommands) {
    EXPECT_THAT(codes("^GFB,5,5,1,^XZ^X^FS^BCN^FD7^FS"), ElementsAre("7"));
    EXPECT_THAT(codes("^GFA,2,2,1,FFFF^FS^BCN^FD7^FS"), ElementsAre("7"));
    EXPECT_THAT(codes("^GFB,99999999999999999999,5,1,x^BCN^FD7^FS").size(), 1U);
}

TEST(ZplCodes, AnyBytesWillDo) {
    for (const char* text : {"^", "~", "^X", "^CC", "~CT", "^FH", "^XA^FD", "^XA^BC^FD>^FS^XZ",
                             "^GFB", "^GFB,", "^XA^FH^FD_^FS", "^XA^GFB,9,9,9,"}) {
        read_zpl(text);
    }
    std::string noise;
    for (int i = 0; i < 20000; ++i) noise += char("^~XABCDFGHSZ_>,09"[(i * 7919 + i / 13) % 17]);
    read_zpl(noise);
}

}  // namespace
}  // namespace verso::app
