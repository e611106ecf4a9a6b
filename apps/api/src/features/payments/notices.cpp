#include "features/payments/notices.hpp"

#include "core/metrics.hpp"
#include "features/payments/provider_task_rows.hpp"
#include "features/payments/repository.hpp"

#include <optional>

namespace safargo::payments {
namespace {

constexpr db::Statement insert_notice{"payment_notices_insert", R"(
    insert into payment_notices (provider, event_id, kind, payment_id, body, received_at)
    values ($1, $2, $3, $4, $5, $6)
    on conflict (provider, event_id) do nothing)"};

constexpr std::chrono::days notices_are_kept{30};

void count(const char* result) {
    metrics::counter("safargo_payment_notices_total", "Calls of payment providers' webhooks, by what became of them.",
                     {{"provider", "stripe"}, {"result", result}})
        .add();
}

std::optional<PaymentId> payment_of(const PaymentNotice& notice) {
    const auto id = PaymentId::parse(notice.payment);
    return id ? std::optional(*id) : std::nullopt;
}

}  // namespace

Task<Result<NoticeTaken>> Notices::take_stripe(db::Transaction& tx, std::string signature, std::string body) {
    if (stripe_ == nullptr) co_return fail(Code::feature_unavailable);
    const std::optional<PaymentNotice> notice = stripe_->read(signature, body);
    if (!notice) {
        count("refused");
        co_return fail(Code::malformed_request);
    }
    const Instant now = clock_.now();
    const std::optional<PaymentId> payment = payment_of(*notice);
    const db::Rows written =
        co_await tx.query(insert_notice, "stripe", notice->event, notice->kind, payment, body, now);
    const bool news = written.affected() == 1;
    if (news && payment) {
        if (const auto booking = co_await find_booking(tx, *payment)) enqueue_look(tx, *payment, *booking, now);
    }
    count(news ? "news" : "known");
    co_return NoticeTaken{};
}

std::vector<platform::PruningRule> pruning_rules() {
    return {{{"prune_payment_notices", R"(
        delete from payment_notices where ctid = any(array(
            select ctid from payment_notices where received_at < $1 order by received_at limit $2)))"},
             notices_are_kept}};
}

}  // namespace safargo::payments
