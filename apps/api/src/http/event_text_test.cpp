#include "http/event_text.hpp"

#include <gtest/gtest.h>

namespace safargo::http {
namespace {

using namespace std::chrono_literals;

std::string text_of(const Event& event) {
    std::string text;
    append_event(text, event);
    return text;
}

TEST(EventText, AnEventHasItsPartsInALineEach) {
    EXPECT_EQ(text_of({.id = "7", .name = "booking", .data = R"({"what":"confirmed"})"}),
              "id: 7\nevent: booking\ndata: {\"what\":\"confirmed\"}\n\n");
    EXPECT_EQ(text_of({.comment = "open", .id = "7"}), ": open\nid: 7\n\n");
    EXPECT_EQ(text_of({.data = "x"}), "data: x\n\n");
}

// Whatever it holds, an event stays one event and adds none.
TEST(EventText, LineBreaksCannotEndAnEvent) {
    EXPECT_EQ(text_of({.data = "a\nb\r\nc\rd"}), "data: a\ndata: b\ndata: c\ndata: d\n\n");
    EXPECT_EQ(text_of({.data = "a\n\nevent: b"}), "data: a\ndata: \ndata: event: b\n\n");
    EXPECT_EQ(text_of({.comment = "a\n\ndata: b", .id = "1\r\ndata: c", .name = "d\re"}),
              ": a  data: b\nid: 1  data: c\nevent: d e\n\n");
}

TEST(EventText, RetryIsInMilliseconds) {
    std::string text;
    append_retry(text, 2s);
    EXPECT_EQ(text, "retry: 2000\n\n");
}

TEST(EventText, AChunkSaysItsLengthInHexadecimal) {
    EXPECT_EQ(as_chunk("x"), "1\r\nx\r\n");
    EXPECT_EQ(as_chunk(std::string(31, 'x')), "1f\r\n" + std::string(31, 'x') + "\r\n");
}

}  // namespace
}  // namespace safargo::http
