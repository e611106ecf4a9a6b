#include "pictures/answer.hpp"
#include "pictures/header_bytes_test.hpp"

#include <gtest/gtest.h>

namespace safargo::pictures {
namespace {

using namespace test;

std::string picture(std::uint32_t side) {
    return webp_file(webp_chunk("VP8 ", lossy_pixels(side, side)));
}

const Made made{.width = 1280, .height = 960, .small = picture(160), .medium = picture(640), .large = picture(1280)};

TEST(Answer, IsReadAsItWasWritten) {
    for (const Answer& answer :
         {Answer(made), Answer(Refused{Reason::not_a_picture}), Answer(Refused{Reason::other_format, Format::png}),
          Answer(Refused{Reason::too_large}), Answer(Refused{Reason::broken}), Answer(Refused{Reason::too_costly})}) {
        EXPECT_EQ(unpack(pack(answer)), answer);
    }
}

TEST(Answer, IsRefusedWhereverItIsCutOff) {
    for (const Answer& answer : {Answer(made), Answer(Refused{Reason::broken})}) {
        const std::string whole = pack(answer);
        for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_EQ(unpack(whole.substr(0, size)), std::nullopt);
        EXPECT_EQ(unpack(whole + "x"), std::nullopt);
    }
}

TEST(Answer, OfAHijackedProgramIsRefused) {
    Made hostile = made;
    hostile.large = "<html><script>alert(1)</script></html>";
    EXPECT_EQ(unpack(pack(hostile)), std::nullopt) << "no picture";
    hostile.large = webp_file(webp_chunk("VP8 ", lossy_pixels(8, 8)) + webp_chunk("html", "<script>"));
    EXPECT_EQ(unpack(pack(hostile)), std::nullopt) << "more than a picture";
    hostile = made;
    hostile.width = 1281;
    EXPECT_EQ(unpack(pack(hostile)), std::nullopt) << "too wide";
    hostile = made;
    hostile.height = 0;
    EXPECT_EQ(unpack(pack(hostile)), std::nullopt) << "no height";
    hostile = made;
    hostile.medium = webp_file(webp_chunk("VP8 ", lossy_pixels(8, 8) + std::string(largest_answer, 'x')));
    EXPECT_EQ(unpack(pack(hostile)), std::nullopt) << "too long";
}

TEST(Answer, OfUnknownWordsIsRefused) {
    EXPECT_EQ(unpack(std::string("SGP1R\x05\xff")), std::nullopt) << "a reason of a newer program";
    EXPECT_EQ(unpack(std::string("SGP1R\x01\xff")), std::nullopt) << "another format, but which?";
    EXPECT_EQ(unpack(std::string("SGP1R\x01\x03")), std::nullopt) << "an unknown format";
    EXPECT_EQ(unpack(std::string("SGP1R\x03\x01")), std::nullopt) << "a format that nobody asked for";
    EXPECT_EQ(unpack("SGP1X"), std::nullopt);
    EXPECT_EQ(unpack("SGP2R\x03\xff"), std::nullopt);
}

}  // namespace
}  // namespace safargo::pictures
