// Where a key is: slots, the URL, the table of slots, redirects.
#include "adapters/redis/refusal.hpp"
#include "adapters/redis/reply_reader.hpp"
#include "adapters/redis/settings.hpp"
#include "adapters/redis/slot_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace safargo::redis {
namespace {

using ::testing::ElementsAre;
using Kind = Reply::Kind;

const Address asked{"seed", 6379};

Reply read(std::string_view bytes) {
    ReplyReader reader;
    reader.feed(bytes);
    return reader.next().value();
}

SlotTable table_of(std::string_view bytes) {
    return SlotTable::parse(read(bytes), asked);
}

Refusal refusal(std::string text) {
    return read_refusal(Reply{.kind = Kind::error, .text = std::move(text)}, asked);
}

// The check value of CRC-16/XMODEM, and slots that CLUSTER KEYSLOT of Redis 7.0 gives.
TEST(Slots, AreThoseOfTheSpecification) {
    EXPECT_EQ(crc16("123456789"), 0x31C3);
    EXPECT_EQ(crc16(""), 0);
    EXPECT_EQ(slot_of("foo"), 12182);
    EXPECT_EQ(slot_of("bar"), 5061);
    EXPECT_EQ(slot_of("hello"), 866);
    EXPECT_EQ(slot_of(""), 0);
}

TEST(Slots, TheFirstTagDecides) {
    EXPECT_EQ(slot_of("{user1000}.following"), slot_of("user1000"));
    EXPECT_EQ(slot_of("{user1000}.followers"), slot_of("user1000"));
    EXPECT_EQ(slot_of("foo{}{bar}"), crc16("foo{}{bar}") % slot_count);  // an empty tag is none
    EXPECT_EQ(slot_of("foo{{bar}}zap"), slot_of("{bar"));
    EXPECT_EQ(slot_of("foo{bar}{zap}"), slot_of("bar"));
    EXPECT_EQ(slot_of("foo{bar"), crc16("foo{bar") % slot_count);
    EXPECT_EQ(slot_of("}foo{bar}"), slot_of("bar"));
}

TEST(RedisUrl, NamesSeedsAndCredentials) {
    const Settings settings = parse_url("rediss://app:p%40ss@one.example:7000,[::1]:7001,10.0.0.1");
    EXPECT_TRUE(settings.tls);
    EXPECT_EQ(settings.user, "app");
    EXPECT_EQ(settings.password, "p@ss");
    EXPECT_THAT(settings.seeds,
                ElementsAre(Address{"one.example", 7000}, Address{"::1", 7001}, Address{"10.0.0.1", 6379}));
    EXPECT_EQ(parse_url("rediss://:pw@h").user, "");
    EXPECT_FALSE(parse_url("redis://h").tls);
    EXPECT_EQ(parse_url("redis://h").password, "");
}

TEST(RedisUrl, IsRefusedWithoutBeingRepeated) {
    for (const std::string_view url :
         {"", "http://h", "rediss://", "rediss://user@h", "rediss://:%zz@h", "rediss://h:0", "rediss://h:65536",
          "rediss://h:x", "rediss://h,,g", "rediss://[::1", "redis://[::1]7"}) {
        EXPECT_THROW(parse_url(url), std::invalid_argument) << url;
    }
    try {
        parse_url("rediss://:geheim@bad host");
        FAIL();
    } catch (const std::invalid_argument& failure) {
        EXPECT_THAT(failure.what(), ::testing::Not(::testing::HasSubstr("geheim")));
    }
}

TEST(SlotTableOfACluster, KnowsTheOwnerOfEachRange) {
    const SlotTable table = table_of(
        "*2\r\n"
        "*4\r\n:0\r\n:9\r\n*4\r\n$9\r\n127.0.0.1\r\n:7001\r\n$1\r\na\r\n*2\r\n$8\r\nhostname\r\n$1\r\nh\r\n"
        "*3\r\n$9\r\n127.0.0.1\r\n:7002\r\n$1\r\nb\r\n"
        "*3\r\n:11\r\n:16383\r\n*2\r\n$9\r\n127.0.0.1\r\n:7003\r\n");
    EXPECT_EQ(*table.owner(0), (Address{"127.0.0.1", 7001}));
    EXPECT_EQ(*table.owner(9), (Address{"127.0.0.1", 7001}));
    EXPECT_EQ(table.owner(10), nullptr);
    EXPECT_EQ(*table.owner(16383), (Address{"127.0.0.1", 7003}));
    EXPECT_THAT(table.masters(), ElementsAre(Address{"127.0.0.1", 7001}, Address{"127.0.0.1", 7003}));
    EXPECT_THAT(table.replicas(), ElementsAre(Address{"127.0.0.1", 7002}));
}

TEST(SlotTableOfACluster, ANodeWithoutAnAddressIsWhereWeAsked) {
    EXPECT_EQ(*table_of("*1\r\n*3\r\n:0\r\n:1\r\n*2\r\n$-1\r\n:7001\r\n").owner(0), (Address{"seed", 7001}));
    EXPECT_EQ(*table_of("*1\r\n*3\r\n:0\r\n:1\r\n*2\r\n$0\r\n\r\n:7001\r\n").owner(0), (Address{"seed", 7001}));
}

TEST(SlotTableOfACluster, ANodeOfUnknownNameServesNothing) {
    const SlotTable table =
        table_of("*2\r\n*3\r\n:0\r\n:1\r\n*2\r\n$1\r\n?\r\n:7001\r\n*3\r\n:2\r\n:3\r\n*2\r\n$1\r\nh\r\n:7001\r\n");
    EXPECT_EQ(table.owner(0), nullptr);
    EXPECT_EQ(*table.owner(2), (Address{"h", 7001}));
}

TEST(SlotTableOfACluster, AnythingElseIsRefused) {
    for (const std::string_view bytes : {
             "+OK\r\n", "*0\r\n", "*1\r\n:1\r\n", "*1\r\n*2\r\n:0\r\n:1\r\n",  // not even ranges
             "*1\r\n*3\r\n:5\r\n:4\r\n*2\r\n$1\r\nh\r\n:1\r\n",                // backwards
             "*1\r\n*3\r\n:-1\r\n:4\r\n*2\r\n$1\r\nh\r\n:1\r\n",               // no such slot
             "*1\r\n*3\r\n:0\r\n:16384\r\n*2\r\n$1\r\nh\r\n:1\r\n",            //
             "*1\r\n*3\r\n:0\r\n:1\r\n*2\r\n$1\r\nh\r\n:0\r\n",                // no such port
             "*1\r\n*3\r\n:0\r\n:1\r\n*2\r\n$1\r\nh\r\n:65536\r\n",            //
             "*1\r\n*3\r\n:0\r\n:1\r\n*2\r\n$3\r\na b\r\n:1\r\n",              // no such host
             "*1\r\n*3\r\n:0\r\n:1\r\n*1\r\n$1\r\nh\r\n",                      // no port
             "*1\r\n*3\r\n:0\r\n:1\r\n*2\r\n:1\r\n:1\r\n",                     //
         }) {
        EXPECT_THROW(table_of(bytes), ProtocolError) << bytes;
    }
}

TEST(SlotTableOfACluster, CountsNoMoreNodesThanAClusterHas) {
    std::string bytes = "*1001\r\n";
    for (int i = 0; i <= 1'000; ++i) {
        bytes += "*3\r\n:0\r\n:1\r\n*2\r\n$1\r\nh\r\n:" + std::to_string(1 + i) + "\r\n";
    }
    EXPECT_THROW(table_of(bytes), ProtocolError);
}

TEST(SlotTableOfACluster, AMovedSlotBelongsToAKnownNodeOnly) {
    SlotTable table = table_of(
        "*2\r\n*4\r\n:0\r\n:1\r\n*2\r\n$1\r\na\r\n:1\r\n*2\r\n$1\r\nr\r\n:1\r\n*3\r\n:2\r\n:3\r\n*2\r\n$1\r\nb\r\n:"
        "1\r\n");
    table.move(0, {"b", 1});
    EXPECT_EQ(*table.owner(0), (Address{"b", 1}));
    table.move(1, {"stranger", 1});
    EXPECT_EQ(*table.owner(1), (Address{"a", 1}));
    table.move(1, {"r", 1});  // promoted
    EXPECT_EQ(*table.owner(1), (Address{"r", 1}));
    EXPECT_TRUE(table.is_master({"r", 1}));
    EXPECT_TRUE(table.replicas().empty());
}

TEST(SlotTableOfOneServer, GivesItEverything) {
    const SlotTable table = SlotTable::of_one(asked);
    EXPECT_EQ(*table.owner(0), asked);
    EXPECT_EQ(*table.owner(16'383), asked);
    EXPECT_THAT(table.masters(), ElementsAre(asked));
}

TEST(Refusals, SayWhatToDo) {
    EXPECT_EQ(refusal("MOVED 3999 127.0.0.1:6381").kind, Refusal::Kind::moved);
    EXPECT_EQ(refusal("MOVED 3999 127.0.0.1:6381").target, (Address{"127.0.0.1", 6381}));
    EXPECT_EQ(refusal("ASK 3999 ::1:6381").kind, Refusal::Kind::ask);
    EXPECT_EQ(refusal("ASK 3999 ::1:6381").target, (Address{"::1", 6381}));
    EXPECT_EQ(refusal("MOVED 3999 :6381").target, (Address{"seed", 6381}));
    EXPECT_EQ(refusal("MOVED 3999 node.example:6381").target, (Address{"node.example", 6381}));
    EXPECT_EQ(refusal("TRYAGAIN Multiple keys").kind, Refusal::Kind::try_again);
    EXPECT_EQ(refusal("CLUSTERDOWN The cluster is down").kind, Refusal::Kind::cluster_down);
    EXPECT_EQ(refusal("MASTERDOWN Link with MASTER is down").kind, Refusal::Kind::cluster_down);
    EXPECT_EQ(refusal("LOADING Redis is loading").kind, Refusal::Kind::loading);
    EXPECT_EQ(refusal("READONLY You can't write").kind, Refusal::Kind::read_only);
    EXPECT_EQ(refusal("NOAUTH Authentication required.").kind, Refusal::Kind::no_sign_in);
}

TEST(Refusals, AnErrorOfTheCommandIsItsAnswer) {
    for (const char* text : {"WRONGTYPE Operation", "NOSCRIPT No matching script", "ERR unknown", "MOVEDX 1 h:1", ""}) {
        EXPECT_EQ(refusal(text).kind, Refusal::Kind::none) << text;
    }
    EXPECT_EQ(read_refusal(Reply{.kind = Kind::text, .text = "MOVED 1 h:1"}, asked).kind, Refusal::Kind::none);
}

TEST(Refusals, ATargetThatCannotBeReadIsUnknown) {
    for (const char* text :
         {"MOVED", "MOVED 1", "MOVED 1 h", "MOVED 1 h:0", "MOVED 1 h:70000", "MOVED 1 ?:1", "MOVED 1 h\n:1"}) {
        EXPECT_EQ(refusal(text).kind, Refusal::Kind::moved) << text;
        EXPECT_EQ(refusal(text).target, std::nullopt) << text;
    }
}

}  // namespace
}  // namespace safargo::redis
