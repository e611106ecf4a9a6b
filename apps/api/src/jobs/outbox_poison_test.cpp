// Rows that kill the process sending them: counted before the attempt, set aside, without affecting other rows.
#include "jobs/outbox_world_test.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace safargo::jobs {
namespace {

Task<void> kill_process(db::OutboxMessage message) {
    if (message.payload == "poison") std::raise(SIGKILL);
    co_return;
}

class PoisonedOutbox : public Outbox {
protected:
    // Simulates a process that sends what is due; false if it was killed. Its leases expire meanwhile.
    bool survives() {
        const pid_t child = ::fork();
        if (child == 0) send_and_exit();
        int status = 0;
        ::waitpid(child, &status, 0);
        clock_.advance(60s);
        return WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }
    // Simulates the dispatcher of a process that dies at once.
    std::vector<ClaimedMessage> die_claiming(const std::string& kind) {
        auto claimed = claim_all(kind);
        clock_.advance(60s);
        return claimed;
    }

private:
    [[noreturn]] void send_and_exit() {
        boost::asio::io_context context;
        db::Database database(context.get_executor(), database_.options());
        OutboxDispatcher dispatcher(
            context.get_executor(), database, clock_,
            {{"test.notes", {{"note", kill_process}}}, {"test.money", {{"money", kill_process}}, db::GivingUp::never}});
        boost::asio::co_spawn(context, dispatcher.run_once(), boost::asio::detached);
        context.run();
        ::_exit(0);
    }
};

TEST_F(PoisonedOutbox, APaymentThatKeepsKillingProcessesIsSetAside) {
    add_row("a", "poison", "money");
    add_row("a", "behind it", "money");
    add_row("b", "other", "money");
    int deaths = 0;
    while (!survives()) ASSERT_LE(++deaths, 5);
    EXPECT_EQ(deaths, 5);
    EXPECT_EQ(column("attempts", "poison"), "6");
    EXPECT_EQ(column("dead_at", "poison"), "-") << "payments are not given up";
    EXPECT_EQ(column("last_error", "poison"), "its process died while sending it, again and again");
    EXPECT_NE(column("sent_at", "other"), "-");
    EXPECT_EQ(column("sent_at", "behind it"), "-");

    clock_.advance(24h * 30);
    EXPECT_TRUE(survives());
    EXPECT_EQ(column("attempts", "poison"), "6");

    // An operator has fixed it and makes it available again.
    database_.execute("update outbox set available_at = '2026-12-01T08:00:00Z' where payload = 'poison'");
    send();
    EXPECT_EQ(sent_, (Texts{"poison", "behind it"}));
}

// They may have died of something else: its guilt is not proven yet.
TEST_F(PoisonedOutbox, AMessageWhoseProcessDiedFourTimesIsStillSent) {
    add_row("a", "innocent");
    for (int i = 0; i < 4; ++i) ASSERT_EQ(die_claiming("note").size(), 1U) << i;
    send();
    EXPECT_EQ(sent_, Texts{"innocent"});
}

TEST_F(PoisonedOutbox, AMessageThatKeepsKillingProcessesIsBuried) {
    add_row("a", "poison");
    add_row("a", "behind it");
    for (int i = 0; i < 5; ++i) ASSERT_EQ(die_claiming("note").size(), 1U) << i;
    send();
    EXPECT_EQ(sent_, Texts{"behind it"});
    EXPECT_NE(column("dead_at", "poison"), "-");
}

TEST_F(PoisonedOutbox, RowsOfADeadProcessAreRetriedOneAtATime) {
    for (int i = 0; i < 6; ++i) add_row("key " + std::to_string(i), std::to_string(i));
    ASSERT_EQ(die_claiming("note").size(), 6U);
    ASSERT_EQ(die_claiming("note").size(), 1U) << "one suspect at a time";
    EXPECT_EQ(send(), 6U);
    EXPECT_EQ(most_running_, 1);
    EXPECT_EQ(sent_.size(), 6U);
}

TEST_F(PoisonedOutbox, NewRowsDoNotWaitForSuspects) {
    add_row("a", "suspect");
    die_claiming("note");
    add_row("b", "new");
    slowness_ = 5ms;
    EXPECT_EQ(send(), 2U);
    EXPECT_EQ(most_running_, 2);
}

TEST_F(PoisonedOutbox, AReportedFailureIsNoDeath) {
    add_row("a", "unlucky", "money");
    failures_["unlucky"] = 3;
    for (int i = 0; i < 3; ++i) {
        ASSERT_EQ(die_claiming("money").size(), 1U) << i;
        EXPECT_EQ(send(), 1U) << i;
        clock_.advance(600s);
    }
    EXPECT_EQ(send(), 1U);
    EXPECT_EQ(sent_, Texts{"unlucky"});
}

}  // namespace
}  // namespace safargo::jobs
