#include "pictures/webp_container.hpp"
#include "pictures/header_bytes_test.hpp"

#include <gtest/gtest.h>

namespace safargo::pictures {
namespace {

using namespace test;

const std::string lossy = webp_chunk("VP8 ", lossy_pixels(8, 8));
const std::string lossless = webp_chunk("VP8L", lossless_pixels(8, 8));
const std::string alpha = webp_chunk("ALPH", "odd");
constexpr int every_flag = 0x3e, alpha_flag = 0x10;

TEST(KeepPixels, LeavesAFileOfPixelsAsItIs) {
    for (const std::string& file : {webp_file(lossy), webp_file(lossless),
                                    webp_file(webp_chunk("VP8X", extended(alpha_flag, 8, 8)) + alpha + lossy)}) {
        EXPECT_EQ(keep_pixels(file), file);
    }
}

TEST(KeepPixels, TakesOutWhateverElseThereIs) {
    const std::string head = webp_chunk("VP8X", extended(every_flag, 8, 8)) + webp_chunk("ICCP", "profile");
    const std::string tail =
        webp_chunk("EXIF", "GPS") + webp_chunk("XMP ", "<x:xmpmeta/>") + webp_chunk("html", "<script>");
    EXPECT_EQ(keep_pixels(webp_file(head + lossy + tail)), webp_file(lossy));
    EXPECT_EQ(keep_pixels(webp_file(head + lossless + tail)), webp_file(lossless));
    EXPECT_EQ(keep_pixels(webp_file(head + alpha + lossy + tail)),
              webp_file(webp_chunk("VP8X", extended(alpha_flag, 8, 8)) + alpha + lossy))
        << "its flags promise transparency only";
}

TEST(KeepPixels, KeepsTheFirstOfTwo) {
    const std::string hidden = webp_chunk("VP8 ", lossy_pixels(9, 9));
    EXPECT_EQ(keep_pixels(webp_file(lossy + hidden)), webp_file(lossy));
}

TEST(KeepPixels, RefusesWhatIsNoStillPicture) {
    EXPECT_EQ(keep_pixels(""), std::nullopt);
    EXPECT_EQ(keep_pixels(jpeg_header(8, 8)), std::nullopt);
    EXPECT_EQ(keep_pixels(webp_file("")), std::nullopt);
    EXPECT_EQ(keep_pixels(webp_file(webp_chunk("ANIM", "loop") + webp_chunk("ANMF", "frame"))), std::nullopt);
    EXPECT_EQ(keep_pixels(webp_file(lossy + lossless)), std::nullopt) << "which of both?";
    EXPECT_EQ(keep_pixels(webp_file(alpha + lossy)), std::nullopt) << "transparency without its announcement";
}

TEST(KeepPixels, RefusesAFileWhoseLengthsLie) {
    EXPECT_EQ(keep_pixels(webp_file(lossy) + "<html>"), std::nullopt);
    EXPECT_EQ(keep_pixels(webp_file(lossy).substr(0, 20)), std::nullopt);
    EXPECT_EQ(keep_pixels(webp_file(lossy + "VP8")), std::nullopt);
    EXPECT_EQ(keep_pixels(webp_file("VP8 \xff\xff\xff\xff")), std::nullopt);
}

}  // namespace
}  // namespace safargo::pictures
