// Several subscribers of one publication are independent of each other.
#include "jobs/fan_out_world_test.hpp"

#include "testing/gate.hpp"

namespace safargo::jobs {
namespace {

const db::EventKind unheard{"test.unheard"};

class FanOutTest : public FanOutWorld {};

TEST_F(FanOutTest, DeliversEachPublicationOnceToEachSubscriber) {
    add_row("a", "hello", "fact");
    EXPECT_EQ(send_both(), 2U);
    for (const std::string who : {"test.first", "test.second"}) {
        ASSERT_EQ(heard_[who], Texts{"hello"}) << who;
        EXPECT_EQ(messages_[who][0].id, ids_["hello"]) << who;
        EXPECT_EQ(messages_[who][0].kind, "fact") << who;
        EXPECT_EQ(messages_[who][0].ordering_key, "a") << who;
        EXPECT_EQ(deliveries(who, "sent_at is not null and payload = ''"), "true") << who;
    }
    EXPECT_EQ(column("sent_at is not null and payload = ''", "hello"), "true");
    EXPECT_EQ(send_both(), 0U);
}

TEST_F(FanOutTest, ASingleDeliveryUsesThePublicationsRow) {
    add_row("a", "hello", "fact");
    EXPECT_EQ(send({listener("test.first")}), 1U);
    EXPECT_EQ(heard_["test.first"], Texts{"hello"});
    EXPECT_EQ(deliveries("test.first", "id"), "none");
}

TEST_F(FanOutTest, AFailingSubscriberDelaysNoOther) {
    for (int i = 0; i < 4; ++i) add_row("a", std::to_string(i), "fact");
    failing_ = {"test.first"};
    send_both();
    EXPECT_EQ(heard_["test.second"], (Texts{"0", "1", "2", "3"}));
    EXPECT_EQ(deliveries("test.first", "attempts"), "1 0 0 0");
    EXPECT_EQ(deliveries("test.first", "last_error"), "test.first is away - - -");
    failing_.clear();
    clock_.advance(1s);
    send_both();
    EXPECT_EQ(heard_["test.first"], (Texts{"0", "1", "2", "3"}));
    EXPECT_EQ(heard_["test.second"].size(), 4U);
}

TEST_F(FanOutTest, EachHasItsOwnDeadLetter) {
    add_row("a", "hopeless", "fact");
    add_row("a", "behind it", "fact");
    failing_ = {"test.first", "test.money"};
    for (int i = 0; i < 12; ++i) {
        send({listener("test.first", {"fact"}, db::GivingUp::forgets),
              listener("test.money", {"fact"}, db::GivingUp::never), listener("test.second")});
        if (i < 11) clock_.advance(600s);
    }
    EXPECT_EQ(deliveries("test.first", "dead_at is not null and payload = ''"), "true false");
    EXPECT_EQ(deliveries("test.money", "dead_at"), "- -") << "payments are never given up";
    EXPECT_EQ(deliveries("test.money", "attempts"), "12 0");
    EXPECT_EQ(heard_["test.second"], (Texts{"hopeless", "behind it"}));
}

TEST_F(FanOutTest, DropsExpiredDeliveries) {
    add_row("a", "late", "fact");
    database_.execute("update outbox set expires_at = '2026-12-01T08:10:00Z'");
    failing_ = {"test.first"};
    send_both();
    failing_.clear();
    clock_.advance(600s);
    send_both();
    EXPECT_EQ(deliveries("test.first", "last_error"), "expired before it could be sent");
    EXPECT_EQ(heard_["test.first"], Texts{});
    EXPECT_EQ(heard_["test.second"], Texts{"late"});
}

TEST_F(FanOutTest, ASubscriberThatKillsProcessesIsBuriedAlone) {
    add_row("a", "poison", "fact");
    send_both();
    database_.execute(R"(
        update outbox set sent_at = null, payload = 'poison', leased_until = '2026-12-01T08:00:00Z', lost_leases = 4
        where kind = 'fact>test.first')");
    add_row("a", "behind it", "fact");
    send_both();
    EXPECT_EQ(deliveries("test.first", "dead_at is not null"), "true false");
    EXPECT_EQ(heard_["test.first"], (Texts{"poison", "behind it"})) << "once before it became poison";
    EXPECT_EQ(heard_["test.second"], (Texts{"poison", "behind it"}));
}

// A subscriber gets events with one key in order, whether or not it shares their kind.
TEST_F(FanOutTest, ASubscriberKeepsOneOrderForAllItsKinds) {
    const db::Subscriptions all{listener("test.first", {"fact", "own"}), listener("test.second")};
    for (int i = 0; i < 6; ++i) add_row("a", std::to_string(i), i % 2 == 0 ? "fact" : "own");
    send(all);
    EXPECT_EQ(heard_["test.first"], (Texts{"0", "1", "2", "3", "4", "5"}));
    EXPECT_EQ(heard_["test.second"], (Texts{"0", "2", "4"}));
}

// Two kinds with one key, each with its own subscriber.
TEST_F(FanOutTest, DeliveriesToOthersWithTheSameKeyDoNotBlock) {
    add_row("a", "of the first", "fact");
    add_row("a", "of the second", "other");
    failing_ = {"test.first"};
    const db::Subscriptions all{listener("test.first"), listener("test.second", {"other"})};
    send(all);
    EXPECT_EQ(heard_["test.second"], Texts{"of the second"});
    add_row("a", "another", "other");
    send(all);
    EXPECT_EQ(heard_["test.second"].size(), 2U) << "nor is it put off with the other's retry";
}

TEST_F(FanOutTest, MarksAnEventWithoutSubscribersAsSent) {
    add_row("a", "in vain", std::string(unheard));
    add_row("a", "behind it", "fact");
    send({listener("test.first")});
    EXPECT_EQ(column("sent_at is not null and payload = ''", "in vain"), "true");
    EXPECT_EQ(heard_["test.first"], Texts{"behind it"});
}

TEST_F(FanOutTest, ExpandsNothingEarlyOrOutOfOrder) {
    add_row("a", "later", "fact", 60s);
    add_row("a", "behind it", "fact");
    EXPECT_EQ(send_both(), 0U);
    EXPECT_EQ(deliveries("test.first", "id"), "none");
    clock_.advance(60s);
    send_both();
    EXPECT_EQ(heard_["test.first"], (Texts{"later", "behind it"}));
}

// Its slots are full, those of another subscriber of the same kind are not.
class SlowSubscriber : public FanOutWorld {
protected:
    Task<void> hang(db::OutboxMessage) {
        ++hanging_;
        co_await answer_.pass();
    }
    Task<void> wait_for(OutboxDispatcher& dispatcher, std::size_t heard) {
        co_await wait_until([this, heard] { return heard_["test.second"].size() == heard; });
        dispatcher.stop();
        answer_.open();
    }
    int hanging_ = 0;
    testing::Gate answer_{1'000};
};

TEST_F(SlowSubscriber, DelaysNoOther) {
    for (int i = 0; i < 9; ++i) add_row("key " + std::to_string(i), std::to_string(i), "fact");
    const db::OutboxHandler hanging = [this](db::OutboxMessage message) { return hang(std::move(message)); };
    OutboxDispatcher dispatcher{executor(),
                                database_.db(),
                                clock_,
                                {{"test.slow", {{"fact", hanging}}}, listener("test.second")},
                                {.in_flight = 3}};
    std::vector<Task<void>> tasks;
    tasks.push_back(dispatcher.serve());
    tasks.push_back(wait_for(dispatcher, 9));
    testing::run_all(std::move(tasks));
    EXPECT_EQ(heard_["test.second"].size(), 9U);
    EXPECT_EQ(hanging_, 3) << "only its own slots";
}

TEST_F(FanOutTest, TwoDispatchersDoNotExpandTwice) {
    for (int i = 0; i < 60; ++i) add_row("key " + std::to_string(i % 7), std::to_string(100 + i), "fact");
    const db::Subscriptions both{listener("test.first"), listener("test.second")};
    OutboxDispatcher one{executor(), database_.db(), clock_, both, {.in_flight = 3}};
    OutboxDispatcher two{executor(), database_.db(), clock_, both, {.in_flight = 3}};
    std::vector<Task<void>> tasks;
    std::optional<std::size_t> a, b;
    tasks.push_back(testing::keep_answer(one.run_once(), a));
    tasks.push_back(testing::keep_answer(two.run_once(), b));
    testing::run_all(std::move(tasks));
    send_both();  // the slower one's rows, created after the other had finished
    for (const std::string who : {"test.first", "test.second"}) {
        ASSERT_EQ(heard_[who].size(), 60U) << who;
        EXPECT_EQ(std::set(heard_[who].begin(), heard_[who].end()).size(), 60U) << who;
        for (int key = 0; key < 7; ++key) {
            Texts of_key;
            for (const auto& payload : heard_[who]) {
                if ((std::stoi(payload) - 100) % 7 == key) of_key.push_back(payload);
            }
            EXPECT_TRUE(std::ranges::is_sorted(of_key)) << who << ' ' << key;
        }
    }
}

}  // namespace
}  // namespace safargo::jobs
