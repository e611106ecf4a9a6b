#include "adapters/redis/reply_reader.hpp"

#include "testing/properties.hpp"

#include <gmock/gmock.h>

namespace safargo::redis {
namespace {

using Kind = Reply::Kind;

Reply status(std::string text) {
    return {.kind = Kind::status, .text = std::move(text)};
}
Reply text(std::string value) {
    return {.kind = Kind::text, .text = std::move(value)};
}
Reply integer(std::int64_t value) {
    return {.kind = Kind::integer, .integer = value};
}
Reply list(std::vector<Reply> items) {
    return {.kind = Kind::list, .items = std::move(items)};
}

std::vector<Reply> read(std::string_view bytes, ReplyLimits limits = {}) {
    ReplyReader reader(limits);
    reader.feed(bytes);
    std::vector<Reply> replies;
    while (auto reply = reader.next()) replies.push_back(std::move(*reply));
    return replies;
}

// As Redis would write it.
void print(std::string& bytes, const Reply& reply) {
    switch (reply.kind) {
        case Kind::nil:
            bytes += "$-1\r\n";
            return;
        case Kind::status:
            bytes += "+" + reply.text + "\r\n";
            return;
        case Kind::error:
            bytes += "-" + reply.text + "\r\n";
            return;
        case Kind::integer:
            bytes += ":" + std::to_string(reply.integer) + "\r\n";
            return;
        case Kind::text:
            bytes += "$" + std::to_string(reply.text.size()) + "\r\n" + reply.text + "\r\n";
            return;
        case Kind::list:
            bytes += "*" + std::to_string(reply.items.size()) + "\r\n";
            for (const Reply& item : reply.items) print(bytes, item);
    }
}

rc::Gen<Reply> any_reply(int depth) {
    const auto line = rc::gen::container<std::string>(rc::gen::inRange<char>(' ', '~'));
    const auto scalar = rc::gen::oneOf(
        rc::gen::just(Reply{}), rc::gen::map(line, status),
        rc::gen::map(line, [](std::string words) { return Reply{.kind = Kind::error, .text = std::move(words)}; }),
        rc::gen::map(rc::gen::arbitrary<std::int64_t>(), integer),
        rc::gen::map(rc::gen::arbitrary<std::string>(), text));
    if (depth == 0) return scalar;
    const auto inner = rc::gen::scale(0.3, rc::gen::container<std::vector<Reply>>(any_reply(depth - 1)));
    return rc::gen::weightedOneOf<Reply>({{3, scalar}, {1, rc::gen::map(inner, list)}});
}

TEST(ReplyReader, ReadsEveryKind) {
    EXPECT_THAT(
        read("+OK\r\n-ERR no\r\n:-42\r\n$5\r\na\r\nbc\r\n$0\r\n\r\n$-1\r\n*-1\r\n*0\r\n*2\r\n:1\r\n*1\r\n$-1\r\n"),
        ::testing::ElementsAre(status("OK"), Reply{.kind = Kind::error, .text = "ERR no"}, integer(-42),
                               text("a\r\nbc"), text(""), Reply{}, Reply{}, list({}),
                               list({integer(1), list({Reply{}})})));
}

TEST(ReplyReader, WaitsForWhatIsMissing) {
    ReplyReader reader;
    for (const std::string_view piece : {"*", "2\r", "\n$3\r\nab", "c", "\r", "\n:"}) {
        reader.feed(piece);
        EXPECT_EQ(reader.next(), std::nullopt) << piece;
    }
    reader.feed("7\r\n+");
    EXPECT_EQ(reader.next(), list({text("abc"), integer(7)}));
    EXPECT_EQ(reader.next(), std::nullopt);
    EXPECT_EQ(reader.waiting_bytes(), 1U);
}

RC_GTEST_PROP(ReplyReaderProperty, AnyCutGivesTheSameReplies, ()) {
    const auto replies = *rc::gen::container<std::vector<Reply>>(any_reply(3));
    std::string bytes;
    for (const Reply& reply : replies) print(bytes, reply);
    ReplyReader reader;
    std::vector<Reply> got;
    for (std::string_view rest = bytes; !rest.empty();) {
        const std::size_t size = *rc::gen::inRange<std::size_t>(1, std::min<std::size_t>(rest.size(), 40) + 1);
        reader.feed(rest.substr(0, size));
        rest.remove_prefix(size);
        while (auto reply = reader.next()) got.push_back(std::move(*reply));
    }
    RC_ASSERT(got == replies);
    RC_ASSERT(reader.waiting_bytes() == 0U);
}

RC_GTEST_PROP(ReplyReaderProperty, OneChangedByteIsReadOrRefusedAlikeHoweverCut, ()) {
    std::string bytes;
    print(bytes, *any_reply(2));
    bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = *rc::gen::arbitrary<char>();
    const auto outcome = [&bytes](std::size_t step) {
        std::vector<Reply> replies;
        ReplyReader reader;
        try {
            for (std::size_t at = 0; at < bytes.size(); at += step) {
                reader.feed(std::string_view(bytes).substr(at, step));
                while (auto reply = reader.next()) replies.push_back(std::move(*reply));
            }
        } catch (const ProtocolError&) {
            replies.push_back(status("refused"));
        }
        return replies;
    };
    RC_ASSERT(outcome(1) == outcome(bytes.size()));
}

TEST(ReplyReader, RefusesWhatIsNotRedis) {
    for (const std::string_view bytes :
         {"HTTP/1.1 400 Bad Request\r\n", "\r\n", "%1\r\n", ":\r\n", ":1a\r\n", ":+1\r\n", ":99999999999999999999\r\n",
          "$\r\n", "$-2\r\n", "$x\r\n", "*-5\r\n", "*1.5\r\n", "$3\r\nabcd\r\n", "$1\r\nabc\r\n"}) {
        EXPECT_THROW(read(bytes), ProtocolError) << bytes;
    }
}

TEST(ReplyReader, IsOfNoUseAfterARefusal) {
    ReplyReader reader;
    reader.feed("?\r\n+OK\r\n");
    EXPECT_THROW(reader.next(), ProtocolError);
    reader.feed("+OK\r\n");
    EXPECT_THROW(reader.next(), ProtocolError);
}

TEST(ReplyReader, KeepsItsLimits) {
    const ReplyLimits limits{.line = 8, .text = 10, .reply = 40, .items = 5, .depth = 2};
    EXPECT_EQ(read("+1234567\r\n$10\r\n0123456789\r\n", limits).size(), 2U);
    EXPECT_EQ(read("*4\r\n:1\r\n:2\r\n:3\r\n:4\r\n*1\r\n*1\r\n:1\r\n", limits).size(), 2U);
    for (const std::string_view bytes : {
             "+12345678\r\n", "+1234567890",                             // a line, complete or not
             "$11\r\n",                                                  // a text: refused before it arrives
             "*3\r\n$10\r\n0123456789\r\n$10\r\n0123456789\r\n$10\r\n",  // a reply
             "*5\r\n", "*1000000000\r\n",                                // a list: nothing is reserved for it
             "*2\r\n*4\r\n",                                             // elements in all
             "*1\r\n*1\r\n*1\r\n",                                       // depth
         }) {
        EXPECT_THROW(read(bytes, limits), ProtocolError) << bytes;
    }
}

TEST(ReplyReader, ALimitCountsForEachReply) {
    const ReplyLimits limits{.reply = 30, .items = 3};
    std::string bytes;
    for (int i = 0; i < 100; ++i) bytes += "*2\r\n$3\r\nabc\r\n:1\r\n";
    EXPECT_EQ(read(bytes, limits).size(), 100U);
}

TEST(AppendCommand, WritesWordsOfAnyBytes) {
    std::string bytes;
    append_command(bytes, {"SET", "k\r\n", ""});
    EXPECT_EQ(bytes, "*3\r\n$3\r\nSET\r\n$3\r\nk\r\n\r\n$0\r\n\r\n");
    EXPECT_EQ(read(bytes), std::vector{list({text("SET"), text("k\r\n"), text("")})});
    EXPECT_THROW(append_command(bytes, {}), std::invalid_argument);
}

TEST(Reply, KnowsTheKindOfAnError) {
    const Reply error{.kind = Kind::error, .text = "MOVED 1 host:1"};
    EXPECT_TRUE(error.is_error("MOVED"));
    EXPECT_FALSE(error.is_error("MOVE"));
    EXPECT_TRUE((Reply{.kind = Kind::error, .text = "NOAUTH"}.is_error("NOAUTH")));
    EXPECT_FALSE(status("MOVED").is_error("MOVED"));
}

}  // namespace
}  // namespace safargo::redis
