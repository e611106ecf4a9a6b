#include "config/checks.hpp"

#include <gtest/gtest.h>

#include <string>

namespace safargo {
namespace {

TEST(Checks, Networks) {
    for (const char* text : {"192.0.2.1", "10.0.0.0/8", "0.0.0.0/0", "::1", "2001:db8::/32", "::/128"}) {
        EXPECT_TRUE(is_network(text)) << text;
    }
    for (const char* text :
         {"", "db", "192.0.2", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8x", "::/129", "1.2.3.4:80", "*"}) {
        EXPECT_FALSE(is_network(text)) << text;
    }
    EXPECT_TRUE(is_address("0.0.0.0"));
    EXPECT_FALSE(is_address("localhost"));
    EXPECT_FALSE(is_address("10.0.0.0/8"));
}

TEST(Checks, Origins) {
    for (const char* text : {"https://safargo.com", "http://127.0.0.1:3001", "https://[::1]:3000", "https://a-b.dz"}) {
        EXPECT_TRUE(is_origin(text)) << text;
    }
    for (const char* text : {"", "*", "safargo.com", "https://", "https://safargo.com/", "https://safargo.com/app",
                             "https://a.dz?x", "https://u@a.dz", "ftp://a.dz", "https://a.dz:", "https://a.dz:0",
                             "https://a.dz:99999", "https://[::1", "https://a b.dz"}) {
        EXPECT_FALSE(is_origin(text)) << text;
    }
}

TEST(Checks, DatabaseUrls) {
    for (const char* text :
         {"postgresql://safargo:hunter2@db/safargo", "postgres://db", "postgresql:///", "postgresql:///x",
          "postgresql://safargo:p%40ss@db.eu-west-3.rds.amazonaws.com:5432/safargo?sslmode=require&connect_timeout=2",
          "postgresql://u:p@ss@127.0.0.1:25000/x", "postgresql://u@[::1]:5432/x", "postgresql://a:1,b:2/x?host=c",
          "postgresql://%2Fvar%2Frun%2Fpostgresql/x", "postgresql://postgres@127.0.0.1:20001/functional_1"}) {
        EXPECT_TRUE(is_database_url(text)) << text;
    }
    for (const char* text :
         {"", "x", "host=db dbname=x", "mysql://db/x", "postgresql://db:port/x", "postgresql://db:0/x",
          "postgresql://d b/x", "postgresql://db/x?sslmode", "postgresql://db/%zz", "postgresql://db\n"}) {
        EXPECT_FALSE(is_database_url(text)) << text;
    }
}

TEST(Checks, RedisUrls) {
    for (const char* text :
         {"rediss://:hunter2@cache.eu-west-3.amazonaws.com:6379", "redis://127.0.0.1:7101",
          "rediss://:pw@127.0.0.1:7101,127.0.0.1:7102,[::1]:7103", "rediss://app:p%40ss@a,b", "rediss://:p@ss@a:1"}) {
        EXPECT_TRUE(is_redis_url(text)) << text;
    }
    for (const char* text : {"", "rediss://", "rediss://:pw@", "https://a:1", "rediss://a:0", "rediss://a:1/0",
                             "rediss://a:1?db=2", "rediss://a b", "rediss://a,,b", "rediss://:%zz@a"}) {
        EXPECT_FALSE(is_redis_url(text)) << text;
    }
}

TEST(Checks, ServiceUrls) {
    for (const char* text : {"https://user:password@search.safargo.com", "http://127.0.0.1:9200", "https://a:443"}) {
        EXPECT_TRUE(is_service_url(text)) << text;
    }
    for (const char* text :
         {"", "https://", "ftp://a", "https://a/", "https://a/b", "https://a?x", "https://u:p@a,b"}) {
        EXPECT_FALSE(is_service_url(text)) << text;
    }
}

TEST(Checks, GuessingBitsGrowWithVarietyAndLength) {
    EXPECT_EQ(guessing_bits(""), 0);
    EXPECT_EQ(guessing_bits(std::string(64, '0')), 0);
    EXPECT_EQ(guessing_bits("0123456789abcdef"), 64);
    EXPECT_LT(guessing_bits("abababababababababababababababab"), 40);
}

}  // namespace
}  // namespace safargo
