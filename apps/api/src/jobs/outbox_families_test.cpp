// A vendor that hangs fills the slots of its own subscriber, and delays no other.
#include "jobs/outbox_world_test.hpp"

#include "testing/gate.hpp"

namespace safargo::jobs {
namespace {

class HangingVendor : public Outbox {
protected:
    Task<void> hang(db::OutboxMessage) {
        ++hanging_;
        co_await answer_.pass();
    }
    // The vendor of `slow` hangs until a message of `quick`, published once all its slots are taken, has been sent.
    void send_while_it_hangs(const std::string& slow, const std::string& quick) {
        const db::OutboxHandler hanging = [this](db::OutboxMessage m) { return hang(std::move(m)); };
        OutboxDispatcher dispatcher{
            executor(),
            database_.db(),
            clock_,
            {{subscriber_of(slow), {{slow, hanging}}}, {subscriber_of(quick), {{quick, taking()}}}},
            {.in_flight = 3}};
        for (int i = 0; i < 5; ++i) add_row("slow " + std::to_string(i), "slow " + std::to_string(i), slow);
        std::vector<Task<void>> tasks;
        tasks.push_back(dispatcher.serve());
        tasks.push_back(put_and_wait(dispatcher, quick));
        testing::run_all(std::move(tasks));
        EXPECT_EQ(sent_, Texts{"quick"});
        EXPECT_EQ(hanging_, 3) << "only its own slots";
    }

private:
    // As registered.
    static std::string subscriber_of(const std::string& kind) {
        static const std::map<std::string, std::string> names{{"payment.capture", "payments.errands"},
                                                              {"notification.deliver", "notifications.letters"},
                                                              {"code.deliver", "notifications.codes"},
                                                              {"booking.changed", "bookings.notifier"}};
        return names.at(kind);
    }
    Task<void> put_and_wait(OutboxDispatcher& dispatcher, std::string kind) {
        co_await wait_until([this] { return hanging_ == 3; });
        co_await database_.db().transact<Nothing>(
            [this, kind](db::Transaction& tx) { return write_row(tx, {"quick", kind, "quick"}, 0s); });
        dispatcher.ring();
        co_await wait_until([this] { return !sent_.empty(); });
        dispatcher.stop();
        answer_.open();
    }

    int hanging_ = 0;
    testing::Gate answer_{1'000};
};

TEST_F(HangingVendor, OfPaymentsDelaysNoMessage) {
    send_while_it_hangs("payment.capture", "notification.deliver");
}

TEST_F(HangingVendor, OfMessagesDelaysNoPayment) {
    send_while_it_hangs("notification.deliver", "payment.capture");
}

TEST_F(HangingVendor, OfMessagesDelaysNoCode) {
    send_while_it_hangs("notification.deliver", "code.deliver");
}

TEST_F(HangingVendor, OfMessagesDelaysNoEvent) {
    send_while_it_hangs("notification.deliver", "booking.changed");
}

}  // namespace
}  // namespace safargo::jobs
