#include "features/notifications/push_types.hpp"

#include <gtest/gtest.h>

namespace safargo::notifications {
namespace {

TEST(PushAddress, OfEveryPushServiceInUse) {
    for (const char* address :
         {"https://updates.push.services.mozilla.com/wpush/v2/gAAAAABl", "https://fcm.googleapis.com/fcm/send/f:APA91b",
          "https://web.push.apple.com/QGuQyavXutnMH", "https://wns2-par02p.notify.windows.com/w/?token=BQYAAAB%2f%3d",
          "https://push.xn--mgbcd4a2b0d2b.example/x"}) {
        const auto read = PushAddress::parse(address);
        ASSERT_TRUE(read) << address;
        EXPECT_EQ(read->str(), address);
    }
}

TEST(PushAddress, OfNoOtherPlace) {
    for (const char* address : {"",
                                "https://",
                                "https:///x",
                                "http://push.example.com/x",
                                "HTTPS://push.example.com/x",
                                "ftp://example.com/x",
                                "https://push.example.com",
                                "https://push.example.com:8443/x",
                                "https://push.example.com:443/x",
                                "https://user@push.example.com/x",
                                "https://push.example.com@127.0.0.1/x",
                                "https://localhost/x",
                                "https://a.localhost/x",
                                "https://printer.local/x",
                                "https://metadata.google.internal/x",
                                "https://127.0.0.1/x",
                                "https://2130706433/x",
                                "https://0x7f.1/x",
                                "https://127.0x1/x",
                                "https://0177.0.0.01/x",
                                "https://[::1]/x",
                                "https://[::ffff:127.0.0.1]/x",
                                "https://push.example.com./x",
                                "https://.example.com/x",
                                "https://push..example.com/x",
                                "https://push.example.com\\@evil.example/x",
                                "https://push.example.com/a b",
                                "https://push.example.com/\n",
                                "https://push.example.com/#x",
                                "https://PUSH.example.com/x",
                                "https://push_.example.com/x",
                                "https://push.example.com?x/",
                                "https://bücher.example/x"}) {
        const auto read = PushAddress::parse(address);
        ASSERT_FALSE(read) << address;
        EXPECT_EQ(read.error(), Violation{Rule::public_push_address});
    }
    EXPECT_FALSE(PushAddress::parse("https://push.example.com/" + std::string(1'000, 'x')));
}

TEST(BrowserKeys, ArePointsAndSecrets) {
    const std::string key = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    EXPECT_EQ(BrowserKey::parse(key).value().bytes().size(), 65U);
    EXPECT_FALSE(BrowserKey::parse(key.substr(1)));
    EXPECT_FALSE(
        BrowserKey::parse("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw8"))
        << "not on the curve";
    EXPECT_FALSE(BrowserKey::parse(key + "="));
    EXPECT_FALSE(BrowserKey::parse(""));
    EXPECT_EQ(BrowserSecret::parse("BTBZMqHH6r4Tts7J_aSIgg").value().bytes().size(), 16U);
    for (const char* bad : {"", "BTBZMqHH6r4Tts7J_aSI", "BTBZMqHH6r4Tts7J_aSIgg==", "BTBZMqHH6r4Tts7J_aSIggAA"})
        EXPECT_FALSE(BrowserSecret::parse(bad)) << bad;
}

}  // namespace
}  // namespace safargo::notifications
